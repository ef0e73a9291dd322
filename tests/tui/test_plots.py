from itertools import pairwise

from tests.report.examples import example_debrief
from tutor.core.plaintext import clean
from tutor.report.view import debrief_view
from tutor.tui.plots import damage_plot


def test_the_dearer_procedure_is_drawn_above_or_on_the_cheaper_one_at_every_hour() -> None:
    damage = debrief_view(example_debrief()).damage
    assert damage is not None
    plot = damage_plot(damage).plt
    plot.plotsize(100, 30)

    rows = clean(plot.build()).split("\n")
    # Legend and axes stand left of the curves' own columns.
    columns = zip(*(row.ljust(100) for row in rows[6:]), strict=True)
    heights = [
        (column.index("•"), column.index("·"))
        for column in columns
        if "•" in column and "·" in column
    ]
    assert len(heights) > 20
    assert all(own < model for own, model in heights)


def test_the_curves_of_a_loss_never_fall() -> None:
    damage = debrief_view(example_debrief()).damage
    assert damage is not None

    for curve in damage.curves:
        assert all(before <= after for (_h, before), (_g, after) in pairwise(curve.points))
