"""The regrade: every mark as it is beside the one the present rubric gives, before it counts."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tutor.core.classroom import Human
from tutor.core.debrief import Debrief
from tutor.core.plaintext import clean
from tutor.core.result import Result
from tutor.locales import _
from tutor.report import words
from tutor.report.evidence import Piece
from tutor.report.order import one_line
from tutor.report.view import debrief_view
from tutor.session.finalmark import final_of
from tutor.session.regrading import Change, Regrade, apply, regrade
from tutor.tui import debrieftext
from tutor.tui.classscreen import ClassScreen, pitfall_name, scroll_keys
from tutor.tui.keyline import N_
from tutor.tui.reading import Reading

if TYPE_CHECKING:
    from tutor.session.classroom import Classroom

# What the old mark gives, what the new one gives, and what it is given for.
_Row = tuple[str, str, str]


class RegradeScreen(ClassScreen):
    """Candidates left, the changed ones first; old and new marks of one side by side right."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "a",
            "apply",
            N_("Apply"),
            key_display="a",
            id="regrade.apply",
            tooltip=N_("Add all the new marks; the old ones stay, and so does every decision."),
        ),
        Binding(
            "escape",
            "discard",
            N_("Discard"),
            id="regrade.discard",
            tooltip=N_("Leave; every mark stays as it is."),
        ),
        Binding(
            "t",
            "show_all",
            N_("All or only changes"),
            key_display="t",
            id="regrade.all",
            tooltip=N_("Show all answers, or only those whose mark changes."),
        ),
        *scroll_keys(
            "regrade",
            "scroll_marks",
            down=N_("Scroll the marks down."),
            up=N_("Scroll the marks up."),
        ),
    ]

    def __init__(
        self, classroom: "Classroom", *, blind: bool = False, shows_people: bool = True
    ) -> None:
        """Compare the marks of a class; `blind` hides names.

        Markers who decide on their own must not learn here what others decided: `shows_people`.
        """
        super().__init__()
        self._classroom = classroom
        self._is_blind = blind
        self._shows_people = shows_people
        self._found = Regrade(compared=())
        self._people: dict[str, tuple[str, Human]] = {}
        self._shows_all = False
        self._is_applying = False
        self.is_applied = False

    def compose_content(self) -> ComposeResult:
        """Compose the candidates on the left, the two marks of one on the right."""
        yield Static(Content(_("Marking anew…")), id="where", classes="title-line")
        yield Static(id="engines", classes="muted", markup=False)
        with Horizontal(id="review"):
            with Vertical(id="groups-side"):
                yield OptionList(id="groups", markup=False)
            with Vertical(id="marks"), Reading(id="marks-scroll", can_focus=False):
                yield Static(id="sides", markup=False)
                yield Static(id="detail", markup=False)

    def on_mount(self) -> None:
        """Mark anew away from the screen."""
        self.query_one("#engines").display = False
        self.in_background(self._compare, self._show, self.action_discard)

    def _compare(self) -> Regrade:
        classroom = self._classroom
        # The file may have been written since the class was opened.
        classroom.reload()
        self._people = {
            sheet.entry.id: (
                words.attempt_name(sheet.shown_name, sheet.entry.attempt),
                sheet.human,
            )
            for sheet in classroom.sheets(blind=self._is_blind)
        }
        return regrade(classroom, classroom.rubric, on_progress=self.goes_on)

    # What is shown

    def _show(self, found: Regrade) -> None:
        self._found, self.is_ready = found, True
        changes = words.change_count(len(found.changes), found.count, found.crossing)
        title = f"{self._classroom.info.name} · {changes}"
        self.query_one("#where", Static).update(Content(title))
        if len(found.engines) > 1:
            engines = self.query_one("#engines", Static)
            said = _("Part of this is another engine's doing: {engines}")
            engines.update(Content(said.format(engines=", ".join(sorted(found.engines)))))
            engines.display = True
        self._list()

    def _list(self) -> None:
        options = self.query_one("#groups", OptionList)
        options.clear_options()
        options.add_options([Option(self._row(change)) for change in self.listed])
        options.highlighted = 0 if self.listed else None
        options.focus()
        self._show_change()

    @property
    def listed(self) -> Sequence[Change]:
        """The changes as they are listed: those that cross a border first, the same marks last.

        Otherwise by the name that is shown, so that the place of a hidden one gives nothing away.
        """
        shown = self._found.compared if self._shows_all else self._found.changes
        return sorted(
            shown,
            key=lambda change: (
                not change.crosses_border,
                not change.is_change,
                self._people[change.entry.id][0],
            ),
        )

    def _row(self, change: Change) -> Content:
        old, new = change.old.points, change.new.points
        sign = "!" if change.crosses_border else "≠" if change.is_change else "="
        row = Content(f"{sign} {old:2d} → {new:2d}  {self._people[change.entry.id][0]}")
        return row if change.is_change else row.stylize("dim")

    @on(OptionList.OptionHighlighted, "#groups")
    def _show_change(self) -> None:
        """Show both marks of the highlighted answer."""
        sides, detail = self.query_one("#sides", Static), self.query_one("#detail", Static)
        place = self.query_one("#groups", OptionList).highlighted
        listed = self.listed
        if place is None or place >= len(listed):
            detail.update(Content(_("No mark changes: all are what the rubric gives.")))
            sides.update("")
            return
        change = listed[place]
        self.query_one("#marks-scroll").scroll_home(animate=False)
        sides.update(debrieftext.paragraphs(self._sides(change)))
        detail.update(
            debrieftext.paragraphs(
                ["", *self._people_lines(change), *_words(self._classroom, change)]
            )
        )

    def _sides(self, change: Change) -> list[Content | str]:
        """Return what both marks give, each on a line with what it is given for."""
        rows = [*self._figures(change.old, change.new), *self._credits(change)]
        width = max(len(cell) for row in rows for cell in row[:2])
        lines: list[Content | str] = [
            debrieftext.heading(self._people[change.entry.id][0]),
            debrieftext.muted(_("before → after")),
        ]
        for old, new, label in rows:
            line = f"{old:>{width}} → {new:<{width}} {label}"
            lines.append(Content.styled(line, "dim" if old == new else "bold"))
        return lines

    def _figures(self, old: Result, new: Result) -> list[_Row]:
        figures = [
            (f"{old.points}/{old.max_points}", f"{new.points}/{new.max_points}", _("Points")),
            (f"{old.grade:.1f}", f"{new.grade:.1f}", _("Grade (assumed)")),
        ]
        # Between ratings and credits stands what the rule makes the rating of.
        return [
            *figures,
            *(
                (
                    str(old.ratings.get(question.id, "–")),
                    str(new.ratings.get(question.id, "–")),
                    one_line(question.text),
                )
                for question in self._classroom.case.key_questions
            ),
            (_share(old.completeness), _share(new.completeness), _("Completeness")),
            (_share(old.order), _share(new.order), _("Order")),
            (_share(old.justification), _share(new.justification), _("Justification")),
        ]

    def _credits(self, change: Change) -> list[_Row]:
        """Return measures, reasons that change, and pitfalls; what changes comes first."""
        rubric = self._classroom.rubric
        names = {measure.id: one_line(measure.text) for measure in rubric.model_order()}
        # What the rubric has no longer is called by its id.
        rows = [
            (_credit(change.old, key), _credit(change.new, key), names.get(key, clean(key)))
            for key in dict.fromkeys((*names, *change.old.measures))
        ]
        rows += [
            (
                words.credit_symbol(old),
                words.credit_symbol(new),
                _("Reason: {measure}").format(measure=names.get(key, clean(key))),
            )
            for key, old, new in change.reasons
        ]
        pitfalls = {pitfall.id: pitfall_name(pitfall) for pitfall in rubric.pitfalls}
        rows += [
            ("–" if is_now else "!", "!" if is_now else "–", pitfalls.get(key, clean(key)))
            for key, is_now in change.pitfalls
        ]
        return sorted(rows, key=lambda row: row[0] == row[1])

    def _people_lines(self, change: Change) -> list[Content | str]:
        """Return what counts before and after, where people have decided."""
        human = self._people[change.entry.id][1]
        if not self._shows_people or not (human.by_marker or human.settled):
            return []
        case, rubric = self._classroom.content
        before, after = (
            _points(final_of(case, rubric, result, human)) for result in (change.old, change.new)
        )
        said = _("People have decided here, and that stays. What counts: {before} → {after}")
        return [Content.styled(said.format(before=before, after=after), "bold"), ""]

    # What is done

    def action_scroll_marks(self, by: int) -> None:
        """Scroll the two marks while the list keeps the focus."""
        self.scroll_beside("#marks-scroll", by)

    def action_show_all(self) -> None:
        """Show all answers, or only the changed ones again."""
        if self.is_ready:
            self._shows_all = not self._shows_all
            self._list()

    def action_apply(self) -> None:
        """Add the new marks, and leave."""
        found = self._found
        if self.is_ready and found.to_add and not self._is_applying:
            self._is_applying = True
            self.in_background(
                lambda: apply(self._classroom, found), self._applied, self._take_up_again
            )

    def _take_up_again(self) -> None:
        self._is_applying = False

    def _applied(self, count: int) -> None:
        self._is_applying, self.is_applied = False, True
        self.notify(words.marks_added(count), markup=False, timeout=8)
        if self.is_first:
            self._show(
                Regrade(
                    compared=tuple(
                        Change(entry=one.entry, old=one.new, new=one.new)
                        for one in self._found.compared
                    )
                )
            )
        else:
            self.dismiss(None)

    def action_discard(self) -> None:
        """Leave without a change, unless the change is under way."""
        if self._is_applying:
            return
        if self.is_first:
            self.app.exit()
        else:
            self.dismiss(None)

    @property
    def is_first(self) -> bool:
        """True where no other screen lies below."""
        return self.app.screen_stack[0] is self


def _credit(result: Result, measure: str) -> str:
    mark = result.measures.get(measure)
    return "–" if mark is None else words.credit_symbol(mark.credit)


def _share(share: float | None) -> str:
    return "–" if share is None else words.percent(share)


def _points(final: Result | None) -> str:
    return _("open") if final is None else f"{final.points}/{final.max_points}"


def _words(classroom: "Classroom", change: Change) -> list[Content | str]:
    """Say why the marks differ: words only one of them counts, measures out of order."""
    gained = {key for key, old, new in change.measures if new > old}
    gained |= {key for key, is_now in change.pitfalls if is_now}
    lost = {key for key, old, new in change.measures if new < old}
    lost |= {key for key, is_now in change.pitfalls if not is_now}
    now = _evidence(classroom.debrief(change.entry, change.new), gained)
    before = _evidence(classroom.debrief(change.entry, change.old), lost)
    lines: list[Content | str] = []
    if change.is_change and not (change.measures or change.pitfalls):
        lines += [_only(change), ""]
    for name, said in (
        (_("Counts now"), now),
        (_("Counted before"), before),
        (_("Out of order now"), _order_faults(classroom, change)),
    ):
        if said:
            lines += [debrieftext.heading(name), *said, ""]
    return lines


def _order_faults(classroom: "Classroom", change: Change) -> list[Content | str]:
    """Return which measures the new mark finds the wrong way round and the old one did not."""
    names = {measure.id: one_line(measure.text) for measure in classroom.rubric.measures}
    return [
        words.fault_words(
            fault,
            names.get(fault.earlier, clean(fault.earlier)),
            names.get(fault.later, clean(fault.later)),
        )
        for fault in change.new.order_faults
        if fault not in change.old.order_faults
    ]


def _only(change: Change) -> str:
    """Say what changes where every measure and pitfall stays as it is."""
    old, new = change.old, change.new
    parts = [
        name
        for name, changes in (
            (_("Completeness"), old.completeness != new.completeness),
            (_("Order"), old.order != new.order),
            (_("Justification"), bool(change.reasons)),
        )
        if changes
    ]
    if not parts:
        return _("All parts of the mark stay; they are rated by another rule.")
    return _("Only this changes: {parts}").format(parts=", ".join(parts))


def _evidence(debrief: Debrief, wanted: set[str]) -> list[Content | str]:
    """Return some measures and pitfalls of a debrief with the words they were seen in."""
    view = debrief_view(debrief)
    lines: list[Content | str] = []
    for measure in view.measures:
        if measure.id in wanted:
            lines.append(one_line(measure.text))
            lines += [_quoted(quote.step_name, quote.measure) for quote in measure.quotes]
    for pitfall in view.pitfalls:
        if pitfall.id in wanted:
            lines += [one_line(pitfall.text), _quoted(pitfall.step_name, pitfall.quote)]
    return lines


def _quoted(step_name: str, pieces: Sequence[Piece]) -> Content:
    return Content.styled(f"  {step_name}: ", "dim") + debrieftext.own_words(pieces)
