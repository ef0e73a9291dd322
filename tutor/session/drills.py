"""The drills of a person: begin one, take it up, follow it, look back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.core.case import Case
from tutor.core.clock import Clock
from tutor.core.drill import DrillState, states
from tutor.core.drillevent import (
    ActionDone,
    ActionSet,
    DrillEvent,
    DrillOpened,
    FacilitatorReturned,
)
from tutor.core.drillreview import DrillFigures, DrillReview, drill_review
from tutor.core.errors import ContentError, NotFound, UsageError
from tutor.core.plaintext import clean
from tutor.core.rubric import Rubric
from tutor.core.textmodel import TextModel
from tutor.locales import _
from tutor.session.drill import Drill, Follower
from tutor.session.marking import Marker
from tutor.store.drilllog import DrillLog, DrillLogs, LogReader, read_log

if TYPE_CHECKING:
    from tutor.content.library import Library

# From product.md: a tabletop takes 15 to 45 minutes; a test or a long exercise may differ.
MINUTES = range(1, 241)


@dataclass(frozen=True, slots=True)
class PastDrill:
    """A drill of the series; the figures are None where its case can no longer be read."""

    state: DrillState
    title: str
    figures: DrillFigures | None


@dataclass(frozen=True, slots=True)
class OpenAction:
    """An entry of an improvement plan that is not carried out."""

    drill: DrillOpened
    action: ActionSet


@dataclass(frozen=True, slots=True)
class Recording:
    """A drill that can be shown again: `states[i]` is the drill after `events[i]`."""

    case: Case
    rubric: Rubric
    events: tuple[DrillEvent, ...]
    states: tuple[DrillState, ...]


class Drills:
    """The use cases of a facilitator."""

    def __init__(
        self,
        *,
        library: "Library",
        logs: DrillLogs,
        clock: Clock,
        new_id: Callable[[], str],
        load_model: Callable[[], TextModel],
    ) -> None:
        self._library = library
        self._logs = logs
        self._clock = clock
        self._new_id = new_id
        self._marker = Marker(load_model)

    def start(self, case: Case, *, minutes: int, team: str) -> Drill:
        """Open a drill, whose clock does not run yet.

        Raises ContentError, UsageError or StoreError.
        """
        if minutes not in MINUTES:
            raise UsageError(
                _("a drill takes {low} to {high} minutes").format(low=MINUTES[0], high=MINUTES[-1])
            )
        rubric = self._library.rubric(case.id, case.language)
        event = DrillOpened(
            at_seconds=0.0,
            at_utc=self._clock.utc(),
            drill=self._new_id(),
            team=clean(team).strip(),
            case=case.id,
            language=case.language,
            rubric_sha256=rubric.sha256,
            planned_seconds=minutes * 60,
        )
        return self._drill(case, rubric, self._logs.create(event), (event,))

    def unfinished(self, case_id: str, language: str, team: str) -> str | None:
        """Return the newest drill of a team and a case whose exercise has not ended."""
        for state in reversed(self._logs.all()):
            opened = state.opened
            if (opened.case, opened.language, opened.team) == (case_id, language, team):
                return None if state.is_over else opened.drill
        return None

    def resume(self, drill_id: str) -> Drill:
        """Take a drill up where it is; its clock has gone on meanwhile, at most to its end.

        Raises NotFound, StoreLocked or another StoreError, or ContentError.
        """
        found = self.find(drill_id)
        case, rubric = self._content(found.opened)
        log, lines = self._logs.resume(found.opened.drill)
        drill = self._drill(case, rubric, log, lines.events)
        drill.record(FacilitatorReturned)
        return drill

    def follow(self, drill_id: str) -> Follower:
        """Return a drill for the projector; raises as `resume`, but for locks."""
        opened = self.find(drill_id).opened
        case, rubric = self._content(opened)
        return Follower(case, rubric, LogReader(self._logs.path(opened.drill)), self._clock)

    def recording(self, path: Path) -> Recording:
        """Return the drill in a log file; raises StoreError or ContentError."""
        events = read_log(path).events
        case, rubric = self._content(states(events)[0].opened)
        return Recording(case, rubric, events, states(events))

    def path(self, drill_id: str) -> Path:
        """Return the log of a drill; raises NotFound."""
        return self._logs.path(self.find(drill_id).opened.drill)

    def review(self, drill_id: str) -> DrillReview:
        """Return what a drill came to; raises StoreError or ContentError."""
        recording = self.recording(self.path(drill_id))
        return drill_review(
            recording.case, recording.rubric, recording.states[-1], recording.events
        )

    def past(self, team: str | None = None) -> tuple[PastDrill, ...]:
        """Return the drills that have ended, of one team or of all, the oldest first."""
        return tuple(
            self._past(state)
            for state in self._logs.all()
            if state.is_over and team in (None, state.opened.team)
        )

    def carry_out(self, drill_id: str, number: int) -> None:
        """Note that an entry of an improvement plan is done; raises NotFound or StoreError."""
        found = self.find(drill_id)
        if number not in {action.number for action in found.actions}:
            raise NotFound(_("This drill has no action {number}.").format(number=number))
        log, _lines = self._logs.resume(found.opened.drill)
        try:
            log.append(
                ActionDone(at_seconds=found.at_seconds, at_utc=self._clock.utc(), number=number)
            )
        finally:
            log.close()

    def find(self, drill_id: str) -> DrillState:
        """Return a drill by its id, the start of it, or `last`; raises NotFound."""
        found = self._logs.all()
        if drill_id == "last" and found:
            return found[-1]
        matching = [state for state in found if state.opened.drill.startswith(drill_id)]
        if len(matching) == 1:
            return matching[0]
        if matching:
            raise NotFound(_("Several drills begin with {drill}.").format(drill=drill_id))
        raise NotFound(
            _("There is no drill {drill}; `tutor drills` lists them.").format(drill=drill_id)
        )

    def _content(self, opened: DrillOpened) -> tuple[Case, Rubric]:
        return (
            self._library.case(opened.case, opened.language),
            self._library.rubric(opened.case, opened.language),
        )

    def _drill(
        self, case: Case, rubric: Rubric, log: DrillLog, events: Sequence[DrillEvent]
    ) -> Drill:
        return Drill(
            case=case,
            rubric=rubric,
            log=log,
            events=events,
            clock=self._clock,
            marker=self._marker,
        )

    def _past(self, state: DrillState) -> PastDrill:
        try:
            case, rubric = self._content(state.opened)
        except ContentError:
            return PastDrill(state, state.opened.case, None)
        return PastDrill(state, case.title, drill_review(case, rubric, state, ()).figures)


def open_actions(drills: Sequence[PastDrill]) -> tuple[OpenAction, ...]:
    """Return what is still to be done, the most urgent first; without a due date comes last."""
    found = [
        OpenAction(drill.state.opened, action)
        for drill in drills
        for action in drill.state.actions
        if action.number not in drill.state.done_actions
    ]
    return tuple(sorted(found, key=lambda entry: (entry.action.due is None, str(entry.action.due))))
