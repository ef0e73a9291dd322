"""The exam: its clock, its end, leaving it, and what must not be lost."""

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, Static

from tests.fakes import FakeLibrary, sample_case
from tests.tui.conftest import HOSTILE, Desk, press, settle, shown
from tutor.core.attempt import ClosedBy
from tutor.core.errors import StoreFull, StoreReadOnly
from tutor.tui.answer import AnswerEditor
from tutor.tui.clockline import ClockLine
from tutor.tui.debrief import DebriefScreen
from tutor.tui.dialogs import Dialog
from tutor.tui.exam import ExamScreen
from tutor.tui.library import LibraryScreen

SIZES = [(60, 20), (80, 24), (120, 40)]


def exam(pilot: Pilot[None]) -> ExamScreen:
    screen = getattr(pilot.app, "exam")  # noqa: B009 - only TutorApp has it
    assert isinstance(screen, ExamScreen)
    return screen


async def tick(pilot: Pilot[None], desk: Desk, seconds: float) -> None:
    """Let time pass and the clock notice."""
    screen = exam(pilot)
    desk.clock.advance(seconds)
    screen.tick()
    await settle(pilot)


def last_attempt(desk: Desk) -> object:
    (past,) = desk.practice().history()
    return past


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_situation_appears_when_the_clock_starts(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with desk.exam(size) as pilot:
        screen = shown(pilot)

        assert "You are the deputy." in screen
        assert "Describe all measures" in screen
        assert "7:00 left" in screen


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_task_is_one_key_away_while_writing(desk: Desk, size: tuple[int, int]) -> None:
    async with desk.exam(size) as pilot:
        await press(pilot, *"call")
        await pilot.pause()
        assert "call" in shown(pilot)

        await press(pilot, "f2")
        await pilot.pause()
        assert "Describe all measures" in shown(pilot)
        await press(pilot, "f2", *" now")
        await pilot.pause()
        assert "call now" in shown(pilot)


async def test_wide_terminals_show_both_at_once(desk: Desk) -> None:
    async with desk.exam((120, 40)) as pilot:
        await press(pilot, *"call")
        await pilot.pause()

        assert "You are the deputy." in shown(pilot)
        assert "call" in shown(pilot)


async def test_bold_in_the_situation_is_drawn_and_not_spelt(desk: Desk) -> None:
    async with desk.exam() as pilot:
        assert "**" not in shown(pilot)


async def test_the_clock_is_a_deadline_and_not_a_count(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await tick(pilot, desk, 299.5)

        assert pilot.app.screen.query_one(ClockLine).words == "2:01 left"


async def test_each_warning_is_announced_once(desk: Desk) -> None:
    async with desk.exam() as pilot:
        for _second in range(419):
            desk.clock.advance(1)
            exam(pilot).tick()

        assert exam(pilot).announced == (120, 60, 15)


async def test_a_stall_announces_only_the_most_urgent_warning(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await tick(pilot, desk, 410)

        assert exam(pilot).announced == (15,)


async def test_an_announcement_gives_the_keys_their_place_back(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await tick(pilot, desk, 300)
        assert "Two minutes left." in shown(pilot)

        await tick(pilot, desk, 5)
        assert "Two minutes left." not in shown(pilot)
        assert "Hand in" in shown(pilot)


async def test_urgency_survives_without_colours(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with desk.exam() as pilot:
        await tick(pilot, desk, 410)

        assert "closing" in shown(pilot)


async def test_at_zero_the_answer_is_handed_in_as_it_stands(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, *"landing-page and the")
        await tick(pilot, desk, 420)

        assert isinstance(pilot.app.screen, DebriefScreen)
        debrief = desk.practice().debrief("last")
        assert debrief.attempt.draft.cards[0].measure == "landing-page and the"
        assert debrief.attempt.closed_by is ClosedBy.TIME


@pytest.mark.parametrize("over", ["f9", "escape", "f1", "ctrl+p", "ctrl+q"])
async def test_nothing_that_lies_over_the_exam_stops_its_clock(desk: Desk, over: str) -> None:
    async with desk.exam() as pilot:
        await press(pilot, *"landing-page")
        await press(pilot, over)
        await pilot.pause()
        assert not isinstance(pilot.app.screen, ExamScreen)

        await tick(pilot, desk, 420)
        assert isinstance(pilot.app.screen, DebriefScreen)


async def test_there_is_no_way_back_into_an_exam_that_was_sat(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await tick(pilot, desk, 420)

        kinds = [type(screen) for screen in pilot.app.screen_stack]
        assert kinds == [LibraryScreen, DebriefScreen]


async def test_handing_in_early_asks_once(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, *"landing-page")
        await press(pilot, "f9")
        await pilot.pause()
        assert "Hand in now?" in shown(pilot)

        await press(pilot, "right", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, DebriefScreen)
        assert desk.practice().debrief("last").attempt.closed_by is ClosedBy.CANDIDATE


async def test_enter_on_the_question_hands_nothing_in(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, *"call", "f9", "enter")
        await settle(pilot)

        assert isinstance(pilot.app.screen, ExamScreen)
        assert not exam(pilot).is_closing


async def test_an_empty_answer_is_called_empty_before_it_is_handed_in(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, "f9")
        await pilot.pause()

        assert "Your answer is empty." in shown(pilot)


async def test_leaving_asks_once_and_keeps_the_attempt_open(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, *"call", "escape")
        await pilot.pause()
        await press(pilot, "right", "enter")
        await settle(pilot)

        assert isinstance(pilot.app.screen, LibraryScreen)
        (open_sitting,) = desk.practice().open_sittings()
        assert open_sitting.attempt.draft.cards[0].measure == "call"
        assert not open_sitting.held_elsewhere


async def test_quitting_during_an_exam_asks_first(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, *"call", "ctrl+q")
        await pilot.pause()
        assert pilot.app.is_running
        assert "Leave the exam?" in shown(pilot)

        await press(pilot, "right", "enter")
        await settle(pilot)
    assert len(desk.practice().open_sittings()) == 1


async def test_quitting_twice_does_not_ask_twice(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, "ctrl+q", "ctrl+q")
        await pilot.pause()

        assert sum(isinstance(screen, Dialog) for screen in pilot.app.screen_stack) == 1


async def test_what_is_typed_reaches_the_journal(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, *"call", "enter", *"panic")
        await pilot.pause()
        exam(pilot).sitting.flush()

        (replay,) = desk.practice().open_sittings()
        card = replay.attempt.draft.cards[0]
        assert (card.measure, card.reason) == ("call", "panic")


async def test_a_resumed_exam_puts_the_cursor_where_writing_stopped(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, *"call", "enter", *"pan")
        await pilot.pause()
    desk.clock.advance(100)

    async with desk.open() as pilot:
        await press(pilot, "enter")
        await settle(pilot)
        await press(pilot, *"ic")
        await pilot.pause()
        assert pilot.app.screen.query_one(AnswerEditor).draft.cards[0].reason == "panic"
        assert "5:20 left" in shown(pilot)


async def test_trouble_with_the_disk_is_said_calmly_and_goes_away(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk.exam() as pilot:
        kind = type(exam(pilot).sitting)
        trouble = StoreFull("no space left")
        monkeypatch.setattr(kind, "storage_error", property(lambda _self: trouble))
        await tick(pilot, desk, 1)
        assert "NOT SAVED" in shown(pilot)
        assert "Free some space" in shown(pilot)
        await press(pilot, *"still writing")
        assert "still writing" in shown(pilot)

        monkeypatch.setattr(kind, "storage_error", property(lambda _self: None))
        await tick(pilot, desk, 1)
        assert "NOT SAVED" not in shown(pilot)
        assert not pilot.app.screen.query_one("#storage", Static).display


async def test_a_folder_that_cannot_be_written_lets_one_practise_without_saving(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_anything: object) -> None:
        raise StoreReadOnly("the folder cannot be written")

    monkeypatch.setattr("tutor.store.journal.Journals.create", refuse)
    async with desk.exam() as pilot:
        assert "The folder cannot be written" in shown(pilot)

        await press(pilot, "right", "enter")
        await settle(pilot)
        assert "without saving" in shown(pilot)


async def test_typing_is_impossible_once_the_time_is_up(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with desk.exam() as pilot:
        await press(pilot, *"call")
        await pilot.pause()
        screen = exam(pilot)
        monkeypatch.setattr(type(pilot.app), "hand_in", lambda *_anything: None)
        desk.clock.advance(420)
        screen.tick()
        await press(pilot, *" me", "f8", "f3")
        await pilot.pause()

        assert screen.answer.draft.cards[0].measure == "call"
        assert "time is up" in shown(pilot)


async def test_a_terminal_that_is_too_small_keeps_the_clock_and_the_draft(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, *"call")
        await pilot.resize_terminal(40, 10)
        await pilot.pause()
        assert "7:00" in shown(pilot)
        assert "60 × 20" in shown(pilot)

        await pilot.resize_terminal(80, 24)
        await press(pilot, *" now")
        await pilot.pause()
        assert "call now" in shown(pilot)


async def test_a_hostile_case_is_shown_as_text(desk: Desk) -> None:
    from dataclasses import replace

    case = replace(sample_case(), title=HOSTILE, situation=HOSTILE, task=HOSTILE)
    desk.library = FakeLibrary(shelf=(case,))
    async with desk.exam((120, 40)) as pilot:
        screen = shown(pilot)

        assert screen.count("[/x] [b] {{y}} <i>") == 3
        assert "\x1b" not in screen
        assert "\u202e" not in screen


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "textual-ansi"])
@pytest.mark.parametrize("size", [(1, 1), (20, 5), *SIZES], ids=str)
async def test_the_exam_stands_every_size_and_theme(
    desk: Desk, size: tuple[int, int], theme: str
) -> None:
    async with desk.exam(size, theme) as pilot:
        await press(pilot, "a", "enter", "b")
        await tick(pilot, desk, 410)

        assert exam(pilot).answer.draft.cards[0].measure == "a"


async def test_an_answer_the_disk_does_not_have_is_not_quit_unasked_and_can_be_written_elsewhere(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_anything: object) -> None:
        raise StoreFull("no room")

    async with desk.exam() as pilot:
        for name in ("write", "handed_in", "end_apart"):
            monkeypatch.setattr(f"tutor.store.journal.Journal.{name}", refuse)
        monkeypatch.setattr("tutor.store.history.History.add", refuse)
        await press(pilot, *"call")
        await press(pilot, "f9", "right", "enter")
        await settle(pilot)
        assert "Write the answer to a file" in shown(pilot)
        await press(pilot, "escape", "ctrl+q")
        assert "Your answer is not saved" in shown(pilot)

        await press(pilot, "enter")
        pilot.app.screen.query_one("#copy-path", Input).value = str(tmp_path / "mine.txt")
        await press(pilot, "enter")
        await settle(pilot)
        assert "call" in (tmp_path / "mine.txt").read_text("utf-8")
        await press(pilot, "ctrl+q")
        assert not pilot.app.is_running


async def test_a_typed_emoji_of_several_characters_stays_one(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, "x")
        for character in "👩\u200d🚒":
            pilot.app.post_message(events.Key("any", character))
        await pilot.pause()
        await pilot.pause()

        assert exam(pilot).answer.draft.cards[0].measure == "x👩\u200d🚒"


async def test_an_answer_stored_later_is_not_said_to_have_run_out_of_time(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_anything: object) -> None:
        raise StoreFull("no room")

    with monkeypatch.context() as patch:
        patch.setattr("tutor.store.history.History.add", refuse)
        async with desk.exam() as pilot:
            await press(pilot, *"call")
            await press(pilot, "f9", "right", "enter")
            await settle(pilot)
            await press(pilot, "escape", "ctrl+q")
            assert not pilot.app.is_running

    # The ended process would have let go of it.
    for lock in (desk.home / "journals").glob("*.lock"):
        lock.unlink()
    async with desk.open() as pilot:
        assert "Stored now" in shown(pilot)


async def test_the_key_question_stands_below_the_task_with_its_weight(desk: Desk) -> None:
    async with desk.exam((120, 40)) as pilot:
        seen = shown(pilot)

        assert "Is the procedure plausible?" in seen
        assert "counts 2 times" in seen
