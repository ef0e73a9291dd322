"""The list of cases: the first screen."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Input, Static

from tutor.core.case import Case
from tutor.core.plaintext import clean
from tutor.core.problem import Problem
from tutor.locales import _, active_language, ngettext
from tutor.report.words import area_name, day_words, kind_name, language_name, minutes_words
from tutor.session.practice import CaseEntry
from tutor.tui.intents import CaseRequested, HistoryRequested
from tutor.tui.keyline import N_
from tutor.tui.screen import TutorScreen

if TYPE_CHECKING:
    from tutor.session.practice import Practice

# From this width on the preview stands beside the list; library.tcss gives it these columns.
WIDE = 100
PREVIEW_WIDTH = 38


def entry_without_results(case: Case) -> CaseEntry:
    """Return the entry of a case before its results have been read."""
    return CaseEntry(
        id=case.id,
        language=case.language,
        title=case.title,
        kind=case.kind,
        competence_area=case.competence_area,
        minutes=case.minutes,
        attempts=0,
        best_rating=None,
        last_rating=None,
        best_points=None,
        last_points=None,
        max_points=None,
        last_at=None,
        open_attempt=None,
    )


def arrange(entries: Iterable[CaseEntry], preferred: str) -> list[CaseEntry]:
    """Sort by title and keep the languages of a case together, the preferred one first."""
    by_case: dict[str, list[CaseEntry]] = {}
    for entry in entries:
        by_case.setdefault(entry.id, []).append(entry)
    groups = [
        sorted(group, key=lambda entry: (entry.language != preferred, entry.language))
        for group in by_case.values()
    ]
    return [
        entry for group in sorted(groups, key=lambda g: g[0].title.casefold()) for entry in group
    ]


def matches(entry: CaseEntry, wish: str, language: str | None) -> bool:
    """True where each word of the wish is in the title, id, area or language of the entry."""
    if language is not None and entry.language != language:
        return False
    area = entry.competence_area
    parts = [entry.title, entry.id, entry.language, language_name(entry.language)]
    parts += [kind_name(entry.kind)] + ([area.value, area_name(area)] if area else [])
    haystack = " ".join(parts).casefold()
    return all(word in haystack for word in wish.casefold().split())


def points_cell(points: int | None, max_points: int | None) -> str:
    """Return `4/6`, or nothing where there is no result."""
    return "" if points is None or max_points is None else f"{points}/{max_points}"


class FilterInput(Input):
    """The filter, which keeps the focus while the arrow keys move through the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "screen.move(-1)", N_("Up"), show=False, id="list.up"),
        Binding("down", "screen.move(1)", N_("Down"), show=False, id="list.down"),
        Binding("pageup", "screen.move(-10)", N_("Page up"), show=False, id="list.page-up"),
        Binding("pagedown", "screen.move(10)", N_("Page down"), show=False, id="list.page-down"),
        Binding(
            "enter", "submit", N_("Open"), id="list.open", tooltip=N_("Open what is highlighted.")
        ),
    ]


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
            "escape",
            "clear_filter",
            N_("Show all"),
            show=False,
            id="library.clear",
            tooltip=N_("Clear the filter."),
        ),
    ]

    def __init__(self, practice: "Practice") -> None:
        super().__init__()
        self._practice = practice
        self._entries: tuple[CaseEntry, ...] = ()
        self._shown: list[CaseEntry] = []
        self._problems: tuple[Problem, ...] = ()
        self._language: str | None = None
        self._is_read = False
        self._has_results = True

    def compose_content(self) -> ComposeResult:
        """Lay out the filter, the list and the preview."""
        yield Static(_("Cases"), id="heading", classes="title-line", markup=False)
        yield FilterInput(placeholder=_("Type to filter"), id="filter")
        with Horizontal(id="body"):
            with Vertical(id="list"):
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
        """Read the content, and only then the results: a list without them is of use already."""
        library = self._practice.library
        self.in_background(lambda: (library.cases(), library.problems()), self.show_cases)

    def read_results(self) -> None:
        """Read the entries with their results."""
        self.in_background(self._practice.entries, self.show_results, self.show_no_results)

    def show_cases(self, read: tuple[tuple[Case, ...], tuple[Problem, ...]]) -> None:
        """Show the cases without results, and ask for those."""
        cases, self._problems = read
        self._entries = tuple(entry_without_results(case) for case in cases)
        self._is_read = True
        self.show_rows()
        self.read_results()

    def show_results(self, entries: tuple[CaseEntry, ...]) -> None:
        """Add the results."""
        self._entries = entries
        self._has_results = True
        self.show_rows()

    def show_no_results(self) -> None:
        """Go on without results where the history cannot be read."""
        self._has_results = False
        self.show_rows()

    @on(Input.Changed, "#filter")
    def filter_rows(self) -> None:
        """Narrow the list to what was typed."""
        self.show_rows()

    def on_resize(self, event: events.Resize) -> None:
        """Give the title what the other columns leave."""
        super().on_resize(event)
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
        is_wide = self.size.width >= 80
        columns = [
            (_("Area"), 4),
            (_("Lang."), 5),
            (_("Min."), 4),
            (_("Last"), 5),
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
        if not self._is_read:
            return _("Reading the cases…")
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
        if not self._is_read:
            heading = ""
        self.query_one("#heading", Static).update(
            Content.assemble((_("Cases"), "bold"), "  ", (heading, "dim"))
        )
        paths = sorted({problem.path for problem in self._problems})
        trouble = [] if self._has_results else [_("The results could not be read.")]
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
        self.query_one("#preview-words", Static).update(self._preview(entry))
        self.query_one("#line", Static).update(self._preview_line(entry))

    def _preview(self, entry: CaseEntry | None) -> Content:
        if entry is None:
            return Content("")
        languages = [other.language for other in self._entries if other.id == entry.id]
        facts = [
            (_("Type"), kind_name(entry.kind)),
            (_("Time"), minutes_words(entry.minutes)),
            (_("Language"), language_name(entry.language)),
        ]
        if entry.competence_area:
            area = entry.competence_area
            facts.insert(1, (_("Area"), f"{area.value} – {area_name(area)}"))
        if len(languages) > 1:
            facts.append(
                (
                    _("Also in"),
                    ", ".join(
                        language_name(tag) for tag in sorted(languages) if tag != entry.language
                    ),
                )
            )
        parts = [Content.styled(clean(entry.title), "bold"), Content("")]
        parts += [Content.assemble((f"{name}: ", "dim"), clean(said)) for name, said in facts]
        parts += [Content(""), *(Content(line) for line in self._result_lines(entry))]
        return Content("\n").join(parts)

    def _result_lines(self, entry: CaseEntry) -> Sequence[str]:
        lines = []
        if entry.open_attempt:
            lines.append(_("▶ An attempt is open. Enter goes on with it."))
        if entry.last_points is None or entry.max_points is None:
            if not entry.attempts and not entry.open_attempt:
                lines.append(_("Not tried yet."))
            return lines
        attempts = ngettext("{count} attempt", "{count} attempts", entry.attempts)
        lines.append(attempts.format(count=entry.attempts))
        said = _("Last: {points} of {most} points").format(
            points=entry.last_points, most=entry.max_points
        )
        lines.append(f"{said}, {day_words(entry.last_at)}" if entry.last_at else said)
        lines.append(
            _("Best: {points} of {most} points").format(
                points=entry.best_points, most=entry.max_points
            )
        )
        return lines

    def _preview_line(self, entry: CaseEntry | None) -> Content:
        if entry is None:
            return Content("")
        area = entry.competence_area
        facts = [kind_name(entry.kind), f"{area.value} {area_name(area)}" if area else ""]
        facts += [minutes_words(entry.minutes), language_name(entry.language)]
        said = " · ".join(fact for fact in facts if fact)
        return Content.assemble((clean(entry.title), "bold"), "\n", clean(said))

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

    @on(Input.Submitted, "#filter")
    @on(DataTable.RowSelected, "#cases")
    def choose_case(self) -> None:
        """Report the case under the cursor."""
        if entry := self.chosen:
            self.post_message(CaseRequested(entry.id, entry.language))
