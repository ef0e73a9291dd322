"""The briefing: what will be marked, the rules of the clock, the keys; never the situation."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tutor.core.case import Case
from tutor.core.mock import Conditions
from tutor.core.plaintext import clean
from tutor.locales import _
from tutor.report.conditions import conditions_words
from tutor.report.words import area_name, kind_name, language_name, minutes_words
from tutor.tui.help import what_is_marked
from tutor.tui.intents import StartRequested
from tutor.tui.keyline import N_
from tutor.tui.screen import TutorScreen


class BriefingScreen(TutorScreen):
    """Shows the rules of one case; Enter starts its clock."""

    CSS_PATH = "briefing.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "start",
            N_("Start the clock"),
            id="briefing.start",
            tooltip=N_("Show the situation and start the clock."),
        ),
        Binding("escape", "back", N_("Back"), id="briefing.back", tooltip=N_("Back to the cases.")),
    ]

    def __init__(self, case: Case, conditions: Conditions = Conditions()) -> None:  # noqa: B008 -- frozen
        super().__init__()
        self._conditions = conditions
        self.case = case
        self._is_starting = False

    def compose_content(self) -> ComposeResult:
        """Compose the facts of the case and the rules, short enough for 60 × 20."""
        case = self.case
        facts = [kind_name(case.kind), minutes_words(case.minutes), language_name(case.language)]
        granted = self._conditions
        own = conditions_words(granted.time_factor, hidden_clock=granted.hidden_clock)
        facts += [own] if own else []
        area = case.competence_area
        yield Static(Content(clean(case.title)), classes="title-line")
        with VerticalScroll(id="briefing", can_focus=False):
            yield Static(Content(" · ".join(facts)))
            if area is not None:
                yield Static(Content(f"{area.value} {area_name(area)}"), classes="muted")
            yield Static(Content(_("What is marked")), classes="heading -first")
            yield Static(Content(what_is_marked()))
            yield Static(Content(_("The clock")), classes="heading")
            yield Static(Content(self._rules()))
            yield Static(Content(_("Writing")), classes="heading")
            yield Static(Content(self._writing()))

    def _rules(self) -> str:
        return "\n".join(
            (
                _("It starts with the situation: reading counts."),
                _("It cannot be paused. At 0:00 your answer is handed in as it stands."),
            )
        )

    @staticmethod
    def _writing() -> str:
        return "\n".join(
            (
                _("Enter goes on: measure, reason, next card."),
                _("F2 situation, F9 hand in early, F1 all keys."),
                _("What you type is kept, even if the power fails."),
            )
        )

    def action_start(self) -> None:
        """Ask for the exam, once."""
        if not self._is_starting:
            self._is_starting = True
            self.post_message(StartRequested(self.case.id, self.case.language))

    def start_failed(self) -> None:
        """Let Enter ask again."""
        self._is_starting = False

    def action_back(self) -> None:
        """Go back to the cases."""
        self.dismiss()
