"""The memory of each measure, kept beside the answers it is derived from.

An answer that is newer than all others moves the memories of its measures one step. One that
comes late (a sitting whose time ran out while nobody was there, an import, another mark) has
the memories of its case replayed, so that they always equal a replay of everything.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from heapq import merge
from typing import Any

from tutor.core.answer import Step
from tutor.core.attempt import Attempt
from tutor.core.memory import Memory, Outcome, Review, after_review, reviews_of
from tutor.core.recall import Recall
from tutor.core.result import Engine, Result
from tutor.store.rows import draft_of, packed, stamp

RECALL_COLUMNS = (
    "id, case_id, language, measure, answered_at, said, outcome, engine_name, engine_version, "
    "rubric_sha256"
)

# In the order of time; what was handed in at the same moment comes in the order of the ids.
_ATTEMPTS = """
    SELECT attempts.id, case_id, handed_in_at, draft, result
    FROM attempts JOIN marks ON marks.id =
        (SELECT max(id) FROM marks WHERE marks.attempt = attempts.id)
    WHERE case_id = ? ORDER BY handed_in_at, attempts.id
"""
_RECALLS = "SELECT * FROM recalls WHERE case_id = ? ORDER BY answered_at, id"

_KEEP = """
    INSERT OR REPLACE INTO memories
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def learn(database: sqlite3.Connection, attempt: Attempt, result: Result) -> None:
    """Take the mark of an attempt that was just stored into the memories of its measures."""
    assert attempt.handed_in_at is not None
    reviews = dict(reviews_of(attempt.handed_in_at, attempt.draft, result))
    _learn(database, attempt.case, reviews)


def learn_one(database: sqlite3.Connection, case_id: str, measure: str, review: Review) -> None:
    """Take the answer of a quick drill that was just stored into the memory of its measure."""
    _learn(database, case_id, {measure: review})


def relearn(database: sqlite3.Connection, case_id: str) -> None:
    """Replay the memories of a case from everything that was answered."""
    memories: dict[str, Memory] = {}
    for measure, review in _all_reviews(database, case_id):
        memories[measure] = after_review(memories.get(measure), review)
    database.execute("DELETE FROM memories WHERE case_id = ?", (case_id,))
    _keep(database, case_id, memories)


def rebuild(database: sqlite3.Connection) -> None:
    """Replay the memories of all cases."""
    database.execute("DELETE FROM memories")
    cases = "SELECT case_id FROM attempts UNION SELECT case_id FROM recalls"
    for row in database.execute(cases).fetchall():
        relearn(database, row["case_id"])


def rebuild_if_lost(database: sqlite3.Connection) -> None:
    """Replay the memories where there are none although something was marked."""
    is_lost = database.execute(
        "SELECT NOT EXISTS (SELECT 1 FROM memories) AND EXISTS (SELECT 1 FROM marks)"
    ).fetchone()[0]
    if is_lost:
        database.execute("BEGIN IMMEDIATE")
        try:
            rebuild(database)
            database.execute("COMMIT")
        except BaseException:
            database.execute("ROLLBACK")
            raise


def memories_of(rows: Iterable[sqlite3.Row]) -> Mapping[tuple[str, str], Memory]:
    """Return the memories of rows of `memories`, by case and measure."""
    return {(row["case_id"], row["measure"]): _memory_of(row) for row in rows}


def recall_row(recall: Recall) -> dict[str, Any]:
    """Return the answer of a quick drill as the columns of `recalls`."""
    return {
        "id": recall.id,
        "case_id": recall.case,
        "language": recall.language,
        "measure": recall.measure,
        "answered_at": stamp(recall.answered_at),
        "said": packed([recall.step.measure, recall.step.reason]),
        "outcome": recall.outcome.value,
        "engine_name": recall.engine.name,
        "engine_version": recall.engine.version,
        "rubric_sha256": recall.rubric_sha256,
    }


def recall_of(row: sqlite3.Row) -> Recall:
    """Return the answer of a quick drill of a row of `recalls`."""
    return Recall(
        id=row["id"],
        case=row["case_id"],
        language=row["language"],
        measure=row["measure"],
        answered_at=datetime.fromisoformat(row["answered_at"]),
        step=Step(*json.loads(row["said"])),
        outcome=Outcome(row["outcome"]),
        engine=Engine(name=row["engine_name"], version=row["engine_version"]),
        rubric_sha256=row["rubric_sha256"],
    )


def _learn(database: sqlite3.Connection, case_id: str, reviews: Mapping[str, Review]) -> None:
    rows = database.execute("SELECT * FROM memories WHERE case_id = ?", (case_id,)).fetchall()
    known = {row["measure"]: _memory_of(row) for row in rows}
    if any(name in known and known[name].reviewed_at >= reviews[name].at for name in reviews):
        relearn(database, case_id)
        return
    _keep(
        database,
        case_id,
        {measure: after_review(known.get(measure), review) for measure, review in reviews.items()},
    )


def _all_reviews(database: sqlite3.Connection, case_id: str) -> Iterator[tuple[str, Review]]:
    """Yield the reviews of a case in the order of time, one row at a time in memory."""
    attempts = (
        (datetime.fromisoformat(row["handed_in_at"]), row["id"], _attempt_reviews(row))
        for row in database.execute(_ATTEMPTS, (case_id,))
    )
    recalls = (
        (recall.answered_at, recall.id, [(recall.measure, recall.review)])
        for recall in map(recall_of, database.execute(_RECALLS, (case_id,)))
    )
    for _at, _id, reviews in merge(attempts, recalls, key=lambda entry: entry[:2]):
        yield from reviews


def _attempt_reviews(row: sqlite3.Row) -> list[tuple[str, Review]]:
    result = Result.from_json(json.loads(row["result"]))
    at = datetime.fromisoformat(row["handed_in_at"])
    return list(reviews_of(at, draft_of(row["draft"]), result))


def _keep(database: sqlite3.Connection, case_id: str, memories: Mapping[str, Memory]) -> None:
    database.executemany(
        _KEEP,
        [
            (
                case_id,
                measure,
                memory.stability,
                memory.difficulty,
                stamp(memory.reviewed_at),
                memory.outcome.value,
                memory.answers,
                memory.missed,
                stamp(memory.due_at()),
            )
            for measure, memory in memories.items()
        ],
    )


def _memory_of(row: sqlite3.Row) -> Memory:
    return Memory(
        stability=row["stability"],
        difficulty=row["difficulty"],
        reviewed_at=datetime.fromisoformat(row["reviewed_at"]),
        outcome=Outcome(row["outcome"]),
        answers=row["answers"],
        missed=row["missed"],
    )
