"""One drill as its facilitator runs it, without a terminal: the clock, the log, the engine."""

import threading
from collections.abc import Callable, Sequence
from datetime import date
from queue import SimpleQueue

from tutor.core.answer import Answer, Step
from tutor.core.case import Case
from tutor.core.clock import Clock
from tutor.core.drill import DrillPhase, DrillState, after, states
from tutor.core.drillevent import (
    ActionSet,
    DecisionLogged,
    DrillEnded,
    DrillEvent,
    InjectReleased,
    Judge,
    MeasureProposed,
    Scored,
)
from tutor.core.drillreview import DrillReview, drill_review
from tutor.core.errors import AnswersError, EngineUnavailable, StoreError
from tutor.core.grade import MAX_RATING
from tutor.core.injects import due_injects
from tutor.core.plaintext import clean
from tutor.core.publicstate import PublicState, public_state
from tutor.core.result import Result
from tutor.core.rubric import Rubric
from tutor.session.marking import Marker
from tutor.store.drilllog import DrillLog, LogReader


class Drill:
    """A drill that is being run; every method may be called from any thread.

    An event counts once it is on disk: an append takes a few milliseconds and comes a few times
    a minute, so nothing is ever shown that a crash could take back.
    """

    def __init__(
        self,
        *,
        case: Case,
        rubric: Rubric,
        log: DrillLog,
        events: Sequence[DrillEvent],
        clock: Clock,
        marker: Marker,
    ) -> None:
        self.case = case
        self.rubric = rubric
        self._log = log
        self._events = list(events)
        self._state = states(events)[-1]
        self._clock = clock
        self._monotonic = clock.monotonic()
        # Another process ran the clock; only the time of day knows how long ago.
        self._elapsed = self._state.elapsed_seconds(clock.utc())
        self._lock = threading.RLock()
        self._marker = marker
        self._jobs: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self.storage_error: StoreError | None = None
        self.engine_error: EngineUnavailable | AnswersError | None = None
        threading.Thread(target=self._run_jobs, name="recogniser", daemon=True).start()
        if not self._state.is_over:
            # The first decision should not wait for the model.
            self._jobs.put(lambda: marker.warm_up(case, rubric))
        elif not any(s.judge is Judge.ENGINE for s in self._state.scores):
            self._jobs.put(self._score)

    @property
    def state(self) -> DrillState:
        """The drill after its last event."""
        return self._state

    @property
    def events(self) -> tuple[DrillEvent, ...]:
        """Everything that has happened."""
        with self._lock:
            return tuple(self._events)

    def elapsed_seconds(self) -> float:
        """Return the time of the drill, which stands still in a pause and at the end."""
        with self._lock:
            if self._state.phase is not DrillPhase.RUNNING:
                return self._state.at_seconds
            passed = self._clock.monotonic() - self._monotonic
            return min(self._elapsed + passed, self._state.limit_seconds)

    def record(self, kind: type[DrillEvent], **values: object) -> None:
        """Put an event on disk and take it over; raises StoreError, and then nothing happened."""
        with self._lock:
            # An enum is a str, too, and stays what it is.
            event = kind(
                at_seconds=round(self.elapsed_seconds(), 3),
                at_utc=self._clock.utc(),
                **{
                    name: clean(value).strip() if type(value) is str else value
                    for name, value in values.items()
                },
            )
            try:
                self._log.append(event)
            except StoreError as error:
                self.storage_error = error
                raise
            self.storage_error = None
            self._events.append(event)
            self._state = after(self._state, event)
            self._elapsed, self._monotonic = self._state.at_seconds, self._clock.monotonic()

    def tick(self) -> None:
        """Release the injects that are due; where the disk refuses, the next tick tries again."""
        with self._lock:
            if self._state.phase is not DrillPhase.RUNNING:
                return
            try:
                for inject, cause in due_injects(self.case, self._state, self.elapsed_seconds()):
                    self.record(InjectReleased, inject=inject.id, cause=cause)
            except StoreError:
                return

    def decide(self, what: str, who: str, why: str, follow_up: str) -> None:
        """Log a decision and have the engine look for measures in it; raises StoreError."""
        with self._lock:
            self.record(DecisionLogged, what=what, who=who, why=why, follow_up=follow_up)
            number = len(self._state.decisions)
            decision = self._state.decisions[-1]
        self._jobs.put(lambda: self._recognise(number, decision))

    def end(self) -> None:
        """End the exercise and have the engine score it; raises StoreError.

        What followed from the decisions begins the improvement plan.
        """
        with self._lock:
            self.record(DrillEnded)
            for decision in self._state.decisions:
                if decision.follow_up:
                    self.plan(decision.follow_up, decision.who, None)
        self._jobs.put(self._score)

    def plan(self, action: str, owner: str, due: date | None, number: int = 0) -> None:
        """Enter an action into the improvement plan, in place of `number` where it is given."""
        with self._lock:
            number = number or self._state.next_action()
            self.record(ActionSet, number=number, action=action, owner=owner, due=due)

    def public(self) -> PublicState:
        """Return what the team may see."""
        return public_state(self.case, self.rubric, self._state, self._clock.utc())

    def review(self) -> DrillReview:
        """Return what the drill has come to so far."""
        with self._lock:
            return drill_review(self.case, self.rubric, self._state, self._events)

    def leave(self) -> None:
        """Let go of the log; the drill can be taken up again."""
        self._jobs.put(None)
        with self._lock:
            self._log.close()

    def _run_jobs(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job()
                self.engine_error = None
            except (EngineUnavailable, AnswersError) as error:
                self.engine_error = error
            except (StoreError, ValueError):
                # A full disk has been noted. A closed log means that the drill was left meanwhile.
                continue

    def _mark(self, decisions: Sequence[DecisionLogged]) -> Result:
        answer = Answer(
            id=self._state.opened.drill,
            case=self.case.id,
            language=self.case.language,
            steps=tuple(Step(decision.what, decision.why) for decision in decisions),
        )
        return self._marker.mark(self.case, self.rubric, answer)

    def _recognise(self, number: int, decision: DecisionLogged) -> None:
        result = self._mark([decision])
        for measure, mark in result.measures.items():
            if mark.credit > 0 and self._state.ticked_at(measure) is None:
                self.record(MeasureProposed, measure=measure, decision=number)

    def _score(self) -> None:
        result = self._mark(self._state.decisions)
        self.record(
            Scored,
            judge=Judge.ENGINE,
            name=result.engine.name,
            rating=round(MAX_RATING * result.points / result.max_points),
            completeness=result.completeness,
            order=result.order or 0.0,
            justification=result.justification,
        )


class Follower:
    """A drill as the projector sees it: read from the log, never written.

    Nothing but `public` leaves it.
    """

    def __init__(self, case: Case, rubric: Rubric, reader: LogReader, clock: Clock) -> None:
        self._case = case
        self._rubric = rubric
        self._reader = reader
        self._clock = clock
        self._state = states(reader.news())[-1]

    def poll(self) -> None:
        """Take over what has happened; raises StoreError."""
        for event in self._reader.news():
            self._state = after(self._state, event)

    def public(self) -> PublicState:
        """Return what the team may see at this moment."""
        return public_state(self._case, self._rubric, self._state, self._clock.utc())
