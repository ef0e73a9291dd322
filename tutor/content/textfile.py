"""Files as strict text: of limited size, in UTF-8, without characters a terminal would obey."""

from pathlib import Path

from tutor.content.node import Place
from tutor.content.reading import Reading, Unreadable
from tutor.core.plaintext import unsafe_character
from tutor.locales import _

# A long case with its rubric takes 25 KB; what is 40 times larger is no content of ours.
MAX_BYTES = 1024 * 1024


def read_bytes(path: Path, reading: Reading) -> bytes:
    """Return what a file holds; raises Unreadable after reporting why it cannot be read."""
    try:
        # A named pipe would block for ever.
        if path.exists() and not path.is_file():
            raise reading.refusal("unreadable", _("this is not a file"))
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise reading.refusal(
            "unreadable",
            _("the file cannot be read"),
            error.strerror or type(error).__name__,
            _("check that it exists and may be read"),
        ) from error
    if len(content) > MAX_BYTES:
        raise reading.refusal(
            "too-large",
            _("the file is larger than 1 MiB"),
            _("content files are a few kilobytes"),
            _("check that this is the right file"),
        )
    return content


def decode(content: bytes, reading: Reading) -> str:
    """Return bytes as text; raises Unreadable after reporting what is not allowed in it."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        raise reading.refusal(
            "not-utf-8",
            _("the file is not UTF-8"),
            _("byte 0x{byte:02X} cannot be read").format(byte=content[error.start]),
            _("save it with the encoding UTF-8"),
            place=_place(before, len(before)),
        ) from error
    if text.startswith("\ufeff"):
        reading.report(
            "byte-order-mark",
            "",
            _("the file starts with a byte order mark"),
            _("it is invisible and would become part of the first key"),
            _("save it as UTF-8 without BOM"),
            place=Place(1, 1),
        )
        text = text[1:]
    if (tab := text.find("\t")) >= 0:
        reading.report(
            "tab",
            "",
            _("there is a tab"),
            _("tabs look different in every editor"),
            _("write spaces instead"),
            place=_place(text, tab),
        )
    report_unsafe(text, reading, at=None)
    if reading.problems:
        raise Unreadable
    return text


def report_unsafe(text: str, reading: Reading, at: Place | None) -> None:
    """Report the first character that could change what a terminal shows.

    `at` is the place of the text; None means that the text is the whole file.
    """
    offset = unsafe_character(text)
    if offset is not None:
        reading.report(
            "control-character",
            "",
            _("there is the control character U+{code:04X}").format(code=ord(text[offset])),
            _("it could change what a terminal shows"),
            _("remove it"),
            place=at or _place(text, offset),
        )


def _place(text: str, offset: int) -> Place:
    start_of_line = text.rfind("\n", 0, offset) + 1
    return Place(text.count("\n", 0, offset) + 1, offset - start_of_line + 1)
