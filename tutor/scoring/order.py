"""The order of the credited measures against the model procedure."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from tutor.core.result import OrderFault
from tutor.core.rubric import Measure, Rubric

Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a credited measure was written (step, offset), and the credit it earned."""

    at: Position
    credit: float


def order_of(
    rubric: Rubric, placed: Mapping[str, Placed]
) -> tuple[float | None, tuple[OrderFault, ...]]:
    """Return the weighted share of pairs the right way round, 0 to 1, and the faults.

    A pair counts where the model has an order for it: different phases, or one comes `after`
    the other. It weighs the square of the phases between the two, at least 1, because
    prevention before first aid is worse than a makeshift before it; and the credits of both,
    because half a measure says half as much. Measures earned by the same words are not out of
    order. None with fewer than two credited measures; 1 where the model asks for no order.
    """
    if len(placed) < 2:
        return None, ()
    measures = [measure for measure in rubric.model_order() if measure.id in placed]
    asked = right = 0.0
    faults: list[OrderFault] = []
    for one, other in combinations(measures, 2):
        pair = _ordered(rubric, one, other)
        if pair is None:
            continue
        apart = abs(rubric.phase_index(one) - rubric.phase_index(other))
        weight = max(apart, 1) ** 2 * placed[one.id].credit * placed[other.id].credit
        asked += weight
        if placed[pair.earlier].at > placed[pair.later].at:
            faults.append(pair)
        else:
            right += weight
    return (round(right / asked, 3) if asked else 1.0), tuple(faults)


def _ordered(rubric: Rubric, one: Measure, other: Measure) -> OrderFault | None:
    if _comes_after(rubric, other, one):
        return OrderFault(earlier=one.id, later=other.id, because="after")
    if _comes_after(rubric, one, other):
        return OrderFault(earlier=other.id, later=one.id, because="after")
    if rubric.phase_index(one) != rubric.phase_index(other):
        return OrderFault(earlier=one.id, later=other.id, because="phase")
    return None


def _comes_after(rubric: Rubric, measure: Measure, earlier: Measure) -> bool:
    """True where `after` leads from a measure to an earlier one, also over others."""
    seen: set[str] = set()
    waiting = list(measure.after)
    while waiting:
        name = waiting.pop()
        if name == earlier.id:
            return True
        if name not in seen:
            seen.add(name)
            waiting += rubric.measure(name).after
    return False
