"""Plots: each stands beside the same in words, and tells its lines apart without colour."""

from collections.abc import Sequence
from itertools import pairwise

from textual_plotext import PlotextPlot

from tutor.core.progress import Performance
from tutor.locales import _
from tutor.report.damage import DamageView
from tutor.report.progress import Course, plot_points
from tutor.session.trend import Trend

# More points than cells in a row: plotext's own lines between far points round their ends and
# would show a procedure below the model where it is above.
_SAMPLES = 240
# Letters would read as text; these differ in shape and exist in every terminal font.
_MARKERS = {"nothing": "x", "procedure": "•", "model": "·"}
_COLOURS = {"nothing": "red", "procedure": "orange", "model": "green"}


def _loss_at(points: Sequence[tuple[float, float]], hour: float) -> float:
    """Return the loss at an hour, on the straight line between the points around it."""
    for (start, before), (end, after) in pairwise(points):
        if start <= hour <= end and start < end:
            return before + (after - before) * (hour - start) / (end - start)
    return points[-1][1]


def damage_plot(damage: DamageView) -> PlotextPlot:
    """Return the three courses of the loss over the hours."""
    widget = PlotextPlot(id="damage-plot")
    plot = widget.plt
    hours = [damage.horizon_hours * part / _SAMPLES for part in range(_SAMPLES + 1)]
    # The candidate's own curve comes last, so that it lies on top.
    for curve in sorted(damage.curves, key=lambda curve: curve.kind == "procedure"):
        plot.scatter(
            hours,
            [_loss_at(curve.points, hour) / 1000 for hour in hours],
            label=curve.name,
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


class CoursePlot(PlotextPlot):
    """One figure from attempt to attempt; first attempts and repeats differ in shape."""

    def show(self, course: Course, performances: Sequence[Performance]) -> None:
        """Draw another figure."""
        points = plot_points(course.values)
        self.plt.clear_data()
        self.plt.plot([n for n, _value in points], [value for _n, value in points], marker="·")
        # Shapes are explained in the title: a legend would cover the first attempts.
        for is_first, marker in ((True, "●"), (False, "○")):
            found = [(n, v) for n, v in points if performances[n - 1].is_first is is_first]
            if found:
                numbers, values = zip(*found, strict=True)
                self.plt.scatter(numbers, values, marker=marker)
        self.plt.ylim(0, 100)
        self.plt.yticks([0, 50, 100])
        count = len(performances)
        self.plt.xticks(sorted({1, count // 2, count} - {0}))
        self.plt.title(
            _("{name} in per cent, by attempt: ● first, ○ repeat").format(name=course.name)
        )
        self.refresh()
