"""How each measure of a case fared in a class: classical item analysis on plain numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import StatisticsError, correlation, fmean
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One measure over `count` answers.

    `found` is the share that earned it, half or whole, None where there are no answers.
    `discrimination` is the corrected item-total correlation: how well the measure tells good
    answers from weak ones, measured against all the other measures; None where everybody or
    nobody has it. `position` is its mean place in the answers that have it, None where none has.
    """

    measure: str
    count: int
    found: float | None
    discrimination: float | None
    position: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassItems:
    """How the measures of a case fared in a class, by its final marks.

    Left out are `unsettled` answers, about which markers differ, and `outdated` ones, which must
    be marked again by the present rubric. The `count` answers are those of `candidates`: fewer,
    where some have several attempts. `pitfalls` counts the answers that step into each.
    `points` is the mean share of the points, None where no mark is final; `area` is the case's
    competence area, or empty.
    """

    count: int
    candidates: int
    unsettled: int
    outdated: int
    items: tuple[Item, ...]
    pitfalls: tuple[tuple[str, int], ...]
    area: str
    points: float | None
    ratings: tuple[tuple[int, int], ...]

    @property
    def nobody(self) -> tuple[str, ...]:
        """The measures that nobody found."""
        return tuple(item.measure for item in self.items if item.found == 0)

    def to_json(self) -> dict[str, Any]:
        """Return everything for machines."""
        return {
            "count": self.count,
            "candidates": self.candidates,
            "unsettled": self.unsettled,
            "outdated": self.outdated,
            "measures": [
                {
                    "id": item.measure,
                    "found": item.found,
                    "discrimination": item.discrimination,
                    "position": item.position,
                }
                for item in self.items
            ],
            "nobody_finds": list(self.nobody),
            "pitfalls": dict(self.pitfalls),
            "competence_area": self.area,
            "points": self.points,
            "ratings": {str(rating): count for rating, count in self.ratings},
        }


def item_of(
    measure: str, rows: Sequence[Mapping[str, float]], positions: Sequence[int | None]
) -> Item:
    """Sum up one measure; `rows` holds the credits of all measures, one mapping an answer."""
    own = [row[measure] for row in rows]
    others = [sum(row.values()) - row[measure] for row in rows]
    places = [place for place in positions if place is not None]
    return Item(
        measure=measure,
        count=len(own),
        found=fmean(credit > 0 for credit in own) if own else None,
        discrimination=_correlation(own, others),
        position=fmean(places) if places else None,
    )


def _correlation(one: Sequence[float], other: Sequence[float]) -> float | None:
    try:
        return correlation(one, other)
    except StatisticsError:
        # Fewer than two answers, or a column in which all are alike.
        return None
