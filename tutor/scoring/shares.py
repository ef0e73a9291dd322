"""The two sub-scores that follow from the credits alone."""

from collections.abc import Mapping
from dataclasses import replace

from tutor.core.case import Case
from tutor.core.grade import grade_of, points_of
from tutor.core.result import MeasureMark, Result
from tutor.core.rubric import Rubric
from tutor.scoring.rating import rating_of


def completeness_of(rubric: Rubric, marks: Mapping[str, MeasureMark]) -> float:
    """Return the weighted share of the measures, 0 to 1."""
    total = sum(measure.weight for measure in rubric.measures)
    return round(sum(m.weight * marks[m.id].credit for m in rubric.measures) / total, 3)


def justification_of(marks: Mapping[str, MeasureMark]) -> float:
    """Return the mean credit of the reasons of the measures that were found, 0 to 1."""
    credited = [mark.reason for mark in marks.values() if mark.credit > 0]
    return round(sum(credited) / len(credited), 3) if credited else 0.0


def with_credits(
    case: Case,
    rubric: Rubric,
    result: Result,
    credits_: Mapping[str, float],
    reasons: Mapping[str, float],
) -> Result:
    """Return the result as it is once a person has changed credits of measures and reasons.

    Completeness, justification, ratings, points and grade follow by the engine's own rule. The
    order stays the engine's: a person decides what is there, not at which letter it stands.
    """
    marks = {}
    for key, mark in result.measures.items():
        credit = credits_.get(key, mark.credit)
        reason = reasons.get(key, mark.reason) if credit > 0 else 0.0
        marks[key] = replace(
            mark, credit=credit, reason=reason, position=mark.position if credit > 0 else None
        )
    completeness, justification = completeness_of(rubric, marks), justification_of(marks)
    rating = rating_of(completeness, result.order, justification, len(result.pitfalls))
    ratings = {question.id: rating for question in case.key_questions}
    points = points_of(ratings, case.key_questions)
    return replace(
        result,
        measures=marks,
        completeness=completeness,
        justification=justification,
        ratings=ratings,
        points=points,
        grade=grade_of(points, result.max_points),
    )
