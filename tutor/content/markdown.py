"""The Markdown of content: paragraphs, lists and bold; anything else is shown as written."""

import re
from collections.abc import Callable

from tutor.content.node import Place, Scalar
from tutor.content.reading import Reading, quoted
from tutor.core.problem import Severity
from tutor.locales import _

# No pattern can be made to look at a text twice: hostile ones are read in linear time, too.
_UNSUPPORTED: tuple[tuple[re.Pattern[str], Callable[[], str]], ...] = (
    (re.compile(r"^ {0,3}#{1,6} .*$", re.MULTILINE), lambda: _("a heading")),
    (re.compile(r"!?\[[^\[\]\n]{1,200}\]\([^)\n]{0,500}\)"), lambda: _("a link or picture")),
    (re.compile(r"<[a-z]+:[^<>\s]{1,500}>"), lambda: _("a link or picture")),
    (re.compile(r"</?[a-zA-Z][^<>\n]{0,200}>|<!--"), lambda: _("HTML")),
    (re.compile(r"^ *(?:```|~~~).*$|`[^`\n]{1,200}`", re.MULTILINE), lambda: _("code")),
)


def report_unsupported(node: Scalar, key: str, reading: Reading) -> None:
    """Warn once for each construct that will not be rendered."""
    for pattern, name in _UNSUPPORTED:
        match = pattern.search(node.text)
        if match is None:
            continue
        # Only after `|` does a line of the text equal a line of the file.
        lines = 1 + node.text.count("\n", 0, match.start()) if node.is_block else 0
        reading.report(
            "unsupported-markdown",
            key,
            _("{name} is not shown as such: {text}").format(
                name=name(), text=quoted(match.group())
            ),
            _("only paragraphs, lists and **bold** are"),
            _("write it in plain words"),
            place=Place(node.place.line + lines, 1 if lines else node.place.column),
            severity=Severity.WARNING,
        )
