"""The theory cards: by phase, with search, and how each idea went in the cases."""

from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import DataTable, Input, Static

from tutor.core.plaintext import clean
from tutor.core.progress import MeasureProgress
from tutor.locales import _
from tutor.report.progress import outcome_words
from tutor.report.words import percent
from tutor.session.study import TheoryEntry
from tutor.tui.debrieftext import muted, paragraphs
from tutor.tui.filterinput import FilterInput
from tutor.tui.keyline import N_
from tutor.tui.prose import prose
from tutor.tui.screen import TutorScreen

if TYPE_CHECKING:
    from tutor.session.practice import Practice


class TheoryScreen(TutorScreen):
    """Lists the cards by phase; the one under the cursor is shown beside or below."""

    CSS_PATH = "theory.tcss"
    AUTO_FOCUS = "#filter"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "close",
            N_("Back"),
            id="theory.close",
            tooltip=N_("Clear the search, or go back."),
        ),
        Binding(
            "f5",
            "read(-1)",
            N_("Up"),
            id="theory.up",
            tooltip=N_("Scroll the card up."),
        ),
        Binding(
            "f6",
            "read(1)",
            N_("Down"),
            id="theory.down",
            tooltip=N_("Scroll the card down."),
        ),
    ]

    def __init__(self, practice: "Practice", card_id: str | None = None) -> None:
        """Begin at the card with this id, or at the first."""
        super().__init__()
        self._practice = practice
        self._card_id = card_id
        self._entries: tuple[TheoryEntry, ...] = ()
        self._shown: list[TheoryEntry] = []

    def compose_content(self) -> ComposeResult:
        """Compose the search, the list and the card."""
        yield Static(Content(_("Theory")), classes="title-line")
        yield FilterInput(placeholder=_("Type to search titles and texts"), id="filter")
        with Container(id="theory-body"):
            yield DataTable[Text](id="cards", cursor_type="row", show_header=False)
            with VerticalScroll(id="card-scroll", can_focus=False):
                yield Static(Content(_("Reading the cards…")), id="card-text", markup=False)

    def on_mount(self) -> None:
        """Begin to read."""
        self.query_one("#cards", DataTable).can_focus = False
        self.in_background(
            lambda: self._practice.study.theory(), self.show_cards, self.action_close
        )

    def show_cards(self, entries: tuple[TheoryEntry, ...]) -> None:
        """Show what was read, at the card that was asked for."""
        self._entries = entries
        self.show_rows()
        places = [place for place, e in enumerate(self._shown) if e.card.id == self._card_id]
        if places:
            self.query_one("#cards", DataTable).move_cursor(row=places[0])
            self.show_card()

    @on(Input.Changed, "#filter")
    def show_rows(self) -> None:
        """Narrow the list to the cards that hold every word of the search."""
        wishes = self.query_one("#filter", Input).value.casefold().split()
        self._shown = [
            entry
            for entry in self._entries
            if all(
                wish in f"{entry.card.title} {entry.card.text} {entry.phase}".casefold()
                for wish in wishes
            )
        ]
        table: DataTable[Text] = self.query_one("#cards", DataTable)
        with self.prevent(DataTable.RowHighlighted):
            table.clear(columns=True)
            table.add_column(Text(_("Phase")), width=14)
            table.add_column(Text(_("Card")), width=30)
            for entry in self._shown:
                cells = (entry.phase, entry.card.title)
                table.add_row(
                    *(Text(clean(cell), no_wrap=True, overflow="ellipsis") for cell in cells)
                )
        self.show_card()

    @property
    def chosen(self) -> TheoryEntry | None:
        """The card under the cursor."""
        row = self.query_one("#cards", DataTable).cursor_row
        return self._shown[row] if 0 <= row < len(self._shown) else None

    @on(DataTable.RowHighlighted, "#cards")
    def show_card(self) -> None:
        """Show the card under the cursor."""
        entry = self.chosen
        text = Content("")
        if entry is not None:
            text = _card_text(entry)
        elif self._entries:
            text = Content(_("No card matches. Escape clears the search."))
        self.query_one("#card-text", Static).update(text)
        self.query_one("#card-scroll").scroll_home(animate=False)

    def action_move(self, rows: int) -> None:
        """Move the cursor while the search keeps the focus."""
        table = self.query_one("#cards", DataTable)
        if self._shown:
            table.move_cursor(row=min(max(table.cursor_row + rows, 0), len(self._shown) - 1))

    def action_read(self, direction: int) -> None:
        """Scroll the card while the search keeps the focus."""
        scroll = self.query_one("#card-scroll")
        if direction > 0:
            scroll.scroll_page_down(animate=False)
        else:
            scroll.scroll_page_up(animate=False)

    @on(Input.Submitted, "#filter")
    def read_on(self) -> None:
        """Turn the page of the card."""
        self.action_read(1)

    def action_close(self) -> None:
        """Clear the search, or leave where it is clear."""
        field = self.query_one("#filter", Input)
        if field.value:
            field.value = ""
        else:
            self.dismiss(None)


def _card_text(entry: TheoryEntry) -> Content:
    parts: list[Content | str] = [
        Content.styled(clean(entry.card.title), "bold"),
        prose(entry.card.text),
        "",
    ]
    if entry.measures:
        parts.append(Content.styled(_("Where it mattered, and how it went"), "bold"))
    parts += [_measure_text(measure) for measure in entry.measures]
    return paragraphs(parts)


def _measure_text(measure: MeasureProgress) -> Content:
    said = outcome_words(measure.outcome)
    if measure.memory is not None:
        said = _("{outcome}; remembered now: {recall}").format(
            outcome=said, recall=percent(measure.recall)
        )
    return Content.assemble(
        f"• {clean(measure.case_title)}: {clean(measure.text)}", "\n", muted(f"  {said}")
    )
