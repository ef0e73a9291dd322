"""A question whose answer is one of a list."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tutor.tui.keyline import N_


class ListDialog(ModalScreen[str | None]):
    """Asks for one of several things; comes back with its key, or None where it was left."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", N_("Close"), id="list.cancel", tooltip=N_("Change nothing.")),
    ]

    def __init__(self, title: str, names: dict[str, str]) -> None:
        super().__init__()
        self._heading = title
        self._names = names

    def compose(self) -> ComposeResult:
        """Compose the list."""
        with Vertical(id="dialog"):
            yield Static(Content(self._heading), id="dialog-title")
            yield OptionList(
                *(Option(name, id=key) for key, name in self._names.items()),
                id="listed",
                markup=False,
            )

    @on(OptionList.OptionSelected)
    def choose(self, event: OptionList.OptionSelected) -> None:
        """Leave with the choice."""
        event.stop()
        self.dismiss(event.option.id)

    def action_cancel(self) -> None:
        """Leave without one."""
        self.dismiss(None)
