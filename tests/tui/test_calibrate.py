"""Marking sample answers oneself, on the screen."""

from dataclasses import replace

import pytest

from tests.fakes import FakeLibrary, sample_case, sample_rubric
from tests.session.test_calibration import SAMPLES
from tests.tui.conftest import HOSTILE, HOSTILE_CLEAN, Desk
from tests.tui.test_progress import go
from tutor.core.answer import Step
from tutor.core.rubric import Sample


def with_samples(desk: Desk, *samples: Sample) -> None:
    desk.library = FakeLibrary(
        shelf=(sample_case(),), rubrics=(replace(sample_rubric(), samples=samples),)
    )


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_marks_are_given_before_the_others_are_seen(
    desk: Desk, size: tuple[int, int]
) -> None:
    with_samples(desk, *SAMPLES)
    async with desk.open(size) as pilot:
        asked = await go(pilot, "f8")
        given = await go(pilot, "space", "space", "down", "down", "space", "space")
        beside = await go(pilot, "enter")
        second = await go(pilot, "enter")
        last = await go(pilot, "enter")
        library = await go(pilot, "enter")

    assert "answer 1 of 2" in asked
    assert "Author" not in asked
    assert "✓ Show a landing page" in given
    assert "2/3 Is the procedure plausible?" in given
    assert "You agree in 67 % of the lines" in beside
    assert "answer 2 of 2" in second
    assert "All answers together:" in last
    assert "1 case" in library


async def test_a_sample_answer_is_shown_as_it_is(desk: Desk) -> None:
    with_samples(desk, Sample(name="hostile", steps=(Step(HOSTILE, HOSTILE),)))
    async with desk.open((120, 40)) as pilot:
        text = await go(pilot, "f8")

    assert HOSTILE_CLEAN.split(" ")[0] in text
    assert "\x1b" not in text


async def test_a_case_without_samples_is_a_notice(desk: Desk) -> None:
    with_samples(desk)
    async with desk.open() as pilot:
        text = await go(pilot, "f8")

    assert "no sample answers" in text
