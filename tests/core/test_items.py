import pytest

from tutor.core.items import item_of


def test_a_measure_that_only_strong_answers_have_separates_well() -> None:
    rows = [{"a": float(place > 2), "b": float(place > 1), "c": 1.0} for place in range(5)]

    item = item_of("a", rows, [None, None, None, 1, 3])

    assert item.found == pytest.approx(0.4)
    assert item.discrimination == pytest.approx(0.667, abs=0.01)
    assert item.position == 2.0


def test_a_measure_does_not_correlate_with_itself() -> None:
    rows = [{"a": credit, "b": 0.5} for credit in (0.0, 1.0, 0.0, 1.0)]

    assert item_of("a", rows, [None] * 4).discrimination is None


@pytest.mark.parametrize("credit", [0.0, 1.0], ids=["nobody", "everybody"])
def test_what_nobody_or_everybody_has_separates_nothing(credit: float) -> None:
    rows = [{"a": credit, "b": float(place)} for place in range(3)]

    item = item_of("a", rows, [None] * 3)

    assert (item.found, item.discrimination, item.position) == (float(credit > 0), None, None)


def test_an_empty_class_has_no_figures() -> None:
    item = item_of("a", [], [])

    assert (item.count, item.found, item.discrimination, item.position) == (0, None, None, None)
