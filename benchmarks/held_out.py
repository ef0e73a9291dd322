"""How well both engines mark cases that no text model was trained on.

`python -m benchmarks.held_out [engine ...]`

Marks the answers of `training/data/held-out.jsonl` and prints how the measures found agree with
the labels: in all, by kind of answer, and how often a mark that is called sure holds. The rubrics
have one to three other wordings a measure and no near misses. A measure counts as found from half
a credit on. The semantic engine's decision was set on these cases, among others; six are among
those that the lexical engine's numbers were fitted on.
`python -m training.decide` prints figures without the cases a fit has seen.
"""

import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from benchmarks.agreement import FOUND, Engine, Marks
from training.content import as_answers, as_case, as_rubric
from training.marked import MarkedAnswer, MarkedCase, read_cases
from tutor.core.errors import EngineUnavailable
from tutor.core.result import Result
from tutor.core.textmodel import TextModel
from tutor.scoring.mark import mark_answer
from tutor.semantics import load_model

HELD_OUT = Path(__file__).parent.parent / "training" / "data" / "held-out.jsonl"


@dataclass
class Figures(Marks):
    """The engine's marks against the labels, over some answers."""

    def add(self, labels: MarkedAnswer, result: Result) -> None:
        for key, mark in result.measures.items():
            earning = [step for step in labels.steps if step.fits.get(key, 0) >= FOUND]
            self.add_measure(
                wanted=max((step.fits[key] for step in earning), default=0.0),
                found=mark.credit,
                confidence=mark.confidence,
                reason=max((step.reason_ok for step in earning), default=0.0),
                said=mark.reason,
            )
        self.add_pitfalls(
            {step.pitfall for step in labels.steps if step.pitfall},
            {pitfall.id for pitfall in result.pitfalls},
        )

    def line(self) -> str:
        """Return the figures as a line of the table."""
        return (
            f"{self.count:6d} {self.measures.precision:6.3f} {self.measures.recall:6.3f} "
            f"{self.measures.f1:6.3f} {self.reasons.f1:7.3f} {self.pitfalls.f1:8.3f} "
            f"{self.undeserved:5d}/{self.earning_nothing:<5d} {self.sureness()}"
        )


HEADER = f"{'':34} marks      P      R     F1 reasons pitfalls undeserved   sure  holds"


def figures(cases: Sequence[MarkedCase], model: TextModel) -> dict[str, Figures]:
    """Return the figures by kind of answer, those of all answers first."""
    found: dict[str, Figures] = defaultdict(Figures)
    for marked in cases:
        case, rubric = as_case(marked), as_rubric(marked)
        for labels, answer in as_answers(marked):
            result = mark_answer(case, rubric, answer, model)
            found["all answers"].add(labels, result)
            found[f"  {labels.kind}"].add(labels, result)
    return found


def main(wishes: Sequence[str]) -> None:
    cases = read_cases([HELD_OUT])
    for engine in get_args(Engine):
        if wishes and engine not in wishes:
            continue
        try:
            model = load_model(engine)
        except EngineUnavailable as error:
            print(f"{engine}: {error}")
            continue
        print(f"\n{engine} {model.version}\n{HEADER}")
        table = figures(cases, model)
        for kind in sorted(table, key=lambda name: (name.startswith(" "), name)):
            print(f"{kind:34}{table[kind].line()}")


if __name__ == "__main__":
    main(sys.argv[1:])
