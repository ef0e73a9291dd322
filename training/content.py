"""Marked cases as the cases, rubrics and answers that the tutor marks."""

from collections.abc import Iterator

from training.marked import MarkedAnswer, MarkedCase
from tutor.core.answer import Answer, Step
from tutor.core.case import Case, KeyQuestion, Kind
from tutor.core.rubric import Measure, Phase, Pitfall, Rubric

_PHASE = "all"


def as_case(marked: MarkedCase) -> Case:
    """Return the case as the candidate gets it, with a single key question."""
    return Case(
        id=marked.id,
        language=marked.language,
        title=marked.id,
        kind=Kind.CRITICAL_INCIDENT,
        competence_area=None,
        minutes=7,
        situation=marked.situation,
        task=marked.task,
        key_questions=(KeyQuestion(id="procedure", text=marked.task),),
    )


def as_rubric(marked: MarkedCase) -> Rubric:
    """Return the rubric, in one phase: order is not labelled."""
    return Rubric(
        case=marked.id,
        language=marked.language,
        sha256="",
        phases=(Phase(id=_PHASE, label=_PHASE),),
        measures=tuple(
            Measure(
                id=target.id,
                phase=_PHASE,
                text=target.texts[0],
                reason=target.reason,
                paraphrases=target.texts[1:],
            )
            for target in marked.targets
            if not target.is_pitfall
        ),
        pitfalls=tuple(
            Pitfall(id=target.id, text=target.texts[0], why=target.reason)
            for target in marked.targets
            if target.is_pitfall
        ),
    )


def as_answers(marked: MarkedCase) -> Iterator[tuple[MarkedAnswer, Answer]]:
    """Yield each answer with its labels and as the tutor marks it."""
    for number, answer in enumerate(marked.answers, 1):
        yield (
            answer,
            Answer(
                id=f"{marked.id}-{number}",
                case=marked.id,
                language=marked.language,
                steps=tuple(Step(step.measure, step.reason) for step in answer.steps),
            ),
        )
