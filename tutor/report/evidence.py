"""The candidate's own text, cut into pieces at the words that earned or cost something."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from tutor.core.attempt import Attempt
from tutor.core.plaintext import clean
from tutor.core.result import Evidence, FieldName, Result


class Earned(StrEnum):
    """What a stretch of an answer did for its mark; a later one wins where two overlap."""

    NOTHING = ""
    MEASURE = "measure"
    REASON = "reason"
    PITFALL = "pitfall"


_RANK = {kind: rank for rank, kind in enumerate(Earned)}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the candidate's text, safe to show, and what it earned."""

    text: str
    earned: Earned = Earned.NOTHING


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one string, by character offsets (end excluded)."""

    start: int
    end: int
    earned: Earned


@dataclass(frozen=True, slots=True)
class Marked:
    """Evidence, and what it is evidence of."""

    evidence: Evidence
    earned: Earned


@dataclass(frozen=True, slots=True)
class AnswerStep:
    """A step as it was marked; the starts are its offsets in a free text, else None."""

    measure: str
    reason: str
    measure_start: int | None = None
    reason_start: int | None = None

    def field(self, name: FieldName) -> str:
        """Return one of the two fields, as typed."""
        return self.measure if name == "measure" else self.reason

    def start(self, name: FieldName) -> int | None:
        """Return where a field begins in the free text."""
        return self.measure_start if name == "measure" else self.reason_start


def answer_steps(attempt: Attempt, result: Result) -> tuple[AnswerStep, ...]:
    """Return the steps by whose numbers the result speaks."""
    if attempt.draft.text is None:
        return tuple(AnswerStep(step.measure, step.reason) for step in attempt.answer.steps)
    return tuple(
        AnswerStep(step.measure, step.reason, step.measure_start, step.reason_start)
        for step in result.parsed_steps or ()
    )


def pieces(text: str, spans: Iterable[Span]) -> tuple[Piece, ...]:
    """Cut a text at the edges of spans, which may overlap or reach past its end.

    Joined together the pieces are the cleaned text, apart from control sequences which a span
    cuts in two: those lose their control character and keep their harmless rest.
    """
    inside = [
        Span(max(span.start, 0), min(span.end, len(text)), span.earned)
        for span in spans
        if span.start < span.end
    ]
    edges = sorted({0, len(text), *(s.start for s in inside), *(s.end for s in inside)})
    cut: list[Piece] = []
    for start, end in pairwise(edges):
        covering = [s.earned for s in inside if s.start <= start and end <= s.end]
        earned = max(covering, key=_RANK.__getitem__, default=Earned.NOTHING)
        if cut and cut[-1].earned == earned:
            cut[-1] = Piece(cut[-1].text + text[start:end], earned)
        else:
            cut.append(Piece(text[start:end], earned))
    cleaned = (Piece(clean(piece.text), piece.earned) for piece in cut)
    return tuple(piece for piece in cleaned if piece.text)


def field_pieces(
    steps: Sequence[AnswerStep], number: int, field: FieldName, marked: Iterable[Marked]
) -> tuple[Piece, ...]:
    """Return one field of a step, counted from 1, with what is marked in it."""
    text = steps[number - 1].field(field)
    return pieces(
        text,
        (
            Span(mark.evidence.start, mark.evidence.end, mark.earned)
            for mark in marked
            if (mark.evidence.step, mark.evidence.field) == (number, field)
        ),
    )


def text_pieces(
    text: str, steps: Sequence[AnswerStep], marked: Iterable[Marked]
) -> tuple[Piece, ...]:
    """Return a whole free text with what is marked in its steps."""
    spans = []
    for mark in marked:
        if not 1 <= mark.evidence.step <= len(steps):
            continue
        base = steps[mark.evidence.step - 1].start(mark.evidence.field)
        if base is not None:
            spans.append(Span(base + mark.evidence.start, base + mark.evidence.end, mark.earned))
    return pieces(text, spans)


def marked_evidence(result: Result) -> tuple[Marked, ...]:
    """Return all the evidence of a result."""
    return (
        *(Marked(span, Earned.MEASURE) for m in result.measures.values() for span in m.evidence),
        *(
            Marked(span, Earned.REASON)
            for m in result.measures.values()
            for span in m.reason_evidence
        ),
        *(Marked(span, Earned.PITFALL) for p in result.pitfalls for span in p.evidence),
    )
