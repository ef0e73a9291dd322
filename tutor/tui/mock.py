"""A mock exam between its cases, and its total at the end."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from tutor.core.errors import StoreError
from tutor.core.plaintext import clean
from tutor.locales import _, ngettext
from tutor.report.conditions import conditions_words
from tutor.report.section import Section
from tutor.report.words import minutes_words
from tutor.tui.dialogs import Choice, Dialog
from tutor.tui.fittedtext import FittedText
from tutor.tui.intents import DebriefRequested, MockCaseRequested
from tutor.tui.keyline import N_
from tutor.tui.reading import Reading
from tutor.tui.screen import TutorScreen
from tutor.tui.tabletext import table_text

if TYPE_CHECKING:
    from tutor.session.mockexam import MockState
    from tutor.session.practice import Practice


class MockScreen(TutorScreen):
    """Says which case comes next and shows no result before the last one is handed in."""

    CSS_PATH = "mock.tcss"
    AUTO_FOCUS = "#mock-scroll"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "start",
            N_("Start the clock"),
            id="mock.start",
            tooltip=N_("Start the clock of the next case."),
        ),
        Binding(
            "x",
            "end",
            N_("End it"),
            id="mock.end",
            tooltip=N_("End the mock exam here; cases that were not sat count nothing."),
        ),
        *(
            Binding(
                str(number),
                f"debrief({number})",
                N_("Debrief"),
                show=number == 1,
                id="mock.debrief",
                tooltip=N_("Read the debrief of the case with this number."),
                key_display="1…9",
            )
            for number in range(1, 10)
        ),
        Binding(
            "e",
            "export",
            N_("Report"),
            id="mock.export",
            tooltip=N_("Write the report of the whole mock exam to a file."),
        ),
        Binding("escape", "close", N_("Back"), id="mock.close", tooltip=N_("Back to the cases.")),
    ]

    def __init__(self, practice: "Practice", state: "MockState") -> None:
        super().__init__()
        self._practice = practice
        self.state = state
        self._total: Section | None = None
        self._is_starting = False

    def compose_content(self) -> ComposeResult:
        """Compose the words, and the table of the total."""
        yield Static(Content(_("Mock exam")), id="mock-title", classes="title-line")
        with Reading(id="mock-scroll"):
            yield Static(id="mock-words", markup=False)
            yield FittedText(self._table)

    def on_mount(self) -> None:
        """Show how far it has come."""
        self._read()

    def on_screen_resume(self) -> None:
        """Let Enter ask again after a dialog or a debrief."""
        self._is_starting = False

    def _read(self) -> None:
        def read() -> "tuple[MockState, Section | None]":
            state = self._practice.mocks.refresh(self.state)
            return state, self._practice.mocks.total(state) if state.is_over else None

        self.in_background(read, self._show, self.action_close)

    def _show(self, found: "tuple[MockState, Section | None]") -> None:
        self.state, self._total = found
        words = self._between() if self._total is None else "\n".join(self._total.said)
        self.query_one("#mock-words", Static).update(Content(words))
        self.query_one(FittedText).redraw()
        self.refresh_bindings()

    def _between(self) -> str:
        state = self.state
        place = state.next_place
        assert place is not None
        case = state.parts[place].case
        conditions = conditions_words(
            state.mock.conditions.time_factor, hidden_clock=state.mock.conditions.hidden_clock
        )
        count = len(state.parts)
        lines = [
            ngettext("{count} case in a row.", "{count} cases in a row.", count).format(
                count=count
            ),
            _("There is no debrief in between, and one total at the end."),
            _("You may rest between two cases; within a case the clock runs."),
            "",
            _("Case {number} of {count}: {title}").format(
                number=place + 1, count=count, title=clean(case.title)
            ),
            ", ".join(filter(None, (minutes_words(case.minutes), conditions))),
        ]
        return "\n".join(lines)

    def _table(self, width: int) -> Content:
        return Content("") if self._total is None else table_text(self._total, width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what belongs before the end, or what belongs after it."""
        if action in {"start", "end"}:
            return not self.state.is_over
        if action in {"debrief", "export"}:
            return self.state.is_over
        return super().check_action(action, parameters)

    def action_start(self) -> None:
        """Ask for the next case, once."""
        if not self._is_starting:
            self._is_starting = True
            self.post_message(MockCaseRequested(self.state))

    def action_end(self) -> None:
        """Ask once, then end the exam here."""
        self.app.push_screen(
            Dialog(
                _("End the mock exam?"),
                _("Cases that were not sat count nothing. You see the total and the debriefs."),
                (Choice("stay", _("Go on later")), Choice("end", _("End it"))),
            ),
            self._end_if_meant,
        )

    def _end_if_meant(self, choice: str | None) -> None:
        if choice != "end":
            return

        def keep(state: "MockState") -> None:
            self.state = state
            self._read()

        self.in_background(lambda: self._practice.mocks.end(self.state), keep)

    def action_debrief(self, number: int) -> None:
        """Ask for the debrief of one case."""
        if number <= len(self.state.parts) and self.state.parts[number - 1].is_done:
            self.post_message(DebriefRequested(self.state.parts[number - 1].attempt_id))

    def action_export(self) -> None:
        """Write the report, and say where it is."""
        path = Path.cwd() / f"tutor-mock-{self.state.mock.id}.html"
        self.in_background(partial(self._write, path), self._tell_written)

    def _write(self, path: Path) -> Path:
        try:
            path.write_text(self._practice.mocks.page(self.state), encoding="utf-8")
        except OSError as error:
            raise StoreError(
                _("{path} cannot be written: {why}").format(path=path, why=error.strerror or error)
            ) from error
        return path

    def _tell_written(self, path: Path) -> None:
        self.notify(clean(str(path)), title=_("Report written"), markup=False, timeout=10)

    def action_close(self) -> None:
        """Go back; an exam that was begun goes on from the library."""
        self.dismiss(None)
