"""A drill as its events add up: `(state, event) -> state`, so that every log can be replayed."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from tutor.core.case import Role
from tutor.core.drillevent import (
    ActionDone,
    ActionSet,
    ClockPaused,
    ClockStarted,
    DecisionLogged,
    DrillEnded,
    DrillEvent,
    DrillOpened,
    FacilitatorReturned,
    HotWashAnswered,
    InjectHeld,
    InjectReleased,
    InjectSkipped,
    LimitMoved,
    MeasureProposed,
    MeasureTicked,
    MeasureUnticked,
    NoteWritten,
    ProposalDeclined,
    Question,
    RoleGiven,
    Scored,
)


class DrillPhase(StrEnum):
    """Where a drill stands."""

    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    OVER = "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillState:
    """A drill after its last event, which was at `at_seconds` and `at_utc`.

    `planned_seconds` is the length the injects are stretched to, `limit_seconds` the end with
    all the minutes that were added or taken away.
    """

    opened: DrillOpened
    at_seconds: float
    at_utc: datetime
    limit_seconds: float
    phase: DrillPhase = DrillPhase.READY
    interruptions: int = 0
    released: tuple[InjectReleased, ...] = ()
    skipped: tuple[str, ...] = ()
    held: tuple[str, ...] = ()
    ticked: tuple[MeasureTicked, ...] = ()
    proposed: tuple[MeasureProposed, ...] = ()
    decisions: tuple[DecisionLogged, ...] = ()
    notes: tuple[NoteWritten, ...] = ()
    roles: tuple[RoleGiven, ...] = ()
    scores: tuple[Scored, ...] = ()
    answers: tuple[HotWashAnswered, ...] = ()
    actions: tuple[ActionSet, ...] = ()
    done_actions: tuple[int, ...] = ()

    @property
    def planned_seconds(self) -> int:
        """The length of the drill as it was planned."""
        return self.opened.planned_seconds

    @property
    def is_over(self) -> bool:
        """True once the exercise has ended."""
        return self.phase is DrillPhase.OVER

    def elapsed_seconds(self, utc: datetime) -> float:
        """Return the time of the drill at a time of day, at most its end.

        Setting the system clock back cannot turn it back.
        """
        if self.phase is not DrillPhase.RUNNING:
            return self.at_seconds
        passed = max((utc - self.at_utc).total_seconds(), 0.0)
        return min(self.at_seconds + passed, self.limit_seconds)

    def holder(self, role: Role) -> str:
        """Return who has a role, or nothing."""
        return next((given.person for given in reversed(self.roles) if given.role is role), "")

    def released_at(self, inject_id: str) -> float | None:
        """Return when an inject was released, in seconds of the drill."""
        return next((r.at_seconds for r in self.released if r.inject == inject_id), None)

    def ticked_at(self, measure_id: str) -> float | None:
        """Return when a measure was ticked, in seconds of the drill."""
        return next((t.at_seconds for t in self.ticked if t.measure == measure_id), None)

    def answer(self, question: Question) -> str:
        """Return the team's answer to a question of the hot wash."""
        return next((a.text for a in self.answers if a.question is question), "")

    def next_action(self) -> int:
        """Return the number of the next entry of the improvement plan."""
        return 1 + max((action.number for action in self.actions), default=0)


def opened_state(event: DrillOpened) -> DrillState:
    """Return the drill with which a log begins."""
    return DrillState(
        opened=event,
        at_seconds=0.0,
        at_utc=event.at_utc,
        limit_seconds=float(event.planned_seconds),
    )


def after(state: DrillState, event: DrillEvent) -> DrillState:
    """Return the drill after an event; one that makes no sense there changes nothing but the time.

    The time of a drill never goes back, whatever a log says.
    """
    at = max(state.at_seconds, event.at_seconds)
    if at != event.at_seconds:
        event = replace(event, at_seconds=at)
    state = replace(_changed(state, event), at_seconds=at, at_utc=event.at_utc)
    # A minute less never ends before what has passed.
    return replace(state, limit_seconds=max(state.limit_seconds, at))


def states(events: Iterable[DrillEvent]) -> tuple[DrillState, ...]:
    """Return the drill after each event; raises ValueError where the first opens none."""
    found: list[DrillState] = []
    for event in events:
        if found:
            found.append(after(found[-1], event))
        elif isinstance(event, DrillOpened):
            found.append(opened_state(event))
        else:
            raise ValueError("the log does not begin with the opening of a drill")
    return tuple(found)


def _changed(state: DrillState, event: DrillEvent) -> DrillState:
    changed = _changed_clock(state, event) or _changed_exercise(state, event)
    return changed or _changed_afterwards(state, event) or state


def _changed_clock(state: DrillState, event: DrillEvent) -> DrillState | None:
    if state.is_over:
        return None
    match event:
        case FacilitatorReturned():
            return replace(state, interruptions=state.interruptions + 1)
        case ClockStarted():
            return replace(state, phase=DrillPhase.RUNNING)
        case ClockPaused() if state.phase is DrillPhase.RUNNING:
            return replace(state, phase=DrillPhase.PAUSED)
        case LimitMoved():
            return replace(state, limit_seconds=state.limit_seconds + event.by_seconds)
        case DrillEnded():
            return replace(state, phase=DrillPhase.OVER)
    return None


def _changed_exercise(state: DrillState, event: DrillEvent) -> DrillState | None:
    match event:
        case InjectReleased() if state.released_at(event.inject) is None:
            return replace(
                state,
                released=(*state.released, event),
                skipped=_without(state.skipped, event.inject),
                held=_without(state.held, event.inject),
            )
        case InjectSkipped() if state.released_at(event.inject) is None:
            return replace(
                state,
                skipped=(*_without(state.skipped, event.inject), event.inject),
                held=_without(state.held, event.inject),
            )
        case InjectHeld() if state.released_at(event.inject) is None:
            held = _without(state.held, event.inject)
            return replace(
                state,
                held=(*held, event.inject) if event.is_held else held,
                skipped=_without(state.skipped, event.inject),
            )
        case MeasureTicked() if state.ticked_at(event.measure) is None:
            return replace(
                state,
                ticked=(*state.ticked, event),
                proposed=_not_for(state.proposed, event.measure),
            )
        case MeasureUnticked():
            return replace(
                state, ticked=tuple(t for t in state.ticked if t.measure != event.measure)
            )
        case MeasureProposed() if state.ticked_at(event.measure) is None:
            others = _not_for(state.proposed, event.measure)
            return replace(state, proposed=(*others, event))
        case ProposalDeclined():
            return replace(state, proposed=_not_for(state.proposed, event.measure))
    return None


def _changed_afterwards(state: DrillState, event: DrillEvent) -> DrillState | None:
    match event:
        case DecisionLogged():
            return replace(state, decisions=(*state.decisions, event))
        case NoteWritten():
            return replace(state, notes=(*state.notes, event))
        case RoleGiven():
            return replace(state, roles=(*state.roles, event))
        case Scored():
            others = (s for s in state.scores if (s.judge, s.name) != (event.judge, event.name))
            return replace(state, scores=(*others, event))
        case HotWashAnswered():
            kept = (a for a in state.answers if a.question is not event.question)
            return replace(state, answers=(*kept, event))
        case ActionSet():
            actions = {action.number: action for action in state.actions} | {event.number: event}
            return replace(state, actions=tuple(actions[number] for number in sorted(actions)))
        case ActionDone():
            return replace(state, done_actions=tuple(sorted({*state.done_actions, event.number})))
    return None


def _without(ids: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(other for other in ids if other != name)


def _not_for(proposed: tuple[MeasureProposed, ...], measure: str) -> tuple[MeasureProposed, ...]:
    return tuple(proposal for proposal in proposed if proposal.measure != measure)
