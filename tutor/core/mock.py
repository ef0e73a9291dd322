"""A mock exam: several cases in a row under exam conditions, with one total."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from tutor.core.case import Case, CompetenceArea

# Named in the help of `tutor mock`.
DEFAULT_COUNT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What is granted to a person: more time, or only announcements in place of the clock."""

    time_factor: float = 1.0
    hidden_clock: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MockWish:
    """Which cases a mock exam is to have: the named ones, else `count` drawn by `seed`.

    Without a seed the draw is another one each time.
    """

    count: int = DEFAULT_COUNT
    seed: int | None = None
    area: CompetenceArea | None = None
    case_ids: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mock:
    """The cases of a mock exam in their order, each with its language; open until it has ended.

    With the same `seed` and the same library, everybody gets the same cases.
    """

    id: str
    started_at: datetime
    cases: tuple[tuple[str, str], ...]
    seed: int | None = None
    conditions: Conditions = Conditions()
    ended_at: datetime | None = None

    def attempt_id(self, place: int) -> str:
        """Return the id of the attempt at the case of this place, counted from 0.

        It follows from the mock, so that nothing but the attempts says how far one has come.
        """
        return f"{self.id}-{place + 1}"


def mock_of(attempt_id: str) -> str | None:
    """Return the id of the mock exam to which an attempt would belong, by its id."""
    mock_id, dash, place = attempt_id.rpartition("-")
    return mock_id if dash and place.isdigit() else None


def draw_cases(
    cases: Sequence[Case], *, count: int, seed: int, area: CompetenceArea | None = None
) -> tuple[Case, ...]:
    """Draw up to `count` cases, of one area or of all; each in one language only.

    The draw is the order of a digest, which is the same on every machine and in every version
    of Python.
    """
    known: dict[str, Case] = {}
    for case in cases:
        if area in (None, case.competence_area):
            known.setdefault(case.id, case)

    def lot(case: Case) -> str:
        return sha256(f"{seed}/{case.id}".encode()).hexdigest()

    return tuple(sorted(known.values(), key=lot)[:count])
