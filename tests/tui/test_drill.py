"""The screens of a drill: two views of one log, the hot wash, the replay."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.screen import Screen

from tests.core.test_publicstate import SECRETS
from tests.drills import CASE
from tests.session.test_drill import Room, finish_jobs
from tests.tui.conftest import HOSTILE, HOSTILE_CLEAN, press, settle, shown
from tutor.core.case import Role
from tutor.core.drill import DrillPhase
from tutor.core.drillevent import (
    Cause,
    InjectReleased,
    Judge,
    MeasureProposed,
    MeasureTicked,
    NoteWritten,
    Question,
)
from tutor.core.errors import StoreFull
from tutor.store.drilllog import DrillLog
from tutor.tui.drillreplay import Position, ReplayScreen
from tutor.tui.facilitator import FacilitatorScreen
from tutor.tui.form import Form
from tutor.tui.hotwash import HotWashScreen, read_date
from tutor.tui.projector import ProjectorScreen
from tutor.tui.screenapp import ScreenApp

SIZES = [(80, 24), (120, 40)]


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


@asynccontextmanager
async def opened(
    screen: Screen[Any], size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Pilot[None]]:
    app = ScreenApp(screen)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield pilot


async def see(pilot: Pilot[None]) -> str:
    """Let the screen notice what has happened, and return what it shows."""
    screen = pilot.app.screen
    for name in ("tick", "follow", "refresh_view"):
        if hasattr(screen, name):
            getattr(screen, name)()
            break
    await settle(pilot)
    return shown(pilot)


async def type_form(pilot: Pilot[None], *values: str) -> None:
    """Fill in the open form as somebody does who does not wait for the screen."""
    assert isinstance(pilot.app.screen, Form)
    for value in values:
        await press(pilot, *value, "enter")
    await settle(pilot)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_facilitator_sees_news_measures_and_hints(
    room: Room, size: tuple[int, int]
) -> None:
    async with opened(FacilitatorScreen(room.start()), size) as pilot:
        screen = await see(pilot)

    for word in ("A journalist calls.", "MEASURE-landing-page", "HINT-PRESS", "0:00 of 7:00"):
        assert word in screen


async def test_the_clock_starts_pauses_and_gets_a_minute(room: Room) -> None:
    drill = room.drills().start(CASE, minutes=7, team="")
    async with opened(FacilitatorScreen(drill)) as pilot:
        await press(pilot, "space")
        room.clock.advance(30)
        await press(pilot, "space", "plus")
        screen = await see(pilot)

    assert "0:30 of 8:00 · paused" in screen
    assert drill.state.phase is DrillPhase.PAUSED


async def test_news_is_released_held_and_skipped_by_key(room: Room) -> None:
    drill = room.start()
    async with opened(FacilitatorScreen(drill)) as pilot:
        await press(pilot, "h", "down", "s", "down", "down", "enter")
        await settle(pilot)

    assert drill.state.held == ("press",)
    assert len(drill.state.skipped) == 1
    assert [entry.cause for entry in drill.state.released] == [Cause.HAND]


async def test_the_highlight_stays_on_its_news_when_other_news_moves_up(room: Room) -> None:
    drill = room.start()
    async with opened(FacilitatorScreen(drill)) as pilot:
        await press(pilot, "end")
        drill.record(InjectReleased, inject="rival", cause=Cause.CONDITION)
        await see(pilot)
        await press(pilot, "enter")
        await settle(pilot)

    assert [entry.inject for entry in drill.state.released] == ["rival", "board"]


async def test_a_digit_ticks_a_measure_and_takes_the_tick_back(room: Room) -> None:
    drill = room.start()
    async with opened(FacilitatorScreen(drill)) as pilot:
        await press(pilot, "2")
        ticked = drill.state.ticked_at("redundancy")
        await press(pilot, "2", "9")

    assert ticked == 0
    assert drill.state.ticked == ()


async def test_a_decision_is_logged_however_fast_it_is_typed(room: Room) -> None:
    drill = room.start()
    async with opened(FacilitatorScreen(drill)) as pilot:
        await press(pilot, "d")
        await settle(pilot)
        await type_form(pilot, "Call the agency", "Anna", "they know", "Ask weekly")
        screen = await see(pilot)

    decision = drill.state.decisions[0]
    assert (decision.what, decision.who) == ("Call the agency", "Anna")
    assert (decision.why, decision.follow_up) == ("they know", "Ask weekly")
    assert "Call the agency (Anna)" in screen


async def test_a_decision_that_was_closed_comes_back(room: Room) -> None:
    drill = room.start()
    async with opened(FacilitatorScreen(drill)) as pilot:
        await press(pilot, "d")
        await settle(pilot)
        await press(pilot, *"Call", "escape")
        await settle(pilot)
        await press(pilot, "d")
        await settle(pilot)
        screen = shown(pilot)

    assert "Call" in screen
    assert drill.state.decisions == ()


async def test_a_decision_without_words_is_not_taken(room: Room) -> None:
    async with opened(FacilitatorScreen(room.start())) as pilot:
        await press(pilot, "d")
        await settle(pilot)
        await type_form(pilot, "", "", "", "")

        assert "cannot stay empty" in shown(pilot)


async def test_enter_accepts_what_the_engine_proposes_and_x_declines(room: Room) -> None:
    drill = room.start()
    drill.record(MeasureProposed, measure="landing-page", decision=1)
    drill.record(MeasureProposed, measure="redundancy", decision=1)
    async with opened(FacilitatorScreen(drill)) as pilot:
        offered = await see(pilot)
        await press(pilot, "enter", "x")

    assert "looks like “MEASURE-landing-page”. Enter accepts" in offered
    assert [tick.measure for tick in drill.state.ticked] == ["landing-page"]
    assert drill.state.proposed == ()
    assert Cause.HAND not in {entry.cause for entry in drill.state.released}


async def test_roles_are_given_and_handed_over(room: Room) -> None:
    drill = room.start()
    async with opened(FacilitatorScreen(drill)) as pilot:
        missing = await see(pilot)
        for name in ("Anna", " B"):
            await press(pilot, "r")
            await settle(pilot)
            pilot.app.screen.set_focus(pilot.app.screen.query("Input").first())
            await press(pilot, *name, "ctrl+s")
            await settle(pilot)

    assert "missing: Incident lead" in missing
    assert [given.person for given in drill.state.roles] == ["Anna", "Anna B"]
    assert drill.state.holder(Role.LEAD) == "Anna B"


async def test_a_full_disk_is_said_and_nothing_is_shown_as_done(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    drill = room.start()

    def full(_log: DrillLog, _event: object) -> None:
        raise StoreFull("no room")

    monkeypatch.setattr(DrillLog, "append", full)
    async with opened(FacilitatorScreen(drill)) as pilot:
        await press(pilot, "1")
        screen = await see(pilot)

    assert "NOT SAVED" in screen
    assert drill.state.ticked == ()


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_no_frame_of_the_projector_names_a_measure_or_a_hint(
    room: Room, size: tuple[int, int]
) -> None:
    drill = room.start()
    follower = room.drills().follow("last")

    def poll() -> Any:
        follower.poll()
        return follower.public()

    frames = []
    async with opened(ProjectorScreen(poll), size) as pilot:
        frames.append(await see(pilot))
        drill.decide("Call the agency", "Anna", "", "")
        drill.record(MeasureTicked, measure="landing-page")
        drill.record(MeasureProposed, measure="redundancy", decision=1)
        drill.record(NoteWritten, text="They are slow.")
        for inject in CASE.injects:
            room.clock.advance(20)
            drill.record(InjectReleased, inject=inject.id, cause=Cause.HAND)
            frames.append(await see(pilot))
        drill.end()
        frames.append(await see(pilot))

    assert not [secret for frame in frames for secret in [*SECRETS, "slow"] if secret in frame]
    assert "Call the agency" in frames[1]
    assert "A journalist calls." in frames[1]
    assert "over" in frames[-1]


async def test_the_projector_goes_on_when_the_log_is_out_of_reach(room: Room) -> None:
    room.start()
    follower = room.drills().follow("last")
    polled = []

    def poll() -> Any:
        polled.append(True)
        if len(polled) > 1:
            raise StoreFull("away")
        return follower.public()

    async with opened(ProjectorScreen(poll)) as pilot:
        screen = await see(pilot)

    assert "You are the deputy." in screen


async def test_the_end_leads_to_scores_questions_and_plan(room: Room) -> None:
    drill = room.start()
    drill.decide("Move the domain", "Anna", "ours", "Buy another")
    finish_jobs(drill)
    async with opened(FacilitatorScreen(drill)) as pilot:
        await press(pilot, "e")
        await settle(pilot)
        await press(pilot, "right", "enter")
        await settle(pilot)
        assert isinstance(pilot.app.screen, HotWashScreen)
        await press(pilot, "s")
        await settle(pilot)
        await type_form(pilot, "Anna", "2", "60", "80", "50")
        covered = await see(pilot)
        await press(pilot, "1")
        await settle(pilot)
        await type_form(pilot, "Clear roles")
        await press(pilot, "enter")
        await settle(pilot)
        await type_form(pilot, "31.05.2026")
        finish_jobs(drill)
        await press(pilot, "v")
        uncovered = await see(pilot)

    assert "1 member has scored alone. Anna" in covered
    assert "60 %" not in covered
    assert "60 %" in uncovered
    assert "Team (mean)" in uncovered
    assert {score.judge for score in drill.state.scores} == {Judge.SELF, Judge.ENGINE}
    assert drill.state.answer(Question.WENT_WELL) == "Clear roles"
    assert [(a.action, a.due) for a in drill.state.actions] == [
        ("Buy another", read_date("2026-05-31"))
    ]


@pytest.mark.parametrize("wrong", ["4", ""])
async def test_a_score_off_the_scale_is_not_taken(room: Room, wrong: str) -> None:
    drill = room.start()
    drill.end()
    async with opened(HotWashScreen(drill)) as pilot:
        await press(pilot, "f")
        await settle(pilot)
        await type_form(pilot, wrong, "60", "80", "50")

        assert "Write 0, 1, 2 or 3." in shown(pilot)


async def test_a_date_nobody_has_is_refused(room: Room) -> None:
    drill = room.start()
    drill.end()
    async with opened(HotWashScreen(drill)) as pilot:
        await press(pilot, "a")
        await settle(pilot)
        await type_form(pilot, "Do it", "Anna", "31.02.2026")

        assert "Write a date" in shown(pilot)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_hostile_text_is_shown_as_it_is(room: Room, size: tuple[int, int]) -> None:
    drill = room.start(team=HOSTILE)
    drill.record(NoteWritten, text=HOSTILE)
    drill.decide(HOSTILE, "", "", "")
    async with opened(FacilitatorScreen(drill), size) as pilot:
        screen = await see(pilot)

    assert HOSTILE_CLEAN in screen


async def test_a_replay_goes_forwards_backwards_and_at_any_speed(room: Room) -> None:
    drill = room.start()
    room.clock.advance(100)
    drill.record(MeasureTicked, measure="landing-page")
    room.clock.advance(100)
    drill.record(NoteWritten, text="later")
    drill.leave()
    recording = room.drills().recording(room.drills().path("last"))
    screen = ReplayScreen(recording)
    async with opened(screen) as pilot:
        await press(pilot, "right", "right")
        ticked = shown(pilot)
        await press(pilot, "left")
        before = shown(pilot)
        await press(pilot, *("up",) * 9, "space")
        for _frame in range(10):
            screen.advance()
        await settle(pilot)
        forwards = screen.position.index
        await press(pilot, "r")
        for _frame in range(40):
            screen.advance()

    assert "☑  1:40 MEASURE-landing-page" in ticked
    assert "☑" not in before
    assert forwards >= 2
    assert screen.position.seconds == 0


def test_every_event_of_one_moment_is_reached_by_steps() -> None:
    position = Position((0.0, 0.0, 5.0, 5.0))
    reached = []
    for _step in range(4):
        reached.append(position.index)
        position.step(1)

    assert reached == [0, 1, 2, 3]
    position.move(-1)
    assert position.index == 1
