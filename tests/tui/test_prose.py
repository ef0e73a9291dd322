"""The Markdown of cases on the screen."""

from hypothesis import given
from hypothesis import strategies as st

from tests.tui.conftest import HOSTILE
from tutor.core.plaintext import unsafe_character
from tutor.tui.prose import prose


def test_paragraphs_are_set_apart_and_items_are_not() -> None:
    assert prose("One\nline.\n\nTwo.\n\n- a\n- b").plain == "One line.\n\nTwo.\n\n• a\n• b"


def test_bold_is_drawn_bold() -> None:
    content = prose("You are the **deputy**.")

    assert content.plain == "You are the deputy."
    assert [content.plain[span.start : span.end] for span in content.spans] == ["deputy"]


def test_markup_is_text() -> None:
    assert prose(HOSTILE).plain.startswith("[/x] [b] {{y}} <i>")


@given(st.text())
def test_no_text_brings_a_control_character_to_the_screen(text: str) -> None:
    assert unsafe_character(prose(text).plain) is None
