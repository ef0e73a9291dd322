"""Marks one answer: the only function the rest of the program calls."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tutor.core.answer import Answer
from tutor.core.case import Case
from tutor.core.errors import AnswersError
from tutor.core.grade import grade_of, max_points_of, points_of
from tutor.core.result import (
    Engine,
    Evidence,
    MeasureMark,
    ParsedStep,
    PitfallMark,
    Remark,
    RemarkKind,
    Result,
)
from tutor.core.rubric import Rubric
from tutor.core.textmodel import TextModel
from tutor.scoring.copied import CaseWords
from tutor.scoring.decision import Decision, decision_for
from tutor.scoring.matching import Find, Scores, evidence, finds, score_steps
from tutor.scoring.order import Placed, order_of
from tutor.scoring.passages import (
    MAX_TEXT,
    ReadStep,
    Setting,
    content_words,
    parse_steps,
    read_steps,
)
from tutor.scoring.rating import rating_of
from tutor.scoring.reasons import best_reason, reason_clauses
from tutor.scoring.sentences import sentence_spans
from tutor.scoring.shares import completeness_of, justification_of

# Bump whenever a rule of this package changes a mark; stored with every result.
RULES_VERSION = "8"

# A step of fewer content words is too thin to be called a further sensible measure.
_EXTRA_WORDS = 2
# Remarks that are about one sentence of a step: the others of it may still say something.
_EXPLAINS_NOUGHT = frozenset({RemarkKind.NEAR_MISS, RemarkKind.REPEATED})


def mark_answer(case: Case, rubric: Rubric, answer: Answer, model: TextModel) -> Result:
    """Return the mark of an answer; pure, and the same on every machine and in every order.

    Raises AnswersError where answer, case and rubric do not belong together.
    """
    if answer.case != case.id or rubric.case != case.id:
        raise AnswersError(
            f"answer {answer.id!r} is to the case {answer.case!r}, "
            f"case {case.id!r} and rubric {rubric.case!r} cannot mark it"
        )
    read, scores, parsed = score_answer(case, rubric, answer, model)
    decision = decision_for(model.name)
    found = finds(scores, decision)
    judged = {
        measure.id: _measure_mark(
            measure.id, read, scores, found.get(measure.id, ()), answer.language
        )
        for measure in rubric.measures
    }
    placed = {key: place for key, (_, place) in judged.items() if place is not None}
    marks = _positioned({key: mark for key, (mark, _) in judged.items()}, placed)
    pitfalls = _pitfalls(scores, decision)
    remarks = _remarks(answer, read, found, marks)
    order, faults = order_of(rubric, placed)
    completeness = completeness_of(rubric, marks)
    justification = justification_of(marks)
    rating = rating_of(completeness, order, justification, len(pitfalls))
    ratings = {question.id: rating for question in case.key_questions}
    points, most = points_of(ratings, case.key_questions), max_points_of(case.key_questions)
    return Result(
        id=answer.id,
        case=case.id,
        engine=Engine(name=model.name, version=f"{model.version}+rules.{RULES_VERSION}"),
        rubric_language=rubric.language,
        rubric_sha256=rubric.sha256,
        measures=marks,
        pitfalls=pitfalls,
        extra_steps=_extra_steps(read, marks, pitfalls, remarks, answer.language),
        completeness=completeness,
        order=order,
        justification=justification,
        ratings=ratings,
        points=points,
        max_points=most,
        grade=grade_of(points, most),
        parsed_steps=parsed,
        order_faults=faults,
        remarks=remarks,
    )


def score_answer(
    case: Case, rubric: Rubric, answer: Answer, model: TextModel
) -> tuple[tuple[ReadStep, ...], tuple[Scores, ...], tuple[ParsedStep, ...] | None]:
    """Return the steps as read, what each passage of them says, and the steps found in a text."""
    steps, parsed = parse_steps(answer)
    setting = Setting(
        case_words=CaseWords.of(case.situation, case.task),
        names=frozenset(measure.id for measure in rubric.measures),
        language=answer.language,
    )
    read = read_steps(steps, setting)
    situation = [case.situation[start:end] for start, end in sentence_spans(case.situation)]
    scores = score_steps(read, rubric, situation, model, answer.language)
    return read, scores, parsed


def _measure_mark(
    measure: str,
    read: Sequence[ReadStep],
    scores: Sequence[Scores],
    row: Sequence[Find],
    language: str,
) -> tuple[MeasureMark, Placed | None]:
    """Return the mark of one measure without its position, and where it was written."""
    earning = [find for find in row if find.credit > 0]
    if not earning:
        likeliest = max((scored.likely[measure] for scored in scores), default=0.0)
        # Where the rules reject what the text model takes for the measure, one of them is wrong.
        if any(measure in scored.disputed for scored in scores):
            likeliest = 0.5
        return MeasureMark(credit=0.0, confidence=round(1 - min(likeliest, 0.5), 2)), None
    credit = max(find.credit for find in earning)
    earning = [find for find in earning if find.credit == credit]
    likeliest_find = max(earning, key=lambda find: find.likely)
    # Of words about as likely those count for the order that were written first.
    first = max(earning, key=lambda find: (round(find.likely, 1), -find.passage.step))
    place = evidence(first.passage)[0]
    reason, reason_evidence = _reason(read, earning, language)
    mark = MeasureMark(
        credit=credit,
        confidence=round(likeliest_find.likely, 2),
        reason=reason,
        steps=tuple(find.passage.step for find in earning),
        evidence=tuple(span for find in earning for span in evidence(find.passage)),
        reason_evidence=reason_evidence,
    )
    return mark, Placed((place.step, place.start), credit)


def _positioned(
    marks: Mapping[str, MeasureMark], placed: Mapping[str, Placed]
) -> dict[str, MeasureMark]:
    """Return the marks with the place of each credited measure in the candidate's order."""
    by_place = sorted(placed, key=lambda measure: placed[measure].at)
    ranks = {measure: rank for rank, measure in enumerate(by_place, 1)}
    return {key: replace(mark, position=ranks.get(key)) for key, mark in marks.items()}


def _reason(
    read: Sequence[ReadStep], earning: Sequence[Find], language: str
) -> tuple[float, tuple[Evidence, ...]]:
    best: tuple[float, tuple[Evidence, ...]] = (0.0, ())
    for find in earning:
        step = read[find.passage.step - 1]
        mark = best_reason(reason_clauses(step, find.passage.clauses), language)
        if mark[0] > best[0]:
            best = mark
    return best


def _pitfalls(scores: Sequence[Scores], decision: Decision) -> tuple[PitfallMark, ...]:
    """Return the pitfalls committed, each in the step where it is likeliest."""
    best: dict[str, Scores] = {}
    for row in scores:
        for key, likely in row.pitfalls.items():
            if likely >= decision.committed and (
                key not in best or likely > best[key].pitfalls[key]
            ):
                best[key] = row
    return tuple(
        PitfallMark(id=key, step=row.passage.step, evidence=evidence(row.passage))
        for key, row in sorted(best.items())
    )


def _extra_steps(
    read: Sequence[ReadStep],
    marks: dict[str, MeasureMark],
    pitfalls: Sequence[PitfallMark],
    remarks: Sequence[Remark],
    language: str,
) -> tuple[int, ...]:
    """Return the steps that say something and are explained by nothing else."""
    used = {step for mark in marks.values() for step in mark.steps}
    used |= {pitfall.step for pitfall in pitfalls}
    used |= {remark.step for remark in remarks if remark.kind in _EXPLAINS_NOUGHT}
    return tuple(
        step.number for step in read if step.number not in used and _is_telling(step, language)
    )


def _is_telling(step: ReadStep, language: str) -> bool:
    return any(len(content_words(clause.text, language)) >= _EXTRA_WORDS for clause in step.live())


def _is_blank(answer: Answer, number: int) -> bool:
    # The splitter leaves no step of a free text without a word.
    return answer.text is not None or answer.steps[number - 1].is_blank


def _remarks(
    answer: Answer,
    read: Sequence[ReadStep],
    found: dict[str, list[Find]],
    marks: dict[str, MeasureMark],
) -> tuple[Remark, ...]:
    credited = {step for mark in marks.values() for step in mark.steps}
    # The text model may take for a measure what the rules reject.
    earning = {
        clause
        for row in found.values()
        for find in row
        if find.credit > 0
        for clause in find.passage.clauses
    }
    # Half a find beside a whole one elsewhere was said before, or is said again.
    remarks: dict[Remark, None] = {
        Remark(step=find.passage.step, kind=RemarkKind.REPEATED): None
        for row in found.values()
        for find in row
        if find.credit > 0 and find.passage.step not in credited
    }
    if not any(step.clauses for step in read):
        remarks[Remark(step=0, kind=RemarkKind.EMPTY_ANSWER)] = None
    if len(answer.text or "") > MAX_TEXT:
        remarks[Remark(step=0, kind=RemarkKind.TOO_LONG)] = None
    for step in read:
        if step.live() and step.number not in credited and not _is_telling(step, answer.language):
            remarks[Remark(step=step.number, kind=RemarkKind.KEYWORDS)] = None
        if not step.clauses and not step.is_cut and not _is_blank(answer, step.number):
            remarks[Remark(step=step.number, kind=RemarkKind.NO_WORDS)] = None
        if step.is_cut:
            remarks[Remark(step=step.number, kind=RemarkKind.TOO_LONG)] = None
        for clause in step.clauses:
            if clause.fate is not None and clause not in earning:
                remarks[Remark(step=step.number, kind=clause.fate)] = None
    for measure, row in found.items():
        for find in row:
            if find.is_near_miss and find.passage.step not in marks[measure].steps:
                remarks[
                    Remark(step=find.passage.step, kind=RemarkKind.NEAR_MISS, measure=measure)
                ] = None
    return tuple(
        sorted(remarks, key=lambda remark: (remark.step, remark.kind, remark.measure or ""))
    )
