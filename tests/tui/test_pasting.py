"""What a terminal pastes arrives as one clean text."""

from hypothesis import given
from hypothesis import strategies as st
from textual import events

from tutor.core.plaintext import clean
from tutor.tui.pasting import BEGIN, END, PasteParser


def _pasted(*pieces: str) -> list[str]:
    parser = PasteParser()
    found = [event for piece in pieces for event in parser.feed(piece)]
    assert all(isinstance(event, events.Paste) for event in found)
    return [event.text for event in found if isinstance(event, events.Paste)]


def test_escape_sequences_are_gone_and_the_order_is_kept() -> None:
    text = "X [/x] \x1b[2J\x1b]0;pwn\x07 head \x1b[31mtail\x00"

    assert _pasted(BEGIN + text + END) == ["X [/x]  head tail"]


@given(st.text(), st.integers(0))
def test_a_paste_in_two_pieces_is_one_text(text: str, cut: int) -> None:
    sent = text.replace("\x1b", "") + END
    place = cut % (len(sent) + 1)

    pieces = [piece for piece in (BEGIN, sent[:place], sent[place:]) if piece]

    assert _pasted(*pieces) == [clean(text.replace("\x1b", ""))]


def test_what_is_typed_around_a_paste_is_typed() -> None:
    found = list(PasteParser().feed(f"a{BEGIN}b{END}c"))

    assert [getattr(event, "character", getattr(event, "text", None)) for event in found] == [
        "a",
        "b",
        "c",
    ]
