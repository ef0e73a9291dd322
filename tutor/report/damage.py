"""What the procedure would have cost, in words and figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.core.damage import DamagePoint
from tutor.core.debrief import Debrief
from tutor.core.plaintext import clean
from tutor.core.rubric import Rubric
from tutor.locales import _
from tutor.report.words import hours_words, money_words


@dataclass(frozen=True, slots=True, kw_only=True)
class CurveView:
    """One course of the incident; `kind` is nothing, procedure or model; points are (h, loss)."""

    kind: str
    name: str
    points: tuple[tuple[float, float], ...]
    total: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DamageView:
    """The curves, the sums in words, and when the loss was slowed down."""

    unit: str
    curves: tuple[CurveView, ...]
    assumption: str
    said: str
    steps: tuple[str, ...]
    highest: float
    horizon_hours: float


def damage_view(debrief: Debrief) -> DamageView | None:
    """Put the damage curves into words; None where the rubric states no impact."""
    curves, impact = debrief.damage, debrief.rubric.impact
    if curves is None or impact is None:
        return None
    unit = clean(curves.unit)
    totals = [course[-1].loss for course in (curves.nothing, curves.procedure, curves.model)]
    nothing, procedure, model = (money_words(total, unit) for total in totals)
    return DamageView(
        unit=unit,
        curves=(
            _curve("nothing", _("Doing nothing"), curves.nothing, nothing),
            _curve("procedure", _("Your procedure"), curves.procedure, procedure),
            _curve("model", _("Model solution"), curves.model, model),
        ),
        assumption=_(
            "A simple model for comparing procedures, not a forecast: {loss} are lost every hour, "
            "counted over {hours}, and each measure, one after the other, slows the loss down."
        ).format(loss=money_words(impact.per_hour, unit), hours=hours_words(impact.horizon_hours)),
        said=_(
            "Your procedure would have cost {procedure}, the model's {model}, "
            "doing nothing {nothing}."
        ).format(procedure=procedure, model=model, nothing=nothing),
        steps=_steps(debrief.rubric, curves.procedure, unit),
        highest=max(totals),
        horizon_hours=impact.horizon_hours,
    )


def _curve(kind: str, name: str, course: Sequence[DamagePoint], total: str) -> CurveView:
    return CurveView(
        kind=kind,
        name=name,
        points=tuple((point.hour, point.loss) for point in course),
        total=total,
    )


def _steps(rubric: Rubric, course: Sequence[DamagePoint], unit: str) -> tuple[str, ...]:
    return tuple(
        _("after {hours}, at {loss}: {measure}").format(
            hours=hours_words(point.hour),
            loss=money_words(point.loss, unit),
            measure=clean(rubric.measure(point.measure).text),
        )
        for point in course
        if point.measure is not None
    )
