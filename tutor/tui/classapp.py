"""The tutor's app for whoever marks a class."""

import gc
from typing import Any, NoReturn

from textual.screen import Screen

from tutor.tui.app import TutorApp
from tutor.tui.screen import TutorScreen


class ClassApp(TutorApp):
    """The app with a screen about a class in place of the library."""

    # The style sheet of a first screen is not read by itself.
    CSS_PATH = ["app.tcss", "review.tcss"]  # type: ignore[assignment]  # noqa: RUF012 - Textual's type

    def __init__(self, first: TutorScreen, *, theme: str | None = None) -> None:
        """Open on a screen."""
        super().__init__(_nobody_practises, theme=theme)
        self._first = first

    def get_default_screen(self) -> Screen[Any]:
        """Open on the screen that was asked for."""
        return self._first

    def _look_back(self) -> None:
        gc.freeze()
        gc.enable()


def _nobody_practises() -> NoReturn:
    raise AssertionError("a class has no candidate at this machine")
