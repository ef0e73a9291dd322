"""How a candidate's results of one case run from attempt to attempt."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tutor.session.pastattempt import PastAttempt

_BARS = "▁▂▃▄▅▆▇█"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """The points of all marked attempts at one case, oldest first, out of `max_points`."""

    case: str
    points: tuple[int, ...]
    max_points: int

    @property
    def best(self) -> int:
        """The most points of any attempt."""
        return max(self.points)

    def sparkline(self) -> str:
        """Return one block a attempt, as high as its share of the points; the last twenty."""
        return "".join(
            _BARS[round(points / self.max_points * (len(_BARS) - 1))]
            for points in self.points[-20:]
        )

    def row(self) -> tuple[str, ...]:
        """Return case, number of attempts, first, best and last result, and the sparkline."""
        figures = (self.points[0], self.best, self.points[-1])
        return (
            self.case,
            str(len(self.points)),
            *(f"{figure}/{self.max_points}" for figure in figures),
            self.sparkline(),
        )

    def to_json(self) -> dict[str, Any]:
        """Return the figures under stable names."""
        return {
            "case": self.case,
            "attempts": len(self.points),
            "first_points": self.points[0],
            "best_points": self.best,
            "last_points": self.points[-1],
            "max_points": self.max_points,
            "points": list(self.points),
        }


def trends(attempts: Sequence[PastAttempt]) -> tuple[Trend, ...]:
    """Return one trend a case, by case id; unscored attempts are left out.

    An attempt whose maximum differs from the latest one's was marked under other key questions
    and cannot be compared; it is left out too.
    """
    by_case: dict[str, list[PastAttempt]] = {}
    for attempt in sorted(attempts, key=lambda attempt: attempt.handed_in_at):
        if attempt.points is not None:
            by_case.setdefault(attempt.case, []).append(attempt)
    return tuple(_trend(case, rows) for case, rows in sorted(by_case.items()))


def _trend(case: str, attempts: Sequence[PastAttempt]) -> Trend:
    maximum = attempts[-1].max_points or 0
    return Trend(
        case=case,
        points=tuple(
            attempt.points
            for attempt in attempts
            if attempt.points is not None and attempt.max_points == maximum
        ),
        max_points=maximum,
    )
