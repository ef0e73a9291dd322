"""A measure card: its number, the measure, and the reason for it."""

from typing import Literal

from textual import events
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from tutor.core.draft import Card
from tutor.locales import _
from tutor.tui.field import Field

Half = Literal["measure", "reason"]

_BUTTONS = (("up", " ▲ "), ("down", " ▼ "), ("delete", " ✕ "))


class CardHead(Widget):
    """The number of a card and, for the mouse, what can be done with it."""

    class Pressed(Message):
        """One of the signs was clicked."""

        def __init__(self, head: "CardHead", action: str) -> None:
            super().__init__()
            self.head = head
            self.action = action

    def __init__(self, number: int) -> None:
        super().__init__(classes="card-head")
        self.number = number

    def renumber(self, number: int) -> None:
        """Show another number."""
        if number != self.number:
            self.number = number
            self.refresh()

    def render(self) -> Content:
        """Draw `3 ──────── ▲ ▼ ✕`."""
        number = f"{self.number} "
        buttons = "".join(sign for _action, sign in _BUTTONS)
        rule = "─" * max(0, self.size.width - len(number) - len(buttons))
        return Content.assemble((number, "bold"), (rule + buttons, "dim"))

    def on_click(self, event: events.Click) -> None:
        """Do what the sign under the pointer says."""
        event.stop()
        place = self.size.width - event.x - 1
        index = len(_BUTTONS) - 1 - place // 3
        if 0 <= index < len(_BUTTONS):
            self.post_message(self.Pressed(self, _BUTTONS[index][0]))


class CardView(Container):
    """Shows one card as two fields; the answer it belongs to decides everything else."""

    def __init__(self, card: Card, number: int) -> None:
        super().__init__(classes="card")
        self.key = card.key
        self.head = CardHead(number)
        self.fields: dict[Half, Field] = {
            "measure": Field(card.measure, single=True, classes="measure"),
            "reason": Field(card.reason, single=True, classes="reason"),
        }

    def compose(self) -> ComposeResult:
        """Compose the head and two labelled fields."""
        yield self.head
        yield Static(Content(_("Measure")), classes="card-label")
        yield self.fields["measure"]
        yield Static(Content(_("Reason")), classes="card-label")
        yield self.fields["reason"]

    @property
    def card(self) -> Card:
        """The card as it is written here."""
        return Card(self.key, self.fields["measure"].value, self.fields["reason"].value)

    def put(self, card: Card) -> None:
        """Show a card; a field whose text is the same keeps its cursor."""
        if self.fields["measure"].value != card.measure:
            self.fields["measure"].put(card.measure)
        if self.fields["reason"].value != card.reason:
            self.fields["reason"].put(card.reason)


__all__ = ["CardHead", "CardView", "Half"]
