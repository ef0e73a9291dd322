"""The Markdown of cases on the screen: paragraphs, lists and bold.

Textual's Markdown widget mounts a widget for every paragraph; one text shows the same at a
fraction of the cost.
"""

from textual.content import Content

from tutor.report.prose import blocks


def prose(text: str) -> Content:
    """Return Markdown as styled text, with a blank line between paragraphs."""
    lines: list[Content] = []
    before = ""
    for block in blocks(text):
        if before and not before == block.kind == "item":
            lines.append(Content(""))
        words = [(run.text, "bold") if run.bold else run.text for run in block.runs]
        lines.append(Content.assemble("• " if block.kind == "item" else "", *words))
        before = block.kind
    return Content("\n").join(lines)
