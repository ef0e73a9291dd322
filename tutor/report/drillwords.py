"""The words which the screens and the report of a drill have in common."""

from collections.abc import Sequence
from datetime import date

from tutor.core.case import Case, Role
from tutor.core.drill import DrillPhase, DrillState
from tutor.core.drillevent import (
    ActionDone,
    ActionSet,
    Cause,
    ClockPaused,
    ClockStarted,
    DecisionLogged,
    DrillEnded,
    DrillEvent,
    DrillOpened,
    FacilitatorReturned,
    HotWashAnswered,
    InjectHeld,
    InjectReleased,
    InjectSkipped,
    Judge,
    LimitMoved,
    MeasureProposed,
    MeasureTicked,
    MeasureUnticked,
    NoteWritten,
    ProposalDeclined,
    Question,
    RoleGiven,
    Scored,
)
from tutor.core.drillreview import Column, DrillFigures
from tutor.core.plaintext import clean
from tutor.core.rubric import Rubric
from tutor.locales import _, active_language, pgettext
from tutor.report.words import clock_words, hours_words, percent

_BAR_CELLS = 10


def role_name(role: Role) -> str:
    """Return the name of a role."""
    return {
        Role.ALL: _("everybody"),
        Role.LEAD: _("Incident lead"),
        Role.COMMUNICATION: _("Communication"),
        Role.TECHNOLOGY: _("Technology"),
        Role.CUSTOMERS: _("Customers"),
        Role.LOG_KEEPER: _("Log keeper"),
    }[role]


def phase_word(phase: DrillPhase) -> str:
    """Return where a drill stands, in a word."""
    return {
        DrillPhase.READY: pgettext("drill", "not started"),
        DrillPhase.RUNNING: pgettext("drill", "running"),
        DrillPhase.PAUSED: pgettext("drill", "paused"),
        DrillPhase.OVER: pgettext("drill", "over"),
    }[phase]


def drill_clock(state_phase: DrillPhase, elapsed: float, limit: float) -> str:
    """Return the time of a drill, its end, and where it stands."""
    word = phase_word(state_phase)
    if state_phase is DrillPhase.RUNNING and elapsed >= limit:
        word = _("time is up")
    return _("{time} of {limit} · {word}").format(
        time=clock_words(elapsed), limit=clock_words(limit), word=word
    )


def question_text(question: Question) -> str:
    """Return a question of the hot wash."""
    return {
        Question.WENT_WELL: _("What went well?"),
        Question.WENT_BADLY: _("What did not go well?"),
        Question.CHANGE: _("What do we change?"),
    }[question]


def column_name(column: Column) -> str:
    """Return whose view a column is."""
    return {
        Judge.SELF: clean(column.name) or _("Somebody"),
        Judge.TEAM: _("Team (mean)"),
        Judge.FACILITATOR: _("Facilitator"),
        Judge.ENGINE: _("Engine ({name})").format(name=clean(column.name)),
    }[column.judge]


def bar(share: float) -> str:
    """Return a share as a bar of characters."""
    full = round(share * _BAR_CELLS)
    return "█" * full + "░" * (_BAR_CELLS - full)


def due_words(due: date | None) -> str:
    """Return a due date as the reader's language writes it."""
    if due is None:
        return _("no date")
    return due.strftime("%d.%m.%Y" if active_language() == "de" else "%Y-%m-%d")


def figure_rows(figures: DrillFigures, model: DrillFigures) -> tuple[tuple[str, str, str], ...]:
    """Return name, the team's value and the model's for each of the five figures."""
    return (
        (
            _("Reaction: first measure that contains the incident"),
            _moment(figures.reaction_seconds),
            _moment(model.reaction_seconds),
        ),
        (
            _("Recovery: at most half of the loss is still running"),
            _hours(figures.recovery_hours),
            _hours(model.recovery_hours),
        ),
        (_("Use of resources: nothing under way, several things at once"), _use(figures), "–"),
        (
            _("Cooperation: decisions with a name and a reason"),
            _share(figures.reasoned_share),
            _share(model.reasoned_share),
        ),
        (
            _("Customer care: customers are informed"),
            _moment(figures.customers_seconds),
            _moment(model.customers_seconds),
        ),
    )


def _moment(seconds: float | None) -> str:
    return _("not at all") if seconds is None else _("at {time}").format(time=clock_words(seconds))


def _hours(hours: float | None) -> str:
    return _("not at all") if hours is None else _("after {hours}").format(hours=hours_words(hours))


def _share(share: float | None) -> str:
    return "–" if share is None else percent(share)


def _use(figures: DrillFigures) -> str:
    return f"{_share(figures.idle_share)}, {_share(figures.parallel_share)}"


def missing_roles(state: DrillState, roster: Sequence[Role]) -> tuple[str, ...]:
    """Return the names of the roles nobody has."""
    return tuple(role_name(role) for role in roster if not state.holder(role))


def measure_text(rubric: Rubric, measure_id: str) -> str:
    """Return the text of a measure, or its id where the rubric no longer has it."""
    for measure in rubric.measures:
        if measure.id == measure_id:
            return clean(measure.text)
    return measure_id


def inject_text(case: Case, inject_id: str) -> str:
    """Return the text of an inject, or its id where the case no longer has it."""
    for inject in case.injects:
        if inject.id == inject_id:
            return clean(inject.text)
    return inject_id


def event_words(case: Case, rubric: Rubric, event: DrillEvent) -> str:
    """Say what happened, on one line; for the facilitator, because it names measures."""
    return (
        _clock_event(event)
        or _exercise_event(case, rubric, event)
        or _afterwards_event(event)
        or type(event).__name__
    )


def _clock_event(event: DrillEvent) -> str:
    match event:
        case DrillOpened():
            return _("The team sits down.")
        case ClockStarted():
            return _("The clock runs.")
        case ClockPaused():
            return _("Pause.")
        case LimitMoved():
            minutes = event.by_seconds // 60
            return _("The end moves by {minutes} min.").format(minutes=f"{minutes:+d}")
        case FacilitatorReturned():
            return _("The facilitator takes the drill up again.")
        case DrillEnded():
            return _("The exercise ends.")
    return ""


def _exercise_event(case: Case, rubric: Rubric, event: DrillEvent) -> str:
    match event:
        case InjectReleased():
            cause = {
                Cause.TIME: _("News"),
                Cause.CONDITION: _("News, by its condition"),
                Cause.HAND: _("News, by hand"),
            }[event.cause]
            return f"{cause}: {inject_text(case, event.inject)}"
        case InjectSkipped():
            return _("Skipped: {text}").format(text=inject_text(case, event.inject))
        case InjectHeld():
            said = _("Held back: {text}") if event.is_held else _("No longer held back: {text}")
            return said.format(text=inject_text(case, event.inject))
        case MeasureTicked():
            text = measure_text(rubric, event.measure)
            if event.decision:
                return _("Measure, by decision {number}: {text}").format(
                    number=event.decision, text=text
                )
            return _("Measure: {text}").format(text=text)
        case MeasureUnticked():
            return _("Not a measure after all: {text}").format(
                text=measure_text(rubric, event.measure)
            )
        case MeasureProposed():
            return _("Decision {number} looks like: {text}").format(
                number=event.decision, text=measure_text(rubric, event.measure)
            )
        case ProposalDeclined():
            return _("It is not: {text}").format(text=measure_text(rubric, event.measure))
    return ""


def _afterwards_event(event: DrillEvent) -> str:
    match event:
        case DecisionLogged():
            return _("Decision: {text}").format(text=decision_words(event))
        case NoteWritten():
            return _("Note: {text}").format(text=event.text)
        case RoleGiven():
            person = event.person or _("nobody")
            return f"{role_name(event.role)}: {person}"
        case Scored():
            return _("A score is given.")
        case HotWashAnswered():
            return f"{question_text(event.question)} {event.text}"
        case ActionSet():
            return _("Action {number}: {text} ({owner}, {due})").format(
                number=event.number,
                text=event.action,
                owner=event.owner or _("nobody"),
                due=due_words(event.due),
            )
        case ActionDone():
            return _("Action {number} is done.").format(number=event.number)
    return ""


def decision_words(decision: DecisionLogged) -> str:
    """Return a decision with who took it, why, and what follows, as far as that was said."""
    parts = [decision.what]
    if decision.who:
        parts.append(f"({decision.who})")
    if decision.why:
        parts.append(_("– because: {why}").format(why=decision.why))
    if decision.follow_up:
        parts.append(f"→ {decision.follow_up}")
    return " ".join(parts)
