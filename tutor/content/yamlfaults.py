"""What PyYAML's own messages mean to somebody who writes a case."""

import re

from tutor.locales import _


def explain(said: str) -> tuple[str, str]:
    """Return what is wrong and what to do about it, for a message of PyYAML or of libyaml.

    The two word their messages differently. A message that is not known is repeated as it is.
    """
    for words, fault, advice in _faults():
        if re.search(words, said):
            return fault, advice
    return said, _("check the indentation and the quotes on this line and the one before")


def _faults() -> tuple[tuple[str, str, str], ...]:
    """Return the words that tell a fault, the fault, and the advice; the first that fits counts."""
    return (
        (
            "mapping values are not allowed",
            _("a second `: ` where one value stands, or a line that is indented too far"),
            _("put a text that holds `: ` in quotes, and check the indentation"),
        ),
        (
            "quoted scalar.*(end of stream|document)",
            _("the quotes that open here are never closed"),
            _("close the quotes"),
        ),
        (
            "flow (sequence|mapping)",
            _("a bracket that is never closed, or a comma is missing"),
            _("close the bracket, and put commas between the values"),
        ),
        (
            r"tab character|'\\t'",
            _("a tab where only blanks may indent"),
            _("indent with blanks"),
        ),
        (
            "cannot start any token|expected (the )?node content",
            _("a text cannot start with this character, nor with a tab, unless it is quoted"),
            _("put a text that starts with this character in quotes"),
        ),
        (
            "scanning an a|a tag|tag handle|directive|YAML document",
            _("`&`, `*`, `!` and `%` are signs of YAML where they start a text or a line"),
            _("put a text that starts with this character in quotes"),
        ),
        (
            "escape|quoted scalar.*number|too large to convert",
            _(r"the `\` in double quotes starts a sign that YAML does not know"),
            _("write `\\\\` for a backslash, or use single quotes"),
        ),
        (
            "block scalar",
            _("`|` and `>` stand alone at the end of their line"),
            _("write the text on the lines below, indented"),
        ),
        (
            "could not find expected ':'",
            _("a key without its `: `, or a text on a second line that is not indented"),
            _("write `key: value`, and indent the lines of a longer text"),
        ),
        (
            "sequence entries are not allowed",
            _("a list cannot start on the line of its key"),
            _("write each `- ` on a line of its own"),
        ),
        (
            "parsing a block|document start",
            _("this line does not fit the lines above it"),
            _("check the indentation and the quotes on this line and the one before"),
        ),
    )
