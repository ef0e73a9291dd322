"""The five figures of a team's drills, one after the other."""

from collections.abc import Sequence

from tutor.core.drill import DrillState
from tutor.core.drillreview import DrillFigures
from tutor.locales import _
from tutor.report.words import clock_words, date_words, hours_words, percent

_BARS = "▁▂▃▄▅▆▇█"
_GAP = "·"


def series_row(state: DrillState, title: str, figures: DrillFigures | None) -> tuple[str, ...]:
    """Return id, date, team, case and the figures; a dash where there is none."""
    opened = state.opened
    head = (opened.drill[:8], date_words(opened.at_utc), opened.team or "-", title)
    if figures is None:
        return (*head, *("-",) * 6)
    return (
        *head,
        _moment(figures.reaction_seconds),
        "-" if figures.recovery_hours is None else hours_words(figures.recovery_hours),
        _share(figures.idle_share),
        _share(figures.parallel_share),
        _share(figures.reasoned_share),
        _moment(figures.customers_seconds),
    )


def figure_plots(drills: Sequence[DrillFigures]) -> list[tuple[str, str]]:
    """Return the name and the plot of each figure, the oldest drill on the left.

    A bar is as high as its share of the highest value of the row, or of 100 %; a dot stands
    where the drill did not get there.
    """
    return [
        (_("Reaction"), _plot([figures.reaction_seconds for figures in drills])),
        (_("Recovery"), _plot([figures.recovery_hours for figures in drills])),
        (_("Idle"), _plot([figures.idle_share for figures in drills], 1.0)),
        (_("Parallel"), _plot([figures.parallel_share for figures in drills], 1.0)),
        (_("Reasoned"), _plot([figures.reasoned_share for figures in drills], 1.0)),
        (_("Customers"), _plot([figures.customers_seconds for figures in drills])),
    ]


def _plot(values: Sequence[float | None], most: float | None = None) -> str:
    highest = most or max((value for value in values if value is not None), default=0.0)
    return "".join(
        _GAP
        if value is None
        else _BARS[round(value / highest * (len(_BARS) - 1)) if highest else 0]
        for value in values
    )


def _moment(seconds: float | None) -> str:
    return "-" if seconds is None else clock_words(seconds)


def _share(share: float | None) -> str:
    return "-" if share is None else percent(share)
