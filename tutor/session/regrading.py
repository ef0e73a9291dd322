"""What another rubric would do to marks already given."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tutor.core.answer import Answer
from tutor.core.classroom import Entry
from tutor.core.result import MeasureMark, Result
from tutor.core.rubric import Rubric
from tutor.session.classroom import Classroom
from tutor.store.rows import Mark

# What a mark says of a measure its rubric does not have.
_NO_MARK = MeasureMark(credit=0.0, confidence=1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One answer with the machine's mark as it is and as it would be."""

    entry: Entry
    old: Result
    new: Result

    @property
    def is_change(self) -> bool:
        """True where a candidate would notice the difference."""
        return _outcome(self.old) != _outcome(self.new)

    @property
    def measures(self) -> tuple[tuple[str, float, float], ...]:
        """The measures whose credit changes, with the old and the new one."""
        return tuple(
            (key, old.credit, new.credit)
            for key, old, new in self._marks()
            if old.credit != new.credit
        )

    @property
    def reasons(self) -> tuple[tuple[str, float, float], ...]:
        """The measures whose reason's credit changes, with the old and the new one."""
        return tuple(
            (key, old.reason, new.reason)
            for key, old, new in self._marks()
            if old.reason != new.reason
        )

    def _marks(self) -> Iterator[tuple[str, MeasureMark, MeasureMark]]:
        """Yield every measure of either mark with what each says of it."""
        for key in dict.fromkeys((*self.old.measures, *self.new.measures)):
            yield key, self.old.measures.get(key, _NO_MARK), self.new.measures.get(key, _NO_MARK)

    @property
    def pitfalls(self) -> tuple[tuple[str, bool], ...]:
        """The pitfalls that are named by only one of the marks; True where it is the new one."""
        old, new = ({mark.id for mark in result.pitfalls} for result in (self.old, self.new))
        return tuple((key, key in new) for key in sorted(old ^ new))

    @property
    def crosses_border(self) -> bool:
        """True where a rating changes."""
        return self.old.ratings != self.new.ratings


@dataclass(frozen=True, slots=True, kw_only=True)
class Regrade:
    """Every answer that was marked again, with both marks."""

    compared: tuple[Change, ...]

    @property
    def count(self) -> int:
        """How many answers were marked again."""
        return len(self.compared)

    @property
    def changes(self) -> tuple[Change, ...]:
        """Those of which the mark changes."""
        return tuple(one for one in self.compared if one.is_change)

    @property
    def to_add(self) -> tuple[Change, ...]:
        """Those whose new mark another rubric or engine gave, also where it comes to the same."""
        return tuple(
            one
            for one in self.compared
            if (one.old.engine, one.old.rubric_sha256) != (one.new.engine, one.new.rubric_sha256)
        )

    @property
    def engines(self) -> frozenset[str]:
        """The engines that gave the marks which differ."""
        results = [result for change in self.changes for result in (change.old, change.new)]
        return frozenset(f"{one.engine.name} {one.engine.version}" for one in results)

    @property
    def crossing(self) -> int:
        """How many cross a rating border."""
        return sum(change.crosses_border for change in self.changes)


def regrade(
    classroom: Classroom,
    rubric: Rubric,
    *,
    against: Rubric | None = None,
    on_progress: Callable[[int, int], object] | None = None,
) -> Regrade:
    """Mark every marked answer by a rubric and compare; stores nothing.

    Compared is with the stored marks, or with what the rubric `against` gives today: the stored
    ones may be another engine's. `on_progress` gets done and total; where it returns False, the
    rest is left out.
    """
    results = classroom.book.results()
    entries = [entry for entry in classroom.book.entries() if entry.id in results]
    compared: list[Change] = []
    for entry in entries:
        old, new = results[entry.id], classroom.result_of(entry, rubric)
        if against is not None and (old.engine, old.rubric_sha256) != (new.engine, against.sha256):
            old = classroom.result_of(entry, against)
        compared.append(Change(entry=entry, old=old, new=new))
        if on_progress is not None and on_progress(len(compared), len(entries)) is False:
            break
    return Regrade(compared=tuple(compared))


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleChange:
    """A sample of the rubric whose credits or pitfalls another rubric changes."""

    name: str
    measures: tuple[tuple[str, float, float], ...]
    pitfalls: tuple[tuple[str, bool], ...] = ()


def changed_samples(classroom: Classroom, old: Rubric, new: Rubric) -> tuple[SampleChange, ...]:
    """Return the samples which two rubrics mark differently."""
    changed = []
    for sample in old.samples:
        answer = Answer(
            id=sample.name,
            case=old.case,
            language=old.language,
            steps=sample.steps,
            text=sample.text,
        )
        entry = Entry(candidate="", answer=answer, imported_at=classroom.info.created_at, source="")
        change = Change(
            entry=entry,
            old=classroom.result_of(entry, old),
            new=classroom.result_of(entry, new),
        )
        if change.measures or change.pitfalls:
            changed.append(
                SampleChange(name=sample.name, measures=change.measures, pitfalls=change.pitfalls)
            )
    return tuple(changed)


def apply(classroom: Classroom, found: Regrade) -> int:
    """Store the new marks beside the old ones; returns how many.

    Those that come to the same are among them: the marks of a class shall be of one rubric.
    """
    at = classroom.now()
    marks = {one.entry.id: Mark(marked_at=at, result=one.new) for one in found.to_add}
    classroom.book.add_marks(marks)
    return len(marks)


def _outcome(result: Result) -> tuple[object, ...]:
    """Return what a candidate would notice of a mark."""
    return (
        {key: (mark.credit, mark.reason) for key, mark in result.measures.items()},
        (result.completeness, result.order),
        dict(result.ratings),
        result.points,
        sorted(pitfall.id for pitfall in result.pitfalls),
    )
