"""The progress: how results, time use and memory run over the weeks."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static, TabbedContent, TabPane

from tutor.core.progress import Progress
from tutor.locales import _
from tutor.report.progress import courses, progress_sections, section_titles
from tutor.report.section import Section
from tutor.tui.fittedtext import FittedText
from tutor.tui.intents import QuickDrillRequested, TheoryRequested
from tutor.tui.keyline import N_
from tutor.tui.reading import Reading
from tutor.tui.screen import TutorScreen
from tutor.tui.tabletext import table_text

if TYPE_CHECKING:
    from tutor.session.practice import Practice

SECTIONS = ("course", "cases", "areas", "ideas", "measures", "time")

# Two dots make no line; below this many attempts the table says all there is.
PLOTTED_FROM = 3


class ProgressScreen(TutorScreen):
    """Shows the progress section by section; the quick drill and the theory start here."""

    CSS_PATH = "progress.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "close", N_("Back"), id="progress.close", tooltip=N_("Back to the cases.")
        ),
        *(
            Binding(
                str(number),
                f"open('{section}')",
                N_("Section"),
                show=False,
                id="progress.section",
                tooltip=N_("Go to the section with this number."),
            )
            for number, section in enumerate(SECTIONS, 1)
        ),
        Binding(
            "right",
            "turn(1)",
            N_("Next"),
            show=False,
            id="progress.next",
            tooltip=N_("Go to the next section."),
        ),
        Binding(
            "left",
            "turn(-1)",
            N_("Previous"),
            show=False,
            id="progress.previous",
            tooltip=N_("Go to the section before."),
        ),
        Binding(
            "p",
            "next_plot",
            N_("Next plot"),
            id="progress.plot",
            tooltip=N_("Plot points, completeness, order or justification."),
        ),
        Binding(
            "d",
            "drill",
            N_("Quick drill"),
            id="progress.drill",
            tooltip=N_("Be asked for what is due, a minute each."),
        ),
        Binding(
            "t",
            "theory",
            N_("Theory"),
            id="progress.theory",
            tooltip=N_("Read the ideas behind the measures."),
        ),
    ]

    def __init__(self, practice: "Practice") -> None:
        super().__init__()
        self._practice = practice
        self._progress: Progress | None = None
        self._sections: dict[str, Section] = {}
        self._plotted = 0

    def compose_content(self) -> ComposeResult:
        """Compose the sections; what they say follows when it is read."""
        yield Static(Content(_("Progress")), classes="title-line")
        with TabbedContent(id="sections"):
            for number, (section, title) in enumerate(section_titles().items(), 1):
                with (
                    TabPane(Content(f"{number} {title}"), id=section),
                    Reading(id=f"{section}-scroll"),
                ):
                    yield Static(
                        Content(_("Reading the history…")),
                        id=f"{section}-said",
                        classes="said",
                        markup=False,
                    )
                    yield FittedText(partial(self._table, section))

    def on_mount(self) -> None:
        """Begin to read."""
        self.query_one("#sections Tabs").can_focus = False
        self.read()

    def on_screen_resume(self) -> None:
        """Read again after a drill."""
        if self._progress is not None:
            self.read()

    def read(self) -> None:
        """Read the progress away from the screen."""
        self.in_background(
            lambda: self._practice.study.progress(), self.show_progress, self.action_close
        )

    def show_progress(self, progress: Progress) -> None:
        """Show what was read."""
        self._progress = progress
        self._sections = {section.id: section for section in progress_sections(progress)}
        for section in self._sections.values():
            said = "\n".join(section.said)
            self.query_one(f"#{section.id}-said", Static).update(Content(said))
            self.query_one(f"#{section.id}-scroll FittedText", FittedText).redraw()
        self.show_section()

    def _table(self, section_id: str, width: int) -> Content:
        section = self._sections.get(section_id)
        if section is None:
            return Content("")
        if not section.rows:
            return Content(_("Nothing here yet: sit a case first."))
        return table_text(section, width)

    @property
    def section(self) -> str:
        """The section that is shown."""
        return self.query_one("#sections", TabbedContent).active

    def action_open(self, section: str) -> None:
        """Go to a section."""
        self.query_one("#sections", TabbedContent).active = section

    def action_turn(self, by: int) -> None:
        """Go to the next section or the one before, round and round."""
        self.action_open(SECTIONS[(SECTIONS.index(self.section) + by) % len(SECTIONS)])

    @on(TabbedContent.TabActivated)
    def show_section(self) -> None:
        """Let the keys work on what is shown; draw the plot when it is first looked at."""
        self.query_one(f"#{self.section}-scroll").focus()
        self.refresh_bindings()
        self._plot()

    def _plot(self) -> None:
        progress = self._progress
        if progress is None or self.section != "course":
            return
        if len(progress.performances) < PLOTTED_FROM:
            return
        from tutor.tui.plots import CoursePlot

        plots = self.query(CoursePlot)
        plot = plots.first() if plots else CoursePlot(id="course-plot")
        course = courses(progress.performances)[self._plotted]
        plot.show(course, progress.performances)
        if not plots:
            self.query_one("#course-scroll").mount(plot, after="#course-said")

    def action_next_plot(self) -> None:
        """Plot the next figure."""
        if self._progress is not None:
            self._plotted = (self._plotted + 1) % len(courses(()))
            self._plot()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the next plot where there is one."""
        if action == "next_plot":
            return self.is_mounted and self._progress is not None and self.section == "course"
        return super().check_action(action, parameters)

    def action_drill(self) -> None:
        """Ask for the quick drill."""
        self.post_message(QuickDrillRequested())

    def action_theory(self) -> None:
        """Ask for the theory cards."""
        self.post_message(TheoryRequested())

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)
