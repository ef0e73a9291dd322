from hypothesis import given
from hypothesis import strategies as st

from tests.report.examples import CARDS, example_debrief, free_text_debrief
from tutor.core.plaintext import clean, unsafe_character
from tutor.report.evidence import (
    Earned,
    Piece,
    Span,
    answer_steps,
    field_pieces,
    marked_evidence,
    pieces,
    text_pieces,
)

spans = st.lists(
    st.builds(Span, st.integers(-5, 60), st.integers(-5, 60), st.sampled_from(list(Earned)[1:])),
    max_size=6,
)


@given(st.text(st.characters(codec="utf-8"), max_size=40).map(clean), spans)
def test_the_pieces_of_a_safe_text_are_that_text(text: str, marked: list[Span]) -> None:
    cut = pieces(text, marked)

    assert "".join(piece.text for piece in cut) == text


@given(st.text(max_size=40), spans)
def test_no_control_character_gets_through_however_a_text_is_cut(
    text: str, marked: list[Span]
) -> None:
    cut = pieces(text, marked)

    assert all(unsafe_character(piece.text) is None for piece in cut)


def test_a_pitfall_shows_over_a_reason_and_a_reason_over_a_measure() -> None:
    marked = [Span(0, 6, Earned.PITFALL), Span(3, 9, Earned.REASON), Span(0, 12, Earned.MEASURE)]

    cut = pieces("abcdefghijkl", marked)

    assert cut == (
        Piece("abcdef", Earned.PITFALL),
        Piece("ghi", Earned.REASON),
        Piece("jkl", Earned.MEASURE),
    )


def test_evidence_on_cards_is_set_off_in_the_words_as_typed() -> None:
    debrief = example_debrief()
    steps = answer_steps(debrief.attempt, debrief.result)

    cut = field_pieces(steps, 3, "measure", marked_evidence(debrief.result))

    assert cut[0] == Piece("Take orders by phone", Earned.MEASURE)
    assert "".join(piece.text for piece in cut) == CARDS[2].measure


def test_evidence_in_a_free_text_is_found_through_the_offsets_of_its_steps() -> None:
    debrief = free_text_debrief()
    text = debrief.attempt.draft.text or ""
    steps = answer_steps(debrief.attempt, debrief.result)

    cut = text_pieces(text, steps, marked_evidence(debrief.result))

    assert "".join(piece.text for piece in cut) == text
    assert [piece.text for piece in cut if piece.earned is Earned.MEASURE] == [
        "Restore the shop from the latest backup",
        "a page which says what has happened",
        "Take orders by phone",
    ]
    assert [piece.text for piece in cut if piece.earned is Earned.REASON] == [
        "quicker",
        "cannot wait",
    ]
