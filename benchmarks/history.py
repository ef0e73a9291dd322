"""The library on a history of 1,000,000 attempts, in turn with an empty one.

    python -m benchmarks.history [ATTEMPTS] [RUNS]

Generates the history (about 1 GB a million) in a temporary folder. Goal: the first frame, the
cases and their results at most 20 % later than with an empty history.
"""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.ptylab import Terminal, machine, python
from tutor.cli.clock import SystemClock
from tutor.content.bundled import cases_dir, rubrics_dir
from tutor.content.library import Library
from tutor.core.attempt import Attempt, ClosedBy
from tutor.core.case import Case
from tutor.core.draft import Card, Draft
from tutor.core.rubric import Rubric
from tutor.scoring.mark import mark_answer
from tutor.semantics import load_model
from tutor.session.practice import Practice
from tutor.store.history import History, Mark
from tutor.store.journal import Journals
from tutor.store.rows import attempt_row, mark_row, stamp
from tutor.store.summaries import sum_up
from tutor.store.transfer import ATTEMPT_COLUMNS, MARK_COLUMNS

GOAL = 1.2
HEADING, CASE, DUE = "Cases", "IT infrastructure", "due today"


def one(case: Case, rubric: Rubric, number: int, at: datetime) -> tuple[Attempt, Mark]:
    """Return a small attempt with its mark."""
    said = rubric.measures[number % len(rubric.measures)]
    attempt = Attempt(
        id=f"{number:08x}",
        case=case.id,
        language=case.language,
        rubric_sha256=rubric.sha256,
        started_at=at - timedelta(seconds=300),
        deadline=at + timedelta(seconds=120),
        limit_seconds=420.0,
        draft=Draft(cards=(Card(1, said.text, said.reason),)),
        handed_in_at=at,
        closed_by=ClosedBy.CANDIDATE,
    )
    result = mark_answer(case, rubric, attempt.answer, load_model("lexical"))
    return attempt, Mark(marked_at=at, result=result)


def rows(attempts: int, until: datetime) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield the rows of attempts and marks: a few real ones under ever new ids and times."""
    library = Library(cases_dir(), rubrics_dir())
    cases = [case for case in library.cases() if case.language == "en"]
    models = [
        one(case, library.rubric(case.id, case.language), number, until)
        for number, case in enumerate(cases * 4)
    ]
    patterns = [(attempt_row(attempt), mark_row(attempt.id, mark)) for attempt, mark in models]
    for number in range(attempts):
        attempt, mark = patterns[number % len(patterns)]
        at = stamp(until - timedelta(minutes=attempts - number))
        name = f"{number:08x}"
        yield attempt | {"id": name, "handed_in_at": at}, mark | {"attempt": name, "marked_at": at}


def fill(home: Path, attempts: int) -> None:
    """Write the history; the memories follow from its newest attempts only, as time is short."""
    history = History(home / "history.db")
    until = datetime.now(UTC) - timedelta(days=2)
    with history._file.writing() as database:
        database.execute("PRAGMA cache_size = -400000")
        for table, columns, place in (("attempts", ATTEMPT_COLUMNS, 0), ("marks", MARK_COLUMNS, 1)):
            values = ", ".join(f":{column}" for column in columns.split(", "))
            database.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({values})",
                (pair[place] for pair in rows(attempts, until)),
            )
        for found in database.execute("SELECT DISTINCT case_id, language FROM attempts").fetchall():
            sum_up(database, dict(found))
    history.close()


def add_some(home: Path, count: int) -> list[float]:
    """Add attempts as an exam does; returns the milliseconds of each."""
    history = History(home / "history.db")
    library = Library(cases_dir(), rubrics_dir())
    case = next(case for case in library.cases() if case.language == "en")
    taken = []
    for number in range(count):
        pair = one(case, library.rubric(case.id, "en"), 2**31 + number, datetime.now(UTC))
        taken.append(timed(lambda pair=pair: history.add(*pair)))  # type: ignore[misc]
    history.close()
    return taken


def timed(work: Callable[[], object]) -> float:
    """Return the milliseconds that a piece of work takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def moments(home: Path, *marks: str) -> list[float]:
    """Return the milliseconds until each of some texts is on the screen."""
    command = python("-m", "tutor", "--ui-language", "en")
    with Terminal(command, TUTOR_HOME=str(home)) as terminal:
        return [(terminal.wait_for(mark) - terminal.started) * 1000 for mark in marks]


def practice(home: Path) -> Practice:
    """Open the practice on a history."""
    return Practice(
        library=Library(cases_dir(), rubrics_dir()),  # type: ignore[arg-type,unused-ignore]
        history=History(home / "history.db"),
        journals=Journals(home / "journal"),
        clock=SystemClock(),
        new_id=str,
        load_model=lambda: load_model("lexical"),
    )


def main() -> None:
    attempts = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 15
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        empty, full = Path(folder) / "empty", Path(folder) / "full"
        print(f"  generated {attempts:,} attempts in {timed(lambda: fill(full, attempts)):,.0f} ms")
        size = (full / "history.db").stat().st_size / 1e6
        rebuilt = timed(lambda: practice(full).study.measures())
        print(f"  {size:,.0f} MB; memories rebuilt from all of it, once, in {rebuilt:,.0f} ms")
        taken = add_some(full, 5)
        print(f"  adding an attempt: median {statistics.median(taken):.0f} ms")
        print(f"  all of the progress: {timed(practice(full).study.progress):.0f} ms")
        print(f"  results of the library: {timed(practice(full).entries):.0f} ms")
        found: dict[str, list[list[float]]] = {"empty": [], "full": []}
        for _run in range(runs):
            found["empty"].append(moments(empty, HEADING, CASE))
            found["full"].append(moments(full, HEADING, CASE))
        for place, what in enumerate((HEADING, CASE)):
            medians = {
                name: statistics.median(row[place] for row in taken)
                for name, taken in found.items()
            }
            print(f"  until “{what}”: " + json.dumps(medians))
            ratio = statistics.median(
                full_run[place] / empty_run[place]
                for full_run, empty_run in zip(found["full"], found["empty"], strict=True)
            )
            print(f"    ratio {ratio:.2f} (goal {GOAL})")


if __name__ == "__main__":
    main()
