"""The plainest Textual apps, to compare with: one text, or one text and a bare editor."""

import sys

from textual.app import App, ComposeResult
from textual.widgets import Static, TextArea

READY = "READY-MARK"


class Plain(App[None]):
    def compose(self) -> ComposeResult:
        yield Static(READY)


class PlainEditor(App[None]):
    AUTO_FOCUS = "TextArea"

    def compose(self) -> ComposeResult:
        yield Static(READY)
        yield TextArea()


if __name__ == "__main__":
    (PlainEditor() if "editor" in sys.argv else Plain()).run()
