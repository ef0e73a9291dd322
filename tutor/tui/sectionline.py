"""The line that names the sections of a screen, each with its number."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

# Titles stand apart; where room is short, their numbers part them well enough.
_GAPS = (2, 1)


@dataclass(frozen=True)
class _Place:
    start: int
    end: int


def fitted(
    titles: Sequence[str], short: Sequence[str], active: int, width: int
) -> tuple[tuple[str, ...], int]:
    """Return the numbered titles and the gap between them, in `width` cells.

    Where there is no room for all of them they move together; then the others are short, then
    the active one too, and in the end the others end in `…`.
    """
    numbered: tuple[str, ...] = ()
    for row in _rows(titles, short, active):
        numbered = tuple(f"{place} {title}".rstrip() for place, title in enumerate(row, 1))
        for gap in _GAPS:
            if sum(map(len, numbered)) + gap * (len(titles) - 1) <= width:
                return numbered, gap
    return numbered, _GAPS[-1]


def _rows(titles: Sequence[str], short: Sequence[str], active: int) -> Iterator[Sequence[str]]:
    """Yield the titles, from all that could be said to the least."""
    yield titles
    yield [*short[:active], titles[active], *short[active + 1 :]]
    for letters in range(max(map(len, short)), 0, -1):
        yield [
            title if place == active else _cut(title, letters) for place, title in enumerate(short)
        ]


def _cut(title: str, letters: int) -> str:
    if len(title) <= letters:
        return title
    # One letter names nothing; the number does.
    return f"{title[: letters - 1]}…" if letters > 2 else ""


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

    def __init__(self, titles: Sequence[str], short: Sequence[str]) -> None:
        """Name the sections, by their short titles where there is no room for the others."""
        super().__init__(id="section-line", markup=False)
        self._titles, self._short = tuple(titles), tuple(short)
        self._active = 0
        self._places: tuple[_Place, ...] = ()

    def show(self, active: int) -> None:
        """Set off the section with this place."""
        self._active = active
        parts: list[Content] = []
        places: list[_Place] = []
        column = 0
        titles, gap = fitted(self._titles, self._short, active, self.content_size.width)
        for place, title in enumerate(titles):
            style = "bold reverse" if place == active else "dim"
            parts.append(Content.styled(title, style))
            places.append(_Place(column, column + len(title)))
            column += len(title) + gap
        self._places = tuple(places)
        self.update(Content(" " * gap).join(parts))

    def on_resize(self) -> None:
        """Shorten the titles to the width there is."""
        self.show(self._active)

    def on_click(self, event: events.Click) -> None:
        """Report the section under the pointer."""
        column = event.x - self.styles.padding.left
        for number, place in enumerate(self._places):
            if place.start <= column < place.end:
                self.post_message(self.Chosen(number))
