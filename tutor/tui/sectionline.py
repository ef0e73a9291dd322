"""The line that names the sections of a screen, each with its number."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

_GAP = 2


@dataclass(frozen=True)
class _Place:
    start: int
    end: int


def shortened(titles: Sequence[str], active: int, width: int) -> tuple[str, ...]:
    """Return the numbered titles in `width` cells: the active one whole, the others as they fit."""
    for letters in range(max(map(len, titles)), -1, -1):
        names = tuple(
            title if place == active or len(title) <= letters else title[:letters]
            for place, title in enumerate(titles)
        )
        numbered = tuple(f"{place} {name}".rstrip() for place, name in enumerate(names, 1))
        if sum(map(len, numbered)) + _GAP * (len(titles) - 1) <= width:
            break
    return numbered


class SectionLine(Static):
    """Shows which section is open; a click opens another.

    Textual's tabs take a second line, and a widget for every title.
    """

    DEFAULT_CSS = """
    SectionLine {
        height: 1;
        padding: 0 1;
        margin-bottom: 1;
        background: $surface;
        text-wrap: nowrap;
    }
    """

    class Chosen(Message):
        """A section was clicked, by its place counted from 0."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, titles: Sequence[str]) -> None:
        super().__init__(id="section-line", markup=False)
        self._titles = tuple(titles)
        self._active = 0
        self._places: tuple[_Place, ...] = ()

    def show(self, active: int) -> None:
        """Set off the section with this place."""
        self._active = active
        parts: list[Content] = []
        places: list[_Place] = []
        column = 0
        for place, title in enumerate(shortened(self._titles, active, self.content_size.width)):
            style = "bold reverse" if place == active else "dim"
            parts.append(Content.styled(title, style))
            places.append(_Place(column, column + len(title)))
            column += len(title) + _GAP
        self._places = tuple(places)
        self.update(Content(" " * _GAP).join(parts))

    def on_resize(self) -> None:
        """Shorten the titles to the width there is."""
        self.show(self._active)

    def on_click(self, event: events.Click) -> None:
        """Report the section under the pointer."""
        column = event.x - self.styles.padding.left
        for number, place in enumerate(self._places):
            if place.start <= column < place.end:
                self.post_message(self.Chosen(number))
