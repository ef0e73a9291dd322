"""Last step: the weights by which the tutor decides, fitted on the cases held out.

usage: python -m training.decide --cases FILE [FILE ...] [--engine semantic]

A measure is found in an answer where one of its passages is likely enough to propose it. What
speaks for it in a passage (`tutor.scoring.decision.Signs`) is weighed by a logistic. Which passage
counts is not labelled, so each round fits the weights to the passages that were the likeliest
under the weights before. Printed are the weights, and what they reach on cases that the fit has
not seen.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.content import as_answers, as_case, as_rubric
from training.marked import MarkedCase, read_cases
from tutor.core.textmodel import TextModel
from tutor.scoring.decision import PitfallSigns, Signs
from tutor.scoring.mark import score_answer
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
    """A measure or pitfall in an answer: its credit, and the signs of each passage.

    The signs are [passages, signs]; a pitfall that is committed has the credit 1.
    """

    case: str
    kind: str
    credit: float
    passages: Vector


def judge(case: MarkedCase, model: TextModel) -> tuple[list[Judged], list[Judged]]:
    """Return every measure and every pitfall of the case in every answer."""
    rubric = as_rubric(case)
    measures: list[Judged] = []
    pitfalls: list[Judged] = []
    for marked, answer in as_answers(case):
        _read, scores, _parsed = score_answer(as_case(case), rubric, answer, model)
        live = [row for row in scores if not row.passage.is_rejected]
        for measure in rubric.measures:
            credit = max(step.fits.get(measure.id, 0.0) for step in marked.steps)
            signs = _table([row.signs[measure.id] for row in live], Signs)
            measures.append(Judged(case.id, marked.profile, credit, signs))
        for pitfall in rubric.pitfalls:
            credit = float(any(step.pitfall == pitfall.id for step in marked.steps))
            own = [row.pitfall_signs[pitfall.id] for row in scores if pitfall.id in row.pitfalls]
            signs = _table(own, PitfallSigns)
            pitfalls.append(Judged(case.id, marked.profile, credit, signs))
    return measures, pitfalls


def _table(rows: Sequence[Sequence[float]], of: type[Signs | PitfallSigns]) -> Vector:
    return np.array(rows, dtype=float).reshape(len(rows), len(of._fields))


def fit(rows: Sequence[Judged]) -> Vector:
    """Return the offset and the weights of the signs."""
    rows = [row for row in rows if len(row.passages)]
    labels = np.array([_HALF_FOUND if row.credit == _FOUND else row.credit for row in rows])
    weights = np.full(1 + rows[0].passages.shape[1], 0.1)
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
    judged = [judge(case, model) for case in read_cases(chosen.cases)]
    kinds: tuple[type[Signs | PitfallSigns], ...] = (Signs, PitfallSigns)
    for place, signs in enumerate(kinds):
        name = ("measure", "pitfall")[place]
        rows = [row for both in judged for row in both[place]]
        print(f"{name}s, whole cases left out of the fit:")
        report(rows, held_out_odds(rows))
        bias, *weights = fit(rows)
        named = zip(signs._fields, weights, strict=True)
        print(f"    {name}_bias={bias:.2f},")
        print(f"    {name}={signs.__name__}({', '.join(f'{n}={w:.2f}' for n, w in named)}),")


if __name__ == "__main__":
    main()
