from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import NOON
from tutor.core.memory import SESSION, Memory, Outcome, Review, after_review, outcome_of, replay
from tutor.core.result import MeasureMark

outcomes = st.sampled_from(list(Outcome))


def learnt(*reviews: tuple[float, Outcome]) -> Memory:
    memory = replay(Review(NOON + timedelta(days=days), outcome) for days, outcome in reviews)
    assert memory is not None
    return memory


@pytest.mark.parametrize(
    ("credit", "reason", "is_blank", "outcome"),
    [
        (1.0, 1.0, False, Outcome.FOUND_WITH_REASON),
        (1.0, 0.5, False, Outcome.FOUND),
        (0.5, 1.0, False, Outcome.HALF),
        (0.0, 0.0, False, Outcome.MISSED),
        (0.0, 0.0, True, Outcome.GIVEN_UP),
    ],
)
def test_the_mark_of_a_measure_says_what_is_remembered(
    credit: float, reason: float, is_blank: bool, outcome: Outcome
) -> None:
    mark = MeasureMark(credit=credit, confidence=1.0, reason=reason)

    assert outcome_of(mark, is_blank=is_blank) is outcome


def test_a_better_answer_is_remembered_longer() -> None:
    stabilities = [learnt((0, outcome)).stability for outcome in Outcome]

    assert stabilities == sorted(stabilities, reverse=True)


def test_a_reason_makes_the_next_review_come_later() -> None:
    assert learnt((0, Outcome.FOUND)).due_at() < learnt((0, Outcome.FOUND_WITH_REASON)).due_at()


@given(first=outcomes, crammed=st.lists(outcomes, max_size=20))
def test_an_evening_of_cramming_leaves_the_schedule_alone(
    first: Outcome, crammed: list[Outcome]
) -> None:
    once = learnt((0, first))
    again = learnt((0, first), *((0.8 * n / 21, outcome) for n, outcome in enumerate(crammed, 1)))

    assert again.due_at() == once.due_at()
    assert again.answers == 1 + len(crammed)


def test_a_review_after_a_night_counts() -> None:
    memory = learnt((0, Outcome.FOUND))

    later = after_review(memory, Review(NOON + SESSION, Outcome.MISSED))

    assert later.reviewed_at == NOON + SESSION
    assert (later.answers, later.missed) == (2, 1)


@given(outcome=outcomes, retention=st.floats(0.75, 0.97))
def test_what_is_due_is_still_remembered_as_well_as_was_asked_for(
    outcome: Outcome, retention: float
) -> None:
    memory = learnt((0, outcome))
    due = memory.due_at(retention)

    is_tomorrow = due == NOON + timedelta(days=1)
    assert is_tomorrow or memory.recall(due) >= retention - 1e-9


def test_what_is_recalled_fades() -> None:
    memory = learnt((0, Outcome.FOUND))

    assert memory.recall(NOON) == 1.0
    assert memory.recall(NOON + timedelta(days=memory.stability)) == pytest.approx(0.9)
