"""A table as text, made to fit the width of the screen."""

from collections.abc import Sequence

from textual.content import Content

from tutor.report.section import Section

_GAP = 2


def table_text(section: Section, width: int) -> Content:
    """Return aligned columns; the wide one is cut, then columns from the right are left out."""
    lines = [section.header, *section.rows]
    shown = len(section.header)
    while True:
        widths = [max(Content(line[n]).cell_length for line in lines) for n in range(shown)]
        others = sum(widths) - widths[section.wide] + _GAP * (shown - 1)
        if width - others >= min(widths[section.wide], 16) or shown <= section.wide + 2:
            break
        shown -= 1
    widths[section.wide] = min(widths[section.wide], max(width - others, 8))
    head, *rows = (_line(line, widths) for line in lines)
    return Content("\n").join([head.stylize("bold"), *rows])


def _line(cells: Sequence[str], widths: Sequence[int]) -> Content:
    padded = [
        Content(cell).truncate(width, ellipsis=True, pad=True)
        for cell, width in zip(cells, widths, strict=False)
    ]
    return Content(" " * _GAP).join(padded)
