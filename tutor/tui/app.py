"""The app: which screen is open, what runs in the background, and what is said when it fails."""

import gc
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from textual import events, on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.driver import Driver
from textual.message import Message
from textual.screen import Screen
from textual.theme import ThemeProvider

from tutor.core.attempt import ClosedBy
from tutor.core.clock import clock_face
from tutor.core.errors import StoreError, TutorError
from tutor.locales import _, ngettext
from tutor.tui.deferred import Deferred
from tutor.tui.intents import (
    CalibrationRequested,
    CaseRequested,
    DebriefRequested,
    HistoryRequested,
    MockCaseRequested,
    MockRequested,
    ProgressRequested,
    QuickDrillRequested,
    StartRequested,
    TheoryRequested,
)
from tutor.tui.keyline import N_, key_name
from tutor.tui.pasting import pasting_whole
from tutor.tui.screen import TutorScreen

if TYPE_CHECKING:
    from tutor.core.debrief import Debrief
    from tutor.session.mockexam import MockState
    from tutor.session.practice import OpenSitting, Practice
    from tutor.session.sitting import Sitting

T = TypeVar("T")

DARK, LIGHT = "textual-dark", "textual-light"


@dataclass(frozen=True)
class _Job:
    """Work for a thread, what follows its result, and what follows where it was given up."""

    work: Callable[[], Any]
    then: Callable[[Any], None]
    if_given_up: Callable[[], None] | None
    if_unsaved: Callable[[], None] | None


class TutorApp(App[None]):
    """Library → briefing → exam → debrief; never back into an exam that was handed in."""

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

    def __init__(
        self,
        practice: "Practice | Callable[[], Practice]",
        *,
        start_at: tuple[str, str] | None = None,
        start_with: Message | None = None,
        first_screen: Callable[[], Screen[Any]] | None = None,
        theme: str | None = None,
    ) -> None:
        """Open on the library, or at the briefing of the case `start_at` (id, language).

        A function that opens the practice is called in a thread, once the first frame is shown.
        `start_with` is a request of `tutor.tui.intents` that is made at once.
        With a `first_screen` there is no library and nothing is looked for: a drill is no exam.
        `theme` is the name of one of Textual's themes; unknown names are ignored.
        """
        super().__init__()
        self.practice = cast("Practice", Deferred(practice)) if callable(practice) else practice
        self._start_at = start_at
        self._start_with = start_with
        self._first_screen = first_screen
        # Handed in or left while the disk was full: it must not end with the process unasked.
        self._unsaved: Sitting | None = None
        self.theme = theme if theme in self.available_themes else DARK

    # The way through the app

    def get_default_screen(self) -> Screen[Any]:
        """Open on the library; below another first screen nothing is needed."""
        if self._first_screen is not None:
            return Screen()
        from tutor.tui.library import LibraryScreen

        return LibraryScreen(self.practice)

    def get_driver_class(self) -> type[Driver]:
        """Read from the terminal so that a paste stays in one piece."""
        return pasting_whole(super().get_driver_class())

    def on_mount(self) -> None:
        """Go to the case that was asked for; look for open attempts once something is shown."""
        if self._first_screen is not None:
            # Pushed, because Textual does not load the CSS_PATH of a default screen.
            self.push_screen(self._first_screen())
        if self._start_at is not None:
            self.open_case(CaseRequested(*self._start_at))
        if self._start_with is not None:
            self.post_message(self._start_with)
        self.call_after_refresh(self._look_back)

    def _look_back(self) -> None:
        # The command line switches the collector off until here: collecting while everything is
        # being imported costs a tenth of the time to the first frame and frees nothing.
        gc.freeze()
        gc.enable()
        if self._first_screen is not None:
            return
        self.in_background(
            lambda: (self._overdue(), self.practice.open_sittings()),
            lambda found: self._tell_overdue(found[0], partial(self._offer, found[1])),
        )

    def _overdue(self) -> "tuple[Debrief, ...]":
        """Hand in what is overdue; a mock exam that goes on keeps its debriefs to its end."""
        return tuple(
            debrief
            for debrief in self.practice.close_overdue()
            if self.practice.mocks.open_of(debrief.attempt.id) is None
        )

    def _tell_overdue(self, debriefs: "tuple[Debrief, ...]", then: Callable[[], None]) -> None:
        if not debriefs:
            then()
            return
        from tutor.tui.dialogs import Choice, Dialog

        titles = "\n".join(f"• {debrief.case.title}" for debrief in debriefs)
        text = ngettext(
            "The time of this exam ran out while you were away. "
            "It was handed in as it stood and is marked:",
            "The time of these {count} exams ran out while you were away. "
            "They were handed in as they stood and are marked:",
            len(debriefs),
        ).format(count=len(debriefs))

        title = _("Handed in while you were away")
        if all(d.attempt.closed_by is not ClosedBy.TIME_WHILE_AWAY for d in debriefs):
            title = _("Stored now")
            text = _("There was no room to store this when it was handed in. It is marked now:")

        def answered(choice: str | None) -> None:
            then()
            if choice == "show":
                self._show_debrief(debriefs[-1])

        self.push_screen(
            Dialog(
                title,
                f"{text}\n\n{titles}",
                (Choice("show", _("Show the debrief")), Choice("later", _("Later"))),
            ),
            answered,
        )

    def _offer(self, sittings: "tuple[OpenSitting, ...]", *, asked_for: bool = False) -> None:
        """Offer open attempts one after the other; `asked_for` says that one was chosen."""
        if not sittings:
            return
        from tutor.tui.dialogs import Choice, Dialog

        first, rest = sittings[0], sittings[1:]
        if first.held_elsewhere:
            self.push_screen(
                Dialog(
                    _("This exam is open elsewhere"),
                    _("“{title}” is open in another running tutor. Go on there.").format(
                        title=first.title
                    ),
                ),
                lambda _choice: self._offer(rest),
            )
            return
        if asked_for:
            self._resume(first.attempt.id)
            return

        def answered(choice: str | None) -> None:
            if choice == "go-on":
                self._resume(first.attempt.id)
            else:
                self._offer(rest)

        self.push_screen(
            Dialog(
                _("An exam is still open"),
                _offer_text(first),
                (Choice("go-on", _("Go on")), Choice("later", _("Not now"))),
            ),
            answered,
        )

    @on(CaseRequested)
    def open_case(self, request: CaseRequested) -> None:
        """Open the briefing of a case, or go on with its open attempt."""
        if self.exam is not None:
            return
        self.in_background(
            lambda: (
                self.practice.case(request.case_id, request.language),
                tuple(
                    sitting
                    for sitting in self.practice.open_sittings()
                    if (sitting.attempt.case, sitting.attempt.language)
                    == (request.case_id, request.language)
                ),
            ),
            lambda found: (
                self._offer(found[1], asked_for=True) if found[1] else self._brief(found[0])
            ),
        )

    def _brief(self, case: Any) -> None:
        from tutor.tui.briefing import BriefingScreen

        self.push_screen(BriefingScreen(case, self.practice.conditions))

    @on(StartRequested)
    def start_exam(self, request: StartRequested) -> None:
        """Start the clock; the exam takes the place of the briefing."""
        self._start(request, self.screen)

    def _start(self, request: StartRequested, briefing: Screen[Any], *, keep: bool = True) -> None:
        self.in_background(
            lambda: self.practice.start(request.case_id, request.language, keep=keep),
            self._sit,
            getattr(briefing, "start_failed", None),
            partial(self._start, request, briefing, keep=False),
        )

    def _resume(self, attempt_id: str) -> None:
        self.in_background(lambda: self.practice.resume(attempt_id), self._sit)

    def _sit(self, sitting: "Sitting") -> None:
        from tutor.tui.exam import ExamScreen

        self.show_library()
        self.push_screen(ExamScreen(sitting))

    def hand_in(self, sitting: "Sitting", closed_by: ClosedBy) -> None:
        """Have a sitting marked; the debrief takes the place of the exam, for good."""

        def marked(found: "tuple[Debrief, MockState | None]") -> None:
            debrief, mock = found
            self.show_library()
            if mock is None:
                self._show_debrief(debrief)
            else:
                self._show_mock(mock)
            check_stored(debrief)

        def check_stored(_debrief: "Debrief") -> None:
            if sitting.storage_error is not None:
                self._unsaved = sitting if sitting.is_unsaved else None
                self.show_failure(
                    sitting.storage_error, answered, offers_copy=self._unsaved is not None
                )

        def answered(choice: str | None) -> None:
            if choice == "retry":
                self.in_background(lambda: sitting.hand_in(closed_by), check_stored)
            elif choice == "copy":
                self._save_copy(sitting)

        self.in_background(
            lambda: (
                sitting.hand_in(closed_by),
                self.practice.mocks.open_of(sitting.attempt.id) if sitting.is_kept else None,
            ),
            marked,
            partial(self.leave, sitting),
        )

    def leave(self, sitting: "Sitting", then: Callable[[], None] | None = None) -> None:
        """Let go of a sitting, go back to the library, and on to `then`."""

        def left(_none: None = None) -> None:
            self.show_library()
            if then is not None:
                then()

        def given_up() -> None:
            self._unsaved = sitting
            left()

        self.in_background(sitting.leave, left, given_up)

    def quit(self) -> None:
        """End the app; ask first where something that was written would be lost."""
        from tutor.tui.dialogs import Choice, Dialog

        sitting = self._unsaved
        if sitting is None or not sitting.is_unsaved:
            self.exit()
            return

        def answered(choice: str | None) -> None:
            if choice == "copy":
                self._save_copy(sitting)
            elif choice == "quit":
                self.exit()

        self.push_screen(
            Dialog(
                _("Your answer is not saved"),
                _(
                    "There was no room to save “{title}”. It is lost when the tutor ends, "
                    "unless you write it to a file first."
                ).format(title=sitting.case.title),
                (
                    Choice("copy", _("Write the answer to a file")),
                    Choice("stay", _("Stay")),
                    Choice("quit", _("Quit and lose it")),
                ),
            ),
            answered,
        )

    def _save_copy(self, sitting: "Sitting") -> None:
        from tempfile import gettempdir

        from tutor.tui.savecopy import SaveCopyDialog

        def saved(path: Path) -> None:
            self._unsaved = None
            self.notify(_("Written to {path}").format(path=path), markup=False)

        def chosen(typed: str | None) -> None:
            if typed is not None:
                path = Path(typed).expanduser()
                self.in_background(
                    lambda: sitting.save_copy(path),
                    lambda _none: saved(path),
                    partial(self._save_copy, sitting),
                )

        name = f"tutor-{sitting.case.id}-{sitting.attempt.id[:8]}.txt"
        self.push_screen(SaveCopyDialog(str(Path(gettempdir()) / name)), chosen)

    @on(DebriefRequested)
    def open_debrief(self, request: DebriefRequested) -> None:
        """Open the debrief of an attempt; during an exam that would be cheating."""
        if self.exam is not None:
            return

        def read() -> "Debrief | None":
            if self.practice.mocks.open_of(request.attempt_id) is not None:
                return None
            return self.practice.debrief(request.attempt_id)

        self.in_background(read, self._show_debrief_if_allowed)

    def _show_debrief_if_allowed(self, debrief: "Debrief | None") -> None:
        if debrief is None:
            self.notify(_("This debrief opens at the end of the mock exam."), markup=False)
        else:
            self._show_debrief(debrief)

    def _show_debrief(self, debrief: "Debrief") -> None:
        from tutor.tui.debrief import DebriefScreen

        self.push_screen(DebriefScreen(self.practice, debrief))

    @on(MockRequested)
    def open_mock(self, request: MockRequested) -> None:
        """Open the mock exam that was begun, else draw one."""
        if self.exam is not None:
            return
        self.in_background(
            lambda: self.practice.mocks.open() or self.practice.mocks.draw(request.wish),
            self._show_mock,
        )

    def _show_mock(self, state: "MockState") -> None:
        from tutor.tui.mock import MockScreen

        self.push_screen(MockScreen(self.practice, state))

    @on(MockCaseRequested)
    def start_mock_case(self, request: MockCaseRequested) -> None:
        """Begin the next case of a mock exam, or go on with it."""
        self.in_background(lambda: self.practice.mocks.start_next(request.state), self._sit)

    @on(CalibrationRequested)
    def open_calibration(self, request: CalibrationRequested) -> None:
        """Open the sample answers of a case; during an exam that would be cheating."""
        if self.exam is not None:
            return
        from tutor.tui.calibrate import CalibrateScreen

        self.push_screen(CalibrateScreen(self.practice, request.case_id, request.language))

    @on(HistoryRequested)
    def open_history(self) -> None:
        """Open the attempts of the past; during an exam that would be cheating."""
        if self.exam is not None:
            return
        from tutor.tui.history import HistoryScreen

        self.push_screen(HistoryScreen(self.practice))

    @on(ProgressRequested)
    def open_progress(self) -> None:
        """Open how the candidate gets on."""
        from tutor.tui.progress import ProgressScreen

        self.push_screen(ProgressScreen(self.practice))

    @on(QuickDrillRequested)
    def open_quick_drill(self) -> None:
        """Ask single measures back."""
        from tutor.tui.quickdrill import QuickDrillScreen

        self.push_screen(QuickDrillScreen(self.practice))

    @on(TheoryRequested)
    def open_theory(self, request: TheoryRequested) -> None:
        """Open the theory cards, at one of them where it is named."""
        from tutor.tui.theory import TheoryScreen

        self.push_screen(TheoryScreen(self.practice, request.card_id))

    def show_library(self) -> None:
        """Go back to the library, from wherever."""
        self.uncover(self.screen_stack[0])

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

    @property
    def exam(self) -> TutorScreen | None:
        """The exam that is being sat, also while a dialog lies over it."""
        for screen in self.screen_stack:
            if isinstance(screen, TutorScreen) and screen.is_exam:
                return screen
        return None

    def action_help(self) -> None:
        """Show the keys of this screen, and what is marked."""
        from tutor.tui.help import HelpScreen

        self.push_screen(HelpScreen(self.screen))

    async def action_quit(self) -> None:
        """Leave; an open exam asks first."""
        exam = self.exam
        if exam is None:
            self.quit()
        elif self.screen is exam:
            await exam.run_action("leave(True)")

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


def _offer_text(sitting: "OpenSitting") -> str:
    if sitting.attempt.hidden_clock:
        return _("“{title}”: go on? The clock is running.").format(title=sitting.title)
    return _("“{title}”: go on with {time} left? The clock is running.").format(
        title=sitting.title, time=clock_face(sitting.remaining_seconds)
    )
