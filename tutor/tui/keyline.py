"""The last line of every screen: the keys that work here, or an announcement for a moment."""

from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tutor.locales import _


def N_(message: str) -> str:  # noqa: N802 - the name gettext's extraction knows
    """Mark a message for translation where it is written, such as in BINDINGS.

    Bindings are built at import, when no language is chosen; `_` translates when they are shown.
    """
    return message


_GAP = 2

_NAMES = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "up": "↑",
    "down": "↓",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "space": N_("Space"),
    "delete": N_("Del"),
}


def key_name(key: str) -> str:
    """Return a key as it is printed on keyboards: `F1`, `Ctrl+S`, `Enter`."""
    if key in _NAMES:
        return _(_NAMES[key])
    *modifiers, last = key.split("+")
    last = {"slash": "/", "question_mark": "?", "plus": "+", "minus": "-"}.get(last, last)
    return "+".join(part.capitalize() for part in [*modifiers, last])


@dataclass(frozen=True)
class _Hint:
    key: str
    start: int
    end: int


class KeyLine(Static):
    """One line with the keys of the screen; a click presses the key.

    Textual's Footer mounts a widget for every key whenever the focus moves; one line of text
    does the same and costs a fraction of the first frame.
    """

    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        width: 1fr;
        height: 1;
        padding: 0 1;
        background: $footer-background;
        color: $footer-foreground;
        text-wrap: nowrap;
        text-overflow: ellipsis;
        &.-announcing { text-style: bold reverse; }
    }
    """

    def __init__(self) -> None:
        super().__init__(id="key-line", markup=False)
        self._hints: tuple[_Hint, ...] = ()
        self.announcement = ""

    def on_mount(self) -> None:
        """Follow the bindings, which change with the focus."""
        self.screen.bindings_updated_signal.subscribe(self, self._show_keys_of)
        self.call_after_refresh(self._show_keys_of, self.screen)

    def announce(self, text: str) -> None:
        """Show a sentence in place of the keys until `announce("")`."""
        self.announcement = text
        self.set_class(bool(text), "-announcing")
        self._show_keys_of(self.screen)

    def _show_keys_of(self, screen: Screen[object]) -> None:
        if not self.is_attached or screen is not self.screen:
            return
        if self.announcement:
            self._hints = ()
            self.update(Content(self.announcement))
            return
        parts: list[Content] = []
        hints: list[_Hint] = []
        column = 0
        seen: set[str] = set()
        # Help comes first: it is what leads to the keys for which there is no room.
        bindings = sorted(screen.active_bindings.values(), key=lambda a: a.binding.key != "f1")
        for active in bindings:
            binding = active.binding
            if not binding.show or binding.action in seen:
                continue
            seen.add(binding.action)
            hint = Content.assemble(
                Content.styled(
                    binding.key_display or key_name(binding.key), "bold $footer-key-foreground"
                ),
                " ",
                _(binding.description),
            )
            if column + hint.cell_length > self.content_size.width > 0:
                break
            hints.append(_Hint(binding.key, column, column + hint.cell_length))
            column += hint.cell_length + _GAP
            parts.append(hint if active.enabled else hint.stylize("dim"))
        self._hints = tuple(hints)
        self.update(Content(" " * _GAP).join(parts))

    def on_resize(self) -> None:
        """Show as many keys as there is room for."""
        self._show_keys_of(self.screen)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        column = event.x - self.styles.padding.left
        for hint in self._hints:
            if hint.start <= column < hint.end:
                self.app.simulate_key(hint.key)
