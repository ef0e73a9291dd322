"""The dialog that writes an answer to a file of the candidate's own choice."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from tutor.locales import _
from tutor.tui.keyline import N_


class SaveCopyDialog(ModalScreen[str | None]):
    """Asks for a path; comes back with it, or with None where it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", N_("Close"), id="copy.cancel", tooltip=N_("Change nothing.")),
    ]

    def __init__(self, suggestion: str) -> None:
        super().__init__()
        self._suggestion = suggestion

    def compose(self) -> ComposeResult:
        """Compose the field and two buttons."""
        with Vertical(id="dialog"):
            yield Static(Content(_("Write the answer to a file")), id="dialog-title")
            yield Static(
                Content(_("A new file on a disk with room, as plain text:")), classes="muted"
            )
            yield Input(self._suggestion, id="copy-path", select_on_focus=False)
            with Horizontal(id="dialog-choices"):
                yield Button(Content(_("Write it")), id="copy-yes", compact=True)
                yield Button(Content(_("Close")), id="copy-no", compact=True)

    @on(Input.Submitted)
    @on(Button.Pressed, "#copy-yes")
    def take_path(self) -> None:
        """Leave with the path."""
        self.dismiss(self.query_one("#copy-path", Input).value.strip() or None)

    @on(Button.Pressed, "#copy-no")
    def action_cancel(self) -> None:
        """Leave without a path."""
        self.dismiss(None)
