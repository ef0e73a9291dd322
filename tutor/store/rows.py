"""Attempts, marks and claims as rows of the history, and back."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tutor.core.attempt import Attempt, Claim, ClosedBy, Moment
from tutor.core.draft import Card, Draft
from tutor.core.result import Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What one case in one language has come to; the points are None where nothing is marked."""

    case: str
    language: str
    attempts: int
    last_at: datetime
    last_points: int | None
    last_max_points: int | None
    best_points: int | None
    best_max_points: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A result, and when it was given."""

    marked_at: datetime
    result: Result


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One attempt as a line of the history; the figures are None while it is unmarked."""

    attempt_id: str
    case: str
    language: str
    handed_in_at: datetime
    closed_by: ClosedBy
    engine_name: str | None
    engine_version: str | None
    ratings: Mapping[str, int] | None
    points: int | None
    max_points: int | None
    grade: float | None
    completeness: float | None
    order: float | None
    justification: float | None
    claims: int


def stamp(moment: datetime) -> str:
    """Return a time as text that sorts as it passes."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def attempt_row(attempt: Attempt) -> dict[str, Any]:
    """Return a closed attempt as the columns of `attempts`."""
    assert attempt.handed_in_at is not None
    assert attempt.closed_by is not None
    return {
        "id": attempt.id,
        "case_id": attempt.case,
        "language": attempt.language,
        "rubric_sha256": attempt.rubric_sha256,
        "started_at": stamp(attempt.started_at),
        "deadline": stamp(attempt.deadline),
        "limit_seconds": attempt.limit_seconds,
        "time_factor": attempt.time_factor,
        "hidden_clock": int(attempt.hidden_clock),
        "handed_in_at": stamp(attempt.handed_in_at),
        "closed_by": attempt.closed_by.value,
        "interruptions": attempt.interruptions,
        "draft": packed(
            {
                "cards": [[c.key, c.measure, c.reason] for c in attempt.draft.cards],
                "text": attempt.draft.text,
                "origin": attempt.draft.origin,
            }
        ),
        "moments": packed([[m.elapsed_seconds, m.card, m.length] for m in attempt.moments]),
    }


def attempt_of(row: sqlite3.Row) -> Attempt:
    """Return the attempt of a row of `attempts`."""
    return Attempt(
        id=row["id"],
        case=row["case_id"],
        language=row["language"],
        rubric_sha256=row["rubric_sha256"],
        started_at=datetime.fromisoformat(row["started_at"]),
        deadline=datetime.fromisoformat(row["deadline"]),
        limit_seconds=row["limit_seconds"],
        time_factor=row["time_factor"],
        hidden_clock=bool(row["hidden_clock"]),
        handed_in_at=datetime.fromisoformat(row["handed_in_at"]),
        closed_by=ClosedBy(row["closed_by"]),
        interruptions=row["interruptions"],
        draft=draft_of(row["draft"]),
        moments=moments_of(row["moments"]),
    )


def draft_of(text: str) -> Draft:
    """Return the draft of a column `draft`."""
    draft = json.loads(text)
    return Draft(
        cards=tuple(Card(*card) for card in draft["cards"]),
        text=draft["text"],
        origin=draft["origin"],
    )


def moments_of(text: str) -> tuple[Moment, ...]:
    """Return the moments of a column `moments`."""
    return tuple(Moment(*moment) for moment in json.loads(text))


def mark_row(attempt_id: str, mark: Mark) -> dict[str, Any]:
    """Return a mark as the columns of `marks`."""
    result = mark.result
    return {
        "attempt": attempt_id,
        "marked_at": stamp(mark.marked_at),
        "engine_name": result.engine.name,
        "engine_version": result.engine.version,
        "rubric_sha256": result.rubric_sha256,
        "ratings": packed(dict(result.ratings)),
        "points": result.points,
        "max_points": result.max_points,
        "grade": result.grade,
        "completeness": result.completeness,
        "order_score": result.order,
        "justification": result.justification,
        "result": packed(result.to_json()),
    }


def mark_of(row: sqlite3.Row) -> Mark:
    """Return the mark of a row of `marks`."""
    return Mark(
        marked_at=datetime.fromisoformat(row["marked_at"]),
        result=Result.from_json(json.loads(row["result"])),
    )


def line_of(row: sqlite3.Row) -> Line:
    """Return the history line of an attempt joined with its newest mark."""
    return Line(
        attempt_id=row["id"],
        case=row["case_id"],
        language=row["language"],
        handed_in_at=datetime.fromisoformat(row["handed_in_at"]),
        closed_by=ClosedBy(row["closed_by"]),
        engine_name=row["engine_name"],
        engine_version=row["engine_version"],
        ratings=None if row["ratings"] is None else json.loads(row["ratings"]),
        points=row["points"],
        max_points=row["max_points"],
        grade=row["grade"],
        completeness=row["completeness"],
        order=row["order_score"],
        justification=row["justification"],
        claims=row["claims"],
    )


def summary_of(row: sqlite3.Row) -> Summary:
    """Return the summary of a row of `summaries`."""
    return Summary(
        case=row["case_id"],
        language=row["language"],
        attempts=row["attempts"],
        last_at=datetime.fromisoformat(row["last_at"]),
        last_points=row["last_points"],
        last_max_points=row["last_max_points"],
        best_points=row["best_points"],
        best_max_points=row["best_max_points"],
    )


def claims_of(rows: Sequence[sqlite3.Row]) -> tuple[Claim, ...]:
    """Return the claims that stand after all rows of `claims` of an attempt, in their order."""
    standing: dict[str, Claim] = {}
    for row in rows:
        standing.pop(row["measure"], None)
        if row["is_made"]:
            standing[row["measure"]] = Claim(
                attempt=row["attempt"],
                measure=row["measure"],
                made_at=datetime.fromisoformat(row["at"]),
                comment=row["comment"],
            )
    return tuple(standing.values())


def packed(value: Any) -> str:
    """Return a value as one column of JSON."""
    # ASCII: SQLite's UTF-8 cannot hold a lone surrogate, an escape can.
    return json.dumps(value, separators=(",", ":"))
