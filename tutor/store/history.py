"""The history: closed attempts with their marks and claims, in one SQLite file."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from tutor.core.attempt import Attempt, Claim
from tutor.core.errors import NotFound
from tutor.core.memory import Memory
from tutor.core.mock import Mock
from tutor.core.recall import Recall
from tutor.locales import _
from tutor.store.database import Database
from tutor.store.faults import database_errors, file_errors
from tutor.store.memories import (
    RECALL_COLUMNS,
    learn,
    learn_one,
    memories_of,
    rebuild_if_lost,
    recall_of,
    recall_row,
    relearn,
)
from tutor.store.migrations import APPLICATION_ID, MIGRATIONS
from tutor.store.mocks import MOCK_COLUMNS, mock_of_row, mock_row
from tutor.store.outings import FIRSTS, RECENT, Outing, outing_of
from tutor.store.rows import (
    Line,
    Mark,
    Summary,
    attempt_of,
    attempt_row,
    claims_of,
    line_of,
    mark_of,
    mark_row,
    stamp,
    summary_of,
)
from tutor.store.summaries import NEWEST_MARK, sum_up, sum_up_one_more
from tutor.store.transfer import ATTEMPT_COLUMNS, MARK_COLUMNS, records, take_in

# Long enough for another tutor's commit (4 to 8 ms on a busy disk), short enough that the
# debrief does not wait for a program that forgot to let go.
BUSY_SECONDS = 0.25


_LINES = f"""
    SELECT attempts.id, case_id, language, handed_in_at, closed_by, engine_name, engine_version,
           ratings, points, max_points, grade, completeness, order_score, justification,
           (SELECT count(*) FROM claims AS made WHERE made.attempt = attempts.id AND is_made
              AND NOT EXISTS (SELECT 1 FROM claims AS later WHERE later.attempt = made.attempt
                              AND later.measure = made.measure AND later.id > made.id)) AS claims
    FROM attempts LEFT JOIN marks ON marks.id = {NEWEST_MARK}
    WHERE ? IS NULL OR case_id = ?
    ORDER BY handed_in_at DESC, attempts.id DESC
"""  # noqa: S608 -- only the constants above are put in


class History:
    """The history file, opened at the first use; safe to call from any thread.

    Reading a history that does not exist finds nothing and creates nothing. Every method
    raises StoreError where the file cannot be used.
    """

    def __init__(self, path: Path) -> None:
        self._file = Database(
            path,
            MIGRATIONS,
            APPLICATION_ID,
            busy_seconds=BUSY_SECONDS,
            repair=rebuild_if_lost,
        )

    @property
    def path(self) -> Path:
        """Where the history is kept."""
        return self._file.path

    def add(self, attempt: Attempt, mark: Mark | None) -> bool:
        """Store a closed attempt with its mark; False where it is stored already."""
        with self._file.writing() as database:
            columns = attempt_row(attempt)
            added = database.execute(
                f"INSERT OR IGNORE INTO attempts ({ATTEMPT_COLUMNS}) "  # noqa: S608 -- constants
                f"VALUES ({_placeholders(ATTEMPT_COLUMNS)})",
                columns,
            ).rowcount
            if added and mark is not None:
                _add_mark(database, attempt.id, mark)
                learn(database, attempt, mark.result)
            if added:
                result = None if mark is None else mark.result
                figures = None if result is None else (result.points, result.max_points)
                sum_up_one_more(database, columns, figures)
        return bool(added)

    def add_mark(self, attempt_id: str, mark: Mark) -> None:
        """Store a further mark of an attempt; the earlier ones stay."""
        with self._file.writing() as database:
            place = database.execute(
                "SELECT case_id, language FROM attempts WHERE id = ?", (attempt_id,)
            ).fetchone()
            if place is None:
                raise _unknown(attempt_id)
            is_first = not self.marks(attempt_id)
            _add_mark(database, attempt_id, mark)
            if is_first:
                learn(database, self.attempt(attempt_id), mark.result)
            else:
                relearn(database, place["case_id"])
            sum_up(database, dict(place))

    def add_claim(self, claim: Claim) -> None:
        """Store a claim."""
        self._log_claim(claim.attempt, claim.measure, claim.made_at, claim.comment, is_made=True)

    def withdraw_claim(self, attempt_id: str, measure: str, at: datetime) -> None:
        """Store that a claim is withdrawn; the claim stays in the log."""
        self._log_claim(attempt_id, measure, at, "", is_made=False)

    def has(self, attempt_id: str) -> bool:
        """True where the attempt is stored."""
        return bool(self._file.rows("SELECT 1 FROM attempts WHERE id = ?", attempt_id))

    def find(self, prefix: str) -> str:
        """Return the id that begins with these characters, or the newest for `last`.

        Raises NotFound where there is none, or more than one.
        """
        if prefix == "last":
            rows = self._file.rows(
                "SELECT id FROM attempts ORDER BY handed_in_at DESC, id DESC LIMIT 1"
            )
            if not rows:
                raise NotFound(_("No attempt has been handed in yet."))
            return str(rows[0]["id"])
        rows = self._file.rows(
            "SELECT id FROM attempts WHERE substr(id, 1, length(?1)) = ?1 ORDER BY id LIMIT 4",
            prefix,
        )
        ids = [str(row["id"]) for row in rows]
        if prefix in ids:
            return prefix
        if not ids or not prefix:
            raise _unknown(prefix)
        if len(ids) > 1:
            raise NotFound(
                _(
                    "More than one attempt begins with {prefix}: {ids}. Type more characters."
                ).format(prefix=prefix, ids=", ".join(ids[:3]))
            )
        return ids[0]

    def attempt(self, attempt_id: str) -> Attempt:
        """Return an attempt; raises NotFound."""
        rows = self._file.rows("SELECT * FROM attempts WHERE id = ?", attempt_id)
        if not rows:
            raise _unknown(attempt_id)
        return attempt_of(rows[0])

    def marks(self, attempt_id: str) -> tuple[Mark, ...]:
        """Return all marks of an attempt, the newest last."""
        rows = self._file.rows("SELECT * FROM marks WHERE attempt = ? ORDER BY id", attempt_id)
        return tuple(mark_of(row) for row in rows)

    def claims(self, attempt_id: str) -> tuple[Claim, ...]:
        """Return the claims that stand."""
        rows = self._file.rows("SELECT * FROM claims WHERE attempt = ? ORDER BY id", attempt_id)
        return claims_of(rows)

    def lines(self, case_id: str | None = None) -> tuple[Line, ...]:
        """Return the attempts, of one case or of all, the newest first."""
        return tuple(line_of(row) for row in self._file.rows(_LINES, case_id, case_id))

    def summaries(self) -> tuple[Summary, ...]:
        """Return what each case in each language has come to."""
        return tuple(summary_of(row) for row in self._file.rows("SELECT * FROM summaries"))

    def recent(self, count: int) -> tuple[Outing, ...]:
        """Return the newest marked attempts, at most `count`, the oldest first."""
        return tuple(outing_of(row) for row in reversed(self._file.rows(RECENT, count)))

    def firsts(self) -> tuple[Outing, ...]:
        """Return the first attempt at each case where it is marked."""
        return tuple(outing_of(row) for row in self._file.rows(FIRSTS))

    def has_attempt_between(self, start: datetime, end: datetime) -> bool:
        """True where something was handed in from `start` until before `end`."""
        query = "SELECT 1 FROM attempts WHERE handed_in_at >= ? AND handed_in_at < ? LIMIT 1"
        return bool(self._file.rows(query, stamp(start), stamp(end)))

    def memories(self) -> Mapping[tuple[str, str], Memory]:
        """Return what is known of each measure that was ever reviewed, by case and measure."""
        return memories_of(self._file.rows("SELECT * FROM memories"))

    def due(self, until: datetime) -> Mapping[str, int]:
        """Return how many measures of each case fall due before a time."""
        query = "SELECT case_id, count(*) AS due FROM memories WHERE due_at < ? GROUP BY case_id"
        return {row["case_id"]: row["due"] for row in self._file.rows(query, stamp(until))}

    def add_recall(self, recall: Recall) -> bool:
        """Store the answer of a quick drill; False where it is stored already."""
        with self._file.writing() as database:
            added = database.execute(
                f"INSERT OR IGNORE INTO recalls ({RECALL_COLUMNS}) "  # noqa: S608 -- constants
                f"VALUES ({_placeholders(RECALL_COLUMNS)})",
                recall_row(recall),
            ).rowcount
            if added:
                learn_one(database, recall.case, recall.measure, recall.review)
        return bool(added)

    def recalls(self) -> tuple[Recall, ...]:
        """Return the answers of all quick drills, the oldest first."""
        rows = self._file.rows("SELECT * FROM recalls ORDER BY answered_at, id")
        return tuple(recall_of(row) for row in rows)

    def add_mock(self, mock: Mock) -> bool:
        """Store a mock exam that begins; False where it is stored already."""
        with self._file.writing() as database:
            return bool(
                database.execute(
                    f"INSERT OR IGNORE INTO mocks ({MOCK_COLUMNS}) "  # noqa: S608 -- constants
                    f"VALUES ({_placeholders(MOCK_COLUMNS)})",
                    mock_row(mock),
                ).rowcount
            )

    def end_mock(self, mock: Mock) -> None:
        """Store that a mock exam has ended."""
        with self._file.writing() as database:
            database.execute("UPDATE mocks SET ended_at = :ended_at WHERE id = :id", mock_row(mock))

    def mocks(self) -> tuple[Mock, ...]:
        """Return the mock exams, the oldest first."""
        rows = self._file.rows("SELECT * FROM mocks ORDER BY started_at, id")
        return tuple(mock_of_row(row) for row in rows)

    def export(self) -> Iterator[Mapping[str, Any]]:
        """Yield everything that is kept, as the records of `tutor.store.transfer`."""
        with self._file.lock, database_errors(self.path):
            if self.path.exists():
                yield from records(self._file.open())

    def take_in(self, found: Iterable[Mapping[str, Any]]) -> int:
        """Add the records that are not there yet, all or none; returns their number.

        Raises StoreError for a record that cannot be read.
        """
        with self._file.writing() as database:
            return take_in(database, found)

    def forget(self) -> tuple[Path, ...]:
        """Delete the history, copies that were moved aside included; returns what was deleted."""
        with self._file.lock, file_errors(self.path):
            self.close()
            names = (self.path.name, f"{self.path.name}-*", f"{self.path.name}.damaged-*")
            found = sorted({path for name in names for path in self.path.parent.glob(name)})
            for path in found:
                path.unlink()
            return tuple(found)

    def move_aside(self) -> Path:
        """Rename a file that cannot be read, so that a new history can begin; returns its name."""
        with self._file.lock, file_errors(self.path):
            self.close()
            number = 1
            while (kept := self.path.with_name(f"{self.path.name}.damaged-{number}")).exists():
                number += 1
            self.path.rename(kept)
            for suffix in ("-wal", "-shm"):
                side = self.path.with_name(self.path.name + suffix)
                if side.exists():
                    side.rename(kept.with_name(kept.name + suffix))
            return kept

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        self._file.close()

    def _log_claim(
        self, attempt_id: str, measure: str, at: datetime, comment: str, *, is_made: bool
    ) -> None:
        if not self.has(attempt_id):
            raise _unknown(attempt_id)
        with self._file.writing() as database:
            database.execute(
                "INSERT INTO claims (attempt, measure, is_made, at, comment) "
                "VALUES (?, ?, ?, ?, ?)",
                (attempt_id, measure, int(is_made), stamp(at), comment),
            )


def _add_mark(database: sqlite3.Connection, attempt_id: str, mark: Mark) -> None:
    database.execute(
        f"INSERT INTO marks ({MARK_COLUMNS}) "  # noqa: S608 -- constants
        f"VALUES ({_placeholders(MARK_COLUMNS)})",
        mark_row(attempt_id, mark),
    )


def _placeholders(columns: str) -> str:
    return ", ".join(f":{column}" for column in columns.split(", "))


def _unknown(attempt_id: str) -> NotFound:
    return NotFound(
        _("There is no attempt “{id}”. `tutor history` lists them all.").format(id=attempt_id)
    )


__all__ = ("History", "Line", "Mark", "Summary")
