from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.core.clock import Deadline, clock_face, warnings_due

START = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)


class TwoClocks:
    def __init__(self) -> None:
        self.seconds = 1000.0
        self.day = START

    def utc(self) -> datetime:
        return self.day

    def monotonic(self) -> float:
        return self.seconds


@given(st.lists(st.floats(0, 1e6)))
def test_the_remaining_time_stays_within_the_limit_and_never_rises(steps: list[float]) -> None:
    clock = TwoClocks()
    deadline = Deadline.start(clock, 420)
    readings = [deadline.remaining_seconds(clock.seconds)]

    for step in steps:
        clock.seconds += step
        readings.append(deadline.remaining_seconds(clock.seconds))

    assert all(0 <= reading <= 420 for reading in readings)
    assert readings == sorted(readings, reverse=True)


def test_setting_the_time_of_day_does_not_move_a_running_deadline() -> None:
    clock = TwoClocks()
    deadline = Deadline.start(clock, 420)

    clock.day += timedelta(hours=1)

    assert deadline.remaining_seconds(clock.seconds) == 420


def test_after_a_crash_the_stored_time_of_day_decides() -> None:
    clock = TwoClocks()
    before = Deadline.start(clock, 420)
    clock.day += timedelta(seconds=100)
    clock.seconds = 5.0

    after = Deadline.resume(clock, before.utc, 420)

    assert after.remaining_seconds(clock.seconds) == 320


def test_a_clock_set_back_during_a_crash_cannot_give_more_than_the_limit() -> None:
    clock = TwoClocks()
    before = Deadline.start(clock, 420)
    clock.day -= timedelta(days=1)

    after = Deadline.resume(clock, before.utc, 420)

    assert after.remaining_seconds(clock.seconds) == 420


@pytest.mark.parametrize(
    ("seconds", "face"),
    [(420, "7:00"), (419.01, "7:00"), (59.4, "1:00"), (0.01, "0:01"), (0, "0:00")],
)
def test_the_clock_rounds_up_so_that_zero_means_closed(seconds: float, face: str) -> None:
    assert clock_face(seconds) == face


@given(st.lists(st.floats(0, 420), min_size=1))
def test_each_warning_is_due_at_most_once_however_late_the_ticks_come(ticks: list[float]) -> None:
    readings = [420.0, *sorted(ticks, reverse=True), 0.0]

    due = [mark for before, now in pairwise(readings) for mark in warnings_due(before, now)]

    assert due == [120, 60, 15]
