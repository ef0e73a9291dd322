"""Plots: each stands beside the same in words, and tells its lines apart without colour."""

from collections.abc import Sequence

from textual_plotext import PlotextPlot

from tutor.locales import _
from tutor.report.damage import DamageView

# Letters would read as text; these differ in shape and exist in every terminal font.
_MARKERS = {"nothing": "x", "procedure": "•", "model": "·"}
_COLOURS = {"nothing": "red", "procedure": "orange", "model": "green"}


def damage_plot(damage: DamageView) -> PlotextPlot:
    """Return the three courses of the loss over the hours."""
    widget = PlotextPlot(id="damage-plot")
    plot = widget.plt
    for curve in damage.curves:
        plot.plot(
            [hour for hour, _loss in curve.points],
            [loss / 1000 for _hour, loss in curve.points],
            label=f"{_MARKERS[curve.kind]} {curve.name}",
            marker=_MARKERS[curve.kind],
            color=_COLOURS[curve.kind],
        )
    plot.xlabel(_("hours"))
    plot.title(_("Loss in thousands"))
    return widget


def trend_plot(shares: Sequence[float]) -> PlotextPlot:
    """Return the points of each attempt, oldest first, in per cent of the maximum."""
    widget = PlotextPlot(id="trend-plot")
    plot = widget.plt
    plot.plot(list(range(1, len(shares) + 1)), [share * 100 for share in shares], marker="•")
    plot.ylim(0, 100)
    plot.xticks(list(range(1, len(shares) + 1)))
    plot.title(_("Points in per cent, by attempt"))
    return widget
