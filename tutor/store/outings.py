"""Marked attempts as the progress reads them: with their figures, and whether it was the first."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from tutor.core.attempt import Attempt
from tutor.store.rows import attempt_of

_MARKED = """
    SELECT attempts.*, ratings, points, max_points, grade, completeness, order_score,
           justification,
           NOT EXISTS (
               SELECT 1 FROM attempts AS before
               WHERE before.case_id = attempts.case_id
                 AND (before.handed_in_at, before.id) < (attempts.handed_in_at, attempts.id)
           ) AS is_first
    FROM attempts JOIN marks ON marks.id =
        (SELECT max(id) FROM marks WHERE marks.attempt = attempts.id)
"""

RECENT = f"{_MARKED} ORDER BY attempts.handed_in_at DESC, attempts.id DESC LIMIT ?"

FIRSTS = f"""
    {_MARKED} WHERE attempts.id IN (
        SELECT (SELECT id FROM attempts WHERE attempts.case_id = known.case_id
                ORDER BY handed_in_at, id LIMIT 1)
        FROM (SELECT DISTINCT case_id FROM summaries) AS known
    )
    ORDER BY attempts.handed_in_at
"""  # noqa: S608 -- only the constant above is put in


@dataclass(frozen=True, slots=True, kw_only=True)
class Outing:
    """A marked attempt with the figures of its newest mark.

    `is_first` is true for the first attempt at a case in any language: every later one repeats
    what the debrief has shown.
    """

    attempt: Attempt
    is_first: bool
    ratings: Mapping[str, int]
    points: int
    max_points: int
    grade: float
    completeness: float
    order: float | None
    justification: float


def outing_of(row: sqlite3.Row) -> Outing:
    """Return the outing of a row of RECENT or FIRSTS."""
    return Outing(
        attempt=attempt_of(row),
        is_first=bool(row["is_first"]),
        ratings=json.loads(row["ratings"]),
        points=row["points"],
        max_points=row["max_points"],
        grade=row["grade"],
        completeness=row["completeness"],
        order=row["order_score"],
        justification=row["justification"],
    )
