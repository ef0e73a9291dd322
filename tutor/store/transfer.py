"""Everything the history holds as records, out and in again: see docs/your-data.md.

What is derived (summaries, memories) does not travel; it is made anew from what came in.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from tutor.core.errors import StoreError
from tutor.core.result import Result
from tutor.locales import _
from tutor.store.memories import RECALL_COLUMNS, rebuild, recall_of
from tutor.store.mocks import MOCK_COLUMNS, mock_of_row
from tutor.store.rows import attempt_of, packed
from tutor.store.summaries import sum_up

ATTEMPT_COLUMNS = (
    "id, case_id, language, rubric_sha256, started_at, deadline, limit_seconds, time_factor, "
    "hidden_clock, handed_in_at, closed_by, interruptions, draft, moments"
)
MARK_COLUMNS = (
    "attempt, marked_at, engine_name, engine_version, rubric_sha256, ratings, points, "
    "max_points, grade, completeness, order_score, justification, result"
)
CLAIM_COLUMNS = "attempt, measure, is_made, at, comment"

_TABLES = {
    "attempt": ("attempts", ATTEMPT_COLUMNS, "handed_in_at, id"),
    "mark": ("marks", MARK_COLUMNS, "id"),
    "claim": ("claims", CLAIM_COLUMNS, "id"),
    "recall": ("recalls", RECALL_COLUMNS, "answered_at, id"),
    "mock": ("mocks", MOCK_COLUMNS, "started_at, id"),
}
_JSON = {"draft", "moments", "ratings", "result", "said", "cases"}

_CHECKS: Mapping[str, Callable[[Any], object]] = {
    "attempt": attempt_of,
    "mark": lambda row: Result.from_json(json.loads(row["result"])),
    "claim": lambda row: row["comment"],
    "recall": recall_of,
    "mock": mock_of_row,
}


def records(database: sqlite3.Connection) -> Iterator[dict[str, Any]]:
    """Yield every row as an object with its `kind`, attempts before what refers to them."""
    for kind, (table, columns, order) in _TABLES.items():
        query = f"SELECT {columns} FROM {table} ORDER BY {order}"  # noqa: S608 -- constants
        for row in database.execute(query):
            yield {"kind": kind} | {
                key: json.loads(row[key]) if key in _JSON else row[key]
                for key in row.keys()  # noqa: SIM118 -- a row yields values
            }


def take_in(database: sqlite3.Connection, found: Iterable[Mapping[str, Any]]) -> int:
    """Add the records that are not there yet; returns their number.

    Raises StoreError, with the number of the record, for one that cannot be read. The caller
    takes everything back then.
    """
    added = 0
    for number, record in enumerate(found, 1):
        try:
            added += _take_one(database, record)
        except (KeyError, TypeError, ValueError, AttributeError, sqlite3.Error) as error:
            raise StoreError(
                _(
                    "record {number} is not one that `tutor export --all` writes ({reason}). "
                    "Nothing was imported."
                ).format(number=number, reason=f"{type(error).__name__}: {error}")
            ) from error
    _sum_up_all(database)
    rebuild(database)
    return added


def _take_one(database: sqlite3.Connection, record: Mapping[str, Any]) -> int:
    kind = record["kind"]
    table, names, _order = _TABLES[kind]
    columns = names.split(", ")
    unknown = set(record) - {"kind", *columns}
    if unknown:
        raise ValueError(f"unknown key {min(unknown)}")
    row = {key: packed(record[key]) if key in _JSON else record[key] for key in columns}
    _CHECKS[kind](row)
    values = ", ".join(f":{column}" for column in columns)
    if "id" in columns:
        return database.execute(
            f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({values})",  # noqa: S608
            row,
        ).rowcount
    # Marks and claims have no name of their own: the same content is the same record.
    same = " AND ".join(f"{column} IS :{column}" for column in columns)
    return database.execute(
        f"INSERT INTO {table} ({names}) SELECT {values} "  # noqa: S608 -- constants
        f"WHERE NOT EXISTS (SELECT 1 FROM {table} WHERE {same})",
        row,
    ).rowcount


def _sum_up_all(database: sqlite3.Connection) -> None:
    places = database.execute("SELECT DISTINCT case_id, language FROM attempts").fetchall()
    for place in places:
        sum_up(database, dict(place))
