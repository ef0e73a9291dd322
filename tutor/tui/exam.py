"""The exam: the situation, the answer, and the clock."""

from typing import TYPE_CHECKING, ClassVar, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tutor.core.attempt import ClosedBy
from tutor.core.clock import clock_face, warnings_due
from tutor.core.plaintext import clean
from tutor.locales import _
from tutor.tui.answer import AnswerEditor
from tutor.tui.clockline import ClockLine, announcement
from tutor.tui.dialogs import Choice, Dialog
from tutor.tui.failures import failure_title, way_on
from tutor.tui.keyline import N_, KeyLine
from tutor.tui.prose import prose
from tutor.tui.screen import TutorScreen

if TYPE_CHECKING:
    from tutor.core.errors import StoreError
    from tutor.session.sitting import Sitting
    from tutor.tui.app import TutorApp

# An announcement stays long enough to be read twice.
ANNOUNCED_SECONDS = 5.0


class ExamScreen(TutorScreen):
    """Shows a sitting; the sitting owns the time, the draft and the disk.

    From 100 columns on the situation and the answer stand side by side; below, the situation
    covers the answer until somebody writes. The cursor is in the answer all the time, so that
    nothing typed goes anywhere else.
    """

    CSS_PATH = "exam.tcss"
    AUTO_FOCUS = ""
    is_exam = True

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,tab",
            "write",
            N_("Write the answer"),
            id="exam.write",
            tooltip=N_("Go from the situation to the answer; simply typing does the same."),
            key_display="Enter",
            priority=True,
        ),
        Binding(
            "f9,ctrl+s",
            "hand_in",
            N_("Hand in"),
            id="exam.hand-in",
            tooltip=N_("Hand in early; asks once."),
        ),
        Binding(
            "f2,ctrl+o",
            "situation",
            N_("Situation"),
            id="exam.situation",
            tooltip=N_("Go to the situation, and back to the answer."),
        ),
        Binding(
            "f3,ctrl+t",
            "switch",
            N_("Cards/text"),
            id="exam.switch",
            tooltip=N_("Turn the cards into one free text, or the text into cards."),
        ),
        Binding(
            "escape",
            "leave",
            N_("Leave"),
            id="exam.leave",
            tooltip=N_("Leave while the clock runs; asks once."),
        ),
        Binding(
            "f5",
            "move_card(-1)",
            N_("Up"),
            id="exam.up",
            tooltip=N_("Move the card up."),
        ),
        Binding(
            "f6",
            "move_card(1)",
            N_("Down"),
            id="exam.down",
            tooltip=N_("Move the card down."),
        ),
        Binding(
            "f7,ctrl+n",
            "insert_card",
            N_("New card"),
            id="exam.insert",
            tooltip=N_("Open a card after this one."),
        ),
        Binding(
            "f8",
            "delete_card",
            N_("Delete"),
            id="exam.delete",
            tooltip=N_("Delete the card; Ctrl+Z brings it back."),
        ),
        # With priority, because the cursor must have moved before the next key is looked at:
        # what is typed fast after Enter belongs to the next field.
        Binding(
            "enter",
            "go_on",
            N_("Next"),
            id="exam.next",
            tooltip=N_("From the measure to the reason, and on to the next card."),
            show=False,
            priority=True,
        ),
        Binding(
            "tab",
            "step(1)",
            N_("Next field"),
            id="exam.next-field",
            tooltip=N_("Next field."),
            show=False,
            priority=True,
        ),
        Binding(
            "shift+tab",
            "step(-1)",
            N_("Previous field"),
            id="exam.previous-field",
            tooltip=N_("Previous field."),
            show=False,
            priority=True,
        ),
        Binding(
            "up",
            "read_on(-1)",
            N_("Read on"),
            id="exam.read",
            tooltip=N_("Scroll the situation by a line."),
            show=False,
            priority=True,
        ),
        Binding(
            "down",
            "read_on(1)",
            N_("Read on"),
            id="exam.read",
            tooltip=N_("Scroll the situation by a line."),
            show=False,
            priority=True,
        ),
        Binding(
            "pageup",
            "scroll_situation(-1)",
            N_("Situation"),
            id="exam.scroll",
            tooltip=N_("Scroll the situation."),
            show=False,
            priority=True,
        ),
        Binding(
            "pagedown",
            "scroll_situation(1)",
            N_("Situation"),
            id="exam.scroll",
            tooltip=N_("Scroll the situation."),
            show=False,
            priority=True,
        ),
    ]

    def __init__(self, sitting: "Sitting") -> None:
        super().__init__()
        self.sitting = sitting
        self.is_closing = False
        self._shown_seconds = sitting.remaining_seconds()
        self._announced_until = 0.0
        self.announced: tuple[int, ...] = ()

    def compose_content(self) -> ComposeResult:
        """Compose the clock line and the two panes."""
        case = self.sitting.case
        yield ClockLine(clean(case.title), is_hidden=self.sitting.attempt.hidden_clock)
        yield Static(id="storage", markup=False)
        with Horizontal(id="panes"):
            with VerticalScroll(id="situation", can_focus=False):
                yield Static(prose(case.situation))
                yield Static(Content(_("Task")), classes="heading")
                yield Static(prose(case.task))
                yield Static(Content(_("What is marked")), classes="heading")
                for question in case.key_questions:
                    text = question.text
                    if question.weight > 1:
                        times = _("counts {weight} times").format(weight=question.weight)
                        text = f"{text} ({times})"
                    yield Static(Content(text))
            yield AnswerEditor(self.sitting.draft)

    @property
    def tutor(self) -> "TutorApp":
        """The app, by its own type."""
        return cast("TutorApp", self.app)

    @property
    def answer(self) -> AnswerEditor:
        """The answer."""
        return self.query_one("#answer", AnswerEditor)

    @property
    def situation(self) -> VerticalScroll:
        """The situation with the task."""
        return self.query_one("#situation", VerticalScroll)

    def on_mount(self) -> None:
        """Begin with reading, or where one was writing before the interruption."""
        self.tick()
        self.set_class(self.sitting.draft.is_blank, "-reading")
        self.answer.focus_editor(at_end=True)

    # The clock

    def tick(self) -> None:
        """Read the time left, show it, and close the answer when there is none."""
        if self.is_closing:
            return
        before, now = self._shown_seconds, self.sitting.remaining_seconds()
        self._shown_seconds = now
        self._show_state(now)
        self._announce(before, now)
        if self.sitting.has_expired():
            self.close_answer(ClosedBy.TIME)
        else:
            # To the next full second, so that the shown time is right and 0:00 means closed.
            self.set_timer(now % 1 or 1.0, self.tick)

    def _show_state(self, remaining: float) -> None:
        error = self.sitting.storage_error
        self.query_one(ClockLine).show(remaining, self._saved_words(error))
        storage = self.query_one("#storage", Static)
        if error is not None and not storage.display:
            storage.update(
                Content(
                    _("{problem}: keep writing, saving is tried again. {way_on}").format(
                        problem=failure_title(error), way_on=way_on(error)
                    )
                )
            )
        storage.display = error is not None
        if self.has_class("-too-small"):
            self.query_one("#too-small", Static).update(Content(self.size_notice()))

    def _saved_words(self, error: "StoreError | None") -> str:
        if not self.sitting.is_kept:
            return _("without saving")
        return _("saved") if error is None else _("NOT SAVED")

    def _announce(self, before: float, now: float) -> None:
        due = warnings_due(before, now)
        if due:
            self.announced += due[-1:]
            self._announced_until = now - ANNOUNCED_SECONDS
            self.query_one(KeyLine).announce(announcement(due[-1]))
        elif self.query_one(KeyLine).announcement and now <= self._announced_until:
            self.query_one(KeyLine).announce("")

    def size_notice(self) -> str:
        """Keep the clock in sight while the terminal is too small."""
        if self.sitting.attempt.hidden_clock:
            return super().size_notice()
        return f"{clock_face(self.sitting.remaining_seconds())}  {super().size_notice()}"

    # Writing

    @on(AnswerEditor.Edited)
    def keep_draft(self, event: AnswerEditor.Edited) -> None:
        """Hand every change to the sitting, which brings it to disk."""
        if not self.is_closing:
            self.sitting.write(event.draft)

    def see_input(self, event: events.Key | events.Paste) -> None:
        """Uncover the answer when somebody simply types.

        At once, because the next key may be Enter, which means something else while reading.
        """
        if self.is_covered and (isinstance(event, events.Paste) or event.is_printable):
            self.action_write()

    @property
    def is_covered(self) -> bool:
        """True while the situation lies over the answer."""
        return self.has_class("-reading") and self.has_class("-narrow")

    def action_situation(self) -> None:
        """Show the situation, or the answer again."""
        self.toggle_class("-reading")
        self.refresh_bindings()

    def action_write(self) -> None:
        """Go from the situation to the answer."""
        self.remove_class("-reading")
        self.refresh_bindings()

    def action_scroll_situation(self, direction: int) -> None:
        """Turn a page of the situation; the cursor stays where it is."""
        if direction < 0:
            self.situation.scroll_page_up(animate=False)
        else:
            self.situation.scroll_page_down(animate=False)

    def action_read_on(self, direction: int) -> None:
        """Scroll a line while the situation covers the answer."""
        self.situation.scroll_relative(y=direction, animate=False)

    def action_step(self, direction: int) -> None:
        """Go to the next or the previous field, and round at the ends."""
        self.answer.step(direction)

    async def action_go_on(self) -> None:
        """Go on to the next field."""
        await self.answer.go_on()

    async def action_move_card(self, direction: int) -> None:
        """Move the current card."""
        await self.answer.move_card(direction)

    async def action_insert_card(self) -> None:
        """Open a card after the current one."""
        await self.answer.insert_card()

    async def action_delete_card(self) -> None:
        """Delete the current card."""
        await self.answer.delete_card()

    async def action_switch(self) -> None:
        """Switch between cards and free text."""
        await self.answer.switch()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what works: nothing once closed, and card keys only where there are cards."""
        if not self.is_mounted:
            return True
        if action in {"write", "read_on"}:
            return self.is_covered
        if action == "situation":
            return self.has_class("-narrow")
        if action in {"go_on", "step"}:
            return not (self.is_closing or self.is_covered or self.answer.is_text)
        if action in {"move_card", "insert_card", "delete_card"}:
            return not (self.is_closing or self.answer.is_text)
        if action in {"hand_in", "leave", "switch"}:
            return not self.is_closing
        return super().check_action(action, parameters)

    # The end

    def action_hand_in(self) -> None:
        """Ask once, then hand in."""
        text = _("Afterwards nothing can be changed.")
        if not self.sitting.attempt.hidden_clock:
            text = _("You have {time} left. Afterwards nothing can be changed.").format(
                time=clock_face(self.sitting.remaining_seconds())
            )
        if self.answer.draft.is_blank:
            # Not inside an f-string, where the extraction of messages does not look.
            text = " ".join((_("Your answer is empty."), text))
        self.app.push_screen(
            Dialog(
                _("Hand in now?"),
                text,
                (Choice("stay", _("Keep writing")), Choice("hand-in", _("Hand in"))),
            ),
            self._hand_in_if_meant,
        )

    def _hand_in_if_meant(self, choice: str | None) -> None:
        if choice == "hand-in" and not self.is_closing:
            self.close_answer(ClosedBy.CANDIDATE)

    def close_answer(self, closed_by: ClosedBy) -> None:
        """Close the answer as it stands, have it marked and show the debrief."""
        self.is_closing = True
        self.answer.close()
        # Nothing typed so far may be missing: the last change could still be on its way.
        self.sitting.write(self.answer.draft)
        self.tutor.uncover(self)
        words = _("Time is up. ") if closed_by is ClosedBy.TIME else ""
        self.query_one(KeyLine).announce(words + _("Your answer is handed in and being marked…"))
        self.tutor.hand_in(self.sitting, closed_by)

    def action_leave(self, quits: bool = False) -> None:
        """Ask once, then leave the attempt open while its time runs."""
        text = _(
            "The clock goes on without you. You can come back while there is time; "
            "after that your answer is handed in as it stands."
        )

        def answered(choice: str | None) -> None:
            if choice == "leave" and not self.is_closing:
                self._leave(quits)

        self.app.push_screen(
            Dialog(
                _("Leave the exam?"),
                text,
                (Choice("stay", _("Keep writing")), Choice("leave", _("Leave"))),
            ),
            answered,
        )

    def _leave(self, quits: bool) -> None:
        self.is_closing = True
        self.answer.close()
        self.sitting.write(self.answer.draft)
        self.tutor.leave(self.sitting, self.tutor.quit if quits else None)
