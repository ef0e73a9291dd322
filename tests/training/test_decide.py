from dataclasses import replace

import pytest

np = pytest.importorskip("numpy")

from training.decide import Judged, fit, held_out_odds, odds, without  # noqa: E402
from tutor.scoring.decision import Signs  # noqa: E402

WIDTH = len(Signs._fields)


def judged(case: str, credit: float, *scores: float) -> Judged:
    passages = np.zeros((len(scores), WIDTH))
    passages[:, 0] = scores
    return Judged(case=case, kind="kind", is_pitfall=False, credit=credit, passages=passages)


def some_rows() -> list[Judged]:
    return [
        judged(f"case {number % 9}", credit, low, high)
        for number in range(90)
        for credit, low, high in (
            (1.0, -3.0, 2.0 - number % 5),
            (0.0, -3.5, -1.0 - number % 3),
        )
    ]


def test_the_likeliest_passage_decides() -> None:
    weights = fit(some_rows())

    assert odds(judged("new", 0, -4.0, 2.0), weights) == odds(judged("new", 0, 2.0), weights)
    assert odds(judged("new", 0, 2.0), weights) > 0 > odds(judged("new", 0, -3.0), weights)


def test_an_answer_without_a_passage_finds_nothing() -> None:
    weights = fit(some_rows())

    assert odds(judged("new", 0), weights) < -5


def test_a_sign_that_is_left_out_gets_no_weight() -> None:
    weights = fit(without(some_rows(), ["score"]))

    assert weights[1 + Signs._fields.index("score")] == 0


def test_every_row_gets_odds_from_the_other_cases() -> None:
    rows = some_rows()
    # Labels turned round in one case must not change what is said about that case.
    turned = [replace(r, credit=1 - r.credit) if r.case == "case 0" else r for r in rows]

    before, after = held_out_odds(rows), held_out_odds(turned)

    assert [b for b, r in zip(before, rows, strict=True) if r.case in {"case 0", "case 7"}] == [
        a for a, r in zip(after, rows, strict=True) if r.case in {"case 0", "case 7"}
    ]
