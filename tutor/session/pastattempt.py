"""An attempt that was handed in, as lists show it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tutor.core.attempt import ClosedBy
from tutor.core.result import Engine
from tutor.store.history import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAttempt:
    """An attempt that was handed in; the figures are None while it is not marked."""

    attempt_id: str
    case: str
    language: str
    title: str
    handed_in_at: datetime
    closed_by: ClosedBy
    ratings: Mapping[str, int] | None
    points: int | None
    max_points: int | None
    grade: float | None
    completeness: float | None
    order: float | None
    justification: float | None
    engine: Engine | None
    claims: int


def past_attempt(line: Line, title: str) -> PastAttempt:
    """Return what a line of the history says of an attempt at the case with this title."""
    engine = None
    if line.engine_name is not None and line.engine_version is not None:
        engine = Engine(name=line.engine_name, version=line.engine_version)
    return PastAttempt(
        attempt_id=line.attempt_id,
        case=line.case,
        language=line.language,
        title=title,
        handed_in_at=line.handed_in_at,
        closed_by=line.closed_by,
        ratings=line.ratings,
        points=line.points,
        max_points=line.max_points,
        grade=line.grade,
        completeness=line.completeness,
        order=line.order,
        justification=line.justification,
        engine=engine,
        claims=line.claims,
    )
