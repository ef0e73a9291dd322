"""What an interrupted run of `tutor grade` has left behind."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tutor.core.errors import UsageError
from tutor.core.result import Engine
from tutor.locales import _


@dataclass(frozen=True, slots=True, order=True)
class UsedRubric:
    """A rubric that gave marks, as the results name it."""

    case: str
    language: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How many results are there, how many of them say what went wrong, and what marked them."""

    lines: int = 0
    failed: int = 0
    engines: frozenset[Engine] = field(default=frozenset())
    rubrics: frozenset[UsedRubric] = field(default=frozenset())


def results_so_far(answers: Path, results: Path) -> Done:
    """Count the whole results in a file, and cut off one that was torn.

    Raises UsageError where the results do not belong to the answers, or cannot be read.
    """
    if not results.exists():
        return Done()
    engines: set[Engine] = set()
    rubrics: set[UsedRubric] = set()
    lines = failed = end = 0
    last: dict[str, Any] = {}
    try:
        with results.open("rb+") as file:
            for line in file:
                row = _row(line)
                if row is None:
                    break
                lines, end, last = lines + 1, end + len(line), row
                failed += "error" in row
                if "error" not in row:
                    engine, rubric = _marked_by(row)
                    engines.add(engine)
                    rubrics.add(rubric)
            file.truncate(end)
        if lines and not _belongs(answers, lines, last):
            raise _foreign(results, answers)
    except (KeyError, TypeError) as error:
        raise _foreign(results, answers) from error
    except OSError as error:
        raise UsageError(
            _("{path}: cannot be read ({reason})").format(
                path=error.filename or results, reason=error.strerror
            )
        ) from error
    return Done(lines=lines, failed=failed, engines=frozenset(engines), rubrics=frozenset(rubrics))


def _foreign(results: Path, answers: Path) -> UsageError:
    return UsageError(
        _(
            "{path} does not hold the results of {answers}: "
            "take another --out, or leave out --resume to begin anew"
        ).format(path=results, answers=answers)
    )


def _marked_by(row: dict[str, Any]) -> tuple[Engine, UsedRubric]:
    """Return what marked a row; raises KeyError or TypeError where it is no result."""
    rubric = row["rubric"]
    return Engine(**row["engine"]), UsedRubric(row["case"], rubric["language"], rubric["sha256"])


def _row(line: bytes) -> dict[str, Any] | None:
    if not line.endswith(b"\n"):
        return None
    try:
        row = json.loads(line)
    except ValueError:
        return None
    return row if isinstance(row, dict) else None


def _belongs(answers: Path, lines: int, last: dict[str, Any]) -> bool:
    """True where the last result is that of the answer at its place."""
    count = 0
    with answers.open("rb") as file:
        for line in file:
            count += bool(line.strip())
            if count == lines:
                break
    if count < lines:
        return False
    try:
        row = json.loads(line)
    except ValueError:
        return last.get("id") is None
    return not isinstance(row, dict) or last.get("id") in (row.get("id"), None)
