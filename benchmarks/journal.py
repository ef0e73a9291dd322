"""What it costs to bring one change of an answer to disk: `python -m benchmarks.journal [FOLDER]`.

The journal of the tutor against SQLite and against rewriting a file, each with a change of the
size a few keys make. The folder decides which disk is measured; default is the current one.
"""

import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tutor.core.attempt import Attempt, Moment
from tutor.core.draft import Card, Draft
from tutor.store.journal import Journals

COMMITS = 300
WORDS = "Switch on a landing page with our contact details, because customers must know. " * 2


def main() -> None:
    parent = sys.argv[1] if len(sys.argv) > 1 else "."
    print(f"{'one change to disk, by':44}{'median ms':>10}{'p95 ms':>10}{'worst ms':>10}")
    for name, begin in (
        ("journal: append, fsync", _journal),
        ("append without fsync (lost in a power cut)", _append),
        ("SQLite WAL, synchronous NORMAL (same)", lambda path: _sqlite(path, "NORMAL")),
        ("SQLite WAL, synchronous FULL", lambda path: _sqlite(path, "FULL")),
        ("whole draft to a new file, fsync, rename", _rewrite),
    ):
        with tempfile.TemporaryDirectory(dir=parent) as folder:
            times = sorted(_timed(begin(Path(folder))))
        figures = (statistics.median(times), times[int(len(times) * 0.95)], times[-1])
        print(f"{name:44}" + "".join(f"{seconds * 1000:10.3f}" for seconds in figures))


def _timed(commit: Callable[[int], object]) -> list[float]:
    times = []
    for number in range(COMMITS):
        began = time.perf_counter()
        commit(number)
        times.append(time.perf_counter() - began)
    return times


def _draft(number: int) -> Draft:
    """Return an answer of eight cards, of which the last is being written."""
    written = tuple(Card(key, WORDS, WORDS) for key in range(1, 8))
    return Draft(cards=(*written, Card(8, WORDS, WORDS[: number % len(WORDS)])))


def _journal(folder: Path) -> Callable[[int], object]:
    now = datetime.now(UTC)
    attempt = Attempt(
        id="measured",
        case="it-outage",
        language="en",
        rubric_sha256="0" * 64,
        started_at=now,
        deadline=now + timedelta(seconds=420),
        limit_seconds=420.0,
    )
    journal = Journals(folder / "journal").create(attempt)
    journal.write(0.0, _draft(0), [])
    return lambda number: journal.write(1.0, _draft(number + 1), [Moment(1.0, 8, number)])


def _append(folder: Path) -> Callable[[int], object]:
    file = (folder / "plain.jsonl").open("ab", buffering=0)
    return lambda number: file.write(WORDS.encode() + b"%d\n" % number)


def _sqlite(folder: Path, synchronous: str) -> Callable[[int], object]:
    database = sqlite3.connect(folder / "measured.db", isolation_level=None)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute(f"PRAGMA synchronous = {synchronous}")
    database.execute("CREATE TABLE changes (id INTEGER PRIMARY KEY, change TEXT)")
    return lambda number: database.execute(
        "INSERT INTO changes (change) VALUES (?)", (f"{WORDS}{number}",)
    )


def _rewrite(folder: Path) -> Callable[[int], object]:
    def commit(number: int) -> None:
        part = folder / "draft.part"
        with part.open("wb") as file:
            file.write(repr(_draft(number)).encode())
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / "draft.json")

    return commit


if __name__ == "__main__":
    main()
