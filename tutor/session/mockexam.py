"""Sitting a mock exam: which case comes next, and what it all came to."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from tutor.core.case import Case
from tutor.core.clock import Clock
from tutor.core.errors import NotFound, UsageError
from tutor.core.grade import grade_of, max_points_of
from tutor.core.mock import Mock, MockWish, draw_cases, mock_of
from tutor.core.result import Result
from tutor.locales import _, active_language
from tutor.report.mock import MockPart, case_section, mock_page, mock_record, total_section
from tutor.report.section import Section
from tutor.session.sitting import Sitting
from tutor.store.history import History

if TYPE_CHECKING:
    from tutor.session.practice import Practice


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One case of a mock exam; `result` is None where it is not sat or not marked."""

    case: Case
    attempt_id: str
    is_done: bool
    result: Result | None

    @property
    def max_points(self) -> int:
        """The points that could be had."""
        return self.result.max_points if self.result else max_points_of(self.case.key_questions)


@dataclass(frozen=True, slots=True, kw_only=True)
class MockState:
    """How far a mock exam has come; what is not sat counts nothing of its points."""

    mock: Mock
    parts: tuple[Part, ...]

    @property
    def next_place(self) -> int | None:
        """The place of the next case, or None where all are done or the exam has ended."""
        if self.mock.ended_at is not None:
            return None
        return next((n for n, part in enumerate(self.parts) if not part.is_done), None)

    @property
    def is_over(self) -> bool:
        """True once the total may be shown."""
        return self.next_place is None

    @property
    def points(self) -> int:
        """The points of all cases."""
        return sum(part.result.points for part in self.parts if part.result)

    @property
    def max_points(self) -> int:
        """The points that could be had in all."""
        return sum(part.max_points for part in self.parts)

    @property
    def grade(self) -> float:
        """The grade of the total, under the assumption `tutor.core.grade` states."""
        return grade_of(self.points, self.max_points)


class MockExams:
    """The mock exams of a candidate; every method may take a while and raises StoreError."""

    def __init__(
        self,
        practice: "Practice",
        history: History,
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        self._new_id = new_id
        self._practice = practice
        self._history = history
        self._clock = clock

    def draw(self, wish: MockWish) -> MockState:
        """Return a mock exam that is not begun; raises UsageError where no case matches."""
        mock_id = self._new_id()
        # An id that was not seen before is as good as dice.
        seed = int(sha256(mock_id.encode()).hexdigest()[:6], 16) if wish.seed is None else wish.seed
        preferred = wish.language or active_language()
        cases = sorted(self._practice.library.cases(), key=lambda c: c.language != preferred)
        if wish.language is not None:
            cases = [case for case in cases if case.language == wish.language]
        if wish.case_ids:
            chosen = tuple(_named(cases, case_id) for case_id in wish.case_ids)
        else:
            chosen = draw_cases(cases, count=wish.count, seed=seed, area=wish.area)
        if not chosen:
            raise UsageError(_("no case matches; `tutor list` shows the cases"))
        mock = Mock(
            id=mock_id,
            started_at=self._clock.utc(),
            cases=tuple((case.id, case.language) for case in chosen),
            seed=None if wish.case_ids else seed,
            conditions=self._practice.conditions,
        )
        return self.state(mock)

    def open(self) -> MockState | None:
        """Return the mock exam that was begun and has not ended, the newest, or None."""
        mocks = [mock for mock in self._history.mocks() if mock.ended_at is None]
        return self.state(mocks[-1]) if mocks else None

    def last(self) -> MockState:
        """Return the newest mock exam; raises NotFound."""
        mocks = self._history.mocks()
        if not mocks:
            raise NotFound(_("No mock exam has been sat yet."))
        return self.state(mocks[-1])

    def open_of(self, attempt_id: str) -> MockState | None:
        """Return the open mock exam an attempt belongs to, or None."""
        mock_id = mock_of(attempt_id)
        if mock_id is None:
            return None
        found = [mock for mock in self._history.mocks() if mock.id == mock_id]
        return self.state(found[0]) if found and found[0].ended_at is None else None

    def start_next(self, state: MockState) -> Sitting:
        """Begin the next case, or go on with it; the mock exam is on disk before its clock runs.

        Raises ContentError, and StoreError where it cannot be saved.
        """
        mock, place = state.mock, state.next_place
        assert place is not None
        self._history.add_mock(mock)
        attempt_id = mock.attempt_id(place)
        if any(sitting.attempt.id == attempt_id for sitting in self._practice.open_sittings()):
            return self._practice.resume(attempt_id)
        case_id, language = mock.cases[place]
        return self._practice.start(
            case_id, language, conditions=mock.conditions, attempt_id=attempt_id
        )

    def refresh(self, state: MockState) -> MockState:
        """Return how far it has come by now, and end it where every case is done."""
        fresh = self.state(state.mock)
        if fresh.is_over and fresh.mock.ended_at is None:
            return self.end(fresh)
        return fresh

    def end(self, state: MockState) -> MockState:
        """End a mock exam; cases that were not sat count nothing."""
        mock = replace(state.mock, ended_at=self._clock.utc())
        self._history.add_mock(state.mock)
        self._history.end_mock(mock)
        return self.state(mock)

    def total(self, state: MockState) -> Section:
        """Return the total of an exam that is over, for the screen and the command line."""
        return total_section(state.mock, self._told(state), *_sum(state))

    def page(self, state: MockState) -> str:
        """Return the report of a mock exam as one HTML file."""
        parts = self._told(state)
        total = total_section(state.mock, parts, *_sum(state))
        return mock_page(state.mock, (total, *(case_section(part) for part in parts)))

    def record(self, state: MockState) -> dict[str, Any]:
        """Return a mock exam as an object of JSON."""
        return mock_record(state.mock, self._told(state), *_sum(state))

    def _told(self, state: MockState) -> tuple[MockPart, ...]:
        return tuple(
            MockPart(
                case=part.case,
                rubric=self._practice.library.rubric(part.case.id, part.case.language),
                result=part.result,
                max_points=part.max_points,
            )
            for part in state.parts
        )

    def state(self, mock: Mock) -> MockState:
        """Return how far a mock exam has come; raises ContentError where a case is gone."""
        parts = []
        for place, (case_id, language) in enumerate(mock.cases):
            attempt_id = mock.attempt_id(place)
            marks = self._history.marks(attempt_id)
            parts.append(
                Part(
                    case=self._practice.library.case(case_id, language),
                    attempt_id=attempt_id,
                    is_done=self._history.has(attempt_id),
                    result=marks[-1].result if marks else None,
                )
            )
        return MockState(mock=mock, parts=tuple(parts))


def _sum(state: MockState) -> tuple[int, int, float]:
    return state.points, state.max_points, state.grade


def _named(cases: Sequence[Case], case_id: str) -> Case:
    for case in cases:
        if case.id == case_id:
            return case
    raise UsageError(_("no case {case}; `tutor list` shows the cases").format(case=case_id))
