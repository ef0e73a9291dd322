"""What the screens about a class have in common: they wait for the machine, and may be left."""

from textual import on
from textual.binding import Binding
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tutor.core.rubric import Pitfall
from tutor.locales import _
from tutor.report.order import one_line
from tutor.tui.keyline import N_
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

    def scroll_beside(self, selector: str, by: int) -> None:
        """Scroll a page down or up while the list keeps the focus."""
        scroll = self.query_one(selector)
        if by > 0:
            scroll.scroll_page_down(animate=False)
        else:
            scroll.scroll_page_up(animate=False)

    @on(Marked)
    def show_progress(self, event: Marked) -> None:
        """Say how far it is."""
        if not self.is_ready:
            said = _("Marking… {done} of {count}").format(done=event.done, count=event.count)
            self.query_one("#where", Static).update(Content(said))


def scroll_keys(screen: str, action: str, *, down: str, up: str) -> tuple[Binding, Binding]:
    """Return d and e, which scroll what lies beside a list; `down` and `up` say so on F1."""
    of_down, of_up = (
        Binding(
            key,
            f"{action}({by})",
            N_("Scroll"),
            show=False,
            key_display=key,
            id=f"{screen}.{name}",
            tooltip=said,
        )
        for key, by, name, said in (("d", 1, "down", down), ("e", -1, "up", up))
    )
    return of_down, of_up


def pitfall_name(pitfall: Pitfall) -> str:
    """Return what a pitfall is called beside measures."""
    return _("Pitfall: {text}").format(text=one_line(pitfall.text))
