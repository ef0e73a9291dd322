"""What can happen in a drill; the log of a drill is a list of these and nothing else.

Every event has the time of the drill, which stands still in a pause, and the time of day.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from tutor.core.case import Role


class Cause(StrEnum):
    """What released an inject."""

    TIME = "time"
    CONDITION = "condition"
    HAND = "hand"


class Judge(StrEnum):
    """Who scored the team; each member scores for `SELF`, and `TEAM` is their mean."""

    SELF = "self"
    TEAM = "team"
    FACILITATOR = "facilitator"
    ENGINE = "engine"


class Question(StrEnum):
    """The three questions of the hot wash."""

    WENT_WELL = "went-well"
    WENT_BADLY = "went-badly"
    CHANGE = "change"


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillEvent:
    """Something that happened `at_seconds` of the drill, at `at_utc`, aware and in UTC."""

    at_seconds: float
    at_utc: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillOpened(DrillEvent):
    """A team sits down to a case for `planned_seconds`; the clock does not run yet."""

    drill: str
    team: str
    case: str
    language: str
    rubric_sha256: str
    planned_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStarted(DrillEvent):
    """The clock runs, for the first time or after a pause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockPaused(DrillEvent):
    """The clock stands still."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitMoved(DrillEvent):
    """The end is later by so many seconds, or earlier where they are negative."""

    by_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilitatorReturned(DrillEvent):
    """The drill is taken up again after the facilitator's terminal was closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectReleased(DrillEvent):
    """The team hears the news."""

    inject: str
    cause: Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectSkipped(DrillEvent):
    """The news does not come by itself; it can still be released by hand."""

    inject: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InjectHeld(DrillEvent):
    """The news waits for the facilitator, or no longer does."""

    inject: str
    is_held: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureTicked(DrillEvent):
    """The team takes a measure; `decision` is the one that said so, counted from 1, or 0."""

    measure: str
    decision: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureUnticked(DrillEvent):
    """The tick was a mistake."""

    measure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureProposed(DrillEvent):
    """The engine takes a decision for a measure; the facilitator has the last word."""

    measure: str
    decision: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposalDeclined(DrillEvent):
    """The engine was wrong."""

    measure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionLogged(DrillEvent):
    """What was decided, by whom, why, and what follows from it."""

    what: str
    who: str = ""
    why: str = ""
    follow_up: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten(DrillEvent):
    """An observation of the facilitator, for the report."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGiven(DrillEvent):
    """A person takes a role, from whoever had it; nobody has it where `person` is empty."""

    role: Role
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillEnded(DrillEvent):
    """The exercise is over; scores and hot wash follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored(DrillEvent):
    """Somebody's view of the procedure: a rating of 0 to 3 and three shares of 0 to 1."""

    judge: Judge
    name: str
    rating: int
    completeness: float
    order: float
    justification: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HotWashAnswered(DrillEvent):
    """The team's answer to a question of the hot wash; a later one replaces it."""

    question: Question
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSet(DrillEvent):
    """An entry of the improvement plan; the same `number` again replaces it."""

    number: int
    action: str
    owner: str
    due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionDone(DrillEvent):
    """An entry of the improvement plan is carried out."""

    number: int


EVENTS: tuple[type[DrillEvent], ...] = (
    DrillOpened,
    ClockStarted,
    ClockPaused,
    LimitMoved,
    FacilitatorReturned,
    InjectReleased,
    InjectSkipped,
    InjectHeld,
    MeasureTicked,
    MeasureUnticked,
    MeasureProposed,
    ProposalDeclined,
    DecisionLogged,
    NoteWritten,
    RoleGiven,
    DrillEnded,
    Scored,
    HotWashAnswered,
    ActionSet,
    ActionDone,
)
