"""Text from people and files is data: the one place where it is made safe to show and store.

Terminals obey C0, C1 and bidirectional control characters wherever they come from, and lone
surrogates cannot be written as UTF-8. Everything else, emoji and combining characters
included, is the candidate's and stays.
"""

import re

# Bidirectional controls of UAX #9, which can make a line read other than it is stored.
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# C0 except tab and newline, DEL, C1, line and paragraph separators, surrogates, the BOM.
_CONTROL = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff"

_UNSAFE = re.compile(f"[{_CONTROL}{_BIDI}]")
# Whole escape sequences go, or `\x1b[2J` would leave a puzzling `[2J` behind.
_ESCAPE = re.compile(
    r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|[\x1b\x9b]\[?[0-?]*[ -/]*[@-~]?", re.DOTALL
)


def unsafe_character(text: str) -> int | None:
    """Return the offset of the first character that must not be shown, or None."""
    match = _UNSAFE.search(text.replace("\r\n", "\n\n"))
    return match.start() if match else None


def clean(text: str) -> str:
    """Return the text without control characters; line ends become newlines.

    Idempotent: cleaning twice is cleaning once.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not _UNSAFE.search(text):
        return text
    return _UNSAFE.sub("", _ESCAPE.sub("", text))


def blanked(text: str) -> str:
    """Return the text with each unsafe character as a space: offsets stay what they were.

    A carriage return alone ends a line as a newline does.
    """
    return _UNSAFE.sub(lambda match: "\n" if match.group() == "\r" else " ", text)
