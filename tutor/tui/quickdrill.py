"""The quick drill: one measure in a minute, marked at once."""

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tutor.core.answer import Step
from tutor.core.clock import clock_face
from tutor.core.memory import Outcome
from tutor.core.plaintext import clean
from tutor.locales import _, ngettext
from tutor.report.progress import outcome_words
from tutor.report.words import date_words, reason_word
from tutor.session.quickdrill import Question, QuickDrill, Reply
from tutor.tui.debrieftext import muted, paragraphs
from tutor.tui.keyline import N_
from tutor.tui.reading import Reading
from tutor.tui.screen import TutorScreen

if TYPE_CHECKING:
    from tutor.session.practice import Practice

# Ten minutes at the most; a longer drill is better sat as a case.
QUESTIONS = 10

_SYMBOLS = {
    Outcome.FOUND_WITH_REASON: ("✓", "$text-success"),
    Outcome.FOUND: ("✓", "$text-success"),
    Outcome.HALF: ("◐", "$text-warning"),
    Outcome.MISSED: ("✗", "$text-error"),
    Outcome.GIVEN_UP: ("✗", "$text-error"),
}


class QuickDrillScreen(TutorScreen):
    """Asks, takes measure and reason, shows the mark, and asks the next one."""

    CSS_PATH = "quickdrill.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "go_on",
            N_("Next"),
            id="quick.next",
            tooltip=N_("From the measure to the reason, to the mark, to the next question."),
            priority=True,
        ),
        Binding(
            "tab,shift+tab",
            "change_field",
            N_("Other field"),
            id="quick.field",
            tooltip=N_("Go to the other field."),
            show=False,
            priority=True,
        ),
        Binding(
            "f8",
            "give_up",
            N_("I don't know"),
            id="quick.give-up",
            tooltip=N_("Hand in nothing and see the measure."),
        ),
        Binding("escape", "close", N_("Stop"), id="quick.close", tooltip=N_("Stop the drill.")),
    ]

    def __init__(self, practice: "Practice") -> None:
        super().__init__()
        self._practice = practice
        self._drill: QuickDrill | None = None
        self._question: Question | None = None
        self._is_busy = True

    def compose_content(self) -> ComposeResult:
        """Compose the question, the two fields and the room for the mark."""
        yield Static(Content(_("Quick drill")), id="quick-title", classes="title-line")
        with Reading(id="quick-scroll"):
            yield Static(Content(_("Looking for what is due…")), id="quick-text", markup=False)
        with Vertical(id="quick-answer"):
            yield Static(Content(_("What do you do, and why?")), classes="heading")
            yield Input(id="quick-measure", placeholder=_("Measure"))
            yield Input(id="quick-reason", placeholder=_("Reason"))

    def on_mount(self) -> None:
        """Read what is due."""
        self.query_one("#quick-answer").display = False
        self.in_background(
            lambda: self._practice.study.quick_drill(QUESTIONS), self._begin, self.action_close
        )

    def _begin(self, drill: QuickDrill) -> None:
        self._drill = drill
        if drill.count:
            self.in_background(drill.warm_up, lambda _none: self._ask(), self.action_close)
        else:
            self._is_busy = False
            self._say(_("There is nothing to ask yet. Sit a case first: what it asks comes back."))

    def _say(self, text: str | Content) -> None:
        self.query_one("#quick-text", Static).update(
            Content(text) if isinstance(text, str) else text
        )
        self.query_one("#quick-scroll").scroll_home(animate=False)

    # Asking

    def _ask(self) -> None:
        drill = self._drill
        assert drill is not None
        self._is_busy = False
        self._question = question = drill.ask()
        parts: list[Content | str] = [
            Content.styled(clean(question.case.title), "bold"),
            clean(question.situation),
            "",
            Content.assemble(_("Phase"), ": ", (clean(question.phase), "bold")),
        ]
        if question.done:
            parts.append(muted(_("Taken care of already in this phase:")))
            parts += [muted(f"  • {clean(done)}") for done in question.done]
        self._say(paragraphs(parts))
        for field in self.query(Input):
            field.value = ""
        self.query_one("#quick-answer").display = True
        self.set_focus(self.query_one("#quick-measure"))
        self.refresh_bindings()
        self.tick()

    def tick(self) -> None:
        """Show the time left, and mark what is there when there is none."""
        if self._question is None or self._drill is None:
            return
        left = self._drill.remaining_seconds()
        self._show_title(clock_face(left))
        if left <= 0:
            self._mark()
        else:
            self.set_timer(left % 1 or 1.0, self.tick)

    def _show_title(self, right: str) -> None:
        drill = self._drill
        assert drill is not None
        number = min(len(drill.replies) + 1, drill.count)
        said = _("Quick drill: {number} of {count}").format(number=number, count=drill.count)
        self.query_one("#quick-title", Static).update(Content(f"{said}   {right}"))

    def action_go_on(self) -> None:
        """Go on to the reason, the mark, the next question or the end."""
        if self._question is not None:
            if self.focused is self.query_one("#quick-measure"):
                # Not `focus()`, which comes later: what is typed fast belongs to the reason.
                self.set_focus(self.query_one("#quick-reason"))
            else:
                # Behind the letters that are still on their way into the field.
                self.query_one("#quick-reason").call_later(self._mark)
        elif self._drill is not None and not self._is_busy:
            if self._drill.is_over:
                self.action_close()
            else:
                self._ask()

    def action_change_field(self) -> None:
        """Go to the other field."""
        if self._question is not None:
            measure = self.query_one("#quick-measure", Input)
            other = self.query_one("#quick-reason", Input)
            self.set_focus(other if self.focused is measure else measure)

    def action_give_up(self) -> None:
        """Hand in nothing."""
        for field in self.query(Input):
            field.value = ""
        self._mark()

    # Marking

    def _mark(self) -> None:
        drill, question = self._drill, self._question
        if drill is None or question is None:
            return
        self._question = None
        self._is_busy = True
        step = Step(
            self.query_one("#quick-measure", Input).value,
            self.query_one("#quick-reason", Input).value,
        )
        self.query_one("#quick-answer").display = False
        self._show_title(_("being marked…"))
        self.refresh_bindings()
        self.in_background(lambda: drill.reply(question, step), self._show_reply, self.action_close)

    def _show_reply(self, reply: Reply) -> None:
        drill = self._drill
        assert drill is not None
        self._is_busy = False
        self.query_one("#quick-title", Static).update(
            Content(
                _("Quick drill: {number} of {count}").format(
                    number=len(drill.replies), count=drill.count
                )
            )
        )
        parts = list(_reply_parts(reply))
        if drill.is_over:
            parts += ["", *_summary(drill)]
        self._say(paragraphs(parts))
        self.query_one("#quick-scroll").focus()
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer giving up while something is asked."""
        if action in {"give_up", "change_field"}:
            return self._question is not None
        if action == "go_on":
            return self._drill is not None and self._drill.count > 0 and not self._is_busy
        return super().check_action(action, parameters)

    @on(Input.Submitted)
    def ignore(self, event: Input.Submitted) -> None:
        """Leave Enter to the screen."""
        event.stop()

    def action_close(self) -> None:
        """Stop; what was answered is kept."""
        self._question = None
        self.dismiss(None)


def _reply_parts(reply: Reply) -> "list[Content | str]":
    outcome = reply.recall.outcome
    symbol, style = _SYMBOLS[outcome]
    measure, said = reply.question.measure, reply.recall.step
    parts: list[Content | str] = [
        Content.assemble((f"{symbol} {outcome_words(outcome)}", f"bold {style}")),
        "",
    ]
    if not said.is_blank:
        parts.append(Content.assemble((_("You"), "bold"), f": {clean(said.measure)}"))
        if said.reason.strip():
            parts.append(muted(_("because: {reason}").format(reason=clean(said.reason))))
    parts += [
        Content.assemble((_("Model"), "bold"), f": {clean(measure.text)}"),
        muted(_("because: {reason}").format(reason=clean(measure.reason))),
    ]
    if reply.mark.credit > 0:
        parts.append(_("Your reason: {word}").format(word=reason_word(reply.mark.reason)))
    if reply.memory is not None:
        parts += ["", _("Comes back on {day}.").format(day=date_words(reply.memory.due_at()))]
    return parts


def _summary(drill: QuickDrill) -> list[str]:
    found = sum(
        reply.recall.outcome in (Outcome.FOUND, Outcome.FOUND_WITH_REASON)
        for reply in drill.replies
    )
    return [
        ngettext(
            "That was all: {found} of {count} found.",
            "That was all: {found} of {count} found.",
            drill.count,
        ).format(found=found, count=drill.count)
    ]
