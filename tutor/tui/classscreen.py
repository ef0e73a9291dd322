"""What the screens about a class have in common: they wait for the machine, and may be left."""

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tutor.core.rubric import Pitfall
from tutor.locales import _
from tutor.report.order import one_line
from tutor.tui.screen import TutorScreen


class ClassScreen(TutorScreen):
    """A screen with a title `#where`, which says how far marking is until `is_ready`."""

    CSS_PATH = "review.tcss"

    class Marked(Message):
        """One more answer is marked."""

        def __init__(self, done: int, count: int) -> None:
            super().__init__()
            self.done, self.count = done, count

    def __init__(self) -> None:
        super().__init__()
        self.is_ready = False
        self._is_left = False

    def on_unmount(self) -> None:
        """Let the thread that marks stop after the answer it is at."""
        self._is_left = True

    def goes_on(self, done: int, count: int) -> bool:
        """Tell from the thread how far it is; False where nobody waits for it."""
        self.post_message(self.Marked(done, count))
        return not self._is_left

    @on(Marked)
    def show_progress(self, event: Marked) -> None:
        """Say how far it is."""
        if not self.is_ready:
            said = _("Marking… {done} of {count}").format(done=event.done, count=event.count)
            self.query_one("#where", Static).update(Content(said))


def pitfall_name(pitfall: Pitfall) -> str:
    """Return what a pitfall is called beside measures."""
    return _("Pitfall: {text}").format(text=one_line(pitfall.text))
