import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.core.plaintext import clean, unsafe_character


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("[/x] [b] {{y}} <script>", "[/x] [b] {{y}} <script>"),
        ("a\x1b[2Jb", "ab"),
        ("a\x1b]0;title\x07b", "ab"),
        ("a\x1b[1;31mrot\x1b[0m", "arot"),
        ("a\x9b2Jb", "ab"),
        ("\u202eabc\u2066", "abc"),
        ("nul\x00 bell\x07", "nul bell"),
        ("eins\r\nzwei\rdrei", "eins\nzwei\ndrei"),
        ("tab\tbleibt", "tab\tbleibt"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("👩‍👩‍👧 e\u0301 ü", "👩‍👩‍👧 e\u0301 ü"),
    ],
)
def test_terminal_commands_go_and_everything_else_stays(typed: str, shown: str) -> None:
    assert clean(typed) == shown


@given(st.text(st.characters(codec=None)))
def test_cleaned_text_is_safe_writable_and_stays_as_it_is(text: str) -> None:
    cleaned = clean(text)

    assert unsafe_character(cleaned) is None
    assert clean(cleaned) == cleaned
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"])))
def test_ordinary_text_loses_nothing(text: str) -> None:
    assert clean(text) == text.replace("\u2028", "").replace("\u2029", "")


def test_the_first_unsafe_character_is_named() -> None:
    assert unsafe_character("ab\x1b[2J") == 2
    assert unsafe_character("zwei\r\nZeilen\tTab") is None
