"""A mock exam and the granted conditions on the screen."""

import pytest

from tests.fakes import FakeLibrary, sample_case, sample_rubric
from tests.tui.conftest import Desk, settle, shown
from tests.tui.test_progress import go
from tutor.core.mock import Conditions
from tutor.tui.app import TutorApp


@pytest.fixture
def two(desk: Desk) -> Desk:
    """A desk with two cases."""
    names = ("fire", "outage")
    desk.library = FakeLibrary(
        shelf=tuple(sample_case(name) for name in names),
        rubrics=tuple(sample_rubric(name) for name in names),
    )
    return desk


HAND_IN = ("f9", "right", "enter")


@pytest.mark.parametrize("size", [(60, 20), (80, 24)])
async def test_no_debrief_shows_before_the_last_case_is_handed_in(
    two: Desk, size: tuple[int, int]
) -> None:
    async with two.open(size) as pilot:
        begin = await go(pilot, "f7")
        between = await go(pilot, "enter", *"landing-page", *HAND_IN)
        withheld = await go(pilot, "escape", "f2", "enter")
        over = await go(pilot, "escape", "f7", "enter", *HAND_IN)
        debrief = await go(pilot, "1")

    assert "Case 1 of 2" in begin
    assert "Case 2 of 2" in between
    assert "points" not in between
    assert "Debrief:" not in withheld
    assert "4 of 12 points." in over
    assert "assumed" in over
    assert "Debrief:" in debrief


async def test_a_mock_exam_can_be_ended_early(two: Desk) -> None:
    async with two.open() as pilot:
        await go(pilot, "f7", "enter", *HAND_IN)
        kept = await go(pilot, "x", "enter")
        over = await go(pilot, "x", "right", "enter")

    assert "Case 2 of 2" in kept
    assert "1 case was not sat or not marked and counts nothing." in over


async def test_a_hidden_clock_shows_no_time_and_still_announces_it(desk: Desk) -> None:
    practice = desk.practice()
    practice.conditions = Conditions(time_factor=1.5, hidden_clock=True)
    app = TutorApp(practice, start_at=("outage", "en"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        briefing = shown(pilot)
        exam = await go(pilot, "enter")
        asked = await go(pilot, "f9")
        await go(pilot, "escape")
        desk.clock.advance(630 - 119)
        pilot.app.screen.tick()  # type: ignore[attr-defined]
        await settle(pilot)
        late = shown(pilot)
        app.exam.sitting.leave()  # type: ignore[union-attr]

    assert "time × 1.5, clock hidden" in briefing
    assert "10:30" not in exam
    assert "clock hidden" in exam
    assert "left" not in asked
    assert "Two minutes left." in late
    assert "1:59" not in late
