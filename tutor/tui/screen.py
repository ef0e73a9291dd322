"""What all screens of the tutor have in common."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tutor.locales import _
from tutor.tui.keyline import KeyLine

if TYPE_CHECKING:
    from tutor.tui.shell import Shell

MIN_WIDTH, MIN_HEIGHT = 60, 20

T = TypeVar("T")


class TutorScreen(Screen[None]):
    """A screen with its key line, and with a notice where the terminal is too small.

    Subclasses compose their content in `compose_content`. The classes `-narrow` (below 100
    columns), `-wide`, `-low` (below 30 lines) and `-high` follow the terminal's size.
    """

    is_exam: ClassVar[bool] = False

    @property
    def shell(self) -> "Shell":
        """The app, by the type that all apps of the tutor have in common."""
        return cast("Shell", self.app)

    def compose(self) -> ComposeResult:
        """Compose the content, the key line and the notice."""
        yield from self.compose_content()
        yield KeyLine()
        yield Static(id="too-small", markup=False)

    def compose_content(self) -> ComposeResult:
        """Compose what this screen is about."""
        yield from ()

    def in_background(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        if_given_up: Callable[[], None] | None = None,
    ) -> None:
        """Run `work` in a thread and hand its result to `then`, unless this screen is gone."""

        def deliver(result: T) -> None:
            if self.is_attached:
                then(result)

        self.shell.in_background(work, deliver, if_given_up)

    def see_input(self, event: events.Key | events.Paste) -> None:
        """See a key or a paste at the moment it arrives, before the field that gets it."""

    def size_notice(self) -> str:
        """What the notice says while the terminal is too small."""
        return _("This needs at least {width} × {height} characters.").format(
            width=MIN_WIDTH, height=MIN_HEIGHT
        )

    def on_resize(self, event: events.Resize) -> None:
        """Cover the screen while it is too small; what lies below keeps its state."""
        too_small = event.size.width < MIN_WIDTH or event.size.height < MIN_HEIGHT
        if too_small:
            self.query_one("#too-small", Static).update(Content(self.size_notice()))
        self.set_class(too_small, "-too-small")
