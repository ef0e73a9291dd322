"""A dialog with a few fields: what is typed comes back, also where it was cancelled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.suggester import SuggestFromList
from textual.widgets import Input, Static

from tutor.locales import _
from tutor.tui.keyline import N_


def _anything(_text: str) -> str:
    return ""


@dataclass(frozen=True)
class FormField:
    """A line to be filled in; `check` returns what is wrong with a text, or nothing."""

    label: str
    value: str = ""
    hint: str = ""
    suggestions: Sequence[str] = ()
    check: Callable[[str], str] = _anything


@dataclass(frozen=True)
class Filled:
    """What stood in the fields, and whether it is meant."""

    is_meant: bool
    values: tuple[str, ...]


class Form(ModalScreen[Filled]):
    """Asks for a few lines; Enter goes on to the next and from the last one on."""

    CSS_PATH = "form.tcss"

    # Without priority, these two come after what was typed before them.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "cancel",
            N_("Close"),
            id="form.cancel",
            tooltip=N_("Close; what was typed comes back next time."),
        ),
        Binding(
            "ctrl+s,f9",
            "done",
            N_("Done"),
            id="form.done",
            tooltip=N_("Take everything over, from any field."),
        ),
        # With priority and at once: what is typed fast after Enter belongs to the next field.
        Binding("enter", "step(1)", N_("Next"), id="form.next", show=False, priority=True),
        Binding("tab,down", "step(1, True)", N_("Next"), id="form.down", show=False, priority=True),
        Binding("shift+tab,up", "step(-1)", N_("Back"), id="form.up", show=False, priority=True),
    ]

    def __init__(self, title: str, fields: Sequence[FormField]) -> None:
        super().__init__()
        self._heading = title
        self._fields = tuple(fields)

    def compose(self) -> ComposeResult:
        """Compose a label and a line for each field."""
        with Vertical(id="form"):
            yield Static(Content(self._heading), id="form-title")
            with VerticalScroll(id="form-fields", can_focus=False):
                for number, field in enumerate(self._fields):
                    yield Static(Content(field.label), classes="form-label")
                    line = Input(
                        field.value,
                        placeholder=field.hint,
                        id=f"field-{number}",
                        compact=True,
                        select_on_focus=False,
                        suggester=SuggestFromList(field.suggestions, case_sensitive=False)
                        if field.suggestions
                        else None,
                    )
                    line.cursor_blink = False
                    yield line
            yield Static(id="form-problem", markup=False)
            yield Static(
                Content(_("Enter: next field, and done at the end · Ctrl+S: done · Esc: close")),
                classes="muted",
            )

    def on_mount(self) -> None:
        """Begin with the first field that is empty."""
        lines = list(self.query(Input))
        self.set_focus(next((line for line in lines if not line.value), lines[0]))

    @property
    def values(self) -> tuple[str, ...]:
        """What stands in the fields."""
        return tuple(line.value.strip() for line in self.query(Input))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Enter in the last field to the field, which hands it on after what was typed."""
        if action == "step" and parameters == (1,) and self.is_mounted:
            return self.focused is not self.query(Input).last()
        return True

    @on(Input.Submitted)
    def finish(self, event: Input.Submitted) -> None:
        """Take everything over after the last field."""
        event.stop()
        self.action_done()

    def action_step(self, direction: int, _goes_round: bool = False) -> None:
        """Go to the next or the previous field, and round at the ends."""
        lines = list(self.query(Input))
        place = next((n for n, line in enumerate(lines) if line is self.focused), 0)
        self.set_focus(lines[(place + direction) % len(lines)])

    def action_done(self) -> None:
        """Leave with what was typed, unless something is wrong with it."""
        for number, (field, value) in enumerate(zip(self._fields, self.values, strict=True)):
            if problem := field.check(value):
                self.query_one("#form-problem", Static).update(Content(f"! {problem}"))
                self.set_focus(self.query_one(f"#field-{number}", Input))
                return
        self.dismiss(Filled(is_meant=True, values=self.values))

    def action_cancel(self) -> None:
        """Leave without taking anything over."""
        self.dismiss(Filled(is_meant=False, values=self.values))


def required(text: str) -> str:
    """Refuse an empty field."""
    return "" if text.strip() else _("This field cannot stay empty.")
