from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import FakeClock, FakeLibrary, make_practice, sample_case, sample_rubric
from tutor.core.attempt import ClosedBy
from tutor.core.case import CompetenceArea
from tutor.core.draft import Draft
from tutor.core.errors import NotFound, UsageError
from tutor.core.mock import Conditions, MockWish, draw_cases, mock_of
from tutor.session.mockexam import MockState
from tutor.session.practice import Practice

NAMES = ("fire", "flood", "outage")
SHELF = FakeLibrary(
    shelf=tuple(sample_case(name) for name in NAMES),
    rubrics=tuple(sample_rubric(name) for name in NAMES),
)
TWO = MockWish(case_ids=("outage", "fire"))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def practice(tmp_path: Path, clock: FakeClock) -> Practice:
    return make_practice(tmp_path, clock, library=SHELF)


def sit_next(practice: Practice, state: MockState, said: str) -> MockState:
    sitting = practice.mocks.start_next(state)
    sitting.write(Draft(text=said))
    sitting.hand_in(ClosedBy.CANDIDATE)
    return practice.mocks.refresh(state)


@given(seed=st.integers(), count=st.integers(1, 5))
def test_the_same_seed_draws_the_same_cases_whatever_their_order(seed: int, count: int) -> None:
    drawn = draw_cases(SHELF.shelf, count=count, seed=seed)

    assert drawn == draw_cases(SHELF.shelf[::-1], count=count, seed=seed)
    assert len({case.id for case in drawn}) == min(count, 3)


def test_a_draw_keeps_to_its_area() -> None:
    other = replace(sample_case("other"), competence_area=CompetenceArea.A)

    drawn = draw_cases((*SHELF.shelf, other), count=9, seed=1, area=CompetenceArea.A)

    assert drawn == (other,)


def test_the_cases_come_one_after_the_other_and_give_one_total(practice: Practice) -> None:
    state = practice.mocks.draw(TWO)
    state = sit_next(practice, state, "landing-page redundancy")
    between = (state.next_place, practice.mocks.open_of(state.parts[0].attempt_id) is not None)
    state = sit_next(practice, state, "")

    assert between == (1, True)
    assert state.is_over
    assert (state.points, state.max_points, state.grade) == (6, 12, 3.5)
    assert practice.mocks.open() is None
    assert practice.mocks.last().mock.ended_at is not None


def test_a_crash_between_two_cases_goes_on_with_the_next(
    practice: Practice, tmp_path: Path, clock: FakeClock
) -> None:
    sit_next(practice, practice.mocks.draw(TWO), "landing-page")

    again = make_practice(tmp_path, clock, library=SHELF).mocks.open()

    assert again is not None
    assert again.next_place == 1
    assert again.mock.cases == (("outage", "en"), ("fire", "en"))


def test_a_crash_within_a_case_goes_on_with_the_time_that_is_left(
    practice: Practice, tmp_path: Path, clock: FakeClock
) -> None:
    sitting = practice.mocks.start_next(practice.mocks.draw(TWO))
    sitting.write(Draft(text="landing-page"))
    sitting.leave()
    clock.advance(100)
    again = make_practice(tmp_path, clock, library=SHELF)
    state = again.mocks.open()
    assert state is not None

    resumed = again.mocks.start_next(state)

    assert resumed.draft.text == "landing-page"
    assert resumed.remaining_seconds() == 320
    resumed.leave()


def test_a_case_that_ran_out_while_nobody_was_there_counts_as_it_stood(
    practice: Practice, tmp_path: Path, clock: FakeClock
) -> None:
    sitting = practice.mocks.start_next(practice.mocks.draw(TWO))
    sitting.write(Draft(text="landing-page"))
    sitting.leave()
    clock.advance(1000)
    again = make_practice(tmp_path, clock, library=SHELF)
    again.close_overdue()

    state = again.mocks.open()

    assert state is not None
    assert (state.next_place, state.points) == (1, 4)


def test_ending_early_counts_nothing_for_what_was_not_sat(practice: Practice) -> None:
    state = sit_next(practice, practice.mocks.draw(TWO), "landing-page redundancy")

    ended = practice.mocks.end(state)

    assert (ended.points, ended.max_points) == (6, 12)
    assert "1 case was not sat" in " ".join(practice.mocks.total(ended).said)
    assert "Outage of the shop" in practice.mocks.page(ended)
    assert practice.mocks.record(ended)["cases"][1]["result"] is None


def test_a_mock_exam_that_was_only_looked_at_leaves_no_trace(
    practice: Practice, tmp_path: Path
) -> None:
    practice.mocks.draw(MockWish())

    assert practice.mocks.open() is None
    assert not (tmp_path / "history.db").exists()
    with pytest.raises(NotFound):
        practice.mocks.last()


def test_what_cannot_be_drawn_is_said(practice: Practice) -> None:
    with pytest.raises(UsageError, match="no case nowhere"):
        practice.mocks.draw(MockWish(case_ids=("nowhere",)))
    with pytest.raises(UsageError, match="no case matches"):
        practice.mocks.draw(MockWish(area=CompetenceArea.B))


def test_an_attempt_of_a_mock_exam_is_told_by_its_id() -> None:
    assert mock_of("abc-2") == "abc"
    assert mock_of("abc") is None
    assert mock_of("shop-en") is None


def test_granted_conditions_are_kept_with_the_attempt(tmp_path: Path, clock: FakeClock) -> None:
    granted = Conditions(time_factor=1.25, hidden_clock=True)
    practice = make_practice(tmp_path, clock, library=SHELF, conditions=granted)

    sitting = practice.start("outage", "en")
    sitting.leave()
    (found,) = make_practice(tmp_path, clock, library=SHELF).open_sittings()
    state = sit_next(practice, practice.mocks.draw(TWO), "landing-page")
    (one,) = practice.study.progress().performances

    assert (found.attempt.limit_seconds, found.attempt.hidden_clock) == (525, True)
    assert state.mock.conditions == granted
    assert (one.time_factor, one.hidden_clock) == (1.25, True)
