"""The review: an answer with its evidence beside the machine's marks and a marker's own."""

from collections.abc import Sequence
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tutor.core.classroom import Kind, Subject
from tutor.core.errors import StoreError
from tutor.core.plaintext import clean
from tutor.locales import _
from tutor.report import words
from tutor.report.view import DebriefView, debrief_view
from tutor.session.reviewing import Review, reason_of
from tutor.tui import debrieftext, reviewtext
from tutor.tui.classscreen import ClassScreen, scroll_keys
from tutor.tui.keyline import N_, KeyLine
from tutor.tui.reading import Reading
from tutor.tui.regrade import RegradeScreen
from tutor.tui.reviewreason import ReasonDialog


class SubjectList(OptionList):
    """What is to be decided; left and right go from answer to answer and do not scroll."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "screen.turn(1)", show=False),
        Binding("left", "screen.turn(-1)", show=False),
    ]


class ReviewScreen(ClassScreen):
    """Answer left, rubric right, one key a decision; the next thing to decide is highlighted."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape",
            "app.quit",
            N_("Leave"),
            show=False,
            id="review.leave",
            tooltip=N_("Leave; every decision is on disk."),
        ),
        Binding(
            "space",
            "agree",
            N_("Agree"),
            id="review.agree",
            tooltip=N_("Decide as the machine did."),
        ),
        *(
            Binding(
                key,
                f"credit({value})",
                name,
                key_display=key,
                id=f"review.credit.{key}",
                tooltip=tooltip,
            )
            for key, value, name, tooltip in (
                ("f", 1.0, N_("Found"), N_("The measure is in the answer.")),
                ("h", 0.5, N_("Half"), N_("Half of the measure is in the answer.")),
                ("m", 0.0, N_("Missing"), N_("The measure is not in the answer.")),
            )
        ),
        *(
            Binding(
                str(rating),
                f"rate({rating})",
                N_("Rating"),
                show=rating == 0,
                key_display="0–3",
                id="review.rate",
                tooltip=N_("Rate the key question with this number."),
            )
            for rating in range(4)
        ),
        Binding(
            "a",
            "agree_all",
            N_("Agree to all"),
            key_display="a",
            id="review.agree-all",
            tooltip=N_("Decide all that is left of this answer as the machine did."),
        ),
        Binding(
            "u",
            "take_back",
            N_("Take back"),
            key_display="u",
            id="review.take-back",
            tooltip=N_("Take the last decision on this back, one a press; the log keeps both."),
        ),
        Binding(
            "n,right",
            "turn(1)",
            N_("Next"),
            key_display="→ n",
            id="review.next",
            tooltip=N_("Go to the next answer."),
        ),
        Binding(
            "p,left",
            "turn(-1)",
            N_("Previous"),
            key_display="← p",
            id="review.previous",
            tooltip=N_("Go to the answer before."),
        ),
        Binding(
            "g",
            "next_unmarked",
            N_("Next unmarked"),
            key_display="g",
            id="review.unmarked",
            tooltip=N_("Go to the next answer with something left to decide."),
        ),
        *(
            Binding(
                key,
                f"reason({value})",
                name,
                show=False,
                key_display=f"Shift+{key}",
                id=f"review.reason.{key.lower()}",
                tooltip=tooltip,
            )
            for key, value, name, tooltip in (
                ("F", 1.0, N_("Reason sound"), N_("The reason for the measure is sound.")),
                ("H", 0.5, N_("Reason half given"), N_("Half of the reason is given.")),
                ("M", 0.0, N_("Reason missing"), N_("No reason is given that counts.")),
            )
        ),
        Binding(
            "r",
            "say_why",
            N_("Say why"),
            key_display="r",
            id="review.why",
            tooltip=N_("Write down why you decide so; the log keeps it."),
        ),
        Binding(
            "v",
            "compare",
            N_("Compare"),
            key_display="v",
            id="review.compare",
            tooltip=N_("Compare the marks with those the rubric on disk gives."),
        ),
        *scroll_keys(
            "review",
            "scroll_answer",
            down=N_("Scroll the answer down."),
            up=N_("Scroll the answer up."),
        ),
    ]

    def __init__(self, review: Review) -> None:
        super().__init__()
        self._review = review
        self._view: DebriefView | None = None

    def compose_content(self) -> ComposeResult:
        """Compose the answer on the left, the rubric on the right."""
        yield Static(
            Content(_("Marking what is not marked yet…")), id="where", classes="title-line"
        )
        with Horizontal(id="review"):
            yield Reading(Static(id="answer", markup=False), id="answer-scroll", can_focus=False)
            with Vertical(id="marks"):
                head = _("machine · settled") if self._review.is_settling else _("machine · you")
                yield Static(Content(head), id="marks-head", classes="muted")
                yield SubjectList(id="subjects", markup=False)
                yield Reading(Static(id="detail", markup=False), can_focus=False)

    def on_mount(self) -> None:
        """Load the class away from the screen."""
        self._load()

    def _load(self) -> None:
        self.is_ready = False
        self.in_background(
            lambda: self._review.load(self.goes_on), lambda _none: self._begin(), self.app.exit
        )

    def _begin(self) -> None:
        self.is_ready = True
        if self._review.count:
            self._show_answer()
            if self._review.is_settling and self._review.is_done:
                said = _("Everything is settled; what you decide here settles it anew.")
                self.notify(said, markup=False, timeout=5)
            return
        said = (
            _("Nothing to settle: no two markers differ.")
            if self._review.has_answers
            else _("This class has no answers.")
        )
        self.query_one("#where", Static).update(Content(self._review.name))
        self.query_one("#answer", Static).update(Content(said))

    @property
    def is_open(self) -> bool:
        """True where an answer is open, and no thread is loading others."""
        return self.is_ready and self._review.count > 0

    # What is shown

    def _show_answer(self) -> None:
        self._view = debrief_view(self._review.debrief)
        lines: list[Content | str] = []
        for step in self._view.steps:
            lines += [*debrieftext.step_lines(step), ""]
        if not self._view.steps:
            lines.append(_("Nothing was written that can be marked."))
        self.query_one("#answer", Static).update(debrieftext.paragraphs(lines).rstrip())
        self.query_one("#answer-scroll").scroll_home(animate=False)
        options = self.query_one("#subjects", OptionList)
        options.clear_options()
        options.add_options([Option(self._row(subject)) for subject in self._review.subjects])
        options.highlighted = self._review.next_open(-1) or 0
        options.focus()
        self._show_where()
        self._show_detail()

    def _show_where(self) -> None:
        review = self._review
        said = _("{name} · {candidate} · {number} of {count}, {done} done · {marker}").format(
            name=review.name,
            candidate=words.attempt_name(review.sheet.shown_name, review.sheet.entry.attempt),
            number=review.number,
            count=review.count,
            done=review.done,
            marker=clean(review.marker),
        )
        self.query_one("#where", Static).update(Content(said))

    def _row(self, subject: Subject) -> Content:
        assert self._view is not None
        return reviewtext.subject_row(self._review, self._view, subject)

    @property
    def subject(self) -> Subject | None:
        """What the next key decides about."""
        place = self.query_one("#subjects", OptionList).highlighted
        subjects = self._review.subjects if self.is_open else ()
        return subjects[place] if place is not None and place < len(subjects) else None

    @on(OptionList.OptionHighlighted, "#subjects")
    def _show_detail(self) -> None:
        """Explain what the machine gave for the highlighted subject, and what was decided."""
        subject = self.subject
        said = Content("")
        if subject is not None and self._view is not None:
            said = reviewtext.subject_details(self._review, self._view, subject)
        self.query_one("#detail", Static).update(said)

    # What is decided

    def action_agree(self) -> None:
        """Decide as the machine did."""
        if (subject := self.subject) is not None:
            self._decide([(subject, self._review.machine(subject))])

    def action_credit(self, value: float) -> None:
        """Give a measure, or a reason that is up for settlement, its credit."""
        subject = self.subject
        if subject is not None and subject.kind is not Kind.RATING:
            self._decide([(subject, value)])

    def action_reason(self, value: float) -> None:
        """Give the reason of the highlighted measure its credit; the highlight stays."""
        subject = self.subject
        if subject is not None and subject.kind is Kind.MEASURE and not self._review.is_settling:
            self._decide([(reason_of(subject), value)], stays=True)

    def action_rate(self, value: int) -> None:
        """Rate the highlighted key question, else the first."""
        subjects = self._review.subjects if self.is_open else ()
        ratings = [one for one in subjects if one.kind is Kind.RATING]
        if ratings:
            subject = self.subject if self.subject in ratings else ratings[0]
            assert subject is not None
            self._decide([(subject, float(value))])

    def action_agree_all(self) -> None:
        """Decide all that is left as the machine did, and go on."""
        if self.is_open:
            values = [
                (subject, self._review.machine(subject))
                for subject in self._review.subjects
                if self._review.decided(subject) is None
            ]
            self._decide(values)

    def action_take_back(self) -> None:
        """Take back what was decided last about the highlighted subject or its reason."""
        subject = self.subject
        latest = None if subject is None else self._review.latest(subject)
        if latest is not None:
            self._decide([(latest, None)], stays=True)

    def action_say_why(self) -> None:
        """Ask why, and add what was decided last about the subject again with the reason."""
        subject = self.subject
        if subject is None or self._view is None:
            return
        subject = self._review.latest(subject) or subject
        value = self._review.decided(subject)
        value = self._review.machine(subject) if value is None else value

        def answered(reason: str | None) -> None:
            if reason:
                self._decide([(subject, value)], reason=reason, stays=True)

        label = reviewtext.subject_label(self._review, self._view, subject)
        said = reviewtext.value_words(subject, value)
        self.app.push_screen(ReasonDialog(label, said), answered)

    def _decide(
        self,
        values: Sequence[tuple[Subject, float | None]],
        *,
        reason: str = "",
        stays: bool = False,
    ) -> None:
        before = self._review.subjects
        try:
            # Here and not in a thread: decisions must reach the log in the order of the keys.
            self._review.decide(values, reason=reason)
        except StoreError as error:
            self.shell.show_failure(
                error,
                lambda choice: (
                    self._decide(values, reason=reason, stays=stays) if choice == "retry" else None
                ),
            )
            return
        if self._review.subjects != before:
            # A settlement is taken back about which no two markers differ any longer.
            self._show_answer()
            return
        options = self.query_one("#subjects", OptionList)
        place = options.highlighted or 0
        for number, subject in enumerate(self._review.subjects):
            options.replace_option_prompt_at_index(number, self._row(subject))
        self._show_where()
        following = None if stays else self._review.next_open(place)
        if following is not None:
            options.highlighted = following
        elif not stays and self._review.is_done:
            self.action_next_unmarked()
            return
        self._show_detail()

    # From answer to answer

    def action_turn(self, by: int) -> None:
        """Go to the next answer or the one before."""
        if self.is_open:
            self._review.move(by)
            self._show_answer()

    def action_next_unmarked(self) -> None:
        """Go to the next answer with something left to decide."""
        if not self.is_open:
            return
        if self._review.to_next_unmarked():
            self.query_one(KeyLine).announce("")
            self._show_answer()
        else:
            self._show_detail()
            said = (
                _("Everything is settled.")
                if self._review.is_settling
                else _("Every answer is marked.")
            )
            self.notify(said, markup=False, timeout=5)

    def action_compare(self) -> None:
        """Show old and new marks side by side, and begin again."""
        if not self.is_ready:
            return
        # Also where the marks stay: the rubric on disk may have other measures.
        screen = RegradeScreen(
            self._review.classroom,
            blind=self._review.is_blind,
            shows_people=self._review.is_settling,
        )
        self.app.push_screen(screen, lambda _none: self._load())

    def action_scroll_answer(self, by: int) -> None:
        """Scroll the answer while the list keeps the focus."""
        self.scroll_beside("#answer-scroll", by)
