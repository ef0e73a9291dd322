from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.fakes import NOON
from tests.store.test_memories import attempt
from tutor.core.attempt import Moment
from tutor.core.case import CompetenceArea
from tutor.core.draft import Card, Draft
from tutor.core.progress import (
    CaseProgress,
    area_progress,
    end_of_day,
    time_spent,
    weeks_in_a_row,
    words_after,
)


def test_words_written_in_the_last_minute_are_counted_from_the_lengths() -> None:
    sat, _mark = attempt(1, 0, "")
    sat = replace(
        sat,
        draft=Draft(cards=(Card(1, "one two", "three"), Card(2, "four five"))),
        moments=(Moment(100, 1, 12), Moment(350, 2, 4), Moment(361, 2, 9)),
    )

    assert words_after(sat, 360) == 1
    assert words_after(sat, 0) == 5
    assert time_spent(sat).late_words == 1


def test_words_of_a_free_text_are_counted_alike() -> None:
    sat, _mark = attempt(1, 0, "one two three")

    assert words_after(replace(sat, moments=(Moment(10, None, 8),)), 360) == 1


@pytest.mark.parametrize(
    ("days_ago", "weeks"),
    [((), 0), ((0,), 1), ((7,), 1), ((0, 7, 14), 3), ((0, 14), 1), ((15, 22), 0)],
)
def test_weeks_are_counted_up_to_this_one_or_the_last(
    days_ago: tuple[int, ...], weeks: int
) -> None:
    moments = [NOON - timedelta(days=days) for days in days_ago]

    def has_attempt(start: datetime, end: datetime) -> bool:
        return any(start <= moment < end for moment in moments)

    assert weeks_in_a_row(has_attempt, NOON) == weeks


def test_an_area_is_summed_up_from_its_cases() -> None:
    tried = CaseProgress(
        case="a",
        title="A",
        area=CompetenceArea.F,
        attempts=3,
        first=0.0,
        best=1.0,
        last=0.5,
        last_at=NOON,
    )
    other = replace(tried, case="b", attempts=0, first=None, best=None, last=None, last_at=None)
    nowhere = replace(tried, case="c", area=None)

    (area,) = area_progress([tried, other, nowhere])

    assert (area.cases, area.tried, area.attempts, area.first, area.last) == (2, 1, 3, 0.0, 0.5)


def test_a_day_ends_at_midnight() -> None:
    assert end_of_day(NOON) == NOON + timedelta(hours=12)
