"""Taking back and making again, without a screen."""

from hypothesis import given
from hypothesis import strategies as st

from tutor.core.draft import Card, Draft
from tutor.tui.undo import MAX_STEPS, UndoStack


def draft(text: str) -> Draft:
    return Draft(cards=(Card(1, text),))


@given(st.lists(st.text(max_size=5), min_size=1, max_size=20))
def test_undoing_everything_gives_back_the_first_draft_and_redoing_the_last(
    texts: list[str],
) -> None:
    stack = UndoStack()
    now = first = draft("")
    for text in texts:
        stack.record(now)
        now = draft(text)
    last = now

    while (before := stack.undo(now)) is not None:
        now = before
    assert now == first
    while (after := stack.redo(now)) is not None:
        now = after
    assert now == last


def test_a_word_is_taken_back_as_one() -> None:
    stack = UndoStack()
    typed = ["", "c", "ca", "cal", "call"]
    for before in typed[:-1]:
        stack.record(draft(before), place="measure")

    assert stack.undo(draft("call")) == draft("")


def test_the_next_word_is_a_step_of_its_own() -> None:
    stack = UndoStack()
    stack.record(draft(""), place="measure")
    stack.record(draft("a "), place="measure", starts_word=True)

    assert stack.undo(draft("a b")) == draft("a ")


def test_letters_in_another_field_are_a_step_of_their_own() -> None:
    stack = UndoStack()
    stack.record(draft(""), place="measure")
    stack.record(draft("a"), place="reason")

    assert stack.undo(draft("ab")) == draft("a")


def test_a_change_after_undoing_forgets_what_was_taken_back() -> None:
    stack = UndoStack()
    stack.record(draft(""))
    stack.undo(draft("a"))
    stack.record(draft(""))

    assert stack.redo(draft("b")) is None


def test_memory_is_bounded() -> None:
    stack = UndoStack()
    for number in range(MAX_STEPS + 10):
        stack.record(draft(str(number)))

    steps = 0
    now = draft("")
    while (before := stack.undo(now)) is not None:
        now, steps = before, steps + 1
    assert steps == MAX_STEPS
