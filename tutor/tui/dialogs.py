"""Questions and notices that lie over a screen; they never stop the clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Static

from tutor.locales import _
from tutor.tui.keyline import N_

# The inside of the frame in the style sheet, and what a button has left and right of its label.
CHOICES_WIDTH = 50
BUTTON_EDGES = 6


@dataclass(frozen=True)
class Choice:
    """One answer to a dialog: what comes back, and what is on its button."""

    id: str
    label: str


class Dialog(ModalScreen[str | None]):
    """A question with two or more answers, or a notice with one.

    Comes back with the id of the choice, or with None where it was left by Escape. The first
    choice has the focus, so it must be the one that loses nothing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", N_("Close"), id="dialog.cancel", tooltip=N_("Change nothing.")),
        Binding("right,down", "app.focus_next", show=False, id="dialog.next"),
        Binding("left,up", "app.focus_previous", show=False, id="dialog.previous"),
    ]

    def __init__(self, title: str, text: str, choices: Sequence[Choice] = ()) -> None:
        super().__init__()
        self._heading = title
        self._text = text
        self.choices = tuple(choices) or (Choice("close", _("Close")),)

    def compose(self) -> ComposeResult:
        """Compose the title, the text and a button for each choice."""
        with Vertical(id="dialog"):
            yield Static(Content(self._heading), id="dialog-title")
            with VerticalScroll(id="dialog-text", can_focus=False):
                yield Static(Content(self._text))
            # One below the other where the labels do not fit beside each other.
            width = sum(cell_len(choice.label) + BUTTON_EDGES for choice in self.choices)
            with (Horizontal if width <= CHOICES_WIDTH else Vertical)(id="dialog-choices"):
                for choice in self.choices:
                    yield Button(Content(choice.label), id=f"choice-{choice.id}", compact=True)

    @on(Button.Pressed)
    def answer(self, event: Button.Pressed) -> None:
        """Leave with the choice that was made."""
        event.stop()
        self.dismiss((event.button.id or "").removeprefix("choice-"))

    def action_cancel(self) -> None:
        """Leave without an answer."""
        self.dismiss(None)
