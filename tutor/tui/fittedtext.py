"""A text that is laid out anew for every width."""

from collections.abc import Callable

from textual import events
from textual.content import Content
from textual.widgets import Static


class FittedText(Static):
    """Shows what `draw` returns for the width there is."""

    def __init__(self, draw: Callable[[int], Content]) -> None:
        super().__init__(markup=False)
        self._draw = draw
        self._drawn_for = 0

    def on_resize(self, event: events.Resize) -> None:
        """Draw; a change of height alone changes nothing."""
        if event.size.width != self._drawn_for:
            self._drawn_for = event.size.width
            self.update(self._draw(event.size.width))

    def redraw(self) -> None:
        """Draw again, because what is drawn has changed."""
        if self._drawn_for:
            self.update(self._draw(self._drawn_for))
