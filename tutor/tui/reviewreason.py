"""The dialog in which a marker says why."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tutor.core.plaintext import clean
from tutor.locales import _
from tutor.tui.keyline import N_

# A sentence or two; what needs more belongs into the rubric.
MAX_REASON = 300


class ReasonDialog(ModalScreen[str | None]):
    """Asks for the reason of a decision; comes back with it, or with None where it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", N_("Close"), id="why.cancel", tooltip=N_("Change nothing.")),
    ]

    def __init__(self, about: str, value: str) -> None:
        super().__init__()
        self._about = about
        self._value = value

    def compose(self) -> ComposeResult:
        """Compose what is decided, and the field."""
        with Vertical(id="dialog"):
            yield Static(Content(_("Why do you decide so?")), id="dialog-title")
            yield Static(Content(f"{self._value}: {self._about}"))
            yield Input(id="why", placeholder=_("Enter keeps it"), max_length=MAX_REASON)

    @on(Input.Submitted)
    def keep(self, event: Input.Submitted) -> None:
        """Leave with the reason."""
        event.stop()
        self.dismiss(clean(event.value).strip())

    def action_cancel(self) -> None:
        """Leave without one."""
        self.dismiss(None)
