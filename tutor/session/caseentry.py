"""What the library says of a case: what it is, and what has come of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from tutor.core.case import Case, CompetenceArea, Kind
from tutor.core.grade import MAX_RATING

if TYPE_CHECKING:
    # Not loaded with the first screen, which shows entries before any history is read.
    from tutor.store.history import Summary


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEntry:
    """A case in the library, with what has come of it; the figures are None where nothing has.

    `best_rating` and `last_rating` are 0 to 3. `open_attempt` is the id of the newest attempt
    which is not handed in, `due` the number of measures to be repeated today.
    """

    id: str
    language: str
    title: str
    kind: Kind
    competence_area: CompetenceArea | None
    minutes: int
    attempts: int = 0
    best_rating: int | None = None
    last_rating: int | None = None
    best_points: int | None = None
    last_points: int | None = None
    max_points: int | None = None
    last_at: datetime | None = None
    open_attempt: str | None = None
    due: int = 0


def case_entry(
    case: Case,
    summary: "Summary | None" = None,
    open_attempt: str | None = None,
    due: int = 0,
) -> CaseEntry:
    """Return the entry of a case; without a summary nothing has come of it, or is known yet."""
    entry = CaseEntry(
        id=case.id,
        language=case.language,
        title=case.title,
        kind=case.kind,
        competence_area=case.competence_area,
        minutes=case.minutes,
        open_attempt=open_attempt,
        due=due,
    )
    if summary is None:
        return entry
    return replace(
        entry,
        attempts=summary.attempts,
        best_rating=_rating(summary.best_points, summary.best_max_points),
        last_rating=_rating(summary.last_points, summary.last_max_points),
        best_points=summary.best_points,
        last_points=summary.last_points,
        max_points=summary.last_max_points or summary.best_max_points,
        last_at=summary.last_at,
    )


def _rating(points: int | None, max_points: int | None) -> int | None:
    """Return the points on the scale of 0 to 3; exact for a case with one key question."""
    if points is None or not max_points:
        return None
    return int(points * MAX_RATING / max_points + 0.5)
