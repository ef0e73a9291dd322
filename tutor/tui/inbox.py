"""The inbox: what candidates wrote and nothing earned, by meaning, to accept with one key."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tutor.core.classroom import Entry
from tutor.core.plaintext import clean
from tutor.core.rubric import Pitfall, Rubric
from tutor.locales import _, ngettext
from tutor.report.order import one_line
from tutor.report.words import attempt_name, change_count, mark_changes, percent
from tutor.session.inbox import (
    Effect,
    Group,
    accept,
    effect,
    effect_as_pitfall,
    extras,
    id_problem,
    inbox,
    put_aside,
    take_back,
)
from tutor.session.regrading import Change
from tutor.tui import debrieftext
from tutor.tui.classscreen import ClassScreen, pitfall_name
from tutor.tui.dialogs import Choice, Dialog
from tutor.tui.form import Filled, Form, FormField, required
from tutor.tui.keyline import N_
from tutor.tui.listdialog import ListDialog
from tutor.tui.reading import Reading
from tutor.tui.regrade import RegradeScreen
from tutor.tui.screen import T

if TYPE_CHECKING:
    from tutor.session.classroom import Classroom

# A dialog is no table; `tutor class regrade` shows every change.
_SHOWN_CHANGES = 6


class InboxScreen(ClassScreen):
    """Groups left, the sentences of one right; the effect is shown before anything is written."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape", "app.quit", N_("Leave"), show=False, id="inbox.leave", tooltip=N_("Leave.")
        ),
        Binding(
            "p",
            "accept",
            N_("Paraphrase"),
            key_display="p",
            id="inbox.accept",
            tooltip=N_(
                "Accept the group as paraphrases of the measure or pitfall it is nearest to."
            ),
        ),
        Binding(
            "o",
            "choose",
            N_("Of another"),
            key_display="o",
            id="inbox.choose",
            tooltip=N_("Choose the measure or pitfall of which it is a paraphrase."),
        ),
        Binding(
            "n",
            "name_pitfall",
            N_("New pitfall"),
            key_display="n",
            id="inbox.pitfall",
            tooltip=N_("Make a pitfall of the group that the rubric does not have."),
        ),
        Binding(
            "x",
            "put_aside",
            N_("Extra"),
            key_display="x",
            id="inbox.extra",
            tooltip=N_("Take the group for sensible extras; it comes up no more."),
        ),
        Binding(
            "v",
            "compare",
            N_("Compare"),
            key_display="v",
            id="inbox.compare",
            tooltip=N_("Compare the marks with those the rubric on disk gives."),
        ),
        Binding(
            "u",
            "take_back",
            N_("Take back"),
            key_display="u",
            id="inbox.take-back",
            tooltip=N_("Choose a group that was taken for extras and bring it back."),
        ),
    ]

    def __init__(self, classroom: "Classroom", *, blind: bool = False) -> None:
        super().__init__()
        self._classroom = classroom
        self._is_blind = blind
        self._groups: list[Group] = []
        self._names: dict[str, str] = {}
        # What was typed into a form that was left, by the group it was about.
        self._unfinished: dict[Group, tuple[str, ...]] = {}

    def compose_content(self) -> ComposeResult:
        """Compose the groups on the left, one of them on the right."""
        yield Static(Content(_("Grouping what earned nothing…")), id="where", classes="title-line")
        with Horizontal(id="review"):
            with Vertical(id="groups-side"):
                yield OptionList(id="groups", markup=False)
            with Vertical(id="marks"):
                yield Reading(Static(id="detail", markup=False), can_focus=False)

    def on_mount(self) -> None:
        """Group away from the screen."""
        self._load_groups()

    def _load_groups(self, sentence: str = "") -> None:
        """Group, and go to the group with a sentence, or to the first."""
        self.is_ready = False
        self.in_background(self._load, partial(self._show_groups, sentence), self.app.exit)

    def _load(self) -> tuple[Group, ...]:
        self._classroom.mark(self.goes_on)
        self._names = names_of(self._classroom.rubric)
        return inbox(self._classroom)

    def _show_groups(self, sentence: str, groups: Sequence[Group]) -> None:
        self._groups, self.is_ready = list(groups), True
        options = self.query_one("#groups", OptionList)
        options.clear_options()
        options.add_options(
            [Option(f"{one.size:3d} × {one.sentences[0].text}") for one in self._groups]
        )
        places = (n for n, one in enumerate(self._groups) if sentence in one.texts)
        options.highlighted = next(places, 0) if self._groups else None
        options.focus()
        self._show_where()
        self._show_group()

    def _show_where(self) -> None:
        count = len(self._groups)
        said = ngettext("{name} · {count} group", "{name} · {count} groups", count)
        title = said.format(name=self._classroom.info.name, count=count)
        self.query_one("#where", Static).update(Content(title))

    @property
    def group(self) -> Group | None:
        """The highlighted group."""
        place = self.query_one("#groups", OptionList).highlighted
        return self._groups[place] if place is not None and self._groups else None

    @property
    def free_group(self) -> Group | None:
        """The highlighted group, unless another one is being worked on."""
        return self.group if self.is_ready else None

    @on(OptionList.OptionHighlighted, "#groups")
    def _show_group(self) -> None:
        """Show the sentences of the highlighted group, and what it is nearest to."""
        group = self.group
        detail = self.query_one("#detail", Static)
        if group is None:
            detail.update(Content(_("Nothing is left: every sentence earned something.")))
            return
        lines: list[Content | str] = [f"{len(s.answers)} × {s.text}" for s in group.sentences]
        lines += ["", debrieftext.heading(_("Nearest"))]
        lines.append(f"{self._names[group.nearest]} ({percent(group.nearness)})")
        detail.update(debrieftext.paragraphs(lines))

    # What is done with a group

    def action_accept(self) -> None:
        """Show what the group would do as paraphrases of what it is nearest to."""
        if (group := self.free_group) is not None:
            self._try(group, group.nearest)

    def action_choose(self) -> None:
        """Ask of what the group is a paraphrase."""
        if (group := self.free_group) is not None:
            self.app.push_screen(
                ListDialog(_("A paraphrase of what?"), self._names), partial(self._try, group)
            )

    def _try(self, group: Group, target: str | None) -> None:
        if target is not None:
            self._look_at(
                group,
                self._names[target],
                lambda: effect(self._classroom, group, target, self.goes_on),
            )

    def _look_at(self, group: Group, name: str, work: Callable[[], Effect]) -> None:
        """Work an effect out while the title says how far it is, then ask what becomes of it."""
        self.query_one("#where", Static).update(Content(_("Looking at what this would change…")))
        self._begin(work, lambda effect: self._ask(group, name, effect))

    def _begin(self, work: Callable[[], T], then: Callable[[T], None]) -> None:
        """Run `work` in a thread; until it has ended no key begins anything else."""

        def ended(result: T) -> None:
            self._show_again()
            then(result)

        self.is_ready = False
        self.in_background(work, ended, self._show_again)

    def _show_again(self) -> None:
        self.is_ready = True
        self._show_where()

    def action_name_pitfall(self) -> None:
        """Ask for id, text and why of a pitfall, and show what the group would do as that."""
        if (group := self.free_group) is None:
            return
        kept = self._unfinished.get(group, ("", group.sentences[0].text, ""))
        fields = (
            FormField(
                _("Id"), kept[0], hint=_("such as blame-the-supplier"), check=self._id_problem
            ),
            FormField(_("What is done that does harm"), kept[1], check=required),
            FormField(_("Why it hurts"), kept[2], check=required),
        )

        def answered(filled: Filled | None) -> None:
            if filled is None:
                return
            # Kept until it is written: whoever discards the effect may only want other words.
            self._unfinished[group] = filled.values
            if filled.is_meant:
                name, text, why = filled.values
                pitfall = Pitfall(id=name, text=text, why=why)
                self._look_at(
                    group,
                    pitfall_name(pitfall),
                    lambda: effect_as_pitfall(self._classroom, group, pitfall, self.goes_on),
                )

        self.app.push_screen(Form(_("A new pitfall"), fields), answered)

    def _id_problem(self, wanted: str) -> str:
        return required(wanted) or id_problem(self._classroom.rubric, wanted)

    def _ask(self, group: Group, name: str, found: Effect) -> None:
        def answered(choice: str | None) -> None:
            if choice == "write":
                self._begin(
                    lambda: (accept(self._classroom, found), names_of(self._classroom.rubric)),
                    lambda written: self._written(group, *written),
                )

        self.app.push_screen(
            Dialog(
                _("What this would change"),
                effect_text(name, found, self._person),
                (Choice("discard", _("Discard")), Choice("write", _("Write the rubric"))),
            ),
            answered,
        )

    def _person(self, entry: Entry) -> str:
        """Return whose answer it is."""
        name = self._classroom.pseudonym(entry) if self._is_blind else clean(entry.candidate)
        return attempt_name(name, entry.attempt)

    def _written(self, group: Group, path: str, names: dict[str, str]) -> None:
        self._names = names
        said = _("Written to {path}. v compares the marks; until then they stay.")
        self._done(group, said.format(path=clean(path)), seconds=8)

    def action_put_aside(self) -> None:
        """Take the group for sensible extras."""
        if (group := self.free_group) is not None:
            said = _("Taken for extras. u brings it back.")
            self._begin(
                lambda: put_aside(self._classroom, group),
                lambda _none: self._done(group, said, seconds=3),
            )

    def action_take_back(self) -> None:
        """Ask which of the groups put aside is to come back."""
        if self.is_ready:
            self._begin(lambda: extras(self._classroom), self._ask_which)

    def _ask_which(self, groups: Sequence[Sequence[str]]) -> None:
        if not groups:
            self.notify(_("Nothing is put aside."), markup=False, timeout=5)
            return

        def chosen(place: str | None) -> None:
            if place is not None:
                sentences = groups[int(place)]
                self._begin(
                    lambda: take_back(self._classroom, sentences),
                    lambda _none: self._load_groups(sentences[0]),
                )

        names = {str(place): _put_aside_name(group) for place, group in enumerate(groups)}
        self.app.push_screen(ListDialog(_("Bring what back?"), names), chosen)

    def action_compare(self) -> None:
        """Show old and new marks side by side; group again where the new ones were applied."""
        if not self.is_ready:
            return
        screen = RegradeScreen(self._classroom, blind=self._is_blind)

        def left(_none: None) -> None:
            if screen.is_applied:
                self._load_groups()

        self.app.push_screen(screen, left)

    def _done(self, group: Group, said: str, *, seconds: float) -> None:
        """Take a group off the list, keep the place, and say what became of it."""
        options = self.query_one("#groups", OptionList)
        place = self._groups.index(group)
        self._groups.remove(group)
        self._unfinished.pop(group, None)
        options.remove_option_at_index(place)
        options.highlighted = min(place, len(self._groups) - 1) if self._groups else None
        self._show_where()
        self._show_group()
        self.notify(said, markup=False, timeout=seconds)


def names_of(rubric: Rubric) -> dict[str, str]:
    """Return what the measures and pitfalls are called here, by id."""
    names = {measure.id: one_line(measure.text) for measure in rubric.measures}
    return names | {pitfall.id: pitfall_name(pitfall) for pitfall in rubric.pitfalls}


def effect_text(target: str, found: Effect, person: Callable[[Entry], str]) -> str:
    """Return what accepting a group would change, in a few lines."""
    samples, marks = found.samples, found.regrade
    count = len(samples)
    # Sorted by the name that is shown: the place of a hidden one gives nothing away.
    # Not all have room, and those that cross a border matter most.
    changes = sorted(
        (not change.crosses_border, person(change.entry), _change(change))
        for change in marks.changes
    )
    lines = [
        target,
        "",
        ngettext("{count} sample changes", "{count} samples change", count).format(count=count),
        *(
            f"• {clean(sample.name)}: {', '.join(mark_changes(sample.measures, sample.pitfalls))}"
            for sample in samples
        ),
        change_count(len(marks.changes), marks.count, marks.crossing),
        *(f"• {name}: {change}" for _inside, name, change in changes[:_SHOWN_CHANGES]),
    ]
    return "\n".join([*lines, "…"] if len(changes) > _SHOWN_CHANGES else lines)


def _change(change: Change) -> str:
    """Return what changes for one candidate."""
    parts = mark_changes(change.measures, change.pitfalls)
    if change.crosses_border:
        old, new = change.old.points, change.new.points
        parts.append(_("points {old} → {new}").format(old=old, new=new))
    if change.old.order != change.new.order:
        parts.append(_("order"))
    return ", ".join(parts) or _("reasons")


def _put_aside_name(sentences: Sequence[str]) -> str:
    """Return how a group that was put aside is listed."""
    more = len(sentences) - 1
    return f"{sentences[0]} (+{more})" if more else sentences[0]
