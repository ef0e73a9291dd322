from tests.scoring.shared import outage
from tutor.scoring.order import Placed, order_of


def order(*measures: str, credit: float = 1.0) -> float | None:
    _, rubric = outage()
    placed = {name: Placed((step, 0), credit) for step, name in enumerate(measures, 1)}
    return order_of(rubric, placed)[0]


def test_one_measure_has_no_order() -> None:
    assert order("redundancy") is None


def test_measures_of_one_phase_may_come_in_any_order() -> None:
    assert order("order-phone", "order-form") == 1


def test_prevention_before_first_aid_is_worse_than_a_makeshift_before_it() -> None:
    far = order("redundancy", "landing-page", "order-form")
    near = order("order-form", "landing-page", "redundancy")

    assert far is not None
    assert near is not None
    assert far < near < 1


def test_a_measure_asked_to_come_after_another_is_at_fault_before_it() -> None:
    _, rubric = outage()
    placed = {"verify-signoff": Placed((1, 0), 1.0), "restore-backup": Placed((2, 0), 1.0)}

    share, faults = order_of(rubric, placed)

    assert share == 0
    assert [(f.earlier, f.later, f.because) for f in faults] == [
        ("restore-backup", "verify-signoff", "after")
    ]


def test_measures_earned_by_the_same_words_are_in_order() -> None:
    _, rubric = outage()
    same = Placed((1, 0), 1.0)

    assert order_of(rubric, {"landing-page": same, "redundancy": same}) == (1.0, ())
