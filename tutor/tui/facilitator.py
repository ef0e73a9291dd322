"""The facilitator's view of a drill: the clock, the news, the measures and the log."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from tutor.core.case import ROSTER, Role
from tutor.core.drill import DrillPhase, DrillState
from tutor.core.drillevent import (
    Cause,
    ClockPaused,
    ClockStarted,
    DrillEvent,
    InjectHeld,
    InjectReleased,
    InjectSkipped,
    LimitMoved,
    MeasureTicked,
    MeasureUnticked,
    NoteWritten,
    ProposalDeclined,
    RoleGiven,
)
from tutor.core.errors import StoreError
from tutor.core.injects import InjectPlace, InjectState, timeline
from tutor.core.plaintext import clean
from tutor.locales import _
from tutor.report.drillwords import role_name
from tutor.tui import facilitatortext
from tutor.tui.dialogs import Choice, Dialog
from tutor.tui.drilllists import LiveList, inject_line
from tutor.tui.form import Filled, Form, FormField, required
from tutor.tui.keyline import N_
from tutor.tui.screen import TutorScreen

if TYPE_CHECKING:
    from tutor.session.drill import Drill

# The clock shows seconds; half of that keeps it from stumbling.
TICK_SECONDS = 0.25


class FacilitatorScreen(TutorScreen):
    """Shows a drill and records what the facilitator does; the drill owns time and disk."""

    CSS_PATH = "drill.tcss"
    AUTO_FOCUS = "#injects"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "accept",
            N_("Accept"),
            id="drill.accept",
            tooltip=N_("Tick the measure the engine recognised in a decision."),
            priority=True,
        ),
        Binding(
            "x",
            "decline",
            N_("Decline"),
            id="drill.decline",
            tooltip=N_("The decision does not mean this measure."),
        ),
        Binding(
            "d",
            "decide",
            N_("Decision"),
            id="drill.decide",
            tooltip=N_("Log a decision: what, who, why, and what follows."),
        ),
        Binding(
            "space",
            "clock",
            N_("Clock"),
            id="drill.clock",
            tooltip=N_("Start the clock, pause, go on."),
        ),
        Binding(
            "plus,equals_sign",
            "move_end(60)",
            N_("+1 min"),
            id="drill.more",
            tooltip=N_("A minute more."),
            key_display="+",
        ),
        Binding(
            "minus",
            "move_end(-60)",
            N_("−1 min"),
            id="drill.less",
            tooltip=N_("A minute less."),
            key_display="-",
        ),
        Binding(
            "s", "skip", N_("Skip"), id="drill.skip", tooltip=N_("Leave the highlighted news out.")
        ),
        Binding(
            "h",
            "hold",
            N_("Hold"),
            id="drill.hold",
            tooltip=N_("Hold the highlighted news back until Enter, or no longer."),
        ),
        Binding("n", "note", N_("Note"), id="drill.note", tooltip=N_("Write an observation down.")),
        Binding(
            "r",
            "roles",
            N_("Roles"),
            id="drill.roles",
            tooltip=N_("Say who has which role; a name replaced is a hand-over."),
        ),
        Binding(
            "e",
            "end",
            N_("End"),
            id="drill.end",
            tooltip=N_("End the exercise and go on to scores and hot wash; asks once."),
        ),
        *(
            Binding(
                str(number % 10),
                f"tick({number})",
                N_("Tick"),
                id="drill.tick",
                tooltip=N_("Tick or untick the measure with this number."),
                show=False,
            )
            for number in range(1, 11)
        ),
        Binding(
            "tab", "app.focus_next", N_("Other list"), id="drill.other", show=False, priority=True
        ),
    ]

    def __init__(self, drill: "Drill") -> None:
        super().__init__()
        self.drill = drill
        self._places: tuple[InjectPlace, ...] = ()
        self._unfinished: dict[str, tuple[str, ...]] = {}
        self._drawn: dict[str, Content] = {}

    def compose_content(self) -> ComposeResult:
        """Compose the head, the two lists, what is highlighted, and the log."""
        yield Static(id="drill-head", classes="title-line", markup=False)
        yield Static(id="drill-state", markup=False)
        yield Static(id="proposal", markup=False)
        with Horizontal(id="drill-lists"):
            with Vertical():
                yield Static(Content(_("News")), classes="heading")
                yield LiveList(id="injects")
            with Vertical():
                yield Static(Content(_("Measures (1–9 ticks)")), classes="heading")
                yield LiveList(id="measures")
        with VerticalScroll(id="details", can_focus=False):
            yield Static(id="details-text", markup=False)
        with VerticalScroll(id="drill-log", can_focus=False):
            yield Static(id="log-text", markup=False)

    def on_mount(self) -> None:
        """Begin to follow the drill."""
        self.refresh_view()
        self.set_interval(TICK_SECONDS, self.tick)

    def tick(self) -> None:
        """Let what is due happen, and show it."""
        self.drill.tick()
        self.refresh_view()

    # What is shown

    def refresh_view(self) -> None:
        """Bring every part up to date; only what has changed is drawn again."""
        state, elapsed = self.drill.state, self.drill.elapsed_seconds()
        chosen = self._chosen_place()
        self._places = timeline(self.drill.case, state, elapsed)
        self._draw(
            "#drill-head", facilitatortext.head_line(self.drill.case.title, state.opened.team)
        )
        self._draw("#drill-state", facilitatortext.state_line(self.drill, state, elapsed))
        if self._draw("#proposal", facilitatortext.proposal_line(self.drill.rubric, state)):
            self.query_one("#proposal").display = bool(state.proposed)
            self.refresh_bindings()
        injects = self.query_one("#injects", LiveList)
        injects.show([inject_line(place, elapsed) for place in self._places])
        if chosen is not None:
            # What is released moves up; Enter must not mean other news than a moment ago.
            ids = [place.inject.id for place in self._places]
            injects.highlighted = ids.index(chosen.inject.id)
        self.query_one("#measures", LiveList).show(
            facilitatortext.measure_lines(self.drill.rubric.model_order(), state)
        )
        self._draw("#details-text", self._details(state))
        if self._draw("#log-text", facilitatortext.log_text(state)):
            self.query_one("#drill-log").scroll_end(animate=False)

    def _draw(self, selector: str, content: Content) -> bool:
        if self._drawn.get(selector) == content:
            return False
        self._drawn[selector] = content
        self.query_one(selector, Static).update(content)
        return True

    def _details(self, state: DrillState) -> Content:
        if self.query_one("#measures").has_focus:
            place = self.query_one("#measures", OptionList).highlighted
            if place is not None:
                return facilitatortext.measure_details(self.drill.rubric.model_order()[place])
        chosen = self._chosen_place()
        if chosen is None:
            return Content(_("This case has no injects."))
        return facilitatortext.inject_details(chosen.inject, self.drill.rubric, state)

    def _chosen_place(self) -> InjectPlace | None:
        place = self.query_one("#injects", OptionList).highlighted
        return self._places[place] if place is not None and place < len(self._places) else None

    # What the facilitator does

    def record(self, kind: type[DrillEvent], **values: object) -> bool:
        """Record an event and show it; an error is said, and nothing has happened."""
        try:
            self.drill.record(kind, **values)
        except StoreError:
            self.refresh_view()
            return False
        self.refresh_view()
        return True

    def action_clock(self) -> None:
        """Start, pause or go on."""
        is_running = self.drill.state.phase is DrillPhase.RUNNING
        self.record(ClockPaused if is_running else ClockStarted)

    def action_move_end(self, seconds: int) -> None:
        """Move the end."""
        self.record(LimitMoved, by_seconds=seconds)

    @on(OptionList.OptionSelected, "#injects")
    def release(self) -> None:
        """Release the highlighted news by hand."""
        chosen = self._chosen_place()
        if chosen is not None and chosen.state is not InjectState.RELEASED:
            self.record(InjectReleased, inject=chosen.inject.id, cause=Cause.HAND)

    def action_skip(self) -> None:
        """Leave the highlighted news out."""
        if (chosen := self._chosen_place()) and chosen.state is not InjectState.RELEASED:
            self.record(InjectSkipped, inject=chosen.inject.id)

    def action_hold(self) -> None:
        """Hold the highlighted news back, or no longer."""
        if (chosen := self._chosen_place()) and chosen.state is not InjectState.RELEASED:
            is_held = chosen.state is not InjectState.HELD
            self.record(InjectHeld, inject=chosen.inject.id, is_held=is_held)

    @on(OptionList.OptionSelected, "#measures")
    def tick_chosen(self, event: OptionList.OptionSelected) -> None:
        """Tick or untick the highlighted measure."""
        self._tick(event.option_index)

    def action_tick(self, number: int) -> None:
        """Tick or untick the measure with a number."""
        self._tick(number - 1)

    def _tick(self, place: int) -> None:
        measures = self.drill.rubric.model_order()
        if place >= len(measures):
            return
        measure = measures[place].id
        is_ticked = self.drill.state.ticked_at(measure) is not None
        self.record(MeasureUnticked if is_ticked else MeasureTicked, measure=measure)

    def action_accept(self) -> None:
        """Tick what the engine recognised."""
        first = self.drill.state.proposed[0]
        self.record(MeasureTicked, measure=first.measure, decision=first.decision)

    def action_decline(self) -> None:
        """Say that the engine was wrong."""
        if proposed := self.drill.state.proposed:
            self.record(ProposalDeclined, measure=proposed[0].measure)

    def action_decide(self) -> None:
        """Ask for a decision."""
        people = sorted({p for role in ROSTER if (p := self.drill.state.holder(role))})
        self._ask(
            "decision",
            _("Decision"),
            (
                FormField(_("What was decided?"), check=required),
                FormField(_("Who decided?"), suggestions=people),
                FormField(_("Why?")),
                FormField(_("What follows from it? (begins the improvement plan)")),
            ),
            lambda values: self.drill.decide(*values),
        )

    def action_note(self) -> None:
        """Ask for a note."""
        self._ask(
            "note",
            _("Note"),
            (FormField(_("What do you observe?"), check=required),),
            lambda values: self.drill.record(NoteWritten, text=values[0]),
        )

    def action_roles(self) -> None:
        """Ask who has which role."""
        state, case = self.drill.state, self.drill.case
        fields = [
            FormField(
                f"{role_name(role)}. {clean(case.role_hint(role))}", state.holder(role), _("nobody")
            )
            for role in ROSTER
        ]
        self._ask("", _("Roles"), fields, self._give_roles)

    def _give_roles(self, values: tuple[str, ...]) -> None:
        given: list[tuple[Role, str]] = list(zip(ROSTER, values, strict=True))
        for role, person in given:
            if person != self.drill.state.holder(role):
                self.drill.record(RoleGiven, role=role, person=person)

    def _ask(
        self,
        name: str,
        title: str,
        fields: tuple[FormField, ...] | list[FormField],
        then: Callable[[tuple[str, ...]], None],
    ) -> None:
        """Open a form; what was typed and not taken over stands in it the next time."""
        kept = self._unfinished.pop(name, None)
        if kept is not None:
            fields = [
                FormField(field.label, value, field.hint, field.suggestions, field.check)
                for field, value in zip(fields, kept, strict=True)
            ]

        def answered(filled: Filled | None) -> None:
            if filled is None:
                return
            is_taken = filled.is_meant
            if is_taken:
                try:
                    then(filled.values)
                except StoreError:
                    is_taken = False
            if not is_taken and name:
                self._unfinished[name] = filled.values
            self.refresh_view()

        self.app.push_screen(Form(title, fields), answered)

    def action_end(self) -> None:
        """Ask once, then end the exercise."""
        self.app.push_screen(
            Dialog(
                _("End the exercise?"),
                _("Scores, hot wash and report follow. The exercise cannot be taken up again."),
                (Choice("stay", _("Go on")), Choice("end", _("End"))),
            ),
            self._end_if_meant,
        )

    def _end_if_meant(self, choice: str | None) -> None:
        if choice != "end":
            return
        try:
            self.drill.end()
        except StoreError:
            self.refresh_view()
            return
        from tutor.tui.hotwash import HotWashScreen

        self.app.push_screen(HotWashScreen(self.drill))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to accept and decline only where there is a proposal."""
        if action in {"accept", "decline"}:
            return bool(self.drill.state.proposed)
        return super().check_action(action, parameters)
