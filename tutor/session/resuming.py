"""What an interrupted run of `tutor grade` has left behind."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tutor.core.errors import UsageError
from tutor.locales import _


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """How many results are there, and how many of them say what went wrong."""

    lines: int
    failed: int


def results_so_far(answers: Path, results: Path) -> Done:
    """Count the whole results in a file, and cut off one that was torn.

    Raises UsageError where the results do not belong to the answers, or cannot be read.
    """
    if not results.exists():
        return Done(lines=0, failed=0)
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
            file.truncate(end)
        if lines and not _belongs(answers, lines, last):
            raise UsageError(
                _(
                    "{path} does not hold the results of {answers}: "
                    "take another --out, or leave out --resume to begin anew"
                ).format(path=results, answers=answers)
            )
    except OSError as error:
        raise UsageError(
            _("{path}: cannot be read ({reason})").format(
                path=error.filename or results, reason=error.strerror
            )
        ) from error
    return Done(lines=lines, failed=failed)


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
