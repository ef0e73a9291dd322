"""The list of cases: the first screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Input, Static

from tutor.core.case import Case
from tutor.core.mock import MockWish
from tutor.core.plaintext import clean
from tutor.core.problem import Problem, Severity
from tutor.locales import _, active_language, ngettext, pgettext
from tutor.report.words import language_name
from tutor.session.caseentry import CaseEntry, case_entry
from tutor.tui.entries import (
    arrange,
    matches,
    points_cell,
    preview,
    preview_line,
)
from tutor.tui.filterinput import FilterInput
from tutor.tui.intents import (
    CalibrationRequested,
    CaseRequested,
    HistoryRequested,
    MockRequested,
    ProgressRequested,
    QuickDrillRequested,
    TheoryRequested,
)
from tutor.tui.keyline import N_
from tutor.tui.screen import TutorScreen

if TYPE_CHECKING:
    from tutor.session.practice import Practice

# From this width on the preview stands beside the list, in as many columns as DEFAULT_CSS says.
WIDE = 100
PREVIEW_WIDTH = 38


class LibraryScreen(TutorScreen):
    """Shows the cases with their results and reports which one was chosen."""

    # Textual does not load the CSS_PATH of an app's default screen.
    DEFAULT_CSS = """
    LibraryScreen {
        #filter {
            border: none;
            height: 1;
            padding: 0 1;
            margin: 1 1 0 1;
        }
        #body {
            height: 1fr;
            margin: 1 1 0 1;
        }
        #list {
            width: 1fr;
        }
        #cases {
            height: 1fr;
        }
        #empty {
            display: none;
            height: 1fr;
        }
        #list.-empty #cases {
            display: none;
        }
        #list.-empty #empty {
            display: block;
        }
        #preview {
            display: none;
            width: 38;
            padding: 0 1 0 2;
            border-left: solid $panel-lighten-1;
        }
        #line {
            height: 3;
            padding: 0 1;
            background: $surface;
        }
        #trouble {
            height: auto;
            max-height: 3;
            padding: 0 1;
            color: $text-warning;
        }
        &.-wide #preview {
            display: block;
        }
        &.-wide #line {
            display: none;
        }
    }
    """
    AUTO_FOCUS = "#filter"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f2",
            "history",
            N_("History"),
            id="library.history",
            tooltip=N_("See your attempts and how they went."),
        ),
        Binding(
            "f3",
            "next_language",
            N_("Language"),
            id="library.language",
            tooltip=N_("Show the cases of one language, then the next, then all."),
        ),
        Binding(
            "f4",
            "progress",
            N_("Progress"),
            id="library.progress",
            tooltip=N_("See how you get on, and what you remember least."),
        ),
        Binding(
            "f5",
            "quick_drill",
            N_("Quick drill"),
            id="library.drill",
            tooltip=N_("Be asked for what is due, a minute each."),
        ),
        Binding(
            "f6",
            "theory",
            N_("Theory"),
            id="library.theory",
            tooltip=N_("Read the ideas behind the measures."),
        ),
        Binding(
            "f7",
            "mock",
            N_("Mock exam"),
            id="library.mock",
            tooltip=N_("Sit three cases in a row with one total, or go on with them."),
        ),
        Binding(
            "f8",
            "calibrate",
            N_("Calibrate"),
            id="library.calibrate",
            tooltip=N_("Mark sample answers yourself; it shows what the model solution holds."),
        ),
        Binding(
            "escape",
            "clear_filter",
            N_("Show all"),
            show=False,
            id="library.clear",
            tooltip=N_("Clear the filter."),
        ),
    ]

    def __init__(self, practice: Practice) -> None:
        super().__init__()
        self._practice = practice
        self._entries: tuple[CaseEntry, ...] = ()
        self._shown: list[CaseEntry] = []
        self._problems: tuple[Problem, ...] = ()
        self._language: str | None = None
        self._is_read = False
        self._filled_for = 0

    def compose_content(self) -> ComposeResult:
        """Lay out the filter, the list and the preview."""
        yield Static(_("Cases"), id="heading", classes="title-line", markup=False)
        yield FilterInput(placeholder=_("Type to filter"), id="filter")
        with Horizontal(id="body"):
            with Vertical(id="list", classes="-empty"):
                yield DataTable[Text](id="cases", cursor_type="row", zebra_stripes=True)
                with VerticalScroll(id="empty", can_focus=False):
                    yield Static(_("Reading the cases…"), id="empty-words", markup=False)
            with VerticalScroll(id="preview", can_focus=False):
                yield Static(id="preview-words", markup=False)
        yield Static(id="line", markup=False)
        yield Static(id="trouble", markup=False)

    def on_mount(self) -> None:
        """Begin to read; the first frame does not wait for it."""
        self.query_one("#cases", DataTable).can_focus = False
        self.read_cases()

    def on_screen_resume(self) -> None:
        """Bring results up to date after an exam or a debrief."""
        if self._is_read:
            self.read_results()

    def read_cases(self) -> None:
        """Read the cases, then their results, then look for files that cannot be read.

        One after the other, because each is of use without the next.
        """
        self.in_background(lambda: self._practice.library.cases(), self.show_cases)

    def read_results(self) -> None:
        """Read the entries with their results."""
        self.in_background(lambda: self._practice.entries(), self.show_results)

    def show_cases(self, cases: tuple[Case, ...]) -> None:
        """Show the cases, and ask for their results."""
        self._entries = tuple(case_entry(case) for case in cases)
        self._is_read = True
        self.show_rows()
        self.read_results()
        self.in_background(lambda: self._practice.library.problems(), self.show_problems)

    def show_results(self, entries: tuple[CaseEntry, ...]) -> None:
        """Add the results."""
        self._entries = entries
        self.show_rows()

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say which files were left out; mere warnings are for `tutor check`."""
        self._problems = tuple(p for p in problems if p.severity is Severity.ERROR)
        self.show_rows()

    @on(Input.Changed, "#filter")
    def filter_rows(self) -> None:
        """Narrow the list to what was typed."""
        if self._is_read:
            self.show_rows()

    def on_resize(self, event: events.Resize) -> None:
        """Give the title what the other columns leave."""
        super().on_resize(event)
        if self._is_read and event.size.width != self._filled_for:
            self.show_rows()

    def show_rows(self) -> None:
        """Fill the list from the entries, keeping the cursor on its case."""
        table: DataTable[Text] = self.query_one("#cases", DataTable)
        before = self.chosen
        wish = self.query_one("#filter", Input).value
        self._shown = [
            entry
            for entry in arrange(self._entries, active_language())
            if matches(entry, wish, self._language)
        ]
        with self.prevent(DataTable.RowHighlighted):
            self._fill(table)
            if before is not None:
                keys = [(entry.id, entry.language) for entry in self._shown]
                if (before.id, before.language) in keys:
                    table.move_cursor(row=keys.index((before.id, before.language)))
        self.query_one("#list").set_class(not self._shown, "-empty")
        self.query_one("#empty-words", Static).update(self._empty_words())
        self._show_status()
        self.show_preview()

    def _fill(self, table: DataTable[Text]) -> None:
        table.clear(columns=True)
        self._filled_for = self.size.width
        is_wide = self.size.width >= 80
        columns = [
            (pgettext("column", "Area"), 4),
            (_("Lang."), 5),
            (_("Min."), 4),
            (_("Last"), 6),
            (_("Best"), 5),
        ]
        if not is_wide:
            columns = [column for column in columns if column[0] != _("Min.")]
        used = sum(width + 2 for _name, width in columns) + 2
        # From the screen's width, because the list has no size before the first frame.
        room = self.size.width - 2 - (PREVIEW_WIDTH if self.size.width >= WIDE else 0)
        table.add_column(Text(_("Case")), width=max(12, room - used))
        for name, width in columns:
            table.add_column(Text(name), width=width)
        for entry in self._shown:
            cells = [
                entry.competence_area.value if entry.competence_area else "",
                entry.language,
                str(entry.minutes),
                points_cell(entry.last_points, entry.max_points),
                points_cell(entry.best_points, entry.max_points),
            ]
            if not is_wide:
                del cells[2]
            title = ("▶ " if entry.open_attempt else "") + clean(entry.title)
            table.add_row(
                Text(title, no_wrap=True, overflow="ellipsis"), *(Text(clean(c)) for c in cells)
            )

    @property
    def chosen(self) -> CaseEntry | None:
        """The entry under the cursor."""
        row = self.query_one("#cases", DataTable).cursor_row
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _empty_words(self) -> str:
        if self._entries:
            return _("No case matches. Escape clears the filter, F3 changes the language.")
        words = _(
            "There are no cases here. Start tutor with --cases DIR --rubrics DIR to use a folder "
            "of your own, or install tutor again to get the cases that come with it."
        )
        return "\n\n".join([words, *(clean(str(problem)) for problem in self._problems)])

    def _show_status(self) -> None:
        shown = len(self._shown)
        heading = ngettext("{count} case", "{count} cases", shown).format(count=shown)
        if self._language:
            heading += " · " + language_name(self._language)
        if due := sum({entry.id: entry.due for entry in self._entries}.values()):
            said = ngettext("{count} measure due today", "{count} measures due today", due)
            heading += " · " + said.format(count=due)
        self.query_one("#heading", Static).update(
            Content.assemble((_("Cases"), "bold"), "  ", (heading, "dim"))
        )
        paths = sorted({problem.path for problem in self._problems})
        error = self._practice.storage_error
        trouble = (
            [_("The results cannot be read: {why}").format(why=clean(str(error)))] if error else []
        )
        if paths and self._entries:
            trouble.append(
                ngettext(
                    "{count} content file cannot be read and is left out ({first}). "
                    "`tutor check` says what to mend.",
                    "{count} content files cannot be read and are left out ({first}, …). "
                    "`tutor check` says what to mend.",
                    len(paths),
                ).format(count=len(paths), first=clean(paths[0]))
            )
        line = self.query_one("#trouble", Static)
        line.update(Content("\n".join(trouble)))
        line.display = bool(trouble)

    @on(DataTable.RowHighlighted, "#cases")
    def show_preview(self) -> None:
        """Show what may be known before the clock starts: never the situation."""
        entry = self.chosen
        if entry is None:
            words = line = Content("")
        else:
            languages = [other.language for other in self._entries if other.id == entry.id]
            words, line = preview(entry, languages), preview_line(entry)
        self.query_one("#preview-words", Static).update(words)
        self.query_one("#line", Static).update(line)

    def action_move(self, rows: int) -> None:
        """Move the cursor while the filter keeps the focus."""
        table = self.query_one("#cases", DataTable)
        if self._shown:
            table.move_cursor(row=min(max(table.cursor_row + rows, 0), len(self._shown) - 1))

    def action_next_language(self) -> None:
        """Show the cases of the next language, and after the last one all of them."""
        wheel: list[str | None] = [None, *sorted({entry.language for entry in self._entries})]
        place = wheel.index(self._language) if self._language in wheel else 0
        self._language = wheel[(place + 1) % len(wheel)]
        self.show_rows()

    def action_clear_filter(self) -> None:
        """Show every case again."""
        self._language = None
        self.query_one("#filter", Input).value = ""
        self.show_rows()

    def action_history(self) -> None:
        """Ask for the list of attempts."""
        self.post_message(HistoryRequested())

    def action_progress(self) -> None:
        """Ask for the progress."""
        self.post_message(ProgressRequested())

    def action_quick_drill(self) -> None:
        """Ask for the quick drill."""
        self.post_message(QuickDrillRequested())

    def action_theory(self) -> None:
        """Ask for the theory cards."""
        self.post_message(TheoryRequested())

    def action_mock(self) -> None:
        """Ask for the mock exam."""
        self.post_message(MockRequested(MockWish(language=self._language)))

    def action_calibrate(self) -> None:
        """Ask for the sample answers of the case under the cursor."""
        if entry := self.chosen:
            self.post_message(CalibrationRequested(entry.id, entry.language))

    @on(Input.Submitted, "#filter")
    @on(DataTable.RowSelected, "#cases")
    def choose_case(self) -> None:
        """Report the case under the cursor."""
        if entry := self.chosen:
            self.post_message(CaseRequested(entry.id, entry.language))
