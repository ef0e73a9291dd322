"""What a drill came to: measures against the model, five figures, views side by side."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from tutor.core.case import Case
from tutor.core.damage import DamageCurves, Start, in_sequence, recovery_hour
from tutor.core.drill import DrillState
from tutor.core.drilldamage import (
    drill_curves,
    drill_seconds,
    drill_starts,
    drill_surges,
    incident_hours,
)
from tutor.core.drillevent import DrillEvent, Judge, Scored
from tutor.core.rubric import Measure, Rubric

# The theory card which marks the measures by which customers are informed.
CUSTOMER_CARD = "customer-communication"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillFigures:
    """The five figures; each is None where the drill or the case does not tell.

    `reaction_seconds`: the first measure of the model's first phase.
    `recovery_hours`: from when on at most half of the first loss was running, for good.
    `idle_share`, `parallel_share`: the time in which no measure, or more than one, was being
    carried out.
    `reasoned_share`: the decisions that name who decided and why.
    `customers_seconds`: the first measure by which customers are informed.
    """

    reaction_seconds: float | None
    recovery_hours: float | None
    idle_share: float | None
    parallel_share: float | None
    reasoned_share: float | None
    customers_seconds: float | None


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure of the model, when the team began it and when the model does, in drill seconds.

    The model's time is None where no impact says how long an hour is.
    """

    measure: Measure
    team_seconds: float | None
    model_seconds: float | None


@dataclass(frozen=True, slots=True)
class Column:
    """One view of the procedure: 0 to 3 and three shares, a mean for the team."""

    judge: Judge
    name: str
    rating: float
    completeness: float
    order: float
    justification: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillReview:
    """Everything a report of a drill says."""

    case: Case
    rubric: Rubric
    state: DrillState
    events: tuple[DrillEvent, ...]
    figures: DrillFigures
    model_figures: DrillFigures
    measures: tuple[MeasureRow, ...]
    columns: tuple[Column, ...]
    damage: DamageCurves | None


def drill_review(
    case: Case, rubric: Rubric, state: DrillState, events: Sequence[DrillEvent]
) -> DrillReview:
    """Sum a drill up, ended or not."""
    model = in_sequence(rubric.model_order())
    starts = {start.measure.id: start.hour for start in model}
    return DrillReview(
        case=case,
        rubric=rubric,
        state=state,
        events=tuple(events),
        figures=drill_figures(case, rubric, state),
        model_figures=_model_figures(rubric, state, model),
        measures=tuple(
            MeasureRow(
                measure,
                state.ticked_at(measure.id),
                drill_seconds(rubric, state, starts[measure.id]),
            )
            for measure in rubric.model_order()
        ),
        columns=columns(state.scores),
        damage=drill_curves(rubric, case, state),
    )


def drill_figures(case: Case, rubric: Rubric, state: DrillState) -> DrillFigures:
    """Return the five figures of a drill."""
    ticks = {tick.measure: tick.at_seconds for tick in state.ticked}
    starts = drill_starts(rubric, state)
    end = incident_hours(rubric, state, state.at_seconds)
    idle, parallel = _use(starts, end)
    recovery = None
    if rubric.impact is not None:
        recovery = recovery_hour(starts, rubric.impact, drill_surges(rubric, case, state))
    reasoned = [bool(entry.who and entry.why) for entry in state.decisions]
    return DrillFigures(
        reaction_seconds=_first(ticks, _containing(rubric)),
        recovery_hours=recovery,
        idle_share=idle,
        parallel_share=parallel,
        reasoned_share=fmean(reasoned) if reasoned else None,
        customers_seconds=_first(ticks, _informing(rubric)),
    )


def columns(scores: Sequence[Scored]) -> tuple[Column, ...]:
    """Return each member's view, the mean of them, the facilitator's and the engine's."""
    members = [score for score in scores if score.judge is Judge.SELF]
    found = [_column(score) for score in members]
    if members:
        found.append(
            Column(
                Judge.TEAM,
                "",
                fmean(score.rating for score in members),
                fmean(score.completeness for score in members),
                fmean(score.order for score in members),
                fmean(score.justification for score in members),
            )
        )
    for judge in (Judge.FACILITATOR, Judge.ENGINE):
        found += [_column(score) for score in scores if score.judge is judge]
    return tuple(found)


def _column(score: Scored) -> Column:
    return Column(
        score.judge,
        score.name,
        float(score.rating),
        score.completeness,
        score.order,
        score.justification,
    )


def _model_figures(rubric: Rubric, state: DrillState, model: Sequence[Start]) -> DrillFigures:
    times = {start.measure.id: drill_seconds(rubric, state, start.hour) for start in model}
    begun = {name: seconds for name, seconds in times.items() if seconds is not None}
    return DrillFigures(
        reaction_seconds=_first(begun, _containing(rubric)),
        recovery_hours=None if rubric.impact is None else recovery_hour(model, rubric.impact),
        # The model is one person's procedure: how a team shares the work is not in it.
        idle_share=None,
        parallel_share=None,
        reasoned_share=1.0,
        customers_seconds=_first(begun, _informing(rubric)),
    )


def _containing(rubric: Rubric) -> list[str]:
    return [m.id for m in rubric.measures if m.phase == rubric.phases[0].id]


def _informing(rubric: Rubric) -> list[str]:
    return [m.id for m in rubric.measures if m.theory == CUSTOMER_CARD]


def _first(times: Mapping[str, float], measures: Iterable[str]) -> float | None:
    return min((times[name] for name in measures if name in times), default=None)


def _use(starts: Sequence[Start], end: float) -> tuple[float | None, float | None]:
    """Return the shares of the time up to `end` with no and with several measures under way."""
    if end <= 0:
        return None, None
    spans = [
        (start.hour, min(start.hour + start.measure.effect.takes_hours, end))
        for start in starts
        if start.measure.effect is not None and start.hour < end
    ]
    edges = sorted({0.0, end, *(hour for span in spans for hour in span)})
    idle = parallel = 0.0
    for begin, stop in pairwise(edges):
        busy = sum(first <= begin and stop <= last for first, last in spans)
        idle += (stop - begin) * (busy == 0)
        parallel += (stop - begin) * (busy > 1)
    return idle / end, parallel / end
