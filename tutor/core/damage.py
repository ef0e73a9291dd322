"""What a course of action costs: a small, discrete and deterministic loss model.

The loss runs at `impact.per_hour` from hour 0 to the horizon. A measure that is begun takes
`effect.takes_hours` and from its completion ends the share `effect.reduces` of the loss that is
still running; a surge, such as bad news in a drill, raises what is running by a share. Shares
multiply, so the rate never falls below zero, and each further measure can only help.

One person of an exam carries measures out one after the other in the order written; a team in
a drill begins each when it decides to, several at a time. The model is our own and is meant for
comparing procedures of one case, not for predicting a real loss.
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


@dataclass(frozen=True, slots=True)
class Start:
    """A measure, and the hour at which it is begun."""

    measure: Measure
    hour: float


@dataclass(frozen=True, slots=True)
class Surge:
    """An hour from which the running loss is raised by a share."""

    hour: float
    raises: float


def in_sequence(measures: Sequence[Measure]) -> tuple[Start, ...]:
    """Return when each measure begins where one follows the other.

    Those without effect take no time.
    """
    starts = []
    hour = 0.0
    for measure in measures:
        starts.append(Start(measure, hour))
        if measure.effect is not None:
            hour += measure.effect.takes_hours
    return tuple(starts)


@dataclass(frozen=True, slots=True)
class _Change:
    """From this hour on the running loss is multiplied by a factor."""

    hour: float
    factor: float
    measure: str | None


def _changes(starts: Sequence[Start], surges: Sequence[Surge]) -> list[_Change]:
    done = [
        _Change(
            start.hour + start.measure.effect.takes_hours,
            1 - start.measure.effect.reduces,
            start.measure.id,
        )
        for start in starts
        if start.measure.effect is not None
    ]
    raised = [_Change(surge.hour, 1 + surge.raises, None) for surge in surges]
    return sorted([*done, *raised], key=lambda change: change.hour)


def loss_course(
    starts: Sequence[Start],
    impact: Impact,
    surges: Sequence[Surge] = (),
    until_hours: float | None = None,
) -> tuple[DamagePoint, ...]:
    """Return the cumulated loss at hour 0, at each change of its rate and at the end.

    The end is the horizon unless another hour is given.
    """
    end = impact.horizon_hours if until_hours is None else until_hours
    points = [DamagePoint(0.0, 0.0)]
    hour = loss = 0.0
    rate = impact.per_hour
    for change in _changes(starts, surges):
        if change.hour > end:
            break
        loss += rate * (change.hour - hour)
        hour = change.hour
        rate *= change.factor
        points.append(DamagePoint(hour, loss, change.measure))
    loss += rate * (end - hour)
    points.append(DamagePoint(end, loss))
    return tuple(points)


def loss_rate(
    starts: Sequence[Start], impact: Impact, surges: Sequence[Surge], hour: float
) -> float:
    """Return what is lost per hour at an hour."""
    rate = impact.per_hour
    for change in _changes(starts, surges):
        if change.hour <= hour:
            rate *= change.factor
    return rate


def recovery_hour(
    starts: Sequence[Start], impact: Impact, surges: Sequence[Surge] = ()
) -> float | None:
    """Return the hour from which at most half of the first rate is lost for good, or None.

    Half is our own choice: a whole recovery lies beyond the horizon of most cases.
    """
    rate = impact.per_hour
    since: float | None = None
    for change in _changes(starts, surges):
        if change.hour > impact.horizon_hours:
            break
        rate *= change.factor
        if rate > impact.per_hour / 2:
            since = None
        elif since is None:
            since = change.hour
    return since


def damage_curve(measures: Sequence[Measure], impact: Impact) -> tuple[DamagePoint, ...]:
    """Return the course of measures that are carried out one after the other."""
    return loss_course(in_sequence(measures), impact)


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
