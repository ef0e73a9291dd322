"""From ratings to points and the Swiss grade.

The official scale and formula for this part of the exam are not public. A rating of 0 to 3 for
each key question is common in Swiss exams; the grade `1 + 5 × points / max`, rounded to halves,
is an assumption and is labelled so wherever it is shown.
"""

from collections.abc import Mapping, Sequence
from math import floor

from tutor.core.case import KeyQuestion

MAX_RATING = 3


def points_of(ratings: Mapping[str, int], questions: Sequence[KeyQuestion]) -> int:
    """Return the sum of rating × weight; raises KeyError where a rating is missing."""
    return sum(ratings[question.id] * question.weight for question in questions)


def max_points_of(questions: Sequence[KeyQuestion]) -> int:
    """Return the points of an answer that is rated 3 everywhere."""
    return sum(MAX_RATING * question.weight for question in questions)


def grade_of(points: float, max_points: float) -> float:
    """Return the assumed Swiss grade from 1.0 to 6.0 in halves; a tie rounds up.

    Raises ValueError where `points` is not within 0 and a positive `max_points`.
    """
    if max_points <= 0 or not 0 <= points <= max_points:
        raise ValueError(f"points {points} outside 0 to {max_points}")
    # round() would send 4.25 down and 4.75 up (to even); candidates expect school rounding.
    return floor((1 + 5 * points / max_points) * 2 + 0.5) / 2
