"""Text of people and files inside Markdown: shown as it is, never as markup."""

import re

# What opens an inline construct in CommonMark or GitHub's dialect: emphasis, code, links, HTML,
# entities, tables, mathematics, mentions and bare addresses. Times such as 12:30 stay readable.
_INLINE = re.compile(r"([\\`*_\[\]<>#|~$&@]|(?<!\d):(?=\S))")
# What opens a block at the start of a line: lists, rules and headings drawn with a line.
_BLOCK = re.compile(r"^(\s*)([-+=])")
_NUMBER = re.compile(r"^(\s*\d+)([.)])")


def escaped(text: str) -> str:
    """Return a text on one line of Markdown, which renders as those very characters."""
    line = re.sub(r"\s+", " ", text)
    line = _INLINE.sub(r"\\\1", line)
    return _NUMBER.sub(r"\1\\\2", _BLOCK.sub(r"\1\\\2", line))


def escaped_lines(text: str) -> str:
    """Return a text within a block quote, with its line ends kept."""
    return "  \n> ".join(escaped(line) for line in text.split("\n"))
