"""Texts of a case and its rubric that mean nearly the same where they should not.

Only a text model that knows meaning can judge this: measures of one case share their words, so
the lexical engine would warn of every second one.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

from tutor.content.document import Document
from tutor.content.reading import Reading, quoted
from tutor.core.case import Case
from tutor.core.problem import Problem
from tutor.core.rubric import Measure, Rubric
from tutor.core.silence import LintRule
from tutor.core.textmodel import TextModel
from tutor.locales import _
from tutor.scoring.sentences import sentence_spans
from tutor.session.lint import warn

# Borders between pairs that a reader calls the same and pairs that only share their subject, as
# found on the measures of the bundled cases: two measures, a sentence of the situation and a
# measure, a paraphrase and another measure, and by how much that must beat its own.
SIMILAR = 0.92
GIVEN_AWAY = 0.97
STRAY = 0.8
STRAY_LEAD = 0.5

Table: TypeAlias = Sequence[Sequence[float]]


class _Saying(NamedTuple):
    """One way of saying a measure, with its key path; the first is the model's own."""

    measure: str
    key: str
    text: str


def likeness(
    case: Document[Case], rubric: Document[Rubric], model: TextModel
) -> tuple[Problem, ...]:
    """Return what is too much alike in a case and its rubric, both of which have no errors."""
    in_case, in_rubric = case.reading(), rubric.reading()
    sayings = [saying for measure in rubric.draft.measures for saying in _sayings(measure)]
    texts = [saying.text for saying in sayings]
    table = model.similarity(texts, texts, rubric.draft.language)
    _report_similar(sayings, table, in_rubric)
    _report_stray(sayings, table, in_rubric)
    _report_given_away(case.draft, sayings, model, in_case)
    return (*in_case.problems, *in_rubric.problems)


def _sayings(measure: Measure) -> Iterator[_Saying]:
    key = f"measures.{measure.id}"
    yield _Saying(measure.id, f"{key}.text", measure.text)
    for number, text in enumerate(measure.paraphrases, start=1):
        yield _Saying(measure.id, f"{key}.paraphrases.{number}", text)


def _report_similar(sayings: list[_Saying], table: Table, reading: Reading) -> None:
    models = [place for place, saying in enumerate(sayings) if saying.key.endswith(".text")]
    for place, one in enumerate(models):
        for other in models[place + 1 :]:
            if min(table[one][other], table[other][one]) >= SIMILAR:
                warn(
                    LintRule.SIMILAR_MEASURES,
                    sayings[other].key,
                    _("the measure says nearly the same as {measure}").format(
                        measure=quoted(sayings[one].measure)
                    ),
                    _("candidates would be marked for it twice"),
                    _("make one of them, or say how they differ"),
                    reading,
                )


def _report_stray(sayings: list[_Saying], table: Table, reading: Reading) -> None:
    for place, saying in enumerate(sayings):
        fits: dict[str, float] = {}
        for other, score in zip(sayings, table[place], strict=True):
            if other is not saying:
                fits[other.measure] = max(score, fits.get(other.measure, 0.0))
        own = fits.pop(saying.measure, None)
        best = max(fits, key=fits.__getitem__, default=None)
        if own is None or best is None or saying.key.endswith(".text"):
            continue
        if fits[best] >= STRAY and fits[best] - own >= STRAY_LEAD:
            warn(
                LintRule.STRAY_PARAPHRASE,
                saying.key,
                _("the paraphrase fits {measure} better").format(measure=quoted(best)),
                _("who writes it may earn the other measure"),
                _("move it, or say what is special to its own"),
                reading,
            )


def _report_given_away(
    case: Case, sayings: list[_Saying], model: TextModel, reading: Reading
) -> None:
    sentences = [case.situation[start:end] for start, end in sentence_spans(case.situation)]
    table = model.similarity(sentences, [saying.text for saying in sayings], case.language)
    warned = set()
    for sentence, row in zip(sentences, table, strict=True):
        for saying, score in zip(sayings, row, strict=True):
            if score >= GIVEN_AWAY and saying.measure not in warned:
                warned.add(saying.measure)
                warn(
                    LintRule.GIVEN_AWAY,
                    "situation",
                    _("a sentence gives the measure {measure} away: {sentence}").format(
                        measure=quoted(saying.measure), sentence=quoted(sentence)
                    ),
                    _("it means nearly the same"),
                    _("tell what happened, not what to do about it"),
                    reading,
                )
