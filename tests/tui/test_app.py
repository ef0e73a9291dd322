"""The way through the app, what it says at its start, help, palette and quitting."""

from typing import Any

import pytest
from textual.command import CommandPalette
from textual.pilot import Pilot
from textual.worker import WorkerFailed

from tests.tui.conftest import Desk, press, settle, shown
from tutor.core.errors import EngineUnavailable, StoreReadOnly
from tutor.core.textmodel import TextModel
from tutor.session.practice import Practice
from tutor.tui.app import TutorApp
from tutor.tui.briefing import BriefingScreen
from tutor.tui.debrief import DebriefScreen
from tutor.tui.exam import ExamScreen
from tutor.tui.help import HelpScreen
from tutor.tui.intents import CaseRequested, DebriefRequested, HistoryRequested
from tutor.tui.library import LibraryScreen


def tutor(pilot: Pilot[None]) -> TutorApp:
    assert isinstance(pilot.app, TutorApp)
    return pilot.app


def commands(pilot: Pilot[None]) -> set[str]:
    return {command.title for command in pilot.app.get_system_commands(pilot.app.screen)}


async def test_the_app_opens_on_the_library(desk: Desk) -> None:
    async with desk.open() as pilot:
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_the_app_opens_on_the_briefing_that_was_asked_for(desk: Desk) -> None:
    async with desk.open(start_at=("outage", "en")) as pilot:
        assert isinstance(pilot.app.screen, BriefingScreen)


async def test_a_case_that_does_not_exist_is_a_dialog(desk: Desk) -> None:
    async with desk.open(start_at=("nonsense", "en")) as pilot:
        assert "no such case" in shown(pilot)

        await press(pilot, "escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_the_way_from_the_library_to_the_debrief_and_back(desk: Desk) -> None:
    async with desk.open() as pilot:
        way = []
        for keys in (["enter"], ["enter"], [*"landing-page", "f9", "right", "enter"], ["escape"]):
            await press(pilot, *keys)
            await settle(pilot)
            way.append(type(pilot.app.screen))

        assert way == [BriefingScreen, ExamScreen, DebriefScreen, LibraryScreen]


async def leave_exam(pilot: Pilot[None], text: str) -> None:
    await press(pilot, *text)
    await pilot.pause()


async def test_an_open_attempt_is_offered_with_the_time_that_is_left(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await leave_exam(pilot, "call")
    desk.clock.advance(198)

    async with desk.open() as pilot:
        assert "3:42" in shown(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, ExamScreen)


async def test_an_attempt_declined_at_the_start_can_be_gone_on_with_from_the_library(
    desk: Desk,
) -> None:
    async with desk.exam() as pilot:
        await leave_exam(pilot, "call")

    async with desk.open() as pilot:
        await press(pilot, "escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, LibraryScreen)
        pilot.app.post_message(CaseRequested("outage", "en"))
        await settle(pilot)
        assert isinstance(pilot.app.screen, ExamScreen)


async def test_an_attempt_whose_time_ran_out_is_announced_once_with_its_debrief(
    desk: Desk,
) -> None:
    async with desk.exam() as pilot:
        await leave_exam(pilot, "landing-page")
    desk.clock.advance(500)

    async with desk.open() as pilot:
        assert "while you were away" in shown(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, DebriefScreen)
    async with desk.open() as pilot:
        assert "while you were away" not in shown(pilot)
        assert len(desk.practice().history()) == 1


async def test_an_attempt_on_another_screen_is_not_offered(desk: Desk) -> None:
    held = desk.practice().start("outage", "en")
    try:
        async with desk.open() as pilot:
            assert "This exam is open elsewhere" in shown(pilot)
            await press(pilot, "enter")
            await settle(pilot)
            assert isinstance(pilot.app.screen, LibraryScreen)
    finally:
        held.leave()


async def test_a_missing_engine_keeps_the_answer_and_says_what_to_do(desk: Desk) -> None:
    def missing() -> TextModel:
        raise EngineUnavailable("onnxruntime is not installed")

    desk.load_model = missing
    async with desk.exam() as pilot:
        await press(pilot, *"call", "f9", "right", "enter")
        await settle(pilot)
        assert "onnxruntime is not installed" in shown(pilot)

        await press(pilot, "escape")
        await settle(pilot)
        assert isinstance(pilot.app.screen, LibraryScreen)
        (past,) = desk.practice().history()
        assert past.points is None


async def test_a_bug_is_a_traceback_and_not_a_dialog(desk: Desk) -> None:
    def bug() -> None:
        raise ZeroDivisionError

    with pytest.raises(WorkerFailed):  # noqa: PT012 - the app raises when it closes
        async with desk.open() as pilot:
            tutor(pilot).in_background(bug, lambda _result: None)
            await settle(pilot)


@pytest.mark.parametrize("start", [None, ("outage", "en")], ids=["library", "briefing"])
async def test_help_names_the_keys_of_the_screen_and_what_is_marked(desk: Desk, start: Any) -> None:
    async with desk.open((80, 40), start_at=start) as pilot:
        await press(pilot, "f1")
        await pilot.pause()

        assert isinstance(pilot.app.screen, HelpScreen)
        for said in ("Enter", "Ctrl+Q", "Completeness", "Justification"):
            assert said in shown(pilot)


async def test_help_in_the_exam_explains_all_its_keys(desk: Desk) -> None:
    async with desk.exam((80, 40)) as pilot:
        await press(pilot, "a", "f1")
        await pilot.pause()

        for key in ("F2", "F3", "F5", "F6", "F7", "F8", "F9", "Ctrl+S", "Ctrl+Z", "Enter", "Esc"):
            assert key in shown(pilot)


async def test_the_palette_offers_themes_and_what_the_screen_can_do(desk: Desk) -> None:
    async with desk.open() as pilot:
        assert {"Help", "Dark theme", "Light theme", "Quit", "History"} <= commands(pilot)

        await press(pilot, "ctrl+p")
        await pilot.pause()
        assert isinstance(pilot.app.screen, CommandPalette)


async def test_nothing_that_would_be_cheating_is_offered_during_an_exam(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, "a")
        before = pilot.app.screen_stack[:]
        pilot.app.post_message(HistoryRequested())
        pilot.app.post_message(DebriefRequested("last"))
        pilot.app.post_message(CaseRequested("outage", "en"))
        await settle(pilot)

        assert not {"History", "Cases", "Debrief"} & commands(pilot)
        assert pilot.app.screen_stack == before


async def test_the_light_theme_is_one_command_away(desk: Desk) -> None:
    async with desk.open() as pilot:
        for command in pilot.app.get_system_commands(pilot.app.screen):
            if command.title == "Light theme":
                command.callback()

        assert pilot.app.theme == "textual-light"


async def test_an_unknown_theme_is_no_reason_to_fail(desk: Desk) -> None:
    async with desk.open(theme="no-such-theme") as pilot:
        assert pilot.app.theme == "textual-dark"


async def test_quitting_the_library_asks_nothing(desk: Desk) -> None:
    async with desk.open() as pilot:
        await press(pilot, "ctrl+q")
        await pilot.pause()

        assert not pilot.app.is_running


async def test_every_binding_has_an_id_and_an_explanation() -> None:
    for screen in (TutorApp, BriefingScreen, ExamScreen):
        for binding in screen.BINDINGS:
            assert getattr(binding, "id", None), binding
            assert getattr(binding, "tooltip", None), binding


@pytest.mark.parametrize("key", ["f1", "f9"])
async def test_a_key_in_the_key_line_can_be_clicked(desk: Desk, key: str) -> None:
    async with desk.exam() as pilot:
        await press(pilot, "a")
        await pilot.pause()
        line = shown(pilot).splitlines()[-1]
        await pilot.click("#key-line", offset=(line.index(key.upper()), 0))
        await settle(pilot)

        assert not isinstance(pilot.app.screen, ExamScreen)


async def test_a_practice_that_is_opened_later_shows_the_same_cases(desk: Desk) -> None:
    app = TutorApp(desk.practice)
    async with app.run_test() as pilot:
        await settle(pilot)

        assert "Outage of the shop" in shown(pilot)


async def test_a_practice_that_cannot_be_opened_is_a_dialog(desk: Desk) -> None:
    def refuse() -> Practice:
        raise StoreReadOnly("no room at home")

    app = TutorApp(refuse)
    async with app.run_test() as pilot:
        await settle(pilot)

        assert "no room at home" in shown(pilot)


async def test_the_palette_names_each_command_once(desk: Desk) -> None:
    async with desk.exam() as pilot:
        titles = [command.title for command in pilot.app.get_system_commands(pilot.app.screen)]

        assert "Hand in" in titles
        assert len(titles) == len(set(titles))
