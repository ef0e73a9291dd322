"""Calibrate yourself: mark a sample answer, then see the engine's and the author's mark beside."""

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tutor.core.grade import MAX_RATING
from tutor.core.plaintext import clean
from tutor.locales import _
from tutor.report.section import NONE, Section
from tutor.report.words import credit_symbol, credit_word, percent
from tutor.session.calibration import CREDITS, Calibration, Comparison, OwnMark, Row
from tutor.tui.debrieftext import muted, paragraphs
from tutor.tui.fittedtext import FittedText
from tutor.tui.keyline import N_
from tutor.tui.reading import Reading
from tutor.tui.screen import TutorScreen
from tutor.tui.tabletext import table_text

if TYPE_CHECKING:
    from tutor.session.practice import Practice


class CalibrateScreen(TutorScreen):
    """Shows a sample answer above the measures; Space turns what is under the cursor."""

    CSS_PATH = "calibrate.tcss"
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "space",
            "turn",
            N_("Turn"),
            id="calibrate.turn",
            tooltip=N_("Give nothing, half, all; a rating goes from 0 to 3."),
            priority=True,
        ),
        Binding(
            "enter",
            "go_on",
            N_("Compare"),
            id="calibrate.compare",
            tooltip=N_("See the other marks, and then the next answer."),
            priority=True,
        ),
        Binding(
            "pageup",
            "read(-1)",
            N_("Answer"),
            id="calibrate.up",
            show=False,
            tooltip=N_("Scroll the answer."),
            priority=True,
        ),
        Binding(
            "pagedown",
            "read(1)",
            N_("Answer"),
            id="calibrate.down",
            show=False,
            tooltip=N_("Scroll the answer."),
            priority=True,
        ),
        Binding("escape", "close", N_("Back"), id="calibrate.close", tooltip=N_("Stop marking.")),
    ]

    def __init__(self, practice: "Practice", case_id: str, language: str) -> None:
        super().__init__()
        self._practice = practice
        self._place = (case_id, language)
        self._calibration: Calibration | None = None
        self._credits: dict[str, float] = {}
        self._ratings: dict[str, int] = {}
        self._comparison: Comparison | None = None
        self._is_busy = False

    def compose_content(self) -> ComposeResult:
        """Compose the answer, the list to mark it with, and the room for the comparison."""
        yield Static(Content(_("Calibrate yourself")), id="calibrate-title", classes="title-line")
        with Container(id="calibrate-body"):
            with Reading(id="calibrate-answer", can_focus=False):
                yield Static(id="calibrate-text", markup=False)
                yield FittedText(self._table)
            yield OptionList(id="calibrate-list", markup=False)

    def on_mount(self) -> None:
        """Read the samples."""
        self.in_background(
            lambda: Calibration.open(self._practice.library, self._practice.marker, *self._place),
            self._begin,
            self.action_close,
        )

    def _begin(self, calibration: Calibration) -> None:
        self._calibration = calibration
        self._show_sample()

    def _show_sample(self) -> None:
        calibration = self._calibration
        assert calibration is not None
        self._comparison = None
        self._credits = {measure.id: CREDITS[0] for measure in calibration.rubric.measures}
        self._ratings = {question.id: 0 for question in calibration.case.key_questions}
        self._show_title()
        parts: list[Content | str] = [muted(_("Which measures are there, and what is it worth?"))]
        for number, step in enumerate(calibration.steps(), 1):
            parts.append(f"{number}. {clean(step.measure)}")
            if step.reason.strip():
                parts.append(muted(f"   {clean(step.reason)}"))
        self.query_one("#calibrate-text", Static).update(paragraphs(parts))
        self.query_one("#calibrate-answer").scroll_home(animate=False)
        options = self.query_one("#calibrate-list", OptionList)
        options.display = True
        options.clear_options()
        options.add_options(
            [Option(self._prompt(key), id=key) for key in (*self._measures, *self._ratings)]
        )
        options.highlighted = 0
        options.focus()
        self.query_one(FittedText).redraw()
        self.refresh_bindings()

    def _show_title(self) -> None:
        calibration = self._calibration
        assert calibration is not None
        shown = len(calibration.comparisons) + (self._comparison is None)
        self.query_one("#calibrate-title", Static).update(
            Content(
                _("Calibrate yourself: answer {number} of {count}, {title}").format(
                    number=shown,
                    count=len(calibration.samples),
                    title=clean(calibration.case.title),
                )
            )
        )

    @property
    def _measures(self) -> tuple[str, ...]:
        assert self._calibration is not None
        return tuple(measure.id for measure in self._calibration.rubric.model_order())

    def _prompt(self, key: str) -> Content:
        calibration = self._calibration
        assert calibration is not None
        if key in self._ratings:
            text = next(q.text for q in calibration.case.key_questions if q.id == key)
            return Content.assemble((f"{self._ratings[key]}/{MAX_RATING} ", "bold"), clean(text))
        given = self._credits[key]
        return Content.assemble(
            (f"{credit_symbol(given)} ", "bold"),
            clean(calibration.rubric.measure(key).text),
            (f"  {credit_word(given)}", "dim"),
        )

    def action_turn(self) -> None:
        """Give the next credit or rating."""
        options = self.query_one("#calibrate-list", OptionList)
        if self._comparison is not None or options.highlighted is None:
            return
        key = options.get_option_at_index(options.highlighted).id or ""
        if key in self._ratings:
            self._ratings[key] = (self._ratings[key] + 1) % (MAX_RATING + 1)
        else:
            place = CREDITS.index(self._credits[key])
            self._credits[key] = CREDITS[(place + 1) % len(CREDITS)]
        options.replace_option_prompt(key, self._prompt(key))

    def action_go_on(self) -> None:
        """Compare, and after that go to the next answer or leave."""
        calibration = self._calibration
        if calibration is None or self._is_busy:
            return
        if self._comparison is None:
            self._is_busy = True
            own = OwnMark(credits=dict(self._credits), ratings=dict(self._ratings))
            self.in_background(
                partial(calibration.compare, own), self._show_comparison, self.action_close
            )
        elif calibration.sample is None:
            self.action_close()
        else:
            self._show_sample()

    def _show_comparison(self, comparison: Comparison) -> None:
        calibration = self._calibration
        assert calibration is not None
        self._is_busy = False
        self._comparison = comparison
        self._show_title()
        said = [
            _("You agree in {share} of the lines; ≠ marks the others.").format(
                share=percent(comparison.agreement)
            )
        ]
        if calibration.sample is None:
            shares = [one.agreement for one in calibration.comparisons]
            said.append(
                _("All answers together: {share}.").format(share=percent(sum(shares) / len(shares)))
            )
        self.query_one("#calibrate-text", Static).update(Content("\n".join([*said, ""])))
        self.query_one("#calibrate-list").display = False
        self.query_one(FittedText).redraw()
        self.query_one("#calibrate-answer").scroll_home(animate=False)
        self.refresh_bindings()

    def _table(self, width: int) -> Content:
        return (
            Content("")
            if self._comparison is None
            else table_text(_beside(self._comparison), width)
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer turning while something is to be marked."""
        if action == "turn":
            return self._calibration is not None and self._comparison is None
        return super().check_action(action, parameters)

    def action_read(self, direction: int) -> None:
        """Scroll the answer while the list keeps the focus."""
        scroll = self.query_one("#calibrate-answer")
        if direction > 0:
            scroll.scroll_page_down(animate=False)
        else:
            scroll.scroll_page_up(animate=False)

    def action_close(self) -> None:
        """Go back."""
        self.dismiss(None)


def _beside(comparison: Comparison) -> Section:
    return Section(
        id="beside",
        title="",
        said=(),
        header=("", _("Measure or question"), _("You"), _("Engine"), _("Author")),
        rows=tuple(_row(row) for row in (*comparison.measures, *comparison.ratings)),
        wide=1,
    )


def _row(row: Row) -> tuple[str, ...]:
    author = NONE
    if row.author is not None:
        low, high = row.author
        author = f"{low:g}" if low == high else f"{low:g}–{high:g}"
    sign = " " if row.agrees else "≠"
    return (sign, clean(row.text), f"{row.own:g}", f"{row.engine:g}", author)
