"""Plots: each stands beside the same in words, and tells its lines apart without colour."""

from textual_plotext import PlotextPlot

from tutor.locales import _
from tutor.report.damage import DamageView
from tutor.session.trend import Trend

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


class TrendPlot(PlotextPlot):
    """The points of each attempt at a case, oldest first, in per cent of the maximum."""

    def show(self, trend: Trend) -> None:
        """Draw another case."""
        places = [float(place) for place in range(1, len(trend.points) + 1)]
        self.plt.clear_data()
        self.plt.plot(
            places, [100 * points / trend.max_points for points in trend.points], marker="•"
        )
        self.plt.ylim(0, 100)
        self.plt.xticks(places, [f"{place:.0f}" for place in places])
        self.plt.title(_("Points in per cent, by attempt"))
        self.refresh()
