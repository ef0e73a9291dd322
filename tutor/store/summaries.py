"""What each case in each language has come to, summed up beside the rows."""

import sqlite3
from collections.abc import Mapping
from typing import Any

NEWEST_MARK = "(SELECT max(id) FROM marks WHERE marks.attempt = attempts.id)"

_ALL = f"""
    WITH marked AS (
        SELECT handed_in_at, attempts.id, points, max_points
        FROM attempts LEFT JOIN marks ON marks.id = {NEWEST_MARK}
        WHERE case_id = :case_id AND language = :language
    ),
    last AS (SELECT * FROM marked ORDER BY handed_in_at DESC, id DESC LIMIT 1),
    best AS (
        SELECT * FROM marked WHERE points IS NOT NULL
        ORDER BY points * 1.0 / max_points DESC, handed_in_at DESC LIMIT 1
    )
    INSERT OR REPLACE INTO summaries
    SELECT :case_id, :language, (SELECT count(*) FROM marked), last.handed_in_at,
           last.points, last.max_points, best.points, best.max_points
    FROM last LEFT JOIN best
"""  # noqa: S608 -- only the constants above are put in

_ONE_MORE = """
    INSERT INTO summaries
    VALUES (:case_id, :language, 1, :handed_in_at, :points, :max_points, :points, :max_points)
    ON CONFLICT (case_id, language) DO UPDATE SET
        attempts = attempts + 1,
        last_at = excluded.last_at,
        last_points = excluded.last_points,
        last_max_points = excluded.last_max_points,
        (best_points, best_max_points) = (
            SELECT points, most FROM (
                SELECT excluded.best_points AS points, excluded.best_max_points AS most, 1 AS place
                UNION ALL SELECT summaries.best_points, summaries.best_max_points, 0
            )
            ORDER BY points IS NULL, points * 1.0 / most DESC, place DESC LIMIT 1
        )
"""


def sum_up(database: sqlite3.Connection, place: Mapping[str, Any]) -> None:
    """Sum up all attempts at a case in a language: `case_id` and `language` of `place`."""
    database.execute(_ALL, place)


def sum_up_one_more(
    database: sqlite3.Connection, attempt: Mapping[str, Any], figures: tuple[int, int] | None
) -> None:
    """Add an attempt that was just stored, by its row and its points and maximum, if any.

    One that is not newer than all others has everything summed up again.
    """
    last = database.execute(
        "SELECT last_at FROM summaries WHERE case_id = :case_id AND language = :language", attempt
    ).fetchone()
    if last is not None and last["last_at"] >= attempt["handed_in_at"]:
        sum_up(database, attempt)
        return
    points, most = figures or (None, None)
    database.execute(_ONE_MORE, {**attempt, "points": points, "max_points": most})
