"""How the wordings of a measure count together."""

import math

import pytest

from tutor.scoring.references import References


def _measure(wordings: int, second_share: float) -> References:
    return References(
        tuple(f"wording {number}" for number in range(wordings)),
        {("measure", "restore"): tuple(range(wordings))},
        second_share=second_share,
    )


def test_one_wording_of_many_that_fits_alone_says_less_than_two_that_fit() -> None:
    known = _measure(5, second_share=0.2)

    alone = known.odds([0.9, 0.1, 0.1, 0.1, 0.1])["measure"]["restore"]
    together = known.odds([0.9, 0.9, 0.1, 0.1, 0.1])["measure"]["restore"]

    assert alone == pytest.approx(0.8 * math.log(9) - 0.2 * math.log(9))
    assert together == pytest.approx(math.log(9))


def test_of_few_wordings_the_best_counts_alone() -> None:
    known = _measure(4, second_share=0.2)

    assert known.odds([0.9, 0.1, 0.1, 0.1])["measure"]["restore"] == pytest.approx(math.log(9))
