"""The words of the clock."""

from itertools import pairwise

import pytest

from tutor.tui.clockline import announcement, clock_words, stage_of


@pytest.mark.parametrize(
    ("remaining", "words"),
    [
        (420.0, "7:00 left"),
        (120.2, "2:01 left"),
        (120.0, "2:00 left – last two minutes"),
        (60.0, "1:00 left – last minute"),
        (15.0, "0:15 left – closing"),
        (0.2, "0:01 left – closing"),
        (0.0, "0:00 – time is up"),
    ],
)
def test_the_clock_says_in_words_what_its_colour_says(remaining: float, words: str) -> None:
    assert clock_words(remaining) == words


def test_the_stage_changes_three_times_in_an_exam() -> None:
    stages = [stage_of(float(second)) for second in range(420, -1, -1)]

    assert sum(a != b for a, b in pairwise(stages)) == 3


def test_each_warning_is_said_differently() -> None:
    assert len({announcement(mark) for mark in (120, 60, 15)}) == 3
