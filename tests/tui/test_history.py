from dataclasses import replace
from datetime import timedelta

import pytest
from textual.widgets import DataTable

from tests.fakes import NOON
from tests.tui.conftest import HOSTILE, HOSTILE_CLEAN, Desk, press, settle, shown
from tutor.core.attempt import ClosedBy
from tutor.core.draft import Card, Draft
from tutor.core.errors import StoreLocked
from tutor.core.result import Engine
from tutor.session.pastattempt import PastAttempt
from tutor.tui.debrief import DebriefScreen
from tutor.tui.history import HistoryScreen
from tutor.tui.library import LibraryScreen

MARKED = PastAttempt(
    attempt_id="a1",
    case="outage",
    language="en",
    title="Outage of the shop",
    handed_in_at=NOON,
    closed_by=ClosedBy.TIME,
    ratings={"procedure": 1},
    points=2,
    max_points=6,
    grade=2.5,
    completeness=0.5,
    order=None,
    justification=0.25,
    engine=Engine(name="fake", version="1"),
    claims=0,
)
BETTER = replace(
    MARKED, attempt_id="a2", handed_in_at=NOON + timedelta(days=1), points=4, grade=4.5
)
UNMARKED = replace(
    MARKED,
    attempt_id="a3",
    case="fire",
    title="Fire",
    ratings=None,
    points=None,
    max_points=None,
    grade=None,
    completeness=None,
    justification=None,
    engine=None,
)


async def rows(desk: Desk, attempts: tuple[PastAttempt, ...], size: tuple[int, int]) -> str:
    """Return what the history shows of these attempts."""
    app = desk.app()
    app.practice.history = lambda case_id=None: attempts  # type: ignore[method-assign]
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await press(pilot, "f2")
        await settle(pilot)
        return shown(pilot)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_points_and_grade_are_listed_and_the_grade_says_that_it_is_assumed(
    desk: Desk, size: tuple[int, int]
) -> None:
    text = await rows(desk, (BETTER, MARKED), size)

    assert "4/6" in text
    assert "4.5*" in text
    assert "* Grades are assumed: 1 + 5 × points / max, in halves." in text
    assert "2 → 4 of 6; best 4" in text


async def test_sub_scores_and_the_plot_appear_where_there_is_room(desk: Desk) -> None:
    wide = await rows(desk, (BETTER, MARKED), (120, 40))
    narrow = await rows(desk, (BETTER, MARKED), (60, 20))

    assert "25 %" in wide
    assert "Points in per cent, by attempt" in wide
    assert "25 %" not in narrow


async def test_an_attempt_without_a_mark_has_dashes_and_not_noughts(desk: Desk) -> None:
    text = await rows(desk, (UNMARKED,), (80, 24))

    assert "–" in text
    assert "0/" not in text
    assert "Not marked yet" in text


async def test_an_empty_history_says_when_it_will_be_filled(desk: Desk) -> None:
    assert "Nothing was handed in yet." in await rows(desk, (), (60, 20))


async def test_a_hostile_title_is_shown_as_text(desk: Desk) -> None:
    text = await rows(desk, (replace(MARKED, title=HOSTILE),), (80, 24))

    assert HOSTILE_CLEAN in text
    assert "\x1b" not in text


async def test_enter_opens_the_debrief_and_escape_leads_back_step_by_step(desk: Desk) -> None:
    sitting = desk.practice().start("outage", "en")
    sitting.write(Draft(cards=(Card(1, "landing-page"),)))
    sitting.hand_in(ClosedBy.CANDIDATE)

    async with desk.open() as pilot:
        screens = []
        for key in ("f2", "enter", "escape", "escape"):
            await press(pilot, key)
            await settle(pilot)
            screens.append(type(pilot.app.screen))

        assert screens == [HistoryScreen, DebriefScreen, HistoryScreen, LibraryScreen]


async def test_typing_filters_by_case_and_escape_clears_before_it_leaves(desk: Desk) -> None:
    app = desk.app()
    app.practice.history = lambda case_id=None: (BETTER, MARKED, UNMARKED)  # type: ignore[method-assign]
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "f2")
        await settle(pilot)
        await press(pilot, *"fire")
        table = pilot.app.screen.query_one("#attempts", DataTable)
        filtered = table.row_count
        await press(pilot, "escape")

        assert (filtered, table.row_count) == (1, 3)
        assert isinstance(pilot.app.screen, HistoryScreen)


async def test_a_history_that_cannot_be_read_is_a_dialog_with_a_way_on(desk: Desk) -> None:
    app = desk.app()

    def locked(case_id: str | None = None) -> tuple[PastAttempt, ...]:
        raise StoreLocked("another tutor has it")

    app.practice.history = locked  # type: ignore[method-assign]
    async with app.run_test() as pilot:
        await settle(pilot)
        await press(pilot, "f2")
        await settle(pilot)
        dialog = shown(pilot)
        await press(pilot, "escape")

        assert "another tutor has it" in dialog
        assert "The history cannot be read at the moment." in shown(pilot)


async def test_an_attempt_with_claims_says_how_many(desk: Desk) -> None:
    assert "! 2 claims" in await rows(desk, (replace(MARKED, claims=2),), (60, 20))
