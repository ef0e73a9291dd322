"""The briefing: everything but the situation."""

from dataclasses import replace

import pytest

from tests.fakes import FakeLibrary, sample_case
from tests.tui.conftest import HOSTILE, Desk, press, settle, shown
from tutor.tui.briefing import BriefingScreen
from tutor.tui.exam import ExamScreen
from tutor.tui.library import LibraryScreen

START = ("outage", "en")


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=str)
async def test_the_briefing_fits_one_screen(desk: Desk, size: tuple[int, int]) -> None:
    async with desk.open(size, start_at=START) as pilot:
        screen = shown(pilot)

        assert pilot.app.screen.query_one("#briefing").max_scroll_y == 0
        for said in ("7 minutes", "English", "Completeness", "0:00", "Enter", "F9"):
            assert said in screen


async def test_the_situation_stays_hidden(desk: Desk) -> None:
    async with desk.open(start_at=START) as pilot:
        assert "deputy" not in shown(pilot)
        assert desk.practice().open_sittings() == ()


async def test_enter_starts_the_clock(desk: Desk) -> None:
    async with desk.open(start_at=START) as pilot:
        await press(pilot, "enter")
        await settle(pilot)

        assert isinstance(pilot.app.screen, ExamScreen)


async def test_pressing_enter_twice_starts_one_attempt(desk: Desk) -> None:
    async with desk.open(start_at=START) as pilot:
        await press(pilot, "enter", "enter")
        await settle(pilot)

        assert len(desk.practice().open_sittings()) == 1


async def test_escape_goes_back_to_the_cases(desk: Desk) -> None:
    async with desk.open(start_at=START) as pilot:
        await press(pilot, "escape")
        await settle(pilot)

        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_a_hostile_title_is_shown_as_text(desk: Desk) -> None:
    desk.library = FakeLibrary(shelf=(replace(sample_case(), title=HOSTILE),))
    async with desk.open(start_at=START) as pilot:
        assert isinstance(pilot.app.screen, BriefingScreen)
        assert "[/x] [b] {{y}} <i>" in shown(pilot)
        assert "\x1b" not in shown(pilot)
