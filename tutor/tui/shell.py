"""What every screen of the tutor stands in: threads and their failures, help, palette, quitting."""

import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, TypeVar

from textual import events, on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.driver import Driver
from textual.message import Message
from textual.screen import Screen
from textual.theme import ThemeProvider
from textual.types import CSSPathType

from tutor.core.errors import StoreError, TutorError
from tutor.locales import _
from tutor.tui.keyline import N_, key_name
from tutor.tui.pasting import pasting_whole
from tutor.tui.screen import TutorScreen

T = TypeVar("T")

DARK, LIGHT = "textual-dark", "textual-light"


@dataclass(frozen=True)
class _Job:
    """Work for a thread, what follows its result, and what follows where it was given up."""

    work: Callable[[], Any]
    then: Callable[[Any], None]
    if_given_up: Callable[[], None] | None
    if_unsaved: Callable[[], None] | None


class Shell(App[None]):
    """An app without a subject: what it opens on, subclasses say."""

    TITLE = "tutor"
    CSS_PATH = "app.tcss"
    # Textual declares these in a way that mypy takes for instance variables.
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]  # noqa: RUF012

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f1", "help", N_("Help"), id="app.help", tooltip=N_("What works here, by key.")),
        Binding(
            "ctrl+q",
            "quit",
            N_("Quit"),
            id="app.quit",
            tooltip=N_("Leave the tutor; an open exam asks first."),
            show=False,
            priority=True,
        ),
    ]

    class JobDone(Message):
        """A thread has its result."""

        def __init__(self, job: _Job, result: object) -> None:
            super().__init__()
            self.job = job
            self.result = result

    class JobFailed(Message):
        """A thread met an error that a person can act on; any other kind is a traceback."""

        def __init__(self, job: _Job, error: TutorError) -> None:
            super().__init__()
            self.job = job
            self.error = error

    def __init__(self, *, theme: str | None = None, css_path: CSSPathType | None = None) -> None:
        """Wear the theme of Textual with this name; unknown names are ignored."""
        super().__init__(css_path=css_path)
        self.theme = theme if theme in self.available_themes else DARK

    def get_driver_class(self) -> type[Driver]:
        """Read from the terminal so that a paste stays in one piece."""
        return pasting_whole(super().get_driver_class())

    def on_mount(self) -> None:
        """Begin once something is shown."""
        self.call_after_refresh(self.begin)

    def begin(self) -> None:
        """Do what the first frame does not wait for."""
        # The command line switches the collector off until here: collecting while everything is
        # being imported costs a tenth of the time to the first frame and frees nothing.
        gc.freeze()
        gc.enable()

    def uncover(self, screen: Screen[Any]) -> None:
        """Close whatever lies over a screen, at once.

        `Screen.pop_until_active` does so later, and would then close what was opened meanwhile.
        """
        while self.screen is not screen:
            self.pop_screen()

    async def on_event(self, event: events.Event) -> None:
        """Let the screen see what is typed before it is on its way to a field."""
        if isinstance(event, events.Key | events.Paste) and isinstance(self.screen, TutorScreen):
            self.screen.see_input(event)
        await super().on_event(event)

    # Work in threads, and what is said when it fails

    def in_background(
        self,
        work: Callable[[], T],
        then: Callable[[T], None],
        if_given_up: Callable[[], None] | None = None,
        if_unsaved: Callable[[], None] | None = None,
    ) -> None:
        """Run `work` in a thread and hand its result to `then`.

        A TutorError becomes a dialog which offers to try again; `if_given_up` follows where
        that is declined, and `if_unsaved` is offered where only the disk stands in the way.
        The app owns the thread, so leaving a screen does not end it.
        """
        job = _Job(work, then, if_given_up, if_unsaved)
        self.run_worker(partial(self._work, job), thread=True, group="jobs")

    def _work(self, job: _Job) -> None:
        try:
            result = job.work()
        except TutorError as error:
            self.post_message(self.JobFailed(job, error))
        else:
            self.post_message(self.JobDone(job, result))

    @on(JobDone)
    def hand_over_result(self, event: JobDone) -> None:
        """Go on with the result of a thread."""
        event.job.then(event.result)

    @on(JobFailed)
    def offer_another_try(self, event: JobFailed) -> None:
        """Say what went wrong and offer a way on."""
        job = event.job
        unsaved = job.if_unsaved if isinstance(event.error, StoreError) else None

        def answered(choice: str | None) -> None:
            if choice == "retry":
                self.in_background(job.work, job.then, job.if_given_up, job.if_unsaved)
            elif choice == "unsaved" and unsaved is not None:
                unsaved()
            elif job.if_given_up is not None:
                job.if_given_up()

        self.show_failure(event.error, answered, offers_unsaved=unsaved is not None)

    def show_failure(
        self,
        error: TutorError,
        answered: Callable[[str | None], None],
        *,
        offers_unsaved: bool = False,
        offers_copy: bool = False,
    ) -> None:
        """Show an error a person can act on; `answered` gets the id of the choice."""
        from tutor.tui.dialogs import Choice, Dialog
        from tutor.tui.failures import failure_text, failure_title

        choices = [Choice("retry", _("Try again"))]
        if offers_unsaved:
            choices.append(Choice("unsaved", _("Go on without saving")))
        if offers_copy:
            choices.append(Choice("copy", _("Write the answer to a file")))
        choices.append(Choice("close", _("Close")))
        self.push_screen(Dialog(failure_title(error), failure_text(error), choices), answered)

    # Help, palette, quitting

    def action_help(self) -> None:
        """Show the keys of this screen, and what is marked."""
        from tutor.tui.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    def quit(self) -> None:
        """End the app."""
        self.exit()

    async def action_quit(self) -> None:
        """Leave."""
        self.quit()

    def action_help_quit(self) -> None:
        """Answer Ctrl+C, which copies and does not quit, with the key that does."""
        self.notify(
            _("{key} leaves the tutor.").format(key=key_name("ctrl+q")), markup=False, timeout=3
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Offer help and the palette only where they make sense."""
        if action in {"help", "command_palette"}:
            return not self.screen.is_modal
        return True

    def action_command_palette(self) -> None:
        """Search the commands, in the language of the interface."""
        if not self.screen.is_modal:
            self.push_screen(
                CommandPalette(placeholder=_("Search for commands…"), id="--command-palette")
            )

    def search_themes(self) -> None:
        """Search the themes, in the language of the interface."""
        self.push_screen(
            CommandPalette(providers=[ThemeProvider], placeholder=_("Search for themes…"))
        )

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Name what also has a key on this screen, the themes, and quitting."""
        yield SystemCommand(_("Help"), _("What works here, by key"), self.action_help)
        # One entry for each action, however many keys it has.
        named: set[str] = set()
        for active in screen.active_bindings.values():
            binding = active.binding
            is_offered = binding.show and active.enabled and active.node is screen
            if is_offered and binding.action not in named:
                named.add(binding.action)
                yield SystemCommand(
                    _(binding.description),
                    _(binding.tooltip) if binding.tooltip else "",
                    partial(screen.run_action, binding.action),
                )
        yield SystemCommand(_("Dark theme"), _("Light text on dark"), partial(self._use, DARK))
        yield SystemCommand(_("Light theme"), _("Dark text on light"), partial(self._use, LIGHT))
        yield SystemCommand(_("All themes"), _("Choose from a list"), self.action_change_theme)
        yield SystemCommand(_("Quit"), _("Leave the tutor"), self.action_quit)

    def _use(self, theme: str) -> None:
        self.theme = theme
