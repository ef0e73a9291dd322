"""After the exercise: scores side by side, three questions, and the improvement plan."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from tutor.core.drill import DrillState
from tutor.core.drillevent import ActionSet, HotWashAnswered, Judge, Question, Scored
from tutor.core.drillreview import Column, columns
from tutor.core.errors import StoreError
from tutor.core.plaintext import clean
from tutor.locales import _, ngettext
from tutor.report.drillview import drill_view
from tutor.report.drillwords import bar, column_name, due_words, question_text
from tutor.report.words import percent
from tutor.tui.drilllists import LiveList
from tutor.tui.facilitator import TICK_SECONDS
from tutor.tui.failures import failure_title, way_on
from tutor.tui.form import Filled, Form, FormField, required
from tutor.tui.keyline import N_
from tutor.tui.screen import TutorScreen

if TYPE_CHECKING:
    from tutor.session.drill import Drill

_DATE_FORMS = ("%Y-%m-%d", "%d.%m.%Y")


def read_date(text: str) -> date | None:
    """Return a date as people write it here; None for an empty text; raises ValueError."""
    if not text.strip():
        return None
    for form in _DATE_FORMS:
        try:
            return datetime.strptime(text.strip(), form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    raise ValueError(text)


def _date_problem(text: str) -> str:
    try:
        read_date(text)
    except ValueError:
        return _("Write a date such as 2026-05-31 or 31.05.2026, or leave it empty.")
    return ""


def _rating_problem(text: str) -> str:
    return "" if text in {"0", "1", "2", "3"} else _("Write 0, 1, 2 or 3.")


def _percent_problem(text: str) -> str:
    is_fine = text.isascii() and text.isdigit() and int(text[:4]) <= 100
    return "" if is_fine else _("Write a number from 0 to 100.")


class HotWashScreen(TutorScreen):
    """Collects what the team thinks; the scores of others stay covered until all have scored."""

    CSS_PATH = "drill.tcss"
    AUTO_FOCUS = "#plan"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "s",
            "score('self')",
            N_("Score alone"),
            id="hotwash.self",
            tooltip=N_("One member scores the procedure; pass the keyboard round."),
        ),
        Binding(
            "f",
            "score('facilitator')",
            N_("Facilitator's score"),
            id="hotwash.facilitator",
            tooltip=N_("The facilitator scores the procedure."),
        ),
        Binding(
            "v",
            "reveal",
            N_("Side by side"),
            id="hotwash.reveal",
            tooltip=N_("Uncover all scores, or cover them again."),
        ),
        Binding(
            "1", "ask('went-well')", N_("Went well"), id="hotwash.1", tooltip=N_("What went well?")
        ),
        Binding(
            "2",
            "ask('went-badly')",
            N_("Did not"),
            id="hotwash.2",
            tooltip=N_("What did not go well?"),
        ),
        Binding(
            "3", "ask('change')", N_("Change"), id="hotwash.3", tooltip=N_("What do we change?")
        ),
        Binding(
            "a",
            "add",
            N_("Action"),
            id="hotwash.add",
            tooltip=N_("Add an action to the improvement plan."),
        ),
        Binding(
            "q", "app.quit", N_("Close"), id="hotwash.quit", tooltip=N_("Everything is saved.")
        ),
    ]

    def __init__(self, drill: "Drill") -> None:
        super().__init__()
        self.drill = drill
        self._is_revealed = False
        self._drawn = Content("")
        damage = drill_view(drill.review()).damage
        self._cost = damage.said if damage else ""

    def compose_content(self) -> ComposeResult:
        """Compose scores, questions and plan."""
        title = " · ".join((_("Hot wash"), clean(self.drill.case.title)))
        yield Static(Content(title), classes="title-line")
        with VerticalScroll(id="hotwash", can_focus=False):
            yield Static(id="hotwash-text", markup=False)
        yield Static(Content(_("Improvement plan (Enter changes an entry)")), classes="heading")
        yield LiveList(id="plan")
        yield Static(id="hotwash-problem", markup=False)

    def on_mount(self) -> None:
        """Show what there is; the engine's score may come later."""
        self.refresh_view()
        self.set_interval(TICK_SECONDS, self.refresh_view)

    def refresh_view(self) -> None:
        """Bring everything up to date."""
        state = self.drill.state
        parts = [*self._scores(state), Content(""), *self._answers(state), Content("")]
        text = Content("\n").join([*parts, Content(self._cost)])
        if text != self._drawn:
            self._drawn = text
            self.query_one("#hotwash-text", Static).update(text)
        self.query_one("#plan", LiveList).show([_plan_line(action) for action in state.actions])
        error = self.drill.storage_error
        problem = self.query_one("#hotwash-problem", Static)
        problem.display = error is not None
        if error is not None:
            said = _("NOT SAVED: {problem}. {way_on}")
            said = said.format(problem=failure_title(error), way_on=way_on(error))
            problem.update(Content(said))

    def _scores(self, state: DrillState) -> list[Content]:
        lines = [Content.styled(_("Team against self"), "bold")]
        own = [score for score in state.scores if score.judge is Judge.SELF]
        said = ngettext(
            "{count} member has scored alone.", "{count} members have scored alone.", len(own)
        ).format(count=len(own))
        if not self._is_revealed:
            names = ", ".join(score.name for score in own)
            more = _("v shows all side by side.")
            return [*lines, Content(f"{said} {names}"), Content(more)]
        header = (_("0–3"), _("Complete"), _("Order"), _("Reasons"))
        lines.append(Content(f"{'':16}{header[0]:>4}  {header[1]:18}{header[2]:18}{header[3]}"))
        return [*lines, *(_score_line(column) for column in columns(state.scores))]

    def _answers(self, state: DrillState) -> list[Content]:
        lines = []
        for number, question in enumerate(Question, 1):
            lines.append(Content.styled(f"{number}  {question_text(question)}", "bold"))
            answer = state.answer(question)
            lines.append(Content(f"   {answer}") if answer else Content.styled("   –", "dim"))
        return lines

    def action_reveal(self) -> None:
        """Uncover the scores, or cover them."""
        self._is_revealed = not self._is_revealed
        self.refresh_view()

    def action_score(self, judge: str) -> None:
        """Ask for a score."""
        is_self = judge == Judge.SELF
        fields = [FormField(_("Name"), check=required)] if is_self else []
        fields += [
            FormField(_("Rating of the procedure, 0 to 3"), check=_rating_problem),
            FormField(_("Completeness, 0 to 100 %"), check=_percent_problem),
            FormField(_("Order, 0 to 100 %"), check=_percent_problem),
            FormField(_("Justification, 0 to 100 %"), check=_percent_problem),
        ]
        title = _("Score alone: the others look away") if is_self else _("Facilitator's score")

        def taken(values: tuple[str, ...]) -> None:
            name, figures = (values[0], values[1:]) if is_self else ("", values)
            rating, *shares = (int(figure) for figure in figures)
            self.drill.record(
                Scored,
                judge=Judge(judge),
                name=name,
                rating=rating,
                completeness=shares[0] / 100,
                order=shares[1] / 100,
                justification=shares[2] / 100,
            )

        self._open(title, fields, taken)

    def action_ask(self, question: str) -> None:
        """Ask one of the three questions."""
        asked = Question(question)
        before = self.drill.state.answer(asked)
        self._open(
            _("Hot wash"),
            [FormField(question_text(asked), before)],
            lambda values: self.drill.record(HotWashAnswered, question=asked, text=values[0]),
        )

    def action_add(self) -> None:
        """Add an action."""
        self._edit(None)

    @on(OptionList.OptionSelected, "#plan")
    def edit(self, event: OptionList.OptionSelected) -> None:
        """Change the chosen action."""
        self._edit(self.drill.state.actions[event.option_index])

    def _edit(self, entry: ActionSet | None) -> None:
        due = entry.due.isoformat() if entry and entry.due else ""
        self._open(
            _("Action"),
            [
                FormField(_("What will be done?"), entry.action if entry else "", check=required),
                FormField(_("Who sees to it?"), entry.owner if entry else "", check=required),
                FormField(_("By when?"), due, "2026-05-31", check=_date_problem),
            ],
            lambda values: self.drill.plan(
                values[0], values[1], read_date(values[2]), entry.number if entry else 0
            ),
        )

    def _open(
        self, title: str, fields: list[FormField], then: Callable[[tuple[str, ...]], None]
    ) -> None:
        def answered(filled: Filled | None) -> None:
            if filled is None or not filled.is_meant:
                return
            try:
                then(filled.values)
            except StoreError:
                # Said on the screen; the form comes back with what was typed.
                again = [
                    FormField(field.label, value, field.hint, field.suggestions, field.check)
                    for field, value in zip(fields, filled.values, strict=True)
                ]
                self._open(title, again, then)
            self.refresh_view()

        self.app.push_screen(Form(title, fields), answered)


def _plan_line(action: ActionSet) -> Content:
    owner = action.owner or _("nobody")
    return Content(f"{action.number}. {action.action} · {owner} · {due_words(action.due)}")


def _score_line(column: Column) -> Content:
    shares = (column.completeness, column.order, column.justification)
    bars = "  ".join(f"{bar(share)} {percent(share):>5}" for share in shares)
    name = Content(column_name(column)).truncate(16, ellipsis=True, pad=True)
    return name + Content(f"{column.rating:>4.2g}  {bars}")
