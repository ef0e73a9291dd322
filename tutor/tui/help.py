"""Help: the keys of the screen one came from, and what is marked."""

from typing import Any, ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tutor.locales import _
from tutor.tui.keyline import N_, key_name


def what_is_marked() -> str:
    """Return in three lines what an answer is marked for."""
    return "\n".join(
        (
            _("Completeness: which measures are there."),
            _("Order: what comes first, and what builds on what."),
            _("Justification: why each measure is taken."),
        )
    )


def key_table(screen: Screen[Any]) -> Table:
    """Return the keys that work on a screen, those with the same effect on one row."""
    rows: dict[str, list[str]] = {}
    texts: dict[str, str] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if not binding.id or not binding.description or not active.enabled:
            continue
        keys = rows.setdefault(binding.id, [])
        name = binding.key_display or key_name(binding.key)
        if name not in keys:
            keys.append(name)
        texts[binding.id] = _(binding.tooltip) if binding.tooltip else _(binding.description)
    table = Table.grid(padding=(0, 2))
    for row, keys in rows.items():
        table.add_row(Text(", ".join(keys), style="bold", no_wrap=True), Text(texts[row]))
    return table


class HelpScreen(ModalScreen[None]):
    """Lies over the screen it explains; the clock of an exam goes on below."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,f1,q,enter", "close", N_("Close"), id="help.close"),
    ]

    def __init__(self, explained: Screen[Any]) -> None:
        super().__init__()
        self._explained = explained

    def compose(self) -> ComposeResult:
        """Compose the two parts in a scrolling box."""
        with Vertical(id="help"), VerticalScroll():
            yield Static(Content(_("Keys of this screen")), classes="heading")
            yield Static(key_table(self._explained))
            yield Static(Content(_("What is marked")), classes="heading", id="help-marked")
            yield Static(Content(what_is_marked()))
            yield Static(Content(_("Esc closes this help.")), classes="muted")

    def action_close(self) -> None:
        """Go back to the screen below."""
        self.dismiss(None)
