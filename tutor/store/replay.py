"""The lines of a journal, and the attempt they add up to.

The first line is the whole start record. Each further line says what changed `at` so many
seconds after the start. A last line without its end is what a crash tore off and is left out;
any other line that cannot be read is skipped and counted.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tutor.core.attempt import Attempt, ClosedBy, Moment
from tutor.core.draft import Draft
from tutor.store.changes import apply_changes, changes_between

FORMAT = 1

# What reading a damaged record can end in: no JSON, no such key, another type, an endless number,
# brackets without end.
_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """An attempt as its journal tells it.

    `elapsed_seconds` is the time of the last line, `damaged_lines` the number of lines which
    could not be read, `intact_bytes` where the next line belongs.
    """

    attempt: Attempt
    elapsed_seconds: float
    damaged_lines: int
    intact_bytes: int


def start_line(attempt: Attempt) -> bytes:
    """Return the record that begins a journal."""
    return _line(
        {
            "journal": FORMAT,
            "id": attempt.id,
            "case": attempt.case,
            "language": attempt.language,
            "rubric_sha256": attempt.rubric_sha256,
            "started_at": attempt.started_at.isoformat(),
            "deadline": attempt.deadline.isoformat(),
            "limit_seconds": attempt.limit_seconds,
            "time_factor": attempt.time_factor,
            "hidden_clock": attempt.hidden_clock,
        }
    )


def change_line(at: float, before: Draft, after: Draft, moments: Sequence[Moment]) -> bytes | None:
    """Return the record of a change, or None where there is none."""
    record = changes_between(before, after)
    if moments:
        record["moments"] = [[m.elapsed_seconds, m.card, m.length] for m in moments]
    return _line({"at": at, **record}) if record else None


def resumed_line(at: float, resumed_at: datetime) -> bytes:
    """Return the record of a sitting that goes on in another process."""
    return _line({"at": at, "resumed": resumed_at.isoformat()})


def left_line(at: float) -> bytes:
    """Return the record of a sitting that is left open; it fixes the time that was used."""
    return _line({"at": at})


def handed_in_line(at: float, handed_in_at: datetime, closed_by: ClosedBy) -> bytes:
    """Return the record that ends a journal."""
    return _line({"at": at, "handed_in": handed_in_at.isoformat(), "closed_by": closed_by.value})


def replay(content: bytes, end: bytes = b"") -> Replay | None:
    """Return what the journal says, or None where its start record cannot be read.

    `end` is what was written apart because the journal could not grow.
    """
    intact = content.rfind(b"\n") + 1
    first, *rest = content[:intact].split(b"\n")
    try:
        state = Replay(
            attempt=_started(json.loads(first)),
            elapsed_seconds=0.0,
            damaged_lines=0,
            intact_bytes=intact,
        )
    except _UNREADABLE:
        return None
    for line in (*rest[:-1], *end.split(b"\n")[:-1]):
        state = _after(state, line)
    return state


def _line(record: Mapping[str, Any]) -> bytes:
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    # JSON escapes newlines. Lone surrogates have no UTF-8, and must not stop the journal.
    return text.encode("utf-8", "surrogatepass") + b"\n"


def _started(record: Mapping[str, Any]) -> Attempt:
    if record["journal"] != FORMAT:
        raise ValueError(record["journal"])
    return Attempt(
        id=record["id"],
        case=record["case"],
        language=record["language"],
        rubric_sha256=record["rubric_sha256"],
        started_at=datetime.fromisoformat(record["started_at"]),
        deadline=datetime.fromisoformat(record["deadline"]),
        limit_seconds=float(record["limit_seconds"]),
        time_factor=float(record["time_factor"]),
        hidden_clock=bool(record.get("hidden_clock", False)),
    )


def _after(state: Replay, line: bytes) -> Replay:
    try:
        record = json.loads(line.decode("utf-8", "surrogatepass"))
        at = float(record["at"])
        attempt = _changed(state.attempt, record)
    except _UNREADABLE:
        return replace(state, damaged_lines=state.damaged_lines + 1)
    return replace(state, attempt=attempt, elapsed_seconds=max(state.elapsed_seconds, at))


def _changed(attempt: Attempt, record: Mapping[str, Any]) -> Attempt:
    if "handed_in" in record:
        return replace(
            attempt,
            handed_in_at=datetime.fromisoformat(record["handed_in"]),
            closed_by=ClosedBy(record["closed_by"]),
        )
    if "resumed" in record:
        return replace(attempt, interruptions=attempt.interruptions + 1)
    moments = tuple(
        Moment(float(at), None if card is None else int(card), int(length))
        for at, card, length in record.get("moments", ())
    )
    return replace(
        attempt,
        draft=apply_changes(attempt.draft, record),
        moments=attempt.moments + moments,
    )
