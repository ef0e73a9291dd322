"""Calibrate yourself: mark sample answers first, then see how engine and author marked them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tutor.core.answer import Answer, Step
from tutor.core.case import Case
from tutor.core.errors import NotFound
from tutor.core.result import Result
from tutor.core.rubric import Rubric, Sample
from tutor.locales import _
from tutor.session.marking import Marker

if TYPE_CHECKING:
    from tutor.content.library import Library

SAMPLES = 3

# What a person can give a measure, in the order in which a key turns them.
CREDITS = (0.0, 0.5, 1.0)

Span = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnMark:
    """What somebody gives an answer: a credit for each measure, a rating for each question."""

    credits: Mapping[str, float]
    ratings: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One measure or key question, as marked by the person, the engine and the author.

    `author` is the range the rubric's author allows, or None where the sample leaves it open.
    """

    text: str
    own: float
    engine: float
    author: Span | None

    @property
    def agrees(self) -> bool:
        """True where the person marks as the author does, or as the engine where that is open."""
        low, high = self.author or (self.engine, self.engine)
        return low <= self.own <= high


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """The three marks of one sample, measures first; `result` is the engine's."""

    measures: tuple[Row, ...]
    ratings: tuple[Row, ...]
    result: Result

    @property
    def agreement(self) -> float:
        """The share of rows in which the person agrees."""
        rows = (*self.measures, *self.ratings)
        return sum(row.agrees for row in rows) / len(rows)


class Calibration:
    """The sample answers of one case, to be marked by hand one after the other."""

    def __init__(self, case: Case, rubric: Rubric, marker: Marker) -> None:
        """Raise NotFound where the rubric has no samples."""
        self.case = case
        self.rubric = rubric
        self.samples = rubric.samples[:SAMPLES]
        self._marker = marker
        self.comparisons: tuple[Comparison, ...] = ()
        if not self.samples:
            raise NotFound(_("This case has no sample answers to mark."))

    @classmethod
    def open(cls, library: "Library", marker: Marker, case_id: str, language: str) -> "Calibration":
        """Return the calibration of a case; raises ContentError, NotFound."""
        return cls(library.case(case_id, language), library.rubric(case_id, language), marker)

    @property
    def sample(self) -> Sample | None:
        """The sample that is to be marked next, or None after the last."""
        place = len(self.comparisons)
        return self.samples[place] if place < len(self.samples) else None

    def steps(self) -> tuple[Step, ...]:
        """Return the steps of the sample; a free text is one step."""
        sample = self.sample
        assert sample is not None
        return (Step(sample.text),) if sample.text is not None else sample.steps

    def compare(self, own: OwnMark) -> Comparison:
        """Take the person's mark and set the others beside it; raises EngineUnavailable."""
        sample = self.sample
        assert sample is not None
        answer = Answer(
            id=f"sample-{len(self.comparisons) + 1}",
            case=self.case.id,
            language=self.case.language,
            steps=sample.steps,
            text=sample.text,
        )
        result = self._marker.mark(self.case, self.rubric, answer)
        comparison = Comparison(
            measures=tuple(
                Row(
                    text=measure.text,
                    own=own.credits[measure.id],
                    engine=result.measures[measure.id].credit,
                    author=sample.expect.get(measure.id),
                )
                for measure in self.rubric.model_order()
            ),
            ratings=tuple(
                Row(
                    text=question.text,
                    own=own.ratings[question.id],
                    engine=result.ratings[question.id],
                    author=sample.expect_rating.get(question.id),
                )
                for question in self.case.key_questions
            ),
            result=result,
        )
        self.comparisons += (comparison,)
        return comparison
