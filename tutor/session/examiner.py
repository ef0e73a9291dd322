"""From a closed attempt to its debrief: marked, stored once, explained."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tutor.core.attempt import Attempt, Claim, step_seconds, time_use
from tutor.core.case import Case
from tutor.core.clock import Clock
from tutor.core.damage import damage_curves
from tutor.core.debrief import Debrief
from tutor.core.errors import AnswersError, EngineUnavailable, StoreError
from tutor.core.result import Result
from tutor.core.rubric import Rubric
from tutor.session.marking import Marker
from tutor.store.history import History, Mark

if TYPE_CHECKING:
    from tutor.content.library import Library


@dataclass(frozen=True, slots=True)
class Closing:
    """What came of closing an attempt; either may have failed without the other."""

    debrief: Debrief | None
    marking_error: EngineUnavailable | AnswersError | None = None
    storage_error: StoreError | None = None


class Examiner:
    """Marks, stores and explains closed attempts."""

    def __init__(self, library: "Library", history: History, marker: Marker, clock: Clock) -> None:
        self._library = library
        self._history = history
        self._marker = marker
        self._clock = clock

    def close(self, attempt: Attempt, case: Case, rubric: Rubric, *, keep: bool) -> Closing:
        """Mark an attempt and, with `keep`, store it; neither waits for the other to succeed."""
        result, marking_error = None, None
        try:
            result = self._marker.mark(case, rubric, attempt.answer)
        except (EngineUnavailable, AnswersError) as error:
            marking_error = error
        # Stored before it is explained: nothing that goes wrong there may cost the answer.
        storage_error = self.store(attempt, result) if keep else None
        debrief = None if result is None else self.explain(attempt, case, rubric, result)
        return Closing(debrief, marking_error, storage_error)

    def store(self, attempt: Attempt, result: Result | None) -> StoreError | None:
        """Store an attempt with its mark; returns what went wrong, if anything."""
        mark = None if result is None else Mark(marked_at=self._clock.utc(), result=result)
        try:
            is_stored_already = not self._history.add(attempt, mark)
            if is_stored_already and mark is not None and not self._history.marks(attempt.id):
                self._history.add_mark(attempt.id, mark)
        except StoreError as error:
            return error
        return None

    def debrief(self, attempt_id: str) -> Debrief:
        """Return the debrief of a stored attempt, and mark it first where that is still to do.

        Raises NotFound or another StoreError, ContentError, EngineUnavailable, AnswersError.
        """
        attempt = self._history.attempt(attempt_id)
        claims = self._history.claims(attempt_id)
        marks = self._history.marks(attempt_id)
        case = self._library.case(attempt.case, attempt.language)
        rubric = self._library.rubric(attempt.case, attempt.language)
        if marks:
            return self.explain(attempt, case, rubric, marks[-1].result, claims)
        closing = self.close(attempt, case, rubric, keep=True)
        if closing.debrief is None:
            assert closing.marking_error is not None
            raise closing.marking_error
        return replace(closing.debrief, claims=claims)

    def explain(
        self,
        attempt: Attempt,
        case: Case,
        rubric: Rubric,
        result: Result,
        claims: tuple[Claim, ...] = (),
    ) -> Debrief:
        """Return everything the debrief shows."""
        return explain(self._library, attempt, case, rubric, result, claims)


def explain(
    library: "Library",
    attempt: Attempt,
    case: Case,
    rubric: Rubric,
    result: Result,
    claims: tuple[Claim, ...] = (),
) -> Debrief:
    """Return everything the debrief shows."""
    is_changed = rubric.sha256 != result.rubric_sha256
    if is_changed:
        rubric, result = _shared(rubric, result)
    starts = [step.measure_start for step in result.parsed_steps or ()]
    cards = {
        measure.id: library.theory(measure.theory, attempt.language)
        for measure in rubric.measures
        if measure.theory is not None
    }
    return Debrief(
        attempt=attempt,
        case=case,
        rubric=rubric,
        result=result,
        time_use=time_use(attempt.moments),
        step_seconds=step_seconds(attempt, starts),
        theory={measure: card for measure, card in cards.items() if card is not None},
        damage=damage_curves(rubric, result),
        claims=claims,
        rubric_changed=is_changed,
    )


def _shared(rubric: Rubric, result: Result) -> tuple[Rubric, Result]:
    """Return what a mark and a rubric edited since have in common.

    The points stay as they were given: only the explanation is cut to what both know.
    """
    known = {measure.id for measure in rubric.measures} & set(result.measures)
    pitfalls = {pitfall.id for pitfall in rubric.pitfalls}
    return (
        replace(
            rubric,
            measures=tuple(
                replace(measure, after=tuple(name for name in measure.after if name in known))
                for measure in rubric.measures
                if measure.id in known
            ),
        ),
        replace(
            result,
            measures={key: mark for key, mark in result.measures.items() if key in known},
            pitfalls=tuple(mark for mark in result.pitfalls if mark.id in pitfalls),
            order_faults=tuple(
                fault for fault in result.order_faults if {fault.earlier, fault.later} <= known
            ),
            remarks=tuple(
                remark if remark.measure in known else replace(remark, measure=None)
                for remark in result.remarks
            ),
        ),
    )
