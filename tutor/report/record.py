"""A debrief as JSON.

The object is the result of `tutor grade` (every key of its contract, read by
`Result.from_json`) with these keys beside them:

- `attempt`: id, started_at, handed_in_at, closed_by, limit_seconds, time_factor,
  hidden_clock, interruptions
- `title`, `language`: of the case
- `answer`: `steps`, a list of measure and reason, or `text`; as typed
- `claims`: a list of measure, made_at, comment
- `time_use`: first_word_seconds, last_word_seconds, pauses (start and end), steps (the second
  at which each step was begun, or null)
- `damage`: null, or unit and for `nothing`, `procedure` and `model` the points (hour, loss,
  and the measure completed then, or null)
- `grade_assumption`: what the grade rests on
- `rubric_changed`: whether the rubric on disk is no longer the one that marked

Times are ISO 8601 in UTC, figures unrounded.
"""

from collections.abc import Sequence
from typing import Any

from tutor.core.attempt import Attempt, TimeUse
from tutor.core.damage import DamageCurves, DamagePoint
from tutor.core.debrief import Debrief

GRADE_ASSUMPTION = "1 + 5 * points / max_points, rounded to halves; not the official formula"


def debrief_record(debrief: Debrief) -> dict[str, Any]:
    """Return the debrief as a JSON object."""
    return {
        **debrief.result.to_json(),
        "title": debrief.case.title,
        "language": debrief.case.language,
        "attempt": _attempt(debrief.attempt),
        "answer": _answer(debrief.attempt),
        "claims": [
            {
                "measure": claim.measure,
                "made_at": claim.made_at.isoformat(),
                "comment": claim.comment,
            }
            for claim in debrief.claims
        ],
        "time_use": _time_use(debrief.time_use, debrief.step_seconds),
        "damage": None if debrief.damage is None else _damage(debrief.damage),
        "grade_assumption": GRADE_ASSUMPTION,
        "rubric_changed": debrief.rubric_changed,
    }


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "id": attempt.id,
        "started_at": attempt.started_at.isoformat(),
        "handed_in_at": attempt.handed_in_at and attempt.handed_in_at.isoformat(),
        "closed_by": attempt.closed_by and attempt.closed_by.value,
        "limit_seconds": attempt.limit_seconds,
        "time_factor": attempt.time_factor,
        "hidden_clock": attempt.hidden_clock,
        "interruptions": attempt.interruptions,
    }


def _answer(attempt: Attempt) -> dict[str, Any]:
    answer = attempt.answer
    if answer.text is not None:
        return {"text": answer.text}
    return {"steps": [{"measure": s.measure, "reason": s.reason} for s in answer.steps]}


def _time_use(use: TimeUse, step_seconds: Sequence[float | None]) -> dict[str, Any]:
    return {
        "first_word_seconds": use.first_word_seconds,
        "last_word_seconds": use.last_word_seconds,
        "pauses": [
            {"start": pause.start_seconds, "end": pause.end_seconds} for pause in use.pauses
        ],
        "steps": list(step_seconds),
    }


def _damage(curves: DamageCurves) -> dict[str, Any]:
    def points(course: Sequence[DamagePoint]) -> list[dict[str, Any]]:
        return [
            {"hour": point.hour, "loss": point.loss, "measure": point.measure} for point in course
        ]

    return {
        "unit": curves.unit,
        "nothing": points(curves.nothing),
        "procedure": points(curves.procedure),
        "model": points(curves.model),
    }
