"""What a terminal pastes, in one piece: Textual takes escape sequences out of it and types them."""

import sys
from collections.abc import Iterable

from textual import events
from textual._xterm_parser import XTermParser
from textual.driver import Driver
from textual.message import Message

from tutor.core.plaintext import clean

# Bracketed paste: https://invisible-island.net/xterm/ctlseqs/ctlseqs.html, mode 2004.
BEGIN, END = "\x1b[200~", "\x1b[201~"


class PasteParser(XTermParser):
    """Reads what the terminal sends; whatever is pasted becomes one clean text, in its order."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._pasted: str | None = None

    def feed(self, data: str) -> Iterable[Message]:
        """Return the events of what came in."""
        if not data:
            yield from super().feed(data)
        while data:
            if self._pasted is None:
                typed, begin, data = data.partition(BEGIN)
                if typed:
                    yield from super().feed(typed)
                self._pasted = "" if begin else None
                continue
            # The end may have come in two pieces, so it is looked for in all that is there.
            text, end, data = (self._pasted + data).partition(END)
            self._pasted = None if end else text
            if end:
                yield events.Paste(clean(text))


def pasting_whole(driver: type[Driver]) -> type[Driver]:
    """Return a driver of Textual that reads with the `PasteParser`, where it reads by itself."""
    module = sys.modules[driver.__module__]
    if hasattr(module, "XTermParser"):
        # Textual has no other place to name a parser: the drivers look it up in their module.
        setattr(module, "XTermParser", PasteParser)  # noqa: B010 - no name of the module to mypy
    return driver
