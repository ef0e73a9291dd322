"""The dialog behind "I did say that"."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button, Input, Static

from tutor.core.plaintext import clean
from tutor.locales import _
from tutor.tui.keyline import N_

# A sentence or two; a claim is a pointer to the answer, not a second answer.
MAX_COMMENT = 300


class ClaimDialog(ModalScreen[str | None]):
    """Asks where the measure was said; comes back with the comment, or None where it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", N_("Close"), id="claim.cancel", tooltip=N_("Change nothing.")),
    ]

    def __init__(self, measure: str) -> None:
        super().__init__()
        self._measure = measure

    def compose(self) -> ComposeResult:
        """Compose the measure, the field and two buttons."""
        with Vertical(id="dialog"):
            yield Static(Content(_("I did say that")), id="dialog-title")
            yield Static(Content(clean(self._measure)), id="claim-measure")
            yield Static(
                Content(
                    _(
                        "Your claim is kept beside the machine's mark and changes no points. "
                        "Where did you say it, and in which words?"
                    )
                ),
                classes="muted",
            )
            yield Input(
                id="claim-comment", placeholder=_("Comment (optional)"), max_length=MAX_COMMENT
            )
            with Horizontal(id="dialog-choices"):
                yield Button(Content(_("Claim it")), id="claim-yes", compact=True)
                yield Button(Content(_("Leave it")), id="claim-no", compact=True)

    @on(Input.Submitted)
    @on(Button.Pressed, "#claim-yes")
    def make_claim(self) -> None:
        """Leave with the comment."""
        self.dismiss(clean(self.query_one("#claim-comment", Input).value).strip())

    @on(Button.Pressed, "#claim-no")
    def action_cancel(self) -> None:
        """Leave without a claim."""
        self.dismiss(None)
