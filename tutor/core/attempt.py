"""One sitting of one case by one candidate, from the start of the clock to the hand-in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import pairwise

from tutor.core.answer import Answer
from tutor.core.draft import Draft

# A stop of this length is felt as one; shorter ones are the gaps between sentences. Our own choice.
PAUSE_SECONDS = 20.0


class ClosedBy(StrEnum):
    """What ended a sitting."""

    CANDIDATE = "candidate"
    TIME = "time"
    TIME_WHILE_AWAY = "time-while-away"


@dataclass(frozen=True, slots=True)
class Moment:
    """A change of the draft: `elapsed_seconds` after the start, a field had `length` characters.

    `card` is the key of the card that changed, or None for the free text.
    """

    elapsed_seconds: float
    card: int | None
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A sitting as it is stored; open while `handed_in_at` is None.

    All times are aware and in UTC. `rubric_sha256` is the digest of the rubric in force at the
    start. `time_factor` is above 1 where the candidate is granted more time, and is already
    part of `limit_seconds`. `hidden_clock` is true where only the announcements told the time.
    """

    id: str
    case: str
    language: str
    rubric_sha256: str
    started_at: datetime
    deadline: datetime
    limit_seconds: float
    draft: Draft = field(default_factory=Draft)
    moments: tuple[Moment, ...] = ()
    handed_in_at: datetime | None = None
    closed_by: ClosedBy | None = None
    interruptions: int = 0
    time_factor: float = 1.0
    hidden_clock: bool = False

    @property
    def is_open(self) -> bool:
        """True until the answer is handed in."""
        return self.handed_in_at is None

    @property
    def answer(self) -> Answer:
        """The answer as it stands."""
        return self.draft.answer(self.id, self.case, self.language)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A candidate's "I did say that": kept beside the machine's mark, never instead of it."""

    attempt: str
    measure: str
    made_at: datetime
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch without writing, in seconds after the start."""

    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeUse:
    """How the minutes were spent; all figures are seconds after the start.

    `first_word_seconds` is None for an empty answer. `card_seconds` maps the key of each card
    to the moment at which it was begun.
    """

    first_word_seconds: float | None
    last_word_seconds: float | None
    pauses: tuple[Pause, ...]
    card_seconds: tuple[tuple[int, float], ...]


def time_use(moments: Sequence[Moment]) -> TimeUse:
    """Sum up the changes of a draft; pauses before the first word are reading, not stops."""
    written = [moment for moment in moments if moment.length]
    if not written:
        return TimeUse(first_word_seconds=None, last_word_seconds=None, pauses=(), card_seconds=())
    times = [moment.elapsed_seconds for moment in moments]
    first = written[0].elapsed_seconds
    begun: dict[int, float] = {}
    for moment in written:
        if moment.card is not None:
            begun.setdefault(moment.card, moment.elapsed_seconds)
    return TimeUse(
        first_word_seconds=first,
        last_word_seconds=times[-1],
        pauses=tuple(
            Pause(before, after)
            for before, after in pairwise(times)
            if before >= first and after - before >= PAUSE_SECONDS
        ),
        card_seconds=tuple(begun.items()),
    )


def step_seconds(attempt: Attempt, starts: Sequence[int] | None = None) -> tuple[float | None, ...]:
    """Return when each step of the answer was begun, in seconds after the start, in step order.

    `starts` are the offsets of the parsed steps of a free text: such a step was begun when the
    text first reached its offset, which is exact for text written from top to bottom.
    """
    if attempt.draft.text is not None:
        texts = [moment for moment in attempt.moments if moment.card is None]
        return tuple(
            next((m.elapsed_seconds for m in texts if m.length > start), None)
            for start in starts or ()
        )
    begun = dict(time_use(attempt.moments).card_seconds)
    return tuple(begun.get(card.key) for card in attempt.draft.cards if not card.is_blank)
