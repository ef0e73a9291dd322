from hypothesis import given
from hypothesis import strategies as st

from tutor.core.damage import damage_curve
from tutor.core.rubric import Effect, Impact, Measure

IMPACT = Impact(unit="CHF", per_hour=1000, horizon_hours=100)


def measure(name: str, takes_hours: float, reduces: float) -> Measure:
    effect = Effect(takes_hours=takes_hours, reduces=reduces)
    return Measure(id=name, phase="contain", text="t", reason="r", effect=effect)


effects = st.lists(st.tuples(st.floats(0, 200), st.floats(0, 1)), max_size=8)


def test_doing_nothing_costs_the_rate_times_the_horizon() -> None:
    assert damage_curve((), IMPACT)[-1].loss == 100_000


def test_a_measure_helps_from_the_hour_it_is_done() -> None:
    curve = damage_curve((measure("page", 10, 0.5),), IMPACT)

    assert [(point.hour, point.loss, point.measure) for point in curve] == [
        (0, 0, None),
        (10, 10_000, "page"),
        (100, 10_000 + 90 * 500, None),
    ]


def test_a_measure_that_ends_after_the_horizon_changes_nothing() -> None:
    assert damage_curve((measure("late", 101, 1),), IMPACT)[-1].loss == 100_000


@given(effects)
def test_time_and_loss_only_grow_and_no_procedure_is_worse_than_nothing(
    pairs: list[tuple[float, float]],
) -> None:
    measures = [measure(f"m{place}", *pair) for place, pair in enumerate(pairs)]

    curve = damage_curve(measures, IMPACT)

    assert [point.hour for point in curve] == sorted(point.hour for point in curve)
    assert [point.loss for point in curve] == sorted(point.loss for point in curve)
    assert curve[-1].hour == 100
    assert curve[-1].loss <= 100_000 * (1 + 1e-9)


@given(effects, st.data())
def test_leaving_out_a_measure_that_takes_no_time_never_helps(
    pairs: list[tuple[float, float]], data: st.DataObject
) -> None:
    measures = [measure(f"m{place}", *pair) for place, pair in enumerate(pairs)]
    instant = measure("instant", 0, 0.5)
    place = data.draw(st.integers(0, len(measures)))
    with_it = [*measures[:place], instant, *measures[place:]]

    without = damage_curve(measures, IMPACT)[-1].loss
    assert damage_curve(with_it, IMPACT)[-1].loss <= without * (1 + 1e-9)
