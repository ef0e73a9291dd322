"""How each measure of the model fared, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.core.attempt import Claim
from tutor.core.debrief import Debrief
from tutor.core.plaintext import clean
from tutor.core.result import MeasureMark, Remark
from tutor.core.rubric import Measure
from tutor.locales import _
from tutor.report import words
from tutor.report.evidence import AnswerStep, Earned, Marked, Piece, field_pieces
from tutor.report.prose import Block, blocks


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteView:
    """A step of the candidate, as evidence for one measure."""

    step_name: str
    measure: tuple[Piece, ...]
    reason: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TheoryView:
    """A theory card."""

    id: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimView:
    """An "I did say that" of the candidate."""

    said: str
    comment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureView:
    """How one measure of the model fared, with everything that explains it.

    `state` and `reason_state` are `found`, `half` or `missing`; `reason_word` is empty where
    the measure itself is missing.
    """

    id: str
    number: int
    phase: str
    text: str
    reason: str
    state: str
    symbol: str
    word: str
    unsure: str
    quotes: tuple[QuoteView, ...]
    reason_state: str
    reason_word: str
    reason_missing: str
    place: str
    remarks: tuple[str, ...]
    theory: TheoryView | None
    claim: ClaimView | None

    @property
    def can_be_claimed(self) -> bool:
        """True where the machine did not give everything."""
        return self.state != "found" or self.reason_state != "found"


def _state(credit: float) -> str:
    return "found" if credit >= 1 else "half" if credit > 0 else "missing"


def measure_view(
    debrief: Debrief, steps: Sequence[AnswerStep], number: int, measure: Measure
) -> MeasureView:
    """Explain the mark of the measure which has place `number` in the model, counted from 1."""
    mark = debrief.result.measures[measure.id]
    card = debrief.theory.get(measure.id)
    quotes = _quotes(steps, mark)
    phases = {phase.id: phase.label for phase in debrief.rubric.phases}
    return MeasureView(
        id=measure.id,
        number=number,
        phase=clean(phases[measure.phase]),
        text=clean(measure.text),
        reason=clean(measure.reason),
        state=_state(mark.credit),
        symbol=words.credit_symbol(mark.credit),
        word=words.credit_word(mark.credit),
        unsure=_("unsure: please check this one yourself ({sure} sure)").format(
            sure=words.percent(mark.confidence)
        )
        if mark.confidence < words.UNSURE_BELOW
        else "",
        quotes=quotes,
        reason_state=_state(mark.reason),
        reason_word=words.reason_word(mark.reason) if mark.credit > 0 else "",
        reason_missing=_reason_missing(mark, quotes),
        place=_("place {own} in your answer, place {model} in the model").format(
            own=mark.position, model=number
        )
        if mark.position is not None
        else "",
        remarks=_remarks(debrief, measure),
        theory=TheoryView(id=card.id, title=clean(card.title), blocks=blocks(card.text))
        if card
        else None,
        claim=_claim(debrief.claims, measure.id),
    )


def _remarks(debrief: Debrief, measure: Measure) -> tuple[str, ...]:
    remarks = [remark for remark in debrief.result.remarks if remark.measure == measure.id]
    judged = [_("A person has decided this.")] if measure.id in debrief.judged else []
    return (*judged, *map(_remark_line, remarks))


def _quotes(steps: Sequence[AnswerStep], mark: MeasureMark) -> tuple[QuoteView, ...]:
    marked = [Marked(span, Earned.MEASURE) for span in mark.evidence]
    marked += [Marked(span, Earned.REASON) for span in mark.reason_evidence]
    numbers = sorted({*mark.steps, *(one.evidence.step for one in marked)})
    return tuple(
        QuoteView(
            step_name=words.step_name(number),
            measure=field_pieces(steps, number, "measure", marked),
            reason=field_pieces(steps, number, "reason", marked),
        )
        for number in numbers
        if 1 <= number <= len(steps)
    )


def _reason_missing(mark: MeasureMark, quotes: Sequence[QuoteView]) -> str:
    if mark.credit <= 0 or mark.reason >= 1:
        return ""
    if mark.reason > 0:
        return _("Your reason goes the right way but leaves out part of the model's.")
    if any("".join(piece.text for piece in quote.reason).strip() for quote in quotes):
        return _("The reason you gave does not say why this measure helps here.")
    return _("You gave no reason. One sentence on what the measure achieves is enough.")


def _remark_line(remark: Remark) -> str:
    said = words.remark_words(remark.kind)
    return _("Step {step}: {said}").format(step=remark.step, said=said) if remark.step else said


def _claim(claims: Sequence[Claim], measure: str) -> ClaimView | None:
    for claim in claims:
        if claim.measure == measure:
            said = _("You say that you wrote this ({day}). The machine's mark stands beside it.")
            return ClaimView(
                said=said.format(day=words.day_words(claim.made_at)), comment=clean(claim.comment)
            )
    return None
