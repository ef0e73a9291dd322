"""The preview: a case as the candidate sees it and, beside it, a trial answer marked live."""

from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static, TextArea

from tutor.core.case import Case
from tutor.core.errors import TutorError
from tutor.core.plaintext import clean
from tutor.locales import _
from tutor.report.words import credit_symbol, minutes_words, rating_of, reason_word
from tutor.session.preview import Preview, Trial, TriedMeasure
from tutor.tui.debrieftext import STATE_STYLES, paragraphs
from tutor.tui.dialogs import Choice, Dialog
from tutor.tui.keyline import N_
from tutor.tui.prose import prose
from tutor.tui.screen import TutorScreen

# As short as a pause between two words: marking on every key would only cost time.
_PAUSE_SECONDS = 0.3
_LOOK_SECONDS = 0.5


class PreviewScreen(TutorScreen):
    """Marks the trial answer whenever it changes, and with `watch` whenever a file is saved."""

    CSS_PATH = "preview.tcss"
    AUTO_FOCUS = "#answer"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f5",
            "reread",
            N_("Read the files"),
            id="preview.reread",
            tooltip=N_("Read the case, the rubric and the file with the trial answer again."),
        ),
        Binding(
            "f6",
            "app.focus_next",
            N_("Next pane"),
            id="preview.next",
            tooltip=N_("Go to the case, the trial answer or its marks."),
            priority=True,
        ),
        Binding(
            "escape",
            "leave",
            N_("Leave"),
            id="preview.leave",
            tooltip=N_("Leave; asks first where the trial answer is in no file."),
        ),
    ]

    class Tried(Message):
        """A thread has marked the trial answer, or says why it could not."""

        def __init__(self, found: Trial | TutorError) -> None:
            super().__init__()
            self.found = found

    def __init__(self, preview: Preview, *, watch: bool) -> None:
        super().__init__()
        self._preview = preview
        self._watch = watch
        self._seen = preview.state()
        # The trial answer as it last stood in its file.
        self._read: str | None = None
        self._is_marking = False
        self._is_stale = False

    def compose_content(self) -> ComposeResult:
        """Compose the case, the trial answer and its marks."""
        with Container(id="panes"):
            with VerticalScroll(id="case"):
                yield Static(id="case-text", markup=False)
            with Vertical(id="trial"):
                self._read = self._preview.answer_text()
                area = TextArea(self._read or "", id="answer", soft_wrap=True)
                area.border_title = _("Trial answer")
                yield area
                with VerticalScroll(id="marks"):
                    yield Static(id="marks-text", markup=False)

    def on_mount(self) -> None:
        """Show the case and mark what is there."""
        self._pause = self.set_timer(_PAUSE_SECONDS, self._mark, pause=True)
        self._show_case()
        self._mark()
        if self._watch:
            self.set_interval(_LOOK_SECONDS, self._look)

    def _look(self) -> None:
        state = self._preview.state()
        if state != self._seen:
            self._seen = state
            self.action_reread()

    def action_reread(self) -> None:
        """Read the files anew; a trial answer that was typed stays, unless its file is another."""
        self._show_case()
        try:
            text = self._preview.answer_text()
        except TutorError as error:
            self._show_marks(_failure(error))
            return
        # What was typed here gives way to another text in the file, not to a save of the rubric.
        if text is not None and text != self._read:
            self._read = text
            self.query_one("#answer", TextArea).load_text(text)
        self._mark()

    def action_leave(self) -> None:
        """Leave the tutor, asking first where typed words would be lost."""
        typed = self.query_one("#answer", TextArea).text
        if not typed.strip() or typed == self._read:
            self.app.exit()
            return

        def answered(choice: str | None) -> None:
            if choice == "leave":
                self.app.exit()

        self.app.push_screen(
            Dialog(
                _("The trial answer is in no file"),
                _("What you typed is lost when the preview closes."),
                (Choice("stay", _("Stay")), Choice("leave", _("Leave and lose it"))),
            ),
            answered,
        )

    def _show_case(self) -> None:
        try:
            shown = _case_text(self._preview.case())
        except TutorError as error:
            shown = _failure(error)
        self.query_one("#case-text", Static).update(shown)

    @on(TextArea.Changed)
    def mark_after_a_pause(self) -> None:
        """Mark once the author stops typing."""
        self._pause.reset()
        self._pause.resume()

    def _mark(self) -> None:
        if self._is_marking:
            self._is_stale = True
            return
        self._is_marking, self._is_stale = True, False
        text = self.query_one("#answer", TextArea).text
        self.run_worker(partial(self._try, text), thread=True)

    def _try(self, text: str) -> None:
        try:
            self.post_message(self.Tried(self._preview.trial(text)))
        except TutorError as error:
            self.post_message(self.Tried(error))

    @on(Tried)
    def show_trial(self, event: Tried) -> None:
        """Show the marks, and mark again what was typed meanwhile."""
        self._is_marking = False
        found = event.found
        self._show_marks(_trial_text(found) if isinstance(found, Trial) else _failure(found))
        if self._is_stale:
            self._mark()

    def _show_marks(self, text: Content) -> None:
        self.query_one("#marks-text", Static).update(text)


def _failure(error: TutorError) -> Content:
    return Content.styled(clean(str(error)), "$text-error")


def _case_text(case: Case) -> Content:
    """Return what a candidate reads, from the title to the task."""
    return paragraphs(
        [
            Content.styled(clean(case.title), "bold"),
            Content.styled(minutes_words(case.minutes), "$text-muted"),
            "",
            prose(case.situation),
            "",
            Content.styled(_("Task"), "bold $text-primary"),
            prose(case.task),
        ]
    )


def _trial_text(trial: Trial) -> Content:
    lines: list[Content | str] = [
        Content.assemble(
            (_("Rating {rating}").format(rating=rating_of(trial.rating)), "bold"),
            " · ",
            _("completeness {share}").format(share=f"{trial.completeness:.0%}"),
        ),
        Content.styled(
            _("half credit from {half}, whole from {full}").format(
                half=f"{trial.half:.0%}", full=f"{trial.full:.0%}"
            ),
            "$text-muted",
        ),
    ]
    for measure in trial.measures:
        lines += ["", *_measure_lines(measure)]
    for text, words in trial.pitfalls:
        style = f"bold {STATE_STYLES['pitfall']}"
        lines += ["", Content.assemble((f"▲ {text}", style)), _quoted(words)]
    return paragraphs(lines)


def _measure_lines(measure: TriedMeasure) -> list[Content]:
    state = "found" if measure.credit >= 1 else "half" if measure.credit > 0 else "missing"
    head = Content.assemble(
        (f"{credit_symbol(measure.credit)} {measure.likely:>4.0%} ", f"bold {STATE_STYLES[state]}"),
        (measure.id, "bold"),
        f" {' '.join(measure.text.split())}",
    )
    lines = [head]
    if measure.words:
        lines.append(_quoted(measure.words))
    if measure.credit:
        lines.append(
            Content.styled(
                "  " + _("Reason: {word}.").format(word=reason_word(measure.reason)), "$text-muted"
            )
        )
    elif measure.is_near_miss:
        lines.append(
            Content.styled("  " + _("A near miss of the rubric fits better."), "$text-warning")
        )
    return lines


def _quoted(words: tuple[str, ...]) -> Content:
    said = " / ".join(" ".join(part.split()) for part in words)
    return Content.styled(f"  «{clean(said)}»", "italic")
