"""Last step: the weights by which the tutor decides, fitted on the cases held out.

usage: python -m training.decide --cases FILE [FILE ...] [--engine semantic]

A measure is found in an answer where one of its passages is likely enough to propose it. What
speaks for it in a passage (`tutor.scoring.matching.Signs`) is weighed by a logistic. Which passage
counts is not labelled, so each round fits the weights to the passages that were the likeliest
under the weights before. Printed are the weights, and what they reach on cases that the fit has
not seen.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.content import as_answers, as_case, as_rubric
from training.marked import MarkedCase, read_cases
from tutor.core.textmodel import TextModel
from tutor.scoring.mark import score_answer
from tutor.scoring.matching import Scores, Signs
from tutor.semantics import load_model

Vector = NDArray[np.float64]

_FOUND = 0.5
_SURE = 0.9
_FOLDS = 7
_ROUNDS = 12
_NEWTON_STEPS = 8
_RIDGE = 1e-3
# A half credit is found, though with less certainty than a whole one.
_HALF_FOUND = 0.65
_IMPOSSIBLE = -9.0


@dataclass(frozen=True, slots=True)
class Judged:
    """A measure in an answer: its credit, and the signs of each passage, [passages, signs]."""

    case: str
    kind: str
    credit: float
    passages: Vector


def judge(case: MarkedCase, model: TextModel) -> Iterator[Judged]:
    """Yield every measure of the case in every answer."""
    rubric = as_rubric(case)
    for marked, answer in as_answers(case):
        _read, scores, _parsed = score_answer(as_case(case), rubric, answer, model)
        for measure in rubric.measures:
            yield Judged(
                case.id,
                marked.profile,
                max(step.fits.get(measure.id, 0.0) for step in marked.steps),
                _signs(scores, measure.id),
            )


def _signs(scores: Sequence[Scores], measure: str) -> Vector:
    rows = [row.signs[measure] for row in scores if not row.passage.is_rejected]
    return np.array(rows, dtype=float).reshape(len(rows), len(Signs._fields))


def fit(rows: Sequence[Judged]) -> Vector:
    """Return the offset and the weights of the signs."""
    rows = [row for row in rows if len(row.passages)]
    labels = np.array([_HALF_FOUND if row.credit == _FOUND else row.credit for row in rows])
    weights = np.full(1 + len(Signs._fields), 0.1)
    for _ in range(_ROUNDS):
        best = [row.passages[(row.passages @ weights[1:]).argmax()] for row in rows]
        features = np.column_stack([np.ones(len(rows)), best])
        for _ in range(_NEWTON_STEPS):
            likely = 1 / (1 + np.exp(-features @ weights))
            slope = features.T @ (likely - labels) + _RIDGE * weights
            bend = (features * (likely * (1 - likely))[:, None]).T @ features
            weights = weights - np.linalg.solve(bend + _RIDGE * np.eye(len(weights)), slope)
    return weights


def odds(row: Judged, weights: Vector) -> float:
    """Return the log odds of the likeliest passage."""
    if not len(row.passages):
        return _IMPOSSIBLE
    return float(weights[0] + (row.passages @ weights[1:]).max())


def held_out_odds(rows: Sequence[Judged]) -> list[float]:
    """Return the log odds of each row under weights that were fitted without its case."""
    cases = sorted({row.case for row in rows})
    found: dict[int, float] = {}
    for fold in range(min(_FOLDS, len(cases))):
        left_out = set(cases[fold::_FOLDS])
        weights = fit([row for row in rows if row.case not in left_out])
        found |= {
            place: odds(row, weights) for place, row in enumerate(rows) if row.case in left_out
        }
    return [found[place] for place in range(len(rows))]


def report(rows: Sequence[Judged], found: Sequence[float]) -> None:
    """Print how often the log odds are right, in all and by kind of answer."""
    likely = 1 / (1 + np.exp(-np.array(found)))
    wanted = np.array([row.credit >= _FOUND for row in rows])
    for threshold in (0.35, 0.4, 0.45, 0.5, 0.55):
        print(f"from {threshold:.2f}: {_line(wanted, likely >= threshold)}")
    sure = (likely >= _SURE) | (likely <= 1 - _SURE)
    holds = (likely >= _FOUND) == wanted
    print(f"sure: {sure.mean():.2f} of the marks, of which {holds[sure].mean():.3f} hold")
    for kind in sorted({row.kind for row in rows}):
        of = np.array([row.kind == kind for row in rows])
        print(f"    {kind:36}{_line(wanted[of], likely[of] >= _FOUND)}")


def _line(wanted: NDArray[np.bool_], given: NDArray[np.bool_]) -> str:
    both = int((wanted & given).sum())
    return (
        f"P {both / max(1, given.sum()):.3f} R {both / max(1, wanted.sum()):.3f} "
        f"F1 {2 * both / max(1, given.sum() + wanted.sum()):.3f}, "
        f"undeserved {int((given & ~wanted).sum())} of {int((~wanted).sum())}"
    )


def main() -> None:
    """Print weights and figures."""
    parser = argparse.ArgumentParser(description="Fit the decision to a text model.")
    parser.add_argument("--cases", type=Path, nargs="+", required=True)
    parser.add_argument("--engine", choices=("semantic", "lexical"), default="semantic")
    chosen = parser.parse_args()
    model = load_model(chosen.engine)
    rows = [row for case in read_cases(chosen.cases) for row in judge(case, model)]
    report(rows, held_out_odds(rows))
    offset, *weights = fit(rows)
    signs = ", ".join(f"{n}={w:.2f}" for n, w in zip(Signs._fields, weights, strict=True))
    print(f"_BIAS = {offset:.2f}\n_WEIGHTS = Signs({signs})")


if __name__ == "__main__":
    main()
