"""The final layer: what the machine marked, with what people decided above it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from tutor.core.case import Case
from tutor.core.classroom import Decision, Difference, Entry, Human, Kind, Subject
from tutor.core.grade import grade_of, points_of
from tutor.core.result import Result
from tutor.core.rubric import Rubric
from tutor.scoring.shares import with_credits


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One answer of a class with its three layers; `shown_name` may be a pseudonym.

    `machine` is None while the answer is unmarked. `final` is None then, where markers differ
    about something that is not settled, and where people changed credits of a mark that another
    rubric gave: it must be marked again first.
    """

    entry: Entry
    shown_name: str
    machine: Result | None
    human: Human
    final: Result | None

    @property
    def differences(self) -> tuple[Difference, ...]:
        """What markers decided differently and nobody settled."""
        return self.human.differences

    def is_marked_by(self, marker: str, subjects: Sequence[Subject]) -> bool:
        """True where a marker decided everything there is to decide."""
        own = self.human.of(marker)
        return all(subject in own for subject in subjects)


def sheet(
    case: Case,
    rubric: Rubric,
    entry: Entry,
    shown_name: str,
    machine: Result | None,
    decisions: Sequence[Decision],
) -> Sheet:
    """Put the layers of one answer together."""
    human = Human(decisions)
    final = None if machine is None else final_of(case, rubric, machine, human)
    return Sheet(entry=entry, shown_name=shown_name, machine=machine, human=human, final=final)


def final_of(case: Case, rubric: Rubric, machine: Result, human: Human) -> Result | None:
    """Return the mark that counts, or None while it is open; `Sheet` says when."""
    if human.differences:
        return None
    is_outdated = set(machine.measures) != {measure.id for measure in rubric.measures}
    if is_outdated and any(_changed(human, machine)):
        return None
    return final_result(case, rubric, machine, human)


def final_result(case: Case, rubric: Rubric, machine: Result, human: Human) -> Result:
    """Return the mark that counts.

    Credits people changed are carried through the rule to the rating. A rating people gave
    stands above the rule.
    """
    final = machine
    changed = _changed(human, machine)
    if any(changed):
        final = with_credits(case, rubric, machine, *changed)
    ratings = {
        question.id: int(value)
        for question in case.key_questions
        if (value := human.verdict(Subject(Kind.RATING, question.id))) is not None
    }
    if not ratings:
        return final
    all_ratings = {**final.ratings, **ratings}
    points = points_of(all_ratings, case.key_questions)
    return replace(
        final, ratings=all_ratings, points=points, grade=grade_of(points, final.max_points)
    )


def _changed(human: Human, machine: Result) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Return the credits of measures and of reasons which people changed."""
    return _verdicts(human, Kind.MEASURE, machine), _verdicts(human, Kind.REASON, machine)


def _verdicts(human: Human, kind: Kind, machine: Result) -> Mapping[str, float]:
    """Return what people decided other than the machine."""
    verdicts = {}
    for key, mark in machine.measures.items():
        value = human.verdict(Subject(kind, key))
        own = mark.credit if kind is Kind.MEASURE else mark.reason
        if value is not None and value != own:
            verdicts[key] = value
    return verdicts
