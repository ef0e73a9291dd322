"""The tutor's app with one screen in place of the library: a class, or a drill."""

from typing import Any

from textual.screen import Screen

from tutor.tui.shell import Shell


class ScreenApp(Shell):
    """Opens on a screen, under which there is nothing."""

    def __init__(self, first: Screen[Any], *, theme: str | None = None) -> None:
        """Open on `first`, whose style sheet has a path."""
        # Textual does not load the CSS_PATH of a default screen.
        assert isinstance(first.CSS_PATH, str)
        super().__init__(theme=theme, css_path=["app.tcss", first.CSS_PATH])
        self._first = first

    def get_default_screen(self) -> Screen[Any]:
        """Open on the screen that was asked for."""
        return self._first
