"""A class: answers of many candidates to one case, and what markers decide about them.

Three layers are kept apart. The machine's mark is a `Result`; the human layer is what each
marker decided; the final layer is worked out from both, with settlements above all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from tutor.core.answer import Answer
from tutor.core.case import Case
from tutor.core.draft import Card, Draft

CREDITS = (0.0, 0.5, 1.0)
RATINGS = (0.0, 1.0, 2.0, 3.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassInfo:
    """What a class is about; `seed` shuffles its answers and makes its pseudonyms."""

    name: str
    case: str
    language: str
    seed: str
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An answer as it was handed in by a candidate; `source` is the file it came from.

    `attempt` counts the answers of a candidate which stand beside each other, from 1. One that
    `is_replaced` by a newer one is kept, and counts no more.
    """

    candidate: str
    answer: Answer
    imported_at: datetime
    source: str
    attempt: int = 1
    is_replaced: bool = False

    @property
    def id(self) -> str:
        """The answer's id."""
        return self.answer.id


class Kind(StrEnum):
    """What a decision is about."""

    MEASURE = "measure"
    REASON = "reason"
    RATING = "rating"


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """A measure's credit, its reason's credit, or the rating of a key question, by id."""

    kind: Kind
    key: str

    @property
    def scale(self) -> tuple[float, ...]:
        """All values a decision may give, the lowest first."""
        return RATINGS if self.kind is Kind.RATING else CREDITS


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a marker decides about one subject of one answer; `value` None takes it back.

    A settlement stands above the decisions of all markers.
    """

    answer: str
    subject: Subject
    value: float | None
    marker: str
    at: datetime
    reason: str = ""
    is_settlement: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Markers who decided differently and have not settled it, with what each decided."""

    subject: Subject
    values: tuple[tuple[str, float], ...]


class Human:
    """What stands of the decisions about one answer: the last word of each marker counts.

    `by_marker` and `settled` hold what was decided last at their end.
    """

    def __init__(self, decisions: Iterable[Decision]) -> None:
        self.by_marker: dict[str, dict[Subject, Decision]] = {}
        self.settled: dict[Subject, Decision] = {}
        for decision in decisions:
            place = (
                self.settled
                if decision.is_settlement
                else self.by_marker.setdefault(decision.marker, {})
            )
            # Also where it is decided anew: a dict keeps the place of a key it has.
            place.pop(decision.subject, None)
            if decision.value is not None:
                place[decision.subject] = decision

    def of(self, marker: str) -> Mapping[Subject, float]:
        """Return what one marker decided."""
        own = self.by_marker.get(marker, {})
        return {subject: _value(decision) for subject, decision in own.items()}

    def values(self, subject: Subject) -> tuple[tuple[str, float], ...]:
        """Return who decided what about a subject."""
        return tuple(
            (marker, _value(own[subject]))
            for marker, own in sorted(self.by_marker.items())
            if subject in own
        )

    def verdict(self, subject: Subject) -> float | None:
        """Return what people decided: the settlement, else what all who decided agree on."""
        if subject in self.settled:
            return _value(self.settled[subject])
        values = {value for _marker, value in self.values(subject)}
        return values.pop() if len(values) == 1 else None

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Where markers decided differently and nobody settled it."""
        decided = {subject for own in self.by_marker.values() for subject in own}
        return tuple(
            Difference(subject=subject, values=self.values(subject))
            for subject in sorted(decided - set(self.settled))
            if self.verdict(subject) is None
        )


def _value(decision: Decision) -> float:
    assert decision.value is not None
    return decision.value


def subjects(case: Case, measures: Iterable[str]) -> tuple[Subject, ...]:
    """Return what a marker decides about each answer: every measure, every key question."""
    return (
        *(Subject(Kind.MEASURE, measure) for measure in measures),
        *(Subject(Kind.RATING, question.id) for question in case.key_questions),
    )


def shuffled(entries: Sequence[Entry], seed: str, marker: str) -> tuple[Entry, ...]:
    """Return the answers in an order of this marker's own, the same every time.

    The order has nothing to do with names or files: whoever comes after a very good answer is
    marked harder, and that should not always be the same person.
    """
    return tuple(sorted(entries, key=lambda entry: _digest(seed, marker, entry.id)))


def pseudonym(seed: str, candidate: str) -> str:
    """Return the name a candidate goes by where names are hidden; cannot be turned back."""
    return f"K-{_digest(seed, 'name', candidate)[:8]}"


def content_digest(candidate: str, answer: Answer) -> str:
    """Return what tells one handed-in answer from all others, the answer's id left out."""
    steps = [part for step in answer.steps for part in (step.measure, step.reason)]
    return _digest(candidate, answer.case, answer.language, answer.text or "", *steps)


def draft_of(answer: Answer) -> Draft:
    """Return an answer as if it had been typed here."""
    cards = tuple(Card(key, s.measure, s.reason) for key, s in enumerate(answer.steps, 1))
    return Draft(cards=cards, text=answer.text)


def _digest(*parts: str) -> str:
    # The length before each part keeps ("ab", "c") and ("a", "bc") apart.
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    return sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()
