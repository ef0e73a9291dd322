"""What a procedure would have cost: a small, discrete and deterministic loss model.

The loss runs at `impact.per_hour` from hour 0 to the horizon. Measures are carried out one
after the other in the given order; each takes `effect.takes_hours` and from its completion
ends the share `effect.reduces` of the loss that is still running. Shares multiply, so the rate
never falls below zero and each further measure can only help. The model is our own and is
meant for comparing procedures of one case, not for predicting a real loss.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.core.result import Result
from tutor.core.rubric import Impact, Measure, Rubric


@dataclass(frozen=True, slots=True)
class DamagePoint:
    """The loss up to an hour, and the measure that was completed then."""

    hour: float
    loss: float
    measure: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DamageCurves:
    """Three courses of the same incident, each from hour 0 to the horizon; `unit` is a currency."""

    unit: str
    nothing: tuple[DamagePoint, ...]
    procedure: tuple[DamagePoint, ...]
    model: tuple[DamagePoint, ...]


def damage_curve(measures: Sequence[Measure], impact: Impact) -> tuple[DamagePoint, ...]:
    """Return the cumulated loss at hour 0, at each completed measure and at the horizon."""
    points = [DamagePoint(0.0, 0.0)]
    hour = loss = 0.0
    rate = impact.per_hour
    for measure in measures:
        if measure.effect is None:
            continue
        done = hour + measure.effect.takes_hours
        if done > impact.horizon_hours:
            break
        loss += rate * (done - hour)
        hour = done
        rate *= 1 - measure.effect.reduces
        points.append(DamagePoint(hour, loss, measure.id))
    loss += rate * (impact.horizon_hours - hour)
    points.append(DamagePoint(impact.horizon_hours, loss))
    return tuple(points)


def candidate_order(rubric: Rubric, result: Result) -> tuple[Measure, ...]:
    """Return the credited measures in the order in which the candidate wrote them."""
    placed = [
        (mark.position, place, measure)
        for place, measure in enumerate(rubric.model_order())
        if (mark := result.measures[measure.id]).position is not None
    ]
    return tuple(measure for _, _, measure in sorted(placed, key=lambda row: (row[0], row[1])))


def damage_curves(rubric: Rubric, result: Result) -> DamageCurves | None:
    """Return the candidate's course beside the model's and doing nothing.

    None where the rubric states no impact.
    """
    if rubric.impact is None:
        return None
    return DamageCurves(
        unit=rubric.impact.unit,
        nothing=damage_curve((), rubric.impact),
        procedure=damage_curve(candidate_order(rubric, result), rubric.impact),
        model=damage_curve(rubric.model_order(), rubric.impact),
    )
