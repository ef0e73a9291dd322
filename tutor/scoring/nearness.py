"""How near an answer came to each measure, whether it earned it or not."""

from collections.abc import Mapping
from dataclasses import dataclass

from tutor.core.answer import Answer
from tutor.core.case import Case
from tutor.core.result import Evidence
from tutor.core.rubric import Rubric
from tutor.core.textmodel import TextModel
from tutor.scoring.mark import score_answer
from tutor.scoring.matching import evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Nearest:
    """The words of an answer that came nearest to a measure.

    `likely` (0 to 1) is how likely they mean it; see `tutor.scoring.decision` for the borders of
    half and full credit. `is_near_miss` is true where a near miss of the rubric fits better.
    """

    likely: float = 0.0
    evidence: tuple[Evidence, ...] = ()
    is_near_miss: bool = False


def nearest(case: Case, rubric: Rubric, answer: Answer, model: TextModel) -> Mapping[str, Nearest]:
    """Return for each measure the likeliest words; nothing where no words may count."""
    _read, scores, _parsed = score_answer(case, rubric, answer, model)
    found: dict[str, Nearest] = {}
    for measure in rubric.measures:
        row = max(scores, key=lambda scored: scored.likely[measure.id], default=None)
        found[measure.id] = (
            Nearest()
            if row is None or not row.likely[measure.id]
            else Nearest(
                likely=row.likely[measure.id],
                evidence=evidence(row.passage),
                is_near_miss=measure.id in row.near_misses,
            )
        )
    return found
