"""How results, time use and memory run over the weeks: see docs/progress.md.

The first attempt at a case and its repeats are told apart everywhere: a repeat is practice on
what the debrief has shown, and proves nothing about a case one has never seen.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tutor.core.attempt import Attempt, time_use
from tutor.core.case import CompetenceArea
from tutor.core.draft import Draft
from tutor.core.memory import Memory, Outcome
from tutor.core.words import words

LAST = 10

# What is written from here to the end is the last minute: after 6:00 of the 7 of the exam.
LAST_MINUTE_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSpent:
    """The minutes of one attempt in figures; `first_word_seconds` is None for an empty answer.

    `late_words` were written in the last minute of the limit.
    """

    first_word_seconds: float | None
    pauses: int
    pause_seconds: float
    late_words: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """A marked attempt with its figures; `is_first` where the case was new to the candidate."""

    attempt_id: str
    case: str
    title: str
    area: CompetenceArea | None
    handed_in_at: datetime
    is_first: bool
    rating: int
    points: int
    max_points: int
    grade: float
    completeness: float
    order: float | None
    justification: float
    time_factor: float
    hidden_clock: bool
    time: TimeSpent

    @property
    def share(self) -> float:
        """The points as a share of the maximum."""
        return self.points / self.max_points if self.max_points else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseProgress:
    """A case of the library; the figures are None where there is no marked attempt."""

    case: str
    title: str
    area: CompetenceArea | None
    attempts: int
    first: float | None
    best: float | None
    last: float | None
    last_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaProgress:
    """A competence area: the mean share of points of first attempts, and of the last ones."""

    area: CompetenceArea
    cases: int
    tried: int
    attempts: int
    first: float | None
    last: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureProgress:
    """One measure of one case; `memory` is None until it was asked for the first time.

    `recall` is the share, 0 to 1, with which it is remembered now, 0 where it was never asked.
    `idea` is the id of its theory card, if any.
    """

    case: str
    language: str
    case_title: str
    measure: str
    phase: str
    text: str
    idea: str | None
    memory: Memory | None
    recall: float
    is_due: bool

    @property
    def outcome(self) -> Outcome | None:
        """What the last review that counted showed."""
        return None if self.memory is None else self.memory.outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeaProgress:
    """Measures of all cases behind which one theory card stands; `recall` is their mean."""

    idea: str
    title: str
    measures: tuple[MeasureProgress, ...]

    @property
    def asked(self) -> tuple[MeasureProgress, ...]:
        """The measures that came up at least once."""
        return tuple(measure for measure in self.measures if measure.memory is not None)

    @property
    def recall(self) -> float | None:
        """The mean share remembered of what came up, or None where nothing did."""
        return mean(measure.recall for measure in self.asked)

    @property
    def missed(self) -> int:
        """How often one of the measures was missed."""
        return sum(measure.memory.missed for measure in self.measures if measure.memory)

    @property
    def answers(self) -> int:
        """How often one of the measures could have been named."""
        return sum(measure.memory.answers for measure in self.measures if measure.memory)


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Everything the progress shows; `performances` are the newest, the oldest first."""

    as_of: datetime
    attempts: int
    performances: tuple[Performance, ...]
    cases: tuple[CaseProgress, ...]
    areas: tuple[AreaProgress, ...]
    ideas: tuple[IdeaProgress, ...]
    measures: tuple[MeasureProgress, ...]
    weeks_in_a_row: int

    @property
    def last(self) -> tuple[Performance, ...]:
        """The last ten attempts."""
        return self.performances[-LAST:]

    @property
    def firsts(self) -> tuple[Performance, ...]:
        """The first attempts among the newest."""
        return tuple(one for one in self.performances if one.is_first)

    @property
    def repeats(self) -> tuple[Performance, ...]:
        """The attempts at cases that were known already."""
        return tuple(one for one in self.performances if not one.is_first)

    @property
    def due(self) -> int:
        """How many measures are due today."""
        return sum(measure.is_due for measure in self.measures)

    @property
    def weakest(self) -> tuple[MeasureProgress, ...]:
        """The measures that came up, the least remembered first."""
        asked = [measure for measure in self.measures if measure.memory is not None]
        return tuple(sorted(asked, key=lambda measure: (measure.recall, measure.measure)))


def time_spent(attempt: Attempt) -> TimeSpent:
    """Sum up the minutes of an attempt."""
    use = time_use(attempt.moments)
    return TimeSpent(
        first_word_seconds=use.first_word_seconds,
        pauses=len(use.pauses),
        pause_seconds=sum(pause.end_seconds - pause.start_seconds for pause in use.pauses),
        late_words=words_after(attempt, attempt.limit_seconds - LAST_MINUTE_SECONDS),
    )


def words_after(attempt: Attempt, seconds: float) -> int:
    """Return how many words of the answer were written later than this after the start.

    The changes hold lengths only: what a field holds beyond its length at that moment is
    counted, which is exact for fields that are written to their end.
    """
    before: dict[int | None, int] = {}
    for moment in attempt.moments:
        if moment.elapsed_seconds <= seconds:
            before[moment.card] = moment.length
    return sum(
        len(words(text)) - len(words(text[: before.get(key, 0)]))
        for key, text in _fields(attempt.draft)
    )


def _fields(draft: Draft) -> Iterable[tuple[int | None, str]]:
    if draft.text is not None:
        return [(None, draft.text)]
    return [(card.key, f"{card.measure} {card.reason}") for card in draft.cards]


def mean(values: Iterable[float]) -> float | None:
    """Return the arithmetic mean, or None of nothing."""
    found = list(values)
    return sum(found) / len(found) if found else None


def area_progress(cases: Sequence[CaseProgress]) -> tuple[AreaProgress, ...]:
    """Sum cases up by competence area, A to G; areas without a case are left out."""
    by_area: dict[CompetenceArea, list[CaseProgress]] = {}
    for case in cases:
        if case.area is not None:
            by_area.setdefault(case.area, []).append(case)
    return tuple(
        AreaProgress(
            area=area,
            cases=len(found),
            tried=sum(case.attempts > 0 for case in found),
            attempts=sum(case.attempts for case in found),
            first=mean(case.first for case in found if case.first is not None),
            last=mean(case.last for case in found if case.last is not None),
        )
        for area, found in sorted(by_area.items())
    )


def idea_progress(
    measures: Sequence[MeasureProgress], titles: Mapping[str, str]
) -> tuple[IdeaProgress, ...]:
    """Group measures by theory card, the least remembered first, the unknown last."""
    by_idea: dict[str, list[MeasureProgress]] = {}
    for measure in measures:
        if measure.idea is not None:
            by_idea.setdefault(measure.idea, []).append(measure)
    ideas = [
        IdeaProgress(idea=idea, title=titles.get(idea, idea), measures=tuple(found))
        for idea, found in by_idea.items()
    ]

    def weakness(idea: IdeaProgress) -> tuple[bool, float, str]:
        return (idea.recall is None, idea.recall or 0.0, idea.title)

    return tuple(sorted(ideas, key=weakness))


def weeks_in_a_row(has_attempt: Callable[[datetime, datetime], bool], now: datetime) -> int:
    """Return in how many weeks up to this one, or the last, something was handed in.

    `now` is aware, in the time zone whose weeks count; weeks begin on Monday.
    """
    monday = datetime.combine(
        now.date() - timedelta(days=now.weekday()), datetime.min.time(), now.tzinfo
    )
    week = timedelta(days=7)
    if not has_attempt(monday, monday + week):
        monday -= week
    count = 0
    while has_attempt(monday, monday + week):
        count += 1
        monday -= week
    return count


def end_of_day(now: datetime) -> datetime:
    """Return the midnight that ends a day, in the time zone of `now`."""
    tomorrow: date = now.date() + timedelta(days=1)
    return datetime.combine(tomorrow, datetime.min.time(), now.tzinfo)
