"""A drill without a terminal: the clock, crashes, the engine, the series."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest

from tests.drills import CASE, RUBRIC
from tests.fakes import FakeClock, FakeLibrary, FakeModel, ids, sample_rubric
from tutor.core.case import Role
from tutor.core.drill import DrillPhase
from tutor.core.drillevent import (
    Cause,
    ClockPaused,
    ClockStarted,
    DrillEvent,
    InjectReleased,
    Judge,
    MeasureTicked,
    NoteWritten,
    RoleGiven,
)
from tutor.core.errors import NotFound, StoreFull, UsageError
from tutor.core.rubric import Rubric
from tutor.session.drill import Drill
from tutor.session.drills import Drills, open_actions
from tutor.store.drilllog import DrillLog, DrillLogs


@dataclass
class Room:
    """A room with a clock; facilitators come and go."""

    home: Path
    clock: FakeClock = field(default_factory=FakeClock)
    rubric: Rubric = RUBRIC
    new_id: Callable[[], str] = field(default_factory=lambda: partial(next, ids()))

    def drills(self) -> Drills:
        """Open the drills as a fresh process would."""
        return Drills(
            library=FakeLibrary((CASE,), (self.rubric,)),  # type: ignore[arg-type]  # the same methods
            logs=DrillLogs(self.home),
            clock=self.clock,
            new_id=self.new_id,
            load_model=FakeModel,
        )

    def start(self, minutes: int = 7, team: str = "Alpha") -> Drill:
        drill = self.drills().start(CASE, minutes=minutes, team=team)
        drill.record(ClockStarted)
        return drill


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def finish_jobs(drill: Drill) -> None:
    """Wait until the engine has nothing left to do."""
    done = threading.Event()
    drill._jobs.put(done.set)
    assert done.wait(10)


def kill(drill: Drill) -> None:
    """Let go of the lock as the system does when the process dies; nothing else is written."""
    drill._log._file.close()


def test_the_clock_is_right_after_a_crash(room: Room) -> None:
    drill = room.start()
    room.clock.advance(100)
    drill.record(MeasureTicked, measure="landing-page")
    kill(drill)
    room.clock.advance(30)

    again = room.drills().resume("last")

    assert again.elapsed_seconds() == 130
    assert again.state.ticked_at("landing-page") == 100
    assert again.state.interruptions == 1


def test_a_crash_in_a_pause_costs_no_time(room: Room) -> None:
    drill = room.start()
    room.clock.advance(100)
    drill.record(ClockPaused)
    kill(drill)
    room.clock.advance(3600)

    again = room.drills().resume("last")

    assert again.state.phase is DrillPhase.PAUSED
    assert again.elapsed_seconds() == 100


def test_setting_the_time_of_day_does_not_move_the_clock(room: Room) -> None:
    drill = room.start()
    room.clock.advance(50)
    room.clock.set_utc(room.clock.utc() + timedelta(hours=2))

    assert drill.elapsed_seconds() == 50


def test_news_comes_by_itself_once(room: Room) -> None:
    drill = room.start()
    room.clock.advance(61)
    drill.tick()
    drill.tick()

    assert [entry.inject for entry in drill.state.released] == ["press"]


def test_a_longer_drill_stretches_the_timeline(room: Room) -> None:
    drill = room.start(minutes=14)
    room.clock.advance(119)
    drill.tick()
    before = drill.state.released
    room.clock.advance(1)
    drill.tick()

    assert before == ()
    assert [entry.inject for entry in drill.state.released] == ["press"]


def test_no_news_comes_in_a_pause(room: Room) -> None:
    drill = room.start()
    drill.record(ClockPaused)
    room.clock.advance(100)
    drill.tick()

    assert drill.state.released == ()


def test_the_engine_proposes_what_a_decision_looks_like(room: Room) -> None:
    room.rubric = sample_rubric()
    drill = room.start()
    drill.decide("Show a landing page", "Anna", "so that customers know", "")
    drill.decide("Have lunch together", "", "", "")
    finish_jobs(drill)

    assert [(p.measure, p.decision) for p in drill.state.proposed] == [("landing-page", 1)]


def test_the_end_brings_the_score_of_the_engine_and_the_plan(room: Room) -> None:
    drill = room.start()
    drill.decide("Move the domain", "Anna", "ours", "Buy a second one")
    drill.end()
    finish_jobs(drill)

    assert [score.judge for score in drill.state.scores] == [Judge.ENGINE]
    assert [(a.action, a.owner, a.due) for a in drill.state.actions] == [
        ("Buy a second one", "Anna", None)
    ]


def test_an_event_that_is_not_on_disk_has_not_happened(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    drill = room.start()

    def full(_log: DrillLog, _event: DrillEvent) -> None:
        raise StoreFull("no room")

    with monkeypatch.context() as patch:
        patch.setattr(DrillLog, "append", full)
        with pytest.raises(StoreFull):
            drill.record(NoteWritten, text="lost?")
        room.clock.advance(61)
        drill.tick()
        error, before = drill.storage_error, drill.state
    drill.tick()

    assert isinstance(error, StoreFull)
    assert (before.notes, before.released) == ((), ())
    assert drill.storage_error is None
    assert len(drill.state.released) == 1


def test_what_people_type_is_cleaned_and_words_of_the_program_are_kept(room: Room) -> None:
    drill = room.start()
    drill.record(RoleGiven, role=Role.LEAD, person=" An\x1b[2Jna ")

    assert drill.state.holder(Role.LEAD) == "Anna"
    assert drill.state.roles[-1].role is Role.LEAD


def test_the_projector_follows_the_facilitator(room: Room) -> None:
    drill = room.start()
    follower = room.drills().follow("last")
    room.clock.advance(10)
    drill.decide("Call the agency", "Anna", "", "")
    drill.record(InjectReleased, inject="board", cause=Cause.HAND)
    follower.poll()

    shown = follower.public()

    assert [decision.what for decision in shown.decisions] == ["Call the agency"]
    assert [news.text for news in shown.news] == ["The board calls."]
    assert shown.elapsed_seconds == 10


def test_the_case_is_taken_up_again_by_the_same_team_only(room: Room) -> None:
    drill = room.start()
    drill.leave()

    assert room.drills().unfinished(CASE.id, CASE.language, "Alpha") == drill.state.opened.drill
    assert room.drills().unfinished(CASE.id, CASE.language, "Beta") is None


def test_a_drill_that_is_over_is_not_offered_again_but_can_be_wrapped_up(room: Room) -> None:
    drill = room.start()
    drill.end()
    kill(drill)

    again = room.drills().resume("last")
    finish_jobs(again)

    assert room.drills().unfinished(CASE.id, CASE.language, "Alpha") is None
    assert again.state.is_over
    assert [score.judge for score in again.state.scores] == [Judge.ENGINE]


def test_the_series_lists_what_is_left_to_be_done_by_urgency(room: Room) -> None:
    drill = room.start()
    drill.end()
    drill.plan("Later", "Anna", None)
    drill.plan("Second", "Anna", date(2026, 5, 2))
    drill.plan("First", "Beat", date(2026, 5, 1))
    drill.plan("Done", "Beat", date(2026, 4, 1))
    finish_jobs(drill)
    drill.leave()
    room.drills().carry_out("last", 4)

    actions = open_actions(room.drills().past("Alpha"))

    assert [entry.action.action for entry in actions] == ["First", "Second", "Later"]
    assert room.drills().past("Beta") == ()


def test_an_action_or_a_drill_that_is_not_there_is_said_so(room: Room) -> None:
    drill = room.start()
    drill.end()
    drill.leave()

    with pytest.raises(NotFound, match="no action 9"):
        room.drills().carry_out("last", 9)
    with pytest.raises(NotFound, match="no drill zzz"):
        room.drills().review("zzz")


def test_a_drill_of_no_length_is_refused(room: Room) -> None:
    with pytest.raises(UsageError, match="1 to 240"):
        room.drills().start(CASE, minutes=0, team="")
