"""The filter above a list."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from tutor.tui.keyline import N_


class FilterInput(Input):
    """The filter, which keeps the focus while the arrow keys move through the list.

    Its cursor does not blink: nothing moves on a screen that waits.
    """

    def on_mount(self) -> None:
        """Hold the cursor still."""
        self.cursor_blink = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "up",
            "screen.move(-1)",
            N_("Up"),
            show=False,
            id="list.up",
            tooltip=N_("Go up a line in the list."),
        ),
        Binding(
            "down",
            "screen.move(1)",
            N_("Down"),
            show=False,
            id="list.down",
            tooltip=N_("Go down a line in the list."),
        ),
        Binding(
            "pageup",
            "screen.move(-10)",
            N_("Page up"),
            show=False,
            id="list.page-up",
            tooltip=N_("Go up ten lines in the list."),
        ),
        Binding(
            "pagedown",
            "screen.move(10)",
            N_("Page down"),
            show=False,
            id="list.page-down",
            tooltip=N_("Go down ten lines in the list."),
        ),
        Binding(
            "enter", "submit", N_("Open"), id="list.open", tooltip=N_("Open what is highlighted.")
        ),
    ]
