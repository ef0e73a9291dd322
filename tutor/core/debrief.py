"""Everything the debrief of an attempt shows, on the screen and in a report."""

from collections.abc import Mapping
from dataclasses import dataclass

from tutor.core.attempt import Attempt, Claim, TimeUse
from tutor.core.case import Case
from tutor.core.damage import DamageCurves
from tutor.core.result import Result
from tutor.core.rubric import Rubric
from tutor.core.theory import TheoryCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Debrief:
    """An attempt, its mark, and what explains it.

    `step_seconds` says when each step of the answer was begun. `theory` maps measure ids to
    the card they point at, where there is one. `damage` is None without impact figures.
    `rubric_changed` is true where the rubric on disk is no longer the one that marked.
    `candidate` names who wrote the answer where that is somebody else than the reader, and
    `judged` holds the measures about which a person has decided.
    """

    attempt: Attempt
    case: Case
    rubric: Rubric
    result: Result
    time_use: TimeUse
    step_seconds: tuple[float | None, ...]
    theory: Mapping[str, TheoryCard]
    damage: DamageCurves | None
    claims: tuple[Claim, ...] = ()
    rubric_changed: bool = False
    candidate: str = ""
    judged: frozenset[str] = frozenset()
