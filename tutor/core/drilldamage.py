"""What a drill costs: its minutes stand for the hours of the case's impact.

The planned length of the drill is the horizon, so that a drill of 30 minutes lets the hours
run twice as fast as one of 60. Minutes that are added or taken away change nothing about that.
"""

from dataclasses import dataclass

from tutor.core.case import Case
from tutor.core.damage import (
    DamageCurves,
    DamagePoint,
    Start,
    Surge,
    in_sequence,
    loss_course,
    loss_rate,
)
from tutor.core.drill import DrillState
from tutor.core.rubric import Rubric


@dataclass(frozen=True, slots=True)
class DrillLoss:
    """What was lost up to a moment, and what is lost per hour then."""

    unit: str
    so_far: float
    per_hour: float


def incident_hours(rubric: Rubric, state: DrillState, seconds: float) -> float:
    """Return the hour of the incident at a moment of the drill; 0 where no impact is stated."""
    if rubric.impact is None:
        return 0.0
    return seconds / state.planned_seconds * rubric.impact.horizon_hours


def drill_seconds(rubric: Rubric, state: DrillState, hours: float) -> float | None:
    """Return the moment of the drill that stands for an hour; None where no impact is stated."""
    if rubric.impact is None:
        return None
    return hours / rubric.impact.horizon_hours * state.planned_seconds


def drill_starts(rubric: Rubric, state: DrillState) -> tuple[Start, ...]:
    """Return the ticked measures and the hours at which they were begun."""
    known = {measure.id: measure for measure in rubric.measures}
    return tuple(
        Start(known[tick.measure], incident_hours(rubric, state, tick.at_seconds))
        for tick in state.ticked
        if tick.measure in known
    )


def drill_surges(rubric: Rubric, case: Case, state: DrillState) -> tuple[Surge, ...]:
    """Return the released injects that raise the loss."""
    known = {inject.id: inject for inject in case.injects}
    return tuple(
        Surge(incident_hours(rubric, state, event.at_seconds), known[event.inject].raises)
        for event in state.released
        if event.inject in known and known[event.inject].raises
    )


def drill_loss(rubric: Rubric, case: Case, state: DrillState, seconds: float) -> DrillLoss | None:
    """Return the loss at a moment of the drill, or None where the rubric states no impact."""
    if rubric.impact is None:
        return None
    starts, surges = drill_starts(rubric, state), drill_surges(rubric, case, state)
    hour = incident_hours(rubric, state, seconds)
    return DrillLoss(
        rubric.impact.unit,
        loss_course(starts, rubric.impact, surges, hour)[-1].loss,
        loss_rate(starts, rubric.impact, surges, hour),
    )


def drill_curves(rubric: Rubric, case: Case, state: DrillState) -> DamageCurves | None:
    """Return the team's course beside the model's and doing nothing, all hit by the same news.

    Each runs to the horizon, or to the end of a drill that took longer.
    """
    impact = rubric.impact
    if impact is None:
        return None
    surges = drill_surges(rubric, case, state)
    last = incident_hours(rubric, state, state.at_seconds)
    end = max(last, impact.horizon_hours)

    def course(starts: tuple[Start, ...]) -> tuple[DamagePoint, ...]:
        return loss_course(starts, impact, surges, end)

    return DamageCurves(
        unit=impact.unit,
        nothing=course(()),
        procedure=course(drill_starts(rubric, state)),
        model=course(in_sequence(rubric.model_order())),
    )
