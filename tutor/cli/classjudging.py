"""What a class says: its log, agreement, items, inbox, and what another rubric would do."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeVar

from tutor.cli import classes
from tutor.cli.arguments import Arguments
from tutor.cli.classarguments import ClassArguments
from tutor.cli.clock import SystemClock
from tutor.cli.exitcode import ExitCode
from tutor.cli.home import Home
from tutor.cli.output import print_json
from tutor.cli.progressline import progress
from tutor.cli.table import table
from tutor.core.agreement import FEW, MACHINE, PEOPLE, AgreementRow
from tutor.core.classroom import Entry, Kind, Subject
from tutor.core.errors import UsageError
from tutor.core.plaintext import clean
from tutor.core.rubric import Pitfall
from tutor.locales import _, ngettext
from tutor.report.words import answers_of, attempt_name, change_count, mark_changes, marks_added

if TYPE_CHECKING:
    from tutor.session.classroom import Classroom
    from tutor.session.inbox import Effect, Group
    from tutor.session.regrading import Change, Regrade

T = TypeVar("T")

# The word that takes a group for sensible extras instead of a measure.
_EXTRA = "extra"


def log(arguments: Arguments, home: Home) -> int:
    """Print every decision, the oldest first."""
    classroom = classes.open_class(arguments, home)
    entries = {entry.id: entry for entry in classroom.book.every_entry()}
    decisions = classroom.book.decisions()
    if classes.options(arguments).json:
        print_json(
            [
                {
                    "at": decision.at.isoformat(),
                    "candidate": entries[decision.answer].candidate,
                    "attempt": entries[decision.answer].attempt,
                    "answer": decision.answer,
                    "kind": decision.subject.kind.value,
                    "subject": decision.subject.key,
                    "value": decision.value,
                    "marker": decision.marker,
                    "reason": decision.reason,
                    "is_settlement": decision.is_settlement,
                }
                for decision in decisions
            ]
        )
        return ExitCode.DONE
    header = (_("When"), _("Candidate"), _("About"), _("Decision"), _("Marker"), _("Reason"))
    rows = [
        (
            f"{decision.at.astimezone():%Y-%m-%d %H:%M:%S}",
            _name(entries[decision.answer]),
            _about(decision.subject),
            _("taken back") if decision.value is None else f"{decision.value:g}",
            decision.marker + (_(" (settled)") if decision.is_settlement else ""),
            decision.reason,
        )
        for decision in decisions
    ]
    print(table(header, rows))
    return ExitCode.DONE


def agreement(arguments: Arguments, home: Home) -> int:
    """Print how far machine and people agree, and people among themselves."""
    from tutor.session.classanalysis import agreements, disputed_answers, unsettled

    classroom = classes.open_class(arguments, home)
    sheets, subjects = classroom.sheets(), classroom.subjects
    rows = agreements(sheets, subjects)
    if classes.options(arguments).json:
        disputed = unsettled(sheets, subjects)
        print_json([row.to_json() | {"unsettled": _left_out(row, disputed)} for row in rows])
        return ExitCode.DONE
    if not rows:
        print(_("Nobody has decided anything yet; `tutor review` does."), file=sys.stderr)
        return ExitCode.DONE
    named = {MACHINE: _("machine"), PEOPLE: _("people")}
    header = (_("Compared"), _("About"), "n", _("Same"), _("Kappa"), _("Weighted kappa"))
    print(
        table(
            header,
            [
                (
                    f"{named.get(row.one, row.one)} – {named.get(row.other, row.other)}",
                    _about(row.subject) if row.subject else _("all measures"),
                    str(row.agreement.count),
                    _percent(row.agreement.share),
                    _figure(row.agreement.kappa),
                    _figure(row.agreement.weighted),
                )
                for row in rows
            ],
        )
    )
    if left_out := disputed_answers(sheets, subjects):
        said = ngettext(
            "Machine – people leaves out, until it is settled, what markers differ about in "
            "{count} answer.",
            "Machine – people leaves out, until it is settled, what markers differ about in "
            "{count} answers.",
            left_out,
        )
        print()
        print(said.format(count=left_out))
    if any(row.agreement.is_small and row.subject for row in rows):
        print(
            _("Figures from fewer than {few} answers say little; see n.").format(few=FEW),
            file=sys.stderr,
        )
    return ExitCode.DONE


def _left_out(row: AgreementRow, disputed: Mapping[Subject, int]) -> int:
    """Return how many judgements a row leaves out until they are settled."""
    if row.other != PEOPLE:
        return 0
    if row.subject is not None:
        return disputed.get(row.subject, 0)
    return sum(count for subject, count in disputed.items() if subject.kind is Kind.MEASURE)


def items(arguments: Arguments, home: Home) -> int:
    """Print how each measure fared."""
    from tutor.session.classanalysis import class_items

    classroom = classes.open_class(arguments, home)
    found = class_items(classroom.case, classroom.rubric, classroom.sheets())
    classes.say_unmarked(classroom)
    classes.say_by_another_rubric(classroom)
    if classes.options(arguments).json:
        print_json(found.to_json())
        return ExitCode.DONE
    header = (_("Measure"), _("Found by"), _("Discrimination"), _("Mean place"))
    print(
        table(
            header,
            [
                (
                    item.measure,
                    _percent(item.found),
                    _figure(item.discrimination),
                    "-" if item.position is None else f"{item.position:.1f}",
                )
                for item in found.items
            ],
        )
    )
    print()
    print(answers_of(found.count, found.candidates))
    if found.unsettled:
        print(_("Left out until settled: {count}").format(count=found.unsettled))
    if found.outdated:
        print(_("Left out until `tutor class regrade`: {count}").format(count=found.outdated))
    if found.points is not None:
        area = found.area or "-"
        print(
            _("Competence area {area}: {share} of the points on average").format(
                area=area, share=_percent(found.points)
            )
        )
    for pitfall, count in sorted(found.pitfalls, key=lambda pair: -pair[1]):
        if count:
            print(_("Pitfall {pitfall}: {count}").format(pitfall=pitfall, count=count))
    if found.nobody:
        print(_("Nobody finds this: {measures}").format(measures=", ".join(found.nobody)))
    return ExitCode.DONE


def inbox(arguments: Arguments, home: Home) -> int:
    """Print the groups; or one of them, with what accepting it would do."""
    from tutor.session.inbox import inbox as groups_of

    wish = classes.options(arguments)
    classroom = classes.open_class(arguments, home)
    if wish.group is None and (wish.target or wish.write):
        raise UsageError(_("say which group with --group N"))
    if wish.extras:
        return _extras(classroom, wish)
    if wish.write and not wish.target:
        raise UsageError(_("say with --as what the group is"))
    if (wish.why or wish.text) and not (wish.target and wish.why):
        raise UsageError(_("a new pitfall needs --as ID and --why TEXT"))
    if wish.why and wish.target == _EXTRA:
        raise UsageError(_("--as extra makes no pitfall; give it another id"))
    classes.say_unmarked(classroom)
    groups = groups_of(classroom)
    if wish.group is None and not groups:
        print(_("The inbox is empty."), file=sys.stderr)
        return ExitCode.DONE
    if wish.group is None:
        rows = [
            (
                str(number),
                str(group.size),
                f"{group.nearest} {_percent(group.nearness)}",
                group.sentences[0].text,
            )
            for number, group in enumerate(groups, 1)
        ]
        print(table((_("Group"), _("Answers"), _("Nearest"), _("Begins with")), rows))
        return ExitCode.DONE
    group = _numbered(groups, wish.group)
    for sentence in group.sentences:
        print(f"{len(sentence.answers):3d} × {sentence.text}")
    if wish.target:
        print()
        _accept(classroom, group, wish)
    return ExitCode.DONE


def _extras(classroom: Classroom, wish: ClassArguments) -> int:
    """Print the groups that were taken for extras; or one of them, and bring it back."""
    from tutor.session.inbox import extras, take_back

    if wish.target or wish.why or wish.text:
        raise UsageError(_("--extras takes neither --as nor --why nor --text"))
    groups = extras(classroom)
    if wish.group is None and not groups:
        print(_("Nothing is put aside."), file=sys.stderr)
    elif wish.group is None:
        rows = [(str(number), str(len(group)), group[0]) for number, group in enumerate(groups, 1)]
        print(table((_("Group"), _("Sentences"), _("Begins with")), rows))
    else:
        group = _numbered(groups, wish.group)
        print("\n".join(group))
        if wish.write:
            take_back(classroom, group)
            print(_("The inbox lists it again."), file=sys.stderr)
        else:
            print(_("Nothing is written yet; --write does."), file=sys.stderr)
    return ExitCode.DONE


def _numbered(groups: Sequence[T], number: int) -> T:
    if not 1 <= number <= len(groups):
        said = ngettext("there is {count} group", "there are {count} groups", len(groups))
        raise UsageError(said.format(count=len(groups)))
    return groups[number - 1]


def _accept(classroom: Classroom, group: Group, wish: ClassArguments) -> None:
    from tutor.session.inbox import accept, effect, effect_as_pitfall, put_aside

    writes = wish.write
    if wish.target == _EXTRA:
        if writes:
            put_aside(classroom, group)
        print(_("A sensible extra: no mark changes, and the inbox shows it no more."))
    else:
        with progress(SystemClock()) as show:
            if wish.why:
                text = clean(wish.text or group.sentences[0].text)
                pitfall = Pitfall(id=wish.target, text=text, why=clean(wish.why))
                found = effect_as_pitfall(classroom, group, pitfall, show)
            else:
                found = effect(classroom, group, wish.target, show)
        _print_effect(found)
        if writes:
            print(_("written to {path}").format(path=accept(classroom, found)), file=sys.stderr)
            print(_("`tutor class regrade` shows and applies the new marks."), file=sys.stderr)
    if not writes:
        print(_("Nothing is written yet; --write does."), file=sys.stderr)


def _print_effect(found: Effect) -> None:
    for sample in found.samples:
        changes = ", ".join(mark_changes(sample.measures, sample.pitfalls))
        print(_("sample {name}: {changes}").format(name=clean(sample.name), changes=changes))
    print(
        ngettext("{count} sample changes", "{count} samples change", len(found.samples)).format(
            count=len(found.samples)
        )
    )
    _print_regrade(found.regrade)


def regrade(arguments: Arguments, home: Home) -> int:
    """Print old and new marks side by side; add the new ones only where that is asked for."""
    from tutor.session.regrading import apply
    from tutor.session.regrading import regrade as compare

    classroom = classes.open_class(arguments, home)
    classes.say_unmarked(classroom)
    with progress(SystemClock()) as show:
        found = compare(classroom, classroom.rubric, on_progress=show)
    _print_regrade(found)
    if len(found.engines) > 1:
        print(
            _("Part of this is another engine's doing: {engines}").format(
                engines=", ".join(sorted(found.engines))
            ),
            file=sys.stderr,
        )
    if classes.options(arguments).apply:
        count = apply(classroom, found)
        print(marks_added(count), file=sys.stderr)
    elif found.changes:
        print(_("Nothing is changed yet; --apply adds the new marks."), file=sys.stderr)
    return ExitCode.DONE


def _print_regrade(found: Regrade) -> None:
    if found.changes:
        header = (
            _("Candidate"),
            _("Before"),
            _("After"),
            _("Rating"),
            _("Order"),
            _("Justification"),
            _("Measures"),
        )
        rows = [
            (
                _name(change.entry),
                f"{change.old.points}/{change.old.max_points}",
                f"{change.new.points}/{change.new.max_points}",
                _ratings(change.old.ratings) + " → " + _ratings(change.new.ratings)
                if change.crosses_border
                else "=",
                _beside(change.old.order, change.new.order),
                _beside(change.old.justification, change.new.justification),
                ", ".join(_mark_changes(change)) or "-",
            )
            for change in found.changes
        ]
        print(table(header, rows))
    print(change_count(len(found.changes), found.count, found.crossing))


def _beside(old: float | None, new: float | None) -> str:
    """Return a share before and after."""
    return "=" if old == new else f"{_percent(old)} → {_percent(new)}"


def _mark_changes(change: Change) -> list[str]:
    """Return the credits of measures and reasons that change, and pitfalls."""
    reasons = [
        f"{_about(Subject(Kind.REASON, key))} {old:g} → {new:g}" for key, old, new in change.reasons
    ]
    return [*mark_changes(change.measures, change.pitfalls), *reasons]


def _about(subject: Subject) -> str:
    """Return what a decision is about, such as `measure landing-page`."""
    said = {
        Kind.MEASURE: _("measure {id}"),
        Kind.REASON: _("reason {id}"),
        Kind.RATING: _("rating {id}"),
    }
    return said[subject.kind].format(id=subject.key)


def _name(entry: Entry) -> str:
    name = attempt_name(clean(entry.candidate), entry.attempt)
    return _("{name} (replaced)").format(name=name) if entry.is_replaced else name


def _ratings(ratings: Mapping[str, int]) -> str:
    return "/".join(str(rating) for rating in ratings.values())


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{share:.0%}"


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"
