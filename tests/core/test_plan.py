import random
from datetime import timedelta

import pytest

from tests.fakes import NOON
from tutor.core.memory import Memory, Outcome, Review, replay
from tutor.core.plan import case_days, make_plan, simulate

UNSEEN = {f"case-{n}": [f"m{k}" for k in range(8)] for n in range(4)}


def known(count: int) -> dict[tuple[str, str], Memory]:
    found = {}
    for n in range(count):
        outcome = list(Outcome)[n % 5]
        memory = replay([Review(NOON - timedelta(days=n % 9), outcome)])
        assert memory is not None
        found["known", f"m{n}"] = memory
    return found


@pytest.mark.parametrize("retention", [0.8, 0.9, 0.95])
@pytest.mark.parametrize("days", [30, 120])
def test_who_keeps_to_the_plan_remembers_what_was_promised(retention: float, days: int) -> None:
    exam = NOON + timedelta(days=days)

    made = make_plan(known(20), UNSEEN, now=NOON, exam=exam, retention=retention)
    promise = simulate(
        known(20),
        UNSEEN,
        now=NOON,
        exam=exam,
        retention=retention,
        dice=random.Random(days).random,
        runs=10,
    )

    assert made.expected >= retention
    assert promise.mean >= retention - 0.01


def test_new_cases_come_in_the_first_half_and_nothing_comes_on_the_day() -> None:
    exam = NOON + timedelta(days=40)

    made = make_plan(known(5), UNSEEN, now=NOON, exam=exam)

    sits = [day.day for day in made.days if day.cases]
    assert len(sits) == 4
    assert max(sits) < (NOON + timedelta(days=20)).date()
    assert all(day.day <= exam.date() for day in made.days)


def test_more_retention_means_more_repetitions() -> None:
    exam = NOON + timedelta(days=60)
    counts = [
        sum(d.measures for d in make_plan(known(9), {}, now=NOON, exam=exam, retention=r).days)
        for r in (0.8, 0.9, 0.95)
    ]

    assert counts == sorted(set(counts))


def test_an_evening_before_the_exam_cannot_promise_everything() -> None:
    exam = NOON + timedelta(hours=20)

    made = make_plan({}, UNSEEN, now=NOON, exam=exam, retention=0.95)
    promise = simulate(
        {}, UNSEEN, now=NOON, exam=exam, retention=0.95, dice=random.Random(1).random, runs=10
    )

    assert sum(len(day.cases) for day in made.days) == 4
    assert promise.mean < 0.95


def test_no_case_needs_no_day() -> None:
    assert case_days((), NOON, NOON + timedelta(days=9)) == {}
