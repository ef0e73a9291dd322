from hypothesis import given
from hypothesis import strategies as st

from tutor.scoring.rating import rating_of

SHARES = st.floats(0, 1)
ORDERS = st.none() | SHARES
PITFALLS = st.integers(0, 4)


@given(SHARES, SHARES, ORDERS, SHARES, PITFALLS)
def test_a_more_complete_answer_is_never_rated_lower(
    one: float, other: float, order: float | None, justification: float, pitfalls: int
) -> None:
    low, high = sorted((one, other))

    assert rating_of(low, order, justification, pitfalls) <= rating_of(
        high, order, justification, pitfalls
    )


@given(SHARES, SHARES, SHARES, SHARES, PITFALLS)
def test_a_better_order_is_never_rated_lower(
    complete: float, one: float, other: float, justification: float, pitfalls: int
) -> None:
    low, high = sorted((one, other))

    assert rating_of(complete, low, justification, pitfalls) <= rating_of(
        complete, high, justification, pitfalls
    )


@given(SHARES, ORDERS, SHARES, SHARES, PITFALLS)
def test_better_reasons_are_never_rated_lower(
    complete: float, order: float | None, one: float, other: float, pitfalls: int
) -> None:
    low, high = sorted((one, other))

    assert rating_of(complete, order, low, pitfalls) <= rating_of(complete, order, high, pitfalls)


@given(SHARES, ORDERS, SHARES, PITFALLS)
def test_a_pitfall_never_raises_a_rating(
    complete: float, order: float | None, justification: float, pitfalls: int
) -> None:
    assert rating_of(complete, order, justification, pitfalls + 1) <= rating_of(
        complete, order, justification, pitfalls
    )


def test_everything_in_order_and_justified_is_rated_three_and_nothing_nought() -> None:
    assert rating_of(1, 1, 1, 0) == 3
    assert rating_of(0, None, 0, 0) == 0


def test_everything_without_a_reason_is_no_three() -> None:
    assert rating_of(1, 1, 0, 0) == 2


def test_everything_upside_down_is_rated_one() -> None:
    assert rating_of(1, 0, 1, 0) == 1


def test_two_measures_of_six_are_rated_one_or_two_however_well_they_are_justified() -> None:
    assert rating_of(2 / 6, None, 1, 0) in (1, 2)
    assert rating_of(2 / 6, 1, 1, 0) in (1, 2)
    assert rating_of(2 / 6, 1, 0, 0) == 1


@given(ORDERS, SHARES, PITFALLS)
def test_harm_and_nothing_found_is_rated_nought(
    order: float | None, justification: float, pitfalls: int
) -> None:
    assert rating_of(0, order, justification, pitfalls) == 0
