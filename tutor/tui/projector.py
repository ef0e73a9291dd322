"""The team's view of a drill: what a beamer may show."""

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Digits, Static

from tutor.core.case import Role
from tutor.core.errors import StoreError
from tutor.core.plaintext import clean
from tutor.core.publicstate import PublicState
from tutor.locales import _
from tutor.report.drillwords import drill_clock, role_name
from tutor.report.words import clock_words, money_words, number_words
from tutor.tui.failures import failure_title
from tutor.tui.keyline import N_
from tutor.tui.prose import prose
from tutor.tui.screen import TutorScreen

# Half a second is promised, from the facilitator's key to the beamer.
POLL_SECONDS = 0.25


def news_text(state: PublicState) -> Content:
    """Return the news, the latest first and marked as such."""
    lines: list[Content] = []
    for place, news in enumerate(reversed(state.news)):
        audience = "" if news.audience is Role.ALL else f" → {role_name(news.audience)}"
        head = Content.styled(f"{clock_words(news.at_seconds)}{audience}", "bold")
        text = Content.styled(clean(news.text), "bold") if place == 0 else Content(clean(news.text))
        lines += [Content.assemble("▶ " if place == 0 else "• ", head), text, Content("")]
    return Content("\n").join(lines) if lines else Content.styled(_("No news yet."), "dim")


def decisions_text(state: PublicState) -> Content:
    """Return the decisions, the latest first."""
    lines = [
        f"{clock_words(d.at_seconds)}  {clean(d.what)}" + (f" ({clean(d.who)})" if d.who else "")
        for d in reversed(state.decisions)
    ]
    return Content("\n".join(lines)) if lines else Content.styled(_("No decision yet."), "dim")


class ProjectorScreen(TutorScreen):
    """Is given a `PublicState` four times a second, and knows nothing else."""

    CSS_PATH = "drill.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "up", "read(-1)", N_("Read"), id="projector.up", tooltip=N_("Scroll the situation.")
        ),
        Binding(
            "down",
            "read(1)",
            N_("Read on"),
            id="projector.down",
            tooltip=N_("Scroll on."),
        ),
        Binding(
            "s",
            "situation",
            N_("Situation"),
            id="projector.situation",
            tooltip=N_("Hide the situation, or show it again."),
        ),
        Binding("q", "app.quit", N_("Quit"), id="projector.quit"),
    ]

    def __init__(self, poll: Callable[[], PublicState]) -> None:
        super().__init__()
        self._poll = poll
        self._shown = poll()
        self.problem = ""

    def compose_content(self) -> ComposeResult:
        """Compose the head, the two counters, and the two panes."""
        state = self._shown
        title = [clean(state.title), clean(state.team)]
        yield Static(Content(" · ".join(part for part in title if part)), classes="title-line")
        with Horizontal(id="counters"):
            with Vertical():
                yield Digits(id="big-clock")
                yield Static(id="clock-words", markup=False)
            with Vertical():
                yield Digits(id="big-loss")
                yield Static(id="loss-words", markup=False)
        with Horizontal(id="projector-panes"):
            with VerticalScroll(id="public-situation", can_focus=False):
                yield Static(prose(state.situation))
                yield Static(Content(_("Task")), classes="heading")
                yield Static(prose(state.task))
            with Vertical(id="public-news"):
                yield Static(Content(_("News")), classes="heading")
                with VerticalScroll(can_focus=False):
                    yield Static(id="news", markup=False)
                yield Static(Content(_("Decisions")), classes="heading")
                with VerticalScroll(can_focus=False):
                    yield Static(id="decisions", markup=False)

    def on_mount(self) -> None:
        """Begin to follow."""
        self.show_state(self._shown, is_first=True)
        self.set_interval(POLL_SECONDS, self.follow)

    def follow(self) -> None:
        """Ask for the state and show what has changed; a file out of reach is asked again."""
        try:
            state = self._poll()
            self.problem = ""
        except StoreError as error:
            self.problem = failure_title(error)
            state = self._shown
        self.show_state(state)

    def show_state(self, state: PublicState, *, is_first: bool = False) -> None:
        """Draw the clock, and the rest where it has changed."""
        before, self._shown = self._shown, state
        self._write("#big-clock", clock_words(state.elapsed_seconds))
        words = drill_clock(state.phase, state.elapsed_seconds, state.limit_seconds)
        self._write("#clock-words", f"{words}  {self.problem}".rstrip())
        if state.loss is not None:
            self._write("#big-loss", number_words(round(state.loss.so_far)))
            unit = clean(state.loss.unit)
            self._write(
                "#loss-words",
                _("{unit} lost so far, {rate} an hour").format(
                    unit=unit, rate=money_words(state.loss.per_hour, unit)
                ),
            )
        if is_first or state.news != before.news:
            self.query_one("#news", Static).update(news_text(state))
        if is_first or state.decisions != before.decisions:
            self.query_one("#decisions", Static).update(decisions_text(state))

    def _write(self, selector: str, text: str) -> None:
        widget = self.query_one(selector)
        if isinstance(widget, Digits):
            # The font has no Swiss apostrophe of its own.
            if widget.value != text.replace("’", "'"):
                widget.update(text.replace("’", "'"))
        elif isinstance(widget, Static) and str(widget.content) != text:
            widget.update(Content(text))

    def action_read(self, direction: int) -> None:
        """Scroll the situation."""
        self.query_one("#public-situation").scroll_relative(y=direction, animate=False)

    def action_situation(self) -> None:
        """Make room for the news, or show the situation again."""
        pane = self.query_one("#public-situation")
        pane.display = not pane.display
