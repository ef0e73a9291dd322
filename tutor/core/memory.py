"""How well single measures are remembered, by FSRS: see docs/progress.md.

Every answer that could have named a measure is a review of it. Of the reviews within
SESSION only the first counts: what is repeated minutes later shows that it was just read, and
an evening of cramming must not push the next review months away.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from tutor.core.draft import Draft
from tutor.core.result import MeasureMark, Result

if TYPE_CHECKING:
    from fsrs import Rating, Scheduler

# The share that is remembered when a review falls due; the default of FSRS and of Anki.
RETENTION = 0.9

# Once a day, also for somebody who begins an hour earlier than yesterday. Our own choice.
SESSION = timedelta(hours=20)


class Outcome(StrEnum):
    """What an answer shows of one measure, best first."""

    FOUND_WITH_REASON = "found-with-reason"
    FOUND = "found"
    HALF = "half"
    MISSED = "missed"
    GIVEN_UP = "given-up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What is known of one measure of one case after its reviews.

    `stability` is the number of days after which 90 % are remembered, `difficulty` runs from
    1 to 10; both are those of FSRS. `reviewed_at` is the last review that counted, `outcome`
    what it showed. `answers` and `missed` count all of them.
    """

    stability: float
    difficulty: float
    reviewed_at: datetime
    outcome: Outcome
    answers: int = 1
    missed: int = 0

    def due_at(self, retention: float = RETENTION) -> datetime:
        """Return when the share remembered falls to `retention`, in whole days, at least one."""
        return self.reviewed_at + timedelta(days=_interval_days(self.stability, retention))

    def recall(self, at: datetime) -> float:
        """Return the share, 0 to 1, with which the measure is remembered at a time."""
        days = max((at - self.reviewed_at).total_seconds() / 86_400, 0.0)
        decay, factor = _forgetting()
        return float((1 + factor * days / self.stability) ** decay)


@dataclass(frozen=True, slots=True)
class Review:
    """An answer that could have named a measure; `at` is aware and in UTC."""

    at: datetime
    outcome: Outcome


def outcome_of(mark: MeasureMark, *, is_blank: bool) -> Outcome:
    """Return what the mark of a measure shows; `is_blank` where nothing at all was written."""
    if is_blank:
        return Outcome.GIVEN_UP
    if mark.credit >= 1:
        return Outcome.FOUND_WITH_REASON if mark.reason >= 1 else Outcome.FOUND
    return Outcome.HALF if mark.credit > 0 else Outcome.MISSED


def reviews_of(at: datetime, draft: Draft, result: Result) -> Iterator[tuple[str, Review]]:
    """Yield the review of each measure that a marked answer stands for."""
    for measure, mark in result.measures.items():
        yield measure, Review(at, outcome_of(mark, is_blank=draft.is_blank))


def after_review(memory: Memory | None, review: Review) -> Memory:
    """Return the memory after a review that is later than those before."""
    if memory is None:
        return _counted(None, review)
    told = replace(memory, answers=memory.answers + 1, missed=memory.missed + _is_miss(review))
    if review.at - memory.reviewed_at < SESSION:
        return told
    return _counted(told, review)


def replay(reviews: Iterable[Review]) -> Memory | None:
    """Return the memory after all reviews, given in the order of time; None without any."""
    memory = None
    for review in reviews:
        memory = after_review(memory, review)
    return memory


def _counted(memory: Memory | None, review: Review) -> Memory:
    from fsrs import Card, State

    card = Card(
        card_id=0,  # without one, the package reads the clock and sleeps
        state=State.Learning if memory is None else State.Review,
        stability=None if memory is None else memory.stability,
        difficulty=None if memory is None else memory.difficulty,
        due=review.at,
        last_review=None if memory is None else memory.reviewed_at,
    )
    card, _log = _scheduler().review_card(card, _ratings()[review.outcome], review.at)
    assert card.stability is not None
    assert card.difficulty is not None
    return Memory(
        stability=card.stability,
        difficulty=card.difficulty,
        reviewed_at=review.at,
        outcome=review.outcome,
        answers=1 if memory is None else memory.answers,
        missed=int(_is_miss(review)) if memory is None else memory.missed,
    )


def _is_miss(review: Review) -> bool:
    return review.outcome in (Outcome.MISSED, Outcome.GIVEN_UP)


def _interval_days(stability: float, retention: float) -> int:
    """Return the whole days until the forgetting curve of FSRS 6 falls to `retention`."""
    decay, factor = _forgetting()
    return max(1, int(stability / factor * (retention ** (1 / decay) - 1)))


@cache
def _forgetting() -> tuple[float, float]:
    """Return decay and factor of the curve `(1 + factor × days / stability) ^ decay`."""
    decay = -_scheduler().parameters[20]
    return decay, 0.9 ** (1 / decay) - 1


@cache
def _scheduler() -> "Scheduler":
    # Steps of minutes are for vocabulary, and fuzz would make every replay another one.
    from fsrs import Scheduler

    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)


@cache
def _ratings() -> "dict[Outcome, Rating]":
    from fsrs import Rating

    return {
        Outcome.FOUND_WITH_REASON: Rating.Easy,
        Outcome.FOUND: Rating.Good,
        Outcome.HALF: Rating.Hard,
        Outcome.MISSED: Rating.Again,
        Outcome.GIVEN_UP: Rating.Again,
    }
