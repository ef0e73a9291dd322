import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.core.agreement import FEW, agreement_of, kappa, weighted_kappa

RATINGS = (0.0, 1.0, 2.0, 3.0)
pairs = st.lists(st.tuples(st.sampled_from(RATINGS), st.sampled_from(RATINGS)), min_size=1)


def test_kappa_is_that_of_the_textbook() -> None:
    # Cohen's own kind of example: 20 yes/yes, 5 yes/no, 10 no/yes, 15 no/no.
    one = [1] * 25 + [0] * 25
    other = [1] * 20 + [0] * 5 + [1] * 10 + [0] * 15

    assert kappa(one, other, 2) == pytest.approx(0.4)


def test_a_near_miss_costs_less_than_a_far_one() -> None:
    truth = [0, 1, 2, 3]

    near, far = weighted_kappa(truth, [1, 1, 2, 3], 4), weighted_kappa(truth, [3, 1, 2, 3], 4)

    assert far < near < 1


@given(pairs)
def test_agreement_does_not_depend_on_who_is_named_first(values: list[tuple[float, float]]) -> None:
    one, other = [a for a, _ in values], [b for _, b in values]

    there, back = agreement_of(one, other, RATINGS), agreement_of(other, one, RATINGS)

    assert there.share == back.share
    assert there.kappa == (None if back.kappa is None else pytest.approx(back.kappa))


def test_where_all_is_alike_chance_cannot_be_told_from_agreement() -> None:
    agreement = agreement_of([1.0] * 5, [1.0] * 5, RATINGS)

    assert (agreement.share, agreement.kappa, agreement.weighted) == (1.0, None, None)


def test_few_answers_are_said_to_be_few() -> None:
    few, enough = [0.0, 1.0] * (FEW // 2 - 1), [0.0, 1.0] * (FEW // 2)

    assert agreement_of(few, few, RATINGS).is_small
    assert not agreement_of(enough, enough, RATINGS).is_small


def test_no_answer_gives_no_figure() -> None:
    assert agreement_of([], [], RATINGS).share is None
