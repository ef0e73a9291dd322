"""An after-action report in words: what its HTML and its Markdown say, worked out once.

Every string is safe to show: text of people and files has been cleaned of control characters.
"""

from dataclasses import dataclass

from tutor.core.case import ROSTER
from tutor.core.damage import DamagePoint
from tutor.core.drillevent import (
    ActionSet,
    DrillEvent,
    HotWashAnswered,
    MeasureProposed,
    ProposalDeclined,
    Question,
    Scored,
)
from tutor.core.drillreview import DrillReview, MeasureRow
from tutor.core.plaintext import clean
from tutor.locales import _, ngettext
from tutor.report.damage import CurveView, DamageView
from tutor.report.drillwords import (
    column_name,
    due_words,
    event_words,
    figure_rows,
    missing_roles,
    question_text,
    role_name,
)
from tutor.report.words import (
    clock_words,
    day_words,
    hours_words,
    language_name,
    minutes_words,
    money_words,
    percent,
)

# What the engine thought, and what is shown in sections of its own, is no part of the timeline.
_NOT_ON_THE_TIMELINE = (MeasureProposed, ProposalDeclined, Scored, HotWashAnswered, ActionSet)

# From here on a figure is worth a word of praise, or of doubt; our own choice.
_MOSTLY_REASONED = 0.8
_MOSTLY_IDLE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureLine:
    """A measure with what became of it; `state` is found or missing."""

    state: str
    symbol: str
    text: str
    reason: str
    team: str
    model: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """An entry of the improvement plan."""

    number: int
    action: str
    owner: str
    due: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillView:
    """Everything a report of a drill says, in the order in which it says it."""

    title: str
    facts: tuple[str, ...]
    overview: tuple[str, ...]
    roles: tuple[tuple[str, str], ...]
    timeline: tuple[tuple[str, str], ...]
    measures: tuple[MeasureLine, ...]
    strengths: tuple[str, ...]
    gaps: tuple[str, ...]
    figures: tuple[tuple[str, str, str], ...]
    scores: tuple[tuple[str, ...], ...]
    hot_wash: tuple[tuple[str, str], ...]
    plan: tuple[ActionLine, ...]
    damage: DamageView | None


def drill_view(review: DrillReview) -> DrillView:
    """Put a drill into words, in the language spoken at the moment."""
    state = review.state
    return DrillView(
        title=clean(review.case.title),
        facts=_facts(review),
        overview=_overview(review),
        roles=tuple((role_name(role), state.holder(role) or _("nobody")) for role in ROSTER),
        timeline=tuple(
            (clock_words(event.at_seconds), event_words(review.case, review.rubric, event))
            for event in review.events
            if _is_on_timeline(event)
        ),
        measures=tuple(_measure(row) for row in review.measures),
        strengths=_strengths(review),
        gaps=_gaps(review),
        figures=figure_rows(review.figures, review.model_figures),
        scores=tuple(
            (
                column_name(column),
                f"{column.rating:.2g}",
                percent(column.completeness),
                percent(column.order),
                percent(column.justification),
            )
            for column in review.columns
        ),
        hot_wash=tuple((question_text(q), state.answer(q) or "–") for q in Question),
        plan=tuple(_action(review, action) for action in state.actions),
        damage=_damage(review),
    )


def _is_on_timeline(event: DrillEvent) -> bool:
    return not isinstance(event, _NOT_ON_THE_TIMELINE)


def _facts(review: DrillReview) -> tuple[str, ...]:
    opened = review.state.opened
    facts = [
        opened.team,
        day_words(opened.at_utc),
        language_name(clean(review.case.language)),
        _("planned for {minutes}").format(minutes=minutes_words(opened.planned_seconds // 60)),
        _("took {time}").format(time=clock_words(review.state.at_seconds)),
    ]
    if review.state.interruptions:
        facts.append(
            ngettext(
                "interrupted once", "interrupted {count} times", review.state.interruptions
            ).format(count=review.state.interruptions)
        )
    if not review.state.is_over:
        facts.append(_("not ended"))
    return tuple(fact for fact in facts if fact)


def _overview(review: DrillReview) -> tuple[str, ...]:
    state, total = review.state, len(review.measures)
    found = sum(row.team_seconds is not None for row in review.measures)
    lines = [
        _("{found} of {total} measures of the model were taken.").format(found=found, total=total),
        ngettext(
            "{count} decision was logged.", "{count} decisions were logged.", len(state.decisions)
        ).format(count=len(state.decisions)),
        ngettext(
            "{count} piece of news reached the team.",
            "{count} pieces of news reached the team.",
            len(state.released),
        ).format(count=len(state.released)),
    ]
    return tuple(lines)


def _measure(row: MeasureRow) -> MeasureLine:
    is_found = row.team_seconds is not None
    return MeasureLine(
        state="found" if is_found else "missing",
        symbol="✓" if is_found else "✗",
        text=clean(row.measure.text),
        reason=clean(row.measure.reason),
        team="–" if row.team_seconds is None else clock_words(row.team_seconds),
        model="–" if row.model_seconds is None else clock_words(row.model_seconds),
    )


def _strengths(review: DrillReview) -> tuple[str, ...]:
    """Name what was done in time and what was done well, by the log."""
    lines = [
        _("Taken at {time}: {measure}").format(
            time=clock_words(row.team_seconds), measure=clean(row.measure.text)
        )
        for row in review.measures
        if row.team_seconds is not None
    ]
    reasoned = review.figures.reasoned_share
    if reasoned is not None and reasoned >= _MOSTLY_REASONED:
        lines.append(_("Nearly every decision names who took it and why."))
    if said := review.state.answer(Question.WENT_WELL):
        lines.append(_("The team says: {text}").format(text=said))
    return tuple(lines)


def _gaps(review: DrillReview) -> tuple[str, ...]:
    """Name what was missed, expected and not done, unnamed, unreasoned."""
    state = review.state
    lines = [
        _("Not taken: {measure} {reason}").format(
            measure=clean(row.measure.text), reason=clean(row.measure.reason)
        )
        for row in review.measures
        if row.team_seconds is None
    ]
    bare = [number for number, d in enumerate(state.decisions, 1) if not (d.who and d.why)]
    if bare:
        lines.append(
            _("Decisions without a name or a reason: {numbers}").format(
                numbers=", ".join(map(str, bare))
            )
        )
    if missing := missing_roles(state, ROSTER):
        lines.append(_("Roles that nobody had: {roles}").format(roles=", ".join(missing)))
    idle = review.figures.idle_share
    if idle is not None and idle >= _MOSTLY_IDLE:
        lines.append(
            _("In {share} of the time no measure was being carried out.").format(
                share=percent(idle)
            )
        )
    if said := state.answer(Question.WENT_BADLY):
        lines.append(_("The team says: {text}").format(text=said))
    return tuple(lines)


def _action(review: DrillReview, action: ActionSet) -> ActionLine:
    is_done = action.number in review.state.done_actions
    return ActionLine(
        number=action.number,
        action=action.action,
        owner=action.owner or _("nobody"),
        due=due_words(action.due),
        state=_("done") if is_done else _("open"),
    )


def _damage(review: DrillReview) -> DamageView | None:
    curves, impact = review.damage, review.rubric.impact
    if curves is None or impact is None:
        return None
    unit = clean(curves.unit)
    courses = (
        ("nothing", _("Doing nothing"), curves.nothing),
        ("procedure", _("The team"), curves.procedure),
        ("model", _("Model solution"), curves.model),
    )
    nothing, team, model = (money_words(course[-1].loss, unit) for _kind, _name, course in courses)
    end = curves.nothing[-1].hour
    return DamageView(
        unit=unit,
        curves=tuple(
            CurveView(
                kind=kind,
                name=name,
                points=tuple((point.hour, point.loss) for point in course),
                total=money_words(course[-1].loss, unit),
            )
            for kind, name, course in courses
        ),
        assumption=_(
            "A simple model for comparing procedures, not a forecast: the {minutes} that were "
            "planned stand for {hours} of the incident, a measure slows the loss down once it is "
            "carried out, and news can speed it up for the team, the model and doing nothing alike."
        ).format(
            minutes=minutes_words(review.state.planned_seconds // 60),
            hours=hours_words(impact.horizon_hours),
        ),
        said=_(
            "The team's procedure costs {team}, the model's {model}, doing nothing {nothing}."
        ).format(team=team, model=model, nothing=nothing),
        steps=tuple(_step(review, point, unit) for point in curves.procedure if point.measure),
        highest=max(course[-1].loss for _kind, _name, course in courses),
        horizon_hours=end,
    )


def _step(review: DrillReview, point: DamagePoint, unit: str) -> str:
    assert point.measure is not None
    return _("after {hours}, at {loss}: {measure}").format(
        hours=hours_words(point.hour),
        loss=money_words(point.loss, unit),
        measure=clean(review.rubric.measure(point.measure).text),
    )
