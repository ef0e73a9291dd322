"""The attempts of the past, and how the results of a case run."""

from typing import ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import DataTable, Input, Static

from tutor.core.plaintext import clean
from tutor.locales import _, ngettext, pgettext
from tutor.report.words import date_words, day_words, grade_figure, percent
from tutor.session.pastattempt import PastAttempt
from tutor.session.practice import Practice
from tutor.session.trend import Trend, trends
from tutor.tui.filterinput import FilterInput
from tutor.tui.intents import DebriefRequested
from tutor.tui.keyline import N_
from tutor.tui.screen import TutorScreen

# From these sizes on there is room for ratings and sub-scores, and for the plot below the list.
ROOMY = 100
WITH_PLOT = 30


class HistoryScreen(TutorScreen):
    """Lists what was handed in, the newest first; Enter asks for the debrief again."""

    CSS_PATH = "history.tcss"
    AUTO_FOCUS = "#filter"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "close",
            N_("Back"),
            id="history.close",
            tooltip=N_("Clear the filter, or go back to the cases."),
        ),
    ]

    def __init__(self, practice: Practice) -> None:
        super().__init__()
        self._practice = practice
        self._attempts: tuple[PastAttempt, ...] = ()
        self._shown: list[PastAttempt] = []
        self._trends: dict[str, Trend] = {}
        self._is_read = False
        self._empty = _("Reading the history…")

    def compose_content(self) -> ComposeResult:
        """Lay out the filter, the list and the trend."""
        yield Static(Content(_("History")), id="heading", classes="title-line")
        yield FilterInput(placeholder=_("Type to filter by case"), id="filter")
        with Vertical(id="list", classes="-empty"):
            yield DataTable[Text](id="attempts", cursor_type="row", zebra_stripes=True)
            yield Static(Content(self._empty), id="empty")
        yield Static(id="trend-text", markup=False)
        yield Vertical(id="trend")
        yield Static(
            Content(_("* Grades are assumed: 1 + 5 × points / max, in halves.")),
            id="assumption",
            classes="muted",
        )

    def on_mount(self) -> None:
        """Begin to read."""
        self.query_one("#attempts", DataTable).can_focus = False
        self.read_history()

    def on_screen_resume(self) -> None:
        """Read again after a debrief, where claims may have been made."""
        if self._attempts:
            self.read_history()

    def read_history(self) -> None:
        """Read the attempts away from the screen."""
        self.in_background(self._practice.history, self.show_attempts, self.show_nothing)

    def show_attempts(self, attempts: tuple[PastAttempt, ...]) -> None:
        """Show what was read."""
        self._attempts = attempts
        self._trends = {trend.case: trend for trend in trends(attempts)}
        self._is_read = True
        self._empty = _("Nothing was handed in yet. Your attempts appear here after an exam.")
        self.show_rows()

    def show_nothing(self) -> None:
        """Go on where the history cannot be read."""
        self._empty = _("The history cannot be read at the moment.")
        self.show_rows()

    def on_resize(self, event: events.Resize) -> None:
        """Show as many columns as there is room for."""
        super().on_resize(event)
        if self._is_read:
            self.show_rows()

    @on(Input.Changed, "#filter")
    def show_rows(self) -> None:
        """Fill the list, keeping the cursor on its attempt."""
        before = self.chosen
        wishes = self.query_one("#filter", Input).value.casefold().split()
        self._shown = [
            attempt
            for attempt in self._attempts
            if all(wish in f"{attempt.title} {attempt.case}".casefold() for wish in wishes)
        ]
        table: DataTable[Text] = self.query_one("#attempts", DataTable)
        with self.prevent(DataTable.RowHighlighted):
            self._fill(table)
            ids = [attempt.attempt_id for attempt in self._shown]
            if before is not None and before.attempt_id in ids:
                table.move_cursor(row=ids.index(before.attempt_id))
        self.query_one("#list").set_class(not self._shown, "-empty")
        no_match = _("No attempt matches. Escape clears the filter.")
        empty = no_match if self._attempts else self._empty
        self.query_one("#empty", Static).update(Content(empty))
        count = ngettext("{count} attempt", "{count} attempts", len(self._shown))
        self.query_one("#heading", Static).update(
            Content.assemble(
                _("History"), "  ", (count.format(count=len(self._shown)), "not bold dim")
            )
        )
        self.show_trend()

    def _fill(self, table: DataTable[Text]) -> None:
        table.clear(columns=True)
        is_roomy = self.size.width >= ROOMY
        columns = [(_("When"), 16 if is_roomy else 10), (_("Points"), 6), (_("Grade*"), 6)]
        if is_roomy:
            columns += [
                (_("Rating"), 6),
                (_("Compl."), 7),
                (pgettext("column", "Order"), 6),
                (_("Just."), 6),
            ]
        used = sum(width + 2 for _name, width in columns) + 2
        table.add_column(Text(columns[0][0]), width=columns[0][1])
        table.add_column(Text(_("Case")), width=max(12, self.size.width - 2 - used))
        for name, width in columns[1:]:
            table.add_column(Text(name), width=width)
        for attempt in self._shown:
            title = Text(clean(attempt.title), no_wrap=True, overflow="ellipsis")
            cells = [_points(attempt), _grade(attempt)]
            if is_roomy:
                cells.append(_rating(attempt))
                shares = (attempt.completeness, attempt.order, attempt.justification)
                cells += ["–" if share is None else percent(share) for share in shares]
            day = (day_words if is_roomy else date_words)(attempt.handed_in_at)
            table.add_row(Text(day), title, *(Text(cell) for cell in cells))

    @property
    def chosen(self) -> PastAttempt | None:
        """The attempt under the cursor."""
        row = self.query_one("#attempts", DataTable).cursor_row
        return self._shown[row] if 0 <= row < len(self._shown) else None

    @on(DataTable.RowHighlighted, "#attempts")
    def show_trend(self) -> None:
        """Say how the case under the cursor runs, and draw it where there is room."""
        chosen = self.chosen
        trend = self._trends.get(chosen.case) if chosen else None
        self.query_one("#trend-text", Static).update(_trend_text(chosen, trend))
        has_plot = trend is not None and len(trend.points) > 1 and self.size.height >= WITH_PLOT
        pane = self.query_one("#trend")
        pane.display = has_plot
        if trend is None or not has_plot:
            return
        from tutor.tui.plots import TrendPlot

        plots = pane.query(TrendPlot)
        if plots:
            plots.first().show(trend)
        else:
            plot = TrendPlot()
            plot.show(trend)
            pane.mount(plot)

    def action_move(self, rows: int) -> None:
        """Move the cursor while the filter keeps the focus."""
        table = self.query_one("#attempts", DataTable)
        if self._shown:
            table.move_cursor(row=min(max(table.cursor_row + rows, 0), len(self._shown) - 1))

    @on(Input.Submitted, "#filter")
    @on(DataTable.RowSelected, "#attempts")
    def open_debrief(self) -> None:
        """Ask for the debrief of the attempt under the cursor."""
        if chosen := self.chosen:
            self.post_message(DebriefRequested(chosen.attempt_id))

    def action_close(self) -> None:
        """Clear the filter, or leave where it is clear."""
        field = self.query_one("#filter", Input)
        if field.value:
            field.value = ""
        else:
            self.dismiss(None)


def _points(attempt: PastAttempt) -> str:
    if attempt.points is None or attempt.max_points is None:
        return "–"
    return f"{attempt.points}/{attempt.max_points}"


def _rating(attempt: PastAttempt) -> str:
    """Return the rating of each key question."""
    return ", ".join(map(str, attempt.ratings.values())) if attempt.ratings else "–"


def _grade(attempt: PastAttempt) -> str:
    return "–" if attempt.grade is None else f"{grade_figure(attempt.grade)}*"


def _trend_text(chosen: PastAttempt | None, trend: Trend | None) -> Content:
    """Return the last results of the case in figures, with the sparkline."""
    if chosen is None:
        return Content("")
    title = Content.styled(clean(chosen.title), "bold")
    if trend is None:
        return title + Content("\n") + Content(_("Not marked yet; Enter marks it."))
    figures = " → ".join(str(points) for points in trend.points[-8:])
    said = _("points by attempt: {figures} of {most}; best {best}").format(
        figures=figures, most=trend.max_points, best=trend.best
    )
    if chosen.claims:
        claims = ngettext("{count} claim", "{count} claims", chosen.claims)
        title += Content.styled(f"  ! {claims.format(count=chosen.claims)}", "$text-primary")
    return Content.assemble(title, "\n", (trend.sparkline(), "$text-primary"), f" {said}")
