"""The line at the top of an exam: the title, whether the answer is safe, and the time left."""

from textual.content import Content
from textual.widget import Widget

from tutor.core.clock import WARNINGS, clock_face
from tutor.locales import _

_CLASSES = {120: "-two-minutes", 60: "-last-minute", 15: "-last-seconds"}


def stage_of(remaining_seconds: float) -> int:
    """Return the last warning that has been reached, in seconds left, or 0 before the first."""
    return min((mark for mark in WARNINGS if remaining_seconds <= mark), default=0)


def clock_words(remaining_seconds: float) -> str:
    """Return the time left, and from 2:00 on what that means."""
    time = clock_face(remaining_seconds)
    if remaining_seconds <= 0:
        return _("{time} – time is up").format(time=time)
    match stage_of(remaining_seconds):
        case 120:
            return _("{time} left – last two minutes").format(time=time)
        case 60:
            return _("{time} left – last minute").format(time=time)
        case 15:
            return _("{time} left – closing").format(time=time)
        case _before:
            return _("{time} left").format(time=time)


def announcement(mark: int) -> str:
    """Return what is said once when a warning is reached."""
    match mark:
        case 120:
            return _("Two minutes left.")
        case 60:
            return _("One minute left.")
        case _last:
            return _("15 seconds left: at 0:00 your answer is handed in as it stands.")


class ClockLine(Widget):
    """One line; it is drawn again only when a word on it changes."""

    def __init__(self, title: str, *, is_hidden: bool = False) -> None:
        """Show `title`, and the time unless it `is_hidden`."""
        super().__init__(id="clock-line")
        self._is_hidden = is_hidden
        self._title = title
        self.words = ""
        self.saved = ""

    def show(self, remaining_seconds: float, saved: str) -> None:
        """Show the time left, and a word on whether what was written is on disk."""
        words = _("clock hidden") if self._is_hidden else clock_words(remaining_seconds)
        if (words, saved) == (self.words, self.saved):
            return
        self.words, self.saved = words, saved
        for mark, name in _CLASSES.items():
            is_on = stage_of(remaining_seconds) == mark and not self._is_hidden
            self.set_class(is_on, name)
        self.refresh()

    def render(self) -> Content:
        """Draw the title on the left, the rest on the right."""
        right = Content.assemble("  ", self.saved, "   ", (self.words, "bold"))
        room = max(self.size.width - right.cell_length, 0)
        return Content(self._title).truncate(room, ellipsis=True, pad=True) + right
