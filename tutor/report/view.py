"""A debrief in words: what the screen and the reports show, worked out once.

Every string here is safe to show: text of people and files has been cleaned of control
characters, and nothing is markup of any kind.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.core.attempt import Attempt, ClosedBy
from tutor.core.debrief import Debrief
from tutor.core.plaintext import clean
from tutor.locales import _, ngettext
from tutor.report import words
from tutor.report.conditions import conditions_words
from tutor.report.damage import DamageView, damage_view
from tutor.report.evidence import (
    AnswerStep,
    Marked,
    Piece,
    answer_steps,
    field_pieces,
    marked_evidence,
    text_pieces,
)
from tutor.report.measures import MeasureView, measure_view
from tutor.report.order import OrderView, one_line, order_view
from tutor.report.timeuse import TimeView, time_view


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingView:
    """The answer to one key question."""

    question: str
    rating: int
    figure: str
    meaning: str
    weight: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BarView:
    """One of the three sub-scores; `share` is 0 to 1, or None where it cannot be told."""

    name: str
    share: float | None
    figure: str
    said: str

    @property
    def width(self) -> str:
        """The share as a CSS length."""
        return f"{(self.share or 0) * 100:.0f}%"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteView:
    """What one step came to; `state` is found, half, pitfall, extra or remark."""

    state: str
    symbol: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A step of the candidate with what it came to; `begun` is empty where it is unknown."""

    number: int
    name: str
    begun: str
    measure: tuple[Piece, ...]
    reason: tuple[Piece, ...]
    notes: tuple[NoteView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PitfallView:
    """A pitfall the candidate stepped into."""

    id: str
    text: str
    why: str
    step_name: str
    quote: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseView:
    """A phase of the model solution."""

    label: str
    measures: tuple[MeasureView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DebriefView:
    """Everything a debrief says. `free_text` is empty where the answer was written on cards."""

    title: str
    facts: tuple[str, ...]
    ratings: tuple[RatingView, ...]
    points: str
    grade: str
    bars: tuple[BarView, ...]
    engine: str
    cautions: tuple[str, ...]
    measures: tuple[MeasureView, ...]
    free_text: tuple[Piece, ...]
    steps: tuple[StepView, ...]
    order: OrderView
    pitfalls: tuple[PitfallView, ...]
    extras: tuple[StepView, ...]
    phases: tuple[PhaseView, ...]
    time: TimeView
    damage: DamageView | None

    @property
    def theory_homes(self) -> dict[str, int]:
        """The place of the measure beside which each theory card is printed, by card id."""
        homes: dict[str, int] = {}
        for measure in self.measures:
            if measure.theory and measure.state != "found":
                homes.setdefault(measure.theory.id, measure.number)
        return homes

    @property
    def missing(self) -> tuple[MeasureView, ...]:
        """The measures of the model which the answer does not have."""
        return tuple(measure for measure in self.measures if measure.state == "missing")


def debrief_view(debrief: Debrief) -> DebriefView:
    """Put a debrief into words, in the language spoken at the moment."""
    result = debrief.result
    steps = answer_steps(debrief.attempt, result)
    marked = marked_evidence(result)
    measures = tuple(
        measure_view(debrief, steps, number, measure)
        for number, measure in enumerate(debrief.rubric.model_order(), 1)
    )
    step_views = tuple(
        _step(debrief, measures, steps, marked, number) for number in range(1, len(steps) + 1)
    )
    text = debrief.attempt.draft.text
    return DebriefView(
        title=clean(debrief.case.title),
        facts=_facts(debrief),
        ratings=_ratings(debrief),
        points=_("{points} of {most} points").format(points=result.points, most=result.max_points),
        grade=words.grade_words(result.grade),
        bars=_bars(debrief),
        engine=words.engine_words(clean(result.engine.name), clean(result.engine.version)),
        cautions=_cautions(debrief),
        measures=measures,
        free_text=text_pieces(text, steps, marked) if text is not None else (),
        steps=step_views,
        order=order_view(debrief, steps),
        pitfalls=_pitfalls(debrief, steps, marked),
        extras=tuple(step for step in step_views if step.number in result.extra_steps),
        phases=tuple(
            PhaseView(
                label=clean(phase.label),
                measures=tuple(
                    view for view in measures if debrief.rubric.measure(view.id).phase == phase.id
                ),
            )
            for phase in debrief.rubric.phases
        ),
        time=time_view(debrief, [one_line(step.measure) for step in steps]),
        damage=damage_view(debrief),
    )


def _facts(debrief: Debrief) -> tuple[str, ...]:
    attempt, case = debrief.attempt, debrief.case
    facts = [clean(debrief.candidate), words.kind_name(case.kind)]
    if case.competence_area:
        facts.append(f"{case.competence_area.value} {words.area_name(case.competence_area)}")
    facts.append(words.language_name(clean(case.language)))
    facts.append(words.day_words(attempt.started_at))
    facts.append(_closing(attempt))
    if own := conditions_words(attempt.time_factor, hidden_clock=attempt.hidden_clock):
        facts.append(own)
    if attempt.interruptions:
        facts.append(
            ngettext("interrupted once", "interrupted {count} times", attempt.interruptions).format(
                count=attempt.interruptions
            )
        )
    return tuple(fact for fact in facts if fact)


def _closing(attempt: Attempt) -> str:
    match attempt.closed_by:
        case ClosedBy.CANDIDATE:
            return _("handed in")
        case ClosedBy.TIME:
            return _("closed when the time was up")
        case ClosedBy.TIME_WHILE_AWAY:
            return _("closed when the time ran out while the program was not running")
        case None:
            return ""


def _ratings(debrief: Debrief) -> tuple[RatingView, ...]:
    return tuple(
        RatingView(
            question=clean(question.text),
            rating=rating,
            figure=words.rating_of(rating),
            meaning=words.rating_word(rating),
            weight=_("counts {weight} times").format(weight=question.weight)
            if question.weight > 1
            else "",
        )
        for question in debrief.case.key_questions
        if (rating := debrief.result.ratings.get(question.id)) is not None
    )


def _bars(debrief: Debrief) -> tuple[BarView, ...]:
    result = debrief.result
    marks = result.measures.values()
    credited = [mark for mark in marks if mark.credit > 0]
    found = sum(mark.credit >= 1 for mark in marks)
    half = len(credited) - found
    said = _("{found} of {all} measures found").format(found=found, all=len(result.measures))
    if half:
        said += ngettext(", {count} half", ", {count} half", half).format(count=half)
    sound = sum(mark.reason >= 1 for mark in credited)
    partly = sum(0 < mark.reason < 1 for mark in credited)
    reasons = _("{sound} of {all} reasons sound").format(sound=sound, all=len(credited))
    if partly:
        reasons += ngettext(", {count} half", ", {count} half", partly).format(count=partly)
    if not credited:
        reasons = _("no measure was found that a reason could belong to")
    return (
        _bar(_("Completeness"), result.completeness, said),
        _bar(_("Order"), result.order, _order_words(debrief)),
        _bar(_("Justification"), result.justification, reasons),
    )


def _bar(name: str, share: float | None, said: str) -> BarView:
    figure = "–" if share is None else words.percent(share)
    return BarView(name=name, share=share, figure=figure, said=said)


def _order_words(debrief: Debrief) -> str:
    if debrief.result.order is None:
        return _("too few measures to speak of an order")
    faults = len(debrief.result.order_faults)
    if not faults:
        return _("as in the model solution")
    return ngettext(
        "{count} pair the wrong way round", "{count} pairs the wrong way round", faults
    ).format(count=faults)


def _cautions(debrief: Debrief) -> tuple[str, ...]:
    cautions = [
        words.remark_words(remark.kind) for remark in debrief.result.remarks if remark.step == 0
    ]
    unsure = sum(mark.confidence < words.UNSURE_BELOW for mark in debrief.result.measures.values())
    if unsure:
        cautions.append(
            ngettext(
                "The engine is unsure about {count} measure; it is shown with a “?”.",
                "The engine is unsure about {count} measures; they are shown with a “?”.",
                unsure,
            ).format(count=unsure)
        )
    if debrief.rubric_changed:
        cautions.append(
            _("The rubric has been changed since this was marked; the mark is the earlier one.")
        )
    return tuple(cautions)


def _step(
    debrief: Debrief,
    measures: Sequence[MeasureView],
    steps: Sequence[AnswerStep],
    marked: Sequence[Marked],
    number: int,
) -> StepView:
    times = debrief.step_seconds
    begun = times[number - 1] if number <= len(times) else None
    return StepView(
        number=number,
        name=words.step_name(number),
        begun="" if begun is None else words.clock_words(begun),
        measure=field_pieces(steps, number, "measure", marked),
        reason=field_pieces(steps, number, "reason", marked),
        notes=_notes(debrief, measures, number),
    )


def _notes(debrief: Debrief, measures: Sequence[MeasureView], number: int) -> tuple[NoteView, ...]:
    result = debrief.result
    notes = [
        NoteView(state=view.state, symbol=view.symbol, text=f"{view.word}: {view.text}")
        for view in measures
        if number in result.measures[view.id].steps and view.state != "missing"
    ]
    pitfalls = {pitfall.id: pitfall for pitfall in debrief.rubric.pitfalls}
    notes += [
        NoteView(
            state="pitfall",
            symbol="▲",
            text=_("pitfall: {text} {why}").format(
                text=clean(pitfalls[mark.id].text), why=clean(pitfalls[mark.id].why)
            ),
        )
        for mark in result.pitfalls
        if mark.step == number and mark.id in pitfalls
    ]
    if number in result.extra_steps:
        text = _("sensible, but not in the model solution; it costs nothing")
        notes.append(NoteView(state="extra", symbol="+", text=text))
    texts = {measure.id: clean(measure.text) for measure in debrief.rubric.measures}
    for remark in result.remarks:
        if remark.step == number:
            said = words.remark_words(remark.kind)
            if remark.measure in texts:
                said += f" ({texts[remark.measure]})"
            notes.append(NoteView(state="remark", symbol="!", text=said))
    return tuple(notes)


def _pitfalls(
    debrief: Debrief, steps: Sequence[AnswerStep], marked: Sequence[Marked]
) -> tuple[PitfallView, ...]:
    pitfalls = {pitfall.id: pitfall for pitfall in debrief.rubric.pitfalls}
    return tuple(
        PitfallView(
            id=mark.id,
            text=clean(pitfalls[mark.id].text),
            why=clean(pitfalls[mark.id].why),
            step_name=words.step_name(mark.step),
            quote=field_pieces(steps, mark.step, "measure", marked),
        )
        for mark in debrief.result.pitfalls
        if mark.id in pitfalls and 1 <= mark.step <= len(steps)
    )
