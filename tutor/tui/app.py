"""The app of a candidate: which screen opens after which."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from textual import on
from textual.message import Message
from textual.screen import Screen

from tutor.core.attempt import ClosedBy
from tutor.locales import _
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
from tutor.tui.screen import TutorScreen
from tutor.tui.shell import Shell
from tutor.tui.unsaved import UnsavedAnswer

if TYPE_CHECKING:
    from tutor.core.debrief import Debrief
    from tutor.session.mockexam import MockState
    from tutor.session.practice import OpenSitting, Practice
    from tutor.session.sitting import Sitting


class TutorApp(Shell):
    """Library → briefing → exam → debrief; never back into an exam that was handed in."""

    def __init__(
        self,
        practice: "Practice | Callable[[], Practice]",
        *,
        start_at: tuple[str, str] | None = None,
        start_with: Message | None = None,
        theme: str | None = None,
    ) -> None:
        """Open on the library, or at the briefing of the case `start_at` (id, language).

        A function that opens the practice is called in a thread, once the first frame is shown.
        `start_with` is a request of `tutor.tui.intents` that is made at once.
        `theme` is the name of one of Textual's themes; unknown names are ignored.
        """
        super().__init__(theme=theme)
        self.practice = cast("Practice", Deferred(practice)) if callable(practice) else practice
        self._start_at = start_at
        self._start_with = start_with
        self._unsaved = UnsavedAnswer(self)

    # At the start

    def get_default_screen(self) -> Screen[Any]:
        """Open on the library."""
        from tutor.tui.library import LibraryScreen

        return LibraryScreen(self.practice)

    def on_mount(self) -> None:
        """Go to the case that was asked for."""
        if self._start_at is not None:
            self.open_case(CaseRequested(*self._start_at))
        if self._start_with is not None:
            self.post_message(self._start_with)

    def begin(self) -> None:
        """Look for what an earlier run left."""
        super().begin()
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
        from tutor.tui.leftovers import overdue_dialog

        def answered(choice: str | None) -> None:
            then()
            if choice == "show":
                self._show_debrief(debriefs[-1])

        self.push_screen(overdue_dialog(debriefs), answered)

    def _offer(self, sittings: "tuple[OpenSitting, ...]", *, asked_for: bool = False) -> None:
        """Offer open attempts one after the other; `asked_for` says that one was chosen."""
        if not sittings:
            return
        from tutor.tui.leftovers import elsewhere_dialog, open_dialog

        first, rest = sittings[0], sittings[1:]
        if first.held_elsewhere:
            self.push_screen(elsewhere_dialog(first), lambda _choice: self._offer(rest))
            return
        if asked_for:
            self._resume(first.attempt.id)
            return

        def answered(choice: str | None) -> None:
            if choice == "go-on":
                self._resume(first.attempt.id)
            else:
                self._offer(rest)

        self.push_screen(open_dialog(first), answered)

    # An exam, from its briefing to its debrief

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
                self._unsaved.keep(sitting)
                self.show_failure(
                    sitting.storage_error, answered, offers_copy=self._unsaved.is_there
                )

        def answered(choice: str | None) -> None:
            if choice == "retry":
                self.in_background(lambda: sitting.hand_in(closed_by), check_stored)
            elif choice == "copy":
                self._unsaved.save_copy(sitting)

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
            self._unsaved.keep(sitting)
            left()

        self.in_background(sitting.leave, left, given_up)

    @property
    def exam(self) -> TutorScreen | None:
        """The exam that is being sat, also while a dialog lies over it."""
        for screen in self.screen_stack:
            if isinstance(screen, TutorScreen) and screen.is_exam:
                return screen
        return None

    async def action_quit(self) -> None:
        """Leave; an open exam asks first."""
        exam = self.exam
        if exam is None:
            self.quit()
        elif self.screen is exam:
            await exam.run_action("leave(True)")

    def quit(self) -> None:
        """End the app; ask first where something that was written would be lost."""
        if self._unsaved.is_there:
            self._unsaved.ask_before_quitting()
        else:
            super().quit()

    # What a screen asks for

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
