"""The debrief: the mark of an attempt, and everything that explains it."""

import re
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tutor.core.attempt import Claim
from tutor.core.debrief import Debrief
from tutor.core.errors import StoreError
from tutor.core.plaintext import clean
from tutor.locales import _, pgettext
from tutor.report.measures import MeasureView
from tutor.report.view import debrief_view
from tutor.tui import debrieftext
from tutor.tui.claim import ClaimDialog
from tutor.tui.fittedtext import FittedText
from tutor.tui.intents import CaseRequested, TheoryRequested
from tutor.tui.keyline import N_
from tutor.tui.ordercolumns import draw
from tutor.tui.reading import Reading
from tutor.tui.screen import TutorScreen
from tutor.tui.sectionline import SectionLine

if TYPE_CHECKING:
    from tutor.session.practice import Practice

SECTIONS = ("result", "measures", "answer", "order", "model", "time", "damage")


class MeasureList(OptionList):
    """The measures; paging scrolls the explanation beside them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup", "screen.scroll_measure(-1)", show=False),
        Binding("pagedown,space", "screen.scroll_measure(1)", show=False),
    ]


class DebriefScreen(TutorScreen):
    """Shows an attempt section by section; claims and the report start here."""

    CSS_PATH = "debrief.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "close", N_("Back"), id="debrief.close", tooltip=N_("Leave the debrief.")
        ),
        *(
            Binding(
                str(number),
                f"open('{section}')",
                N_("Section"),
                show=False,
                id="debrief.section",
                tooltip=N_("Go to the section with this number."),
            )
            for number, section in enumerate(SECTIONS, 1)
        ),
        Binding(
            "right",
            "turn(1)",
            N_("Next"),
            show=False,
            id="debrief.next",
            tooltip=N_("Go to the next section."),
        ),
        Binding(
            "left",
            "turn(-1)",
            N_("Previous"),
            show=False,
            id="debrief.previous",
            tooltip=N_("Go to the section before."),
        ),
        Binding(
            "c",
            "claim",
            N_("I did say that"),
            id="debrief.claim",
            tooltip=N_("Claim the highlighted measure, or take the claim back."),
        ),
        Binding("c", "explain_no_claim", show=False, id="debrief.no-claim"),
        Binding(
            "e",
            "export",
            N_("Report"),
            id="debrief.export",
            tooltip=N_("Write this debrief to a file that can be printed."),
        ),
        Binding(
            "t",
            "theory",
            N_("Theory"),
            id="debrief.theory",
            tooltip=N_("Read the idea behind the highlighted measure, and the others."),
        ),
        Binding("a", "again", N_("Again"), id="debrief.again", tooltip=N_("Try the case again.")),
    ]

    def __init__(
        self, practice: "Practice", debrief: Debrief, *, report_folder: Path | None = None
    ) -> None:
        """Show `debrief`; reports are written to `report_folder`, or to the current folder."""
        super().__init__()
        self._practice = practice
        self._debrief = debrief
        self._report_folder = report_folder
        self._view = debrief_view(debrief)
        self.section = SECTIONS[0]

    def compose_content(self) -> ComposeResult:
        """Compose the frame; the sections come when they are opened."""
        title = _("Debrief: {title}").format(title=self._view.title)
        yield Static(Content(title), classes="title-line")
        titles = (
            _("Result"),
            _("Measures"),
            _("Answer"),
            _("Order"),
            _("Model"),
            _("Time"),
            _("Damage"),
        )
        short = (
            _("Result"),
            pgettext("short", "Meas."),
            pgettext("short", "Answer"),
            pgettext("short", "Order"),
            _("Model"),
            _("Time"),
            _("Damage"),
        )
        yield SectionLine(titles, short)
        yield Container(id="sections")

    def _content(self, section: str) -> Widget:
        """Build a section; most are never looked at, so each is built when it first is."""
        view = self._view
        if section == "result":
            parts: list[Widget] = [FittedText(partial(debrieftext.result_text, view))]
        elif section == "measures":
            prompts = [
                Option(debrieftext.measure_prompt(measure), id=measure.id)
                for measure in view.measures
            ]
            return Container(
                MeasureList(*prompts, id="measure-list", markup=False),
                Reading(Static(id="measure-text", markup=False), id="measure-scroll"),
                id=section,
            )
        elif section == "answer":
            parts = [Static(debrieftext.answer_text(view))]
        elif section == "order":
            parts = [
                FittedText(partial(draw, view.order)),
                Static(debrieftext.order_text(view.order), id="order-text"),
            ]
        elif section == "model":
            parts = [Static(debrieftext.model_text(view))]
        elif section == "time":
            parts = [Static(debrieftext.time_text(view.time))]
        else:
            parts = [Static(debrieftext.damage_text(view.damage)), *self._plot()]
        return Reading(*parts, id=section)

    def _plot(self) -> list[Widget]:
        if self._view.damage is None:
            return []
        from tutor.tui.plots import damage_plot

        return [damage_plot(self._view.damage)]

    async def on_mount(self) -> None:
        """Begin with the result."""
        await self.action_open("result")

    # Going from section to section

    async def action_open(self, section: str) -> None:
        """Go to a section."""
        body = self.query_one("#sections")
        if not body.query_children(f"#{section}"):
            await body.mount(self._content(section))
        for child in body.children:
            child.display = child.id == section
        self.section = section
        self.query_one(SectionLine).show(SECTIONS.index(section))
        self.query_one("#measure-list" if section == "measures" else f"#{section}").focus()
        self.refresh_bindings()

    async def action_turn(self, by: int) -> None:
        """Go to the next section or the one before, round and round."""
        await self.action_open(SECTIONS[(SECTIONS.index(self.section) + by) % len(SECTIONS)])

    @on(SectionLine.Chosen)
    async def open_chosen(self, event: SectionLine.Chosen) -> None:
        """Go to the section that was clicked."""
        await self.action_open(SECTIONS[event.place])

    # Measure by measure

    @property
    def measure(self) -> MeasureView | None:
        """The highlighted measure."""
        place = self.query_one("#measure-list", OptionList).highlighted
        return None if place is None else self._view.measures[place]

    @on(OptionList.OptionHighlighted, "#measure-list")
    def show_measure(self) -> None:
        """Explain the highlighted measure, from its beginning."""
        if measure := self.measure:
            self.query_one("#measure-text", Static).update(debrieftext.measure_text(measure))
            self.query_one("#measure-scroll").scroll_home(animate=False)
            self.refresh_bindings()

    def action_scroll_measure(self, by: int) -> None:
        """Scroll the explanation while the list keeps the focus."""
        scroll = self.query_one("#measure-scroll")
        if by > 0:
            scroll.scroll_page_down(animate=False)
        else:
            scroll.scroll_page_up(animate=False)

    # "I did say that"

    def action_claim(self) -> None:
        """Claim the highlighted measure, or take its claim back."""
        measure = self.measure
        if measure is None:
            return
        if measure.claim:
            self._withdraw(measure)
        else:
            self.app.push_screen(ClaimDialog(measure.text), partial(self._claim, measure))

    def action_explain_no_claim(self) -> None:
        """Say why there is nothing to claim."""
        self.app.notify(
            _("This measure is found in full; there is nothing to claim."), markup=False
        )

    def _claim(self, measure: MeasureView, comment: str | None) -> None:
        if comment is None:
            return

        def keep(claim: Claim) -> None:
            self._show_claims((*self._claims_but(measure), claim))

        attempt = self._debrief.attempt.id
        self.in_background(lambda: self._practice.claim(attempt, measure.id, comment), keep)

    def _withdraw(self, measure: MeasureView) -> None:
        def forget(_nothing: None) -> None:
            self._show_claims(self._claims_but(measure))

        attempt = self._debrief.attempt.id
        self.in_background(lambda: self._practice.withdraw_claim(attempt, measure.id), forget)

    def _claims_but(self, measure: MeasureView) -> tuple[Claim, ...]:
        return tuple(claim for claim in self._debrief.claims if claim.measure != measure.id)

    def _show_claims(self, claims: tuple[Claim, ...]) -> None:
        self._debrief = replace(self._debrief, claims=claims)
        self._view = debrief_view(self._debrief)
        options = self.query_one("#measure-list", OptionList)
        for measure in self._view.measures:
            options.replace_option_prompt(measure.id, debrieftext.measure_prompt(measure))
        self.show_measure()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a claim only where there is a measure that could be claimed."""
        if action in {"claim", "explain_no_claim"}:
            measure = self.measure if self.section == "measures" else None
            if measure is None:
                return False
            is_claimable = measure.can_be_claimed or measure.claim is not None
            return is_claimable == (action == "claim")
        return super().check_action(action, parameters)

    # Onwards

    def action_close(self) -> None:
        """Leave the debrief."""
        self.dismiss(None)

    def action_theory(self) -> None:
        """Ask for the theory cards, at the one of the highlighted measure."""
        measure = self.measure
        card = measure.theory if measure and self.section == "measures" else None
        self.post_message(TheoryRequested(card.id if card else None))

    def action_again(self) -> None:
        """Ask for the briefing of the same case, in place of this debrief."""
        attempt = self._debrief.attempt
        self.post_message(CaseRequested(attempt.case, attempt.language))
        self.dismiss(None)

    def action_export(self) -> None:
        """Write the report, and say where it is."""
        folder, debrief = self._report_folder or Path.cwd(), self._debrief
        self.in_background(lambda: write_report(debrief, folder), self._tell_written)

    def _tell_written(self, path: Path) -> None:
        self.notify(clean(str(path)), title=_("Report written"), markup=False, timeout=10)


def write_report(debrief: Debrief, folder: Path) -> Path:
    """Write the HTML report of a debrief and return its path; raises StoreError.

    The name follows from the attempt, so that writing again replaces the earlier file.
    """
    from tutor.report.render import render

    # Ids of cases come from files, and this one becomes a file's name.
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", f"{debrief.case.id}-{debrief.attempt.id[:12]}")
    path = folder / f"tutor-{stem}.html"
    try:
        path.write_text(render(debrief, "html"), encoding="utf-8")
    except OSError as error:
        raise StoreError(
            _("{path} cannot be written: {why}").format(path=path, why=error.strerror or error)
        ) from error
    return path
