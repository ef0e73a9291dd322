"""Short answers with a grade from people: what they judge is not a proposal but a statement.

The format is that of SAF (Short Answer Feedback, Filighera et al., ACL 2022) as JSON lines with
the parts of a full answer beside it: `rubric_elements`, `answer`, `score` from 0 to 1, `split`.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

TRAIN = "train"
# Few, so that one question does not rule an update.
_PER_BATCH = 12


@dataclass(frozen=True, slots=True)
class GradedAnswer:
    """An answer, its grade from 0 to 1, and the parts of a full answer to the same question."""

    parts: tuple[str, ...]
    text: str
    grade: float
    split: str


def read_grades(path: Path) -> tuple[GradedAnswer, ...]:
    """Return the answers of a file, in order."""
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return tuple(
        GradedAnswer(
            tuple(row["rubric_elements"]),
            row["answer"],
            row["score"],
            row["split"],
        )
        for row in rows
    )


def draw(
    answers: Sequence[GradedAnswer], count: int, chance: Random
) -> Iterator[tuple[GradedAnswer, ...]]:
    """Yield batches of drawn answers of the training split, those with the same parts together."""
    known = [answer for answer in answers if answer.split == TRAIN]
    by_parts: dict[tuple[str, ...], list[GradedAnswer]] = defaultdict(list)
    for answer in chance.sample(known, min(count, len(known))):
        by_parts[answer.parts].append(answer)
    for group in by_parts.values():
        for start in range(0, len(group), _PER_BATCH):
            yield tuple(group[start : start + _PER_BATCH])
