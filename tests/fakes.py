"""Stand-ins and small examples for every test: a clock, a case with its rubric, a text model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from tutor.core.answer import Answer
from tutor.core.case import Case, CompetenceArea, KeyQuestion, Kind
from tutor.core.clock import Clock
from tutor.core.errors import ContentError
from tutor.core.grade import grade_of, max_points_of, points_of
from tutor.core.problem import Problem
from tutor.core.result import Engine, Evidence, FieldName, MeasureMark, Result
from tutor.core.rubric import Effect, Impact, Measure, Phase, Rubric
from tutor.core.textmodel import TextModel
from tutor.core.theory import TheoryCard
from tutor.session.practice import Practice
from tutor.store.history import History
from tutor.store.journal import Journals

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class FakeClock:
    """A clock that moves only when told to."""

    def __init__(self, utc: datetime = NOON, monotonic: float = 1000.0) -> None:
        self._utc = utc
        self._monotonic = monotonic

    def utc(self) -> datetime:
        return self._utc

    def monotonic(self) -> float:
        return self._monotonic

    def advance(self, seconds: float) -> None:
        """Let time pass on both clocks."""
        self._utc += timedelta(seconds=seconds)
        self._monotonic += seconds

    def set_utc(self, utc: datetime) -> None:
        """Somebody sets the time of day; the monotonic clock does not notice."""
        self._utc = utc


def ids() -> Iterator[str]:
    """Yield a0001, a0002, … as attempt ids."""
    return (f"a{number:04d}" for number in count(1))


def sample_case(case_id: str = "outage", language: str = "en", minutes: int = 7) -> Case:
    return Case(
        id=case_id,
        language=language,
        title="Outage of the shop",
        kind=Kind.CRITICAL_INCIDENT,
        competence_area=CompetenceArea.F,
        minutes=minutes,
        situation="You are the **deputy**.\n\nThe shop is down and nobody knows for how long.",
        task="Describe all measures in a sensible order, with a reason for each.",
        key_questions=(KeyQuestion(id="procedure", text="Is the procedure plausible?", weight=2),),
        licence="CC-BY-4.0",
    )


def sample_rubric(case_id: str = "outage", language: str = "en", sha256: str = "0" * 64) -> Rubric:
    return Rubric(
        case=case_id,
        language=language,
        sha256=sha256,
        phases=(Phase(id="contain", label="At once"), Phase(id="prevent", label="Prevent")),
        measures=(
            Measure(
                id="landing-page",
                phase="contain",
                text="Show a landing page",
                reason="so that customers know",
                effect=Effect(takes_hours=1.0, reduces=0.2),
                theory="customer-communication",
            ),
            Measure(
                id="redundancy",
                phase="prevent",
                text="Build a redundant system",
                reason="because one failure must not stop the shop",
                after=("landing-page",),
                effect=Effect(takes_hours=100.0, reduces=0.5),
            ),
        ),
        impact=Impact(unit="CHF", per_hour=1000.0, horizon_hours=336.0),
    )


class FakeModel:
    """Scores the share of words two texts have in common."""

    name = "fake"
    version = "1"

    def similarity(
        self, texts: Sequence[str], references: Sequence[str], language: str
    ) -> list[list[float]]:
        return [[_overlap(text, reference) for reference in references] for text in texts]


def _overlap(left: str, right: str) -> float:
    mine, theirs = set(left.lower().split()), set(right.lower().split())
    return len(mine & theirs) / max(len(mine | theirs), 1)


def fake_mark(case: Case, rubric: Rubric, answer: Answer, model: TextModel) -> Result:
    """Mark without judgement: a measure is found where its id stands in the answer."""
    fields: list[tuple[int, FieldName, str]] = [(1, "measure", answer.text or "")]
    if answer.text is None:
        fields = [(place, "measure", step.measure) for place, step in enumerate(answer.steps, 1)]
    marks: dict[str, MeasureMark] = {}
    for measure in rubric.measures:
        spans = [
            Evidence(step=step, field=field, start=at, end=at + len(measure.id))
            for step, field, text in fields
            if (at := text.find(measure.id)) >= 0
        ][:1]
        marks[measure.id] = MeasureMark(
            credit=float(bool(spans)),
            confidence=1.0,
            steps=tuple(span.step for span in spans),
            evidence=tuple(spans),
            position=1 + sum(mark.credit > 0 for mark in marks.values()) if spans else None,
        )
    share = sum(mark.credit for mark in marks.values()) / len(marks)
    ratings = {question.id: round(share * 3) for question in case.key_questions}
    points, most = points_of(ratings, case.key_questions), max_points_of(case.key_questions)
    return Result(
        id=answer.id,
        case=case.id,
        engine=Engine(name=model.name, version=model.version),
        rubric_language=rubric.language,
        rubric_sha256=rubric.sha256,
        measures=marks,
        pitfalls=(),
        extra_steps=(),
        completeness=share,
        order=None,
        justification=0.0,
        ratings=ratings,
        points=points,
        max_points=most,
        grade=grade_of(points, most),
    )


@dataclass
class FakeLibrary:
    """Content from memory, with the methods of `tutor.content.library.Library`."""

    shelf: tuple[Case, ...] = (sample_case(),)
    rubrics: tuple[Rubric, ...] = (sample_rubric(),)

    def cases(self) -> tuple[Case, ...]:
        return self.shelf

    def case(self, case_id: str, language: str) -> Case:
        for case in self.shelf:
            if (case.id, case.language) == (case_id, language):
                return case
        raise self._missing(case_id)

    def rubric(self, case_id: str, language: str) -> Rubric:
        for rubric in self.rubrics:
            if (rubric.case, rubric.language) == (case_id, language):
                return rubric
        raise self._missing(case_id)

    def theory(self, card_id: str, language: str) -> TheoryCard | None:
        return TheoryCard(id=card_id, language=language, title="An idea", text="Why it helps.")

    def theories(self, language: str) -> tuple[TheoryCard, ...]:
        named = {m.theory for rubric in self.rubrics for m in rubric.measures if m.theory}
        cards = (self.theory(name, language) for name in sorted(named))
        return tuple(card for card in cards if card is not None)

    def problems(self) -> tuple[Problem, ...]:
        return ()

    @staticmethod
    def _missing(case_id: str) -> ContentError:
        return ContentError(
            [Problem(path=case_id, line=0, column=0, key="", what="no such case", rule="missing")]
        )


def make_practice(home: Path, clock: Clock, **changes: Any) -> Practice:
    """Return a practice on real files under `home`, with content, model and marks made up."""
    parts: dict[str, Any] = {
        "library": FakeLibrary(),
        "history": History(home / "history.db"),
        "journals": Journals(home / "journal"),
        "clock": clock,
        "new_id": ids().__next__,
        "load_model": FakeModel,
        "mark": fake_mark,
    }
    return Practice(**(parts | changes))
