"""Fifth step: the weights by which the tutor decides, fitted on the cases held out.

usage: python -m training.decide --cases FILE [FILE ...] [--gold FOLDER] [--without SIGN ...]

A measure is found in an answer where one of its passages is likely enough to propose it. What
speaks for it in a passage (`tutor.scoring.decision.Signs`) is weighed by a logistic. Which passage
counts is not labelled, so each round fits the weights to the passages that were the likeliest
under the weights before. GOLD is a folder with marked answers to the bundled cases, such as
`tests/gold`; each bundled case counts as one more. Printed are the weights, and what they reach
on cases that the fit has not seen. A sign of measures left out by `--without` gets no weight.
The lead of the whole step and of its reason are only read where the decision in use weighs them.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from training.content import as_answers, as_case, as_rubric
from training.marked import MarkedCase, read_cases
from tutor.content.bundled import cases_dir, rubrics_dir
from tutor.content.library import Library
from tutor.core.textmodel import TextModel
from tutor.scoring.decision import PitfallSigns, Signs
from tutor.scoring.mark import score_answer
from tutor.scoring.matching import Scores
from tutor.semantics import load_model
from tutor.session.grading import answer_of, content_for, row_of

Vector = NDArray[np.float64]

# A credit, and a likelihood, from which a measure counts as found.
_FOUND = 0.5
_SURE = 0.9
# With some 34 cases each fit still sees six in seven of them.
_FOLDS = 7
# Rounds and steps after which no weight moves in the second decimal; the ridge only keeps a sign
# that is 0 everywhere from dividing by 0.
_ROUNDS = 12
_NEWTON_STEPS = 8
_RIDGE = 1e-3
# A half credit is found, though with less certainty than a whole one.
_HALF_FOUND = 0.65
# The log odds of an answer in which nothing may count.
_IMPOSSIBLE = -9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A measure or pitfall in an answer: its credit, and the signs of each passage.

    The signs are [passages, signs]; a pitfall that is committed has the credit 1.
    """

    case: str
    kind: str
    is_pitfall: bool
    credit: float
    passages: Vector


def judge_case(case: MarkedCase, model: TextModel) -> Iterator[Judged]:
    """Yield every measure and every pitfall of a case in every answer."""
    content, rubric = as_case(case), as_rubric(case)
    for labels, answer in as_answers(case):
        scores = score_answer(content, rubric, answer, model)[1]
        for target in case.targets:
            credit = max(step.label(target) for step in labels.steps)
            yield _judged(
                case.id, labels.kind, target.id, credit, scores, is_pitfall=target.is_pitfall
            )


def judge_gold(folder: Path, model: TextModel) -> Iterator[Judged]:
    """Yield every measure and every pitfall of the bundled cases in the marked answers."""
    library = Library(cases_dir(), rubrics_dir())
    marks = {row["id"]: row for row in map(row_of, (folder / "dev.marks.jsonl").open("rb"))}
    kinds = json.loads((folder / "dev.profiles.json").read_text(encoding="utf-8"))
    for line in (folder / "dev.answers.jsonl").open("rb"):
        answer = answer_of(row_of(line))
        mark, kind = marks[answer.id], kinds[answer.id]
        case, rubric = content_for(library, answer.case, answer.language)
        scores = score_answer(case, rubric, answer, model)[1]
        for key, found in mark["measures"].items():
            yield _judged(case.id, kind, key, found["credit"], scores)
        for pitfall in rubric.pitfalls:
            credit = float(pitfall.id in mark["pitfalls"])
            yield _judged(case.id, kind, pitfall.id, credit, scores, is_pitfall=True)


def _judged(
    case: str,
    kind: str,
    key: str,
    credit: float,
    scores: Sequence[Scores],
    *,
    is_pitfall: bool = False,
) -> Judged:
    rows: list[Sequence[float]] = (
        [row.pitfall_signs[key] for row in scores if key in row.pitfall_signs]
        if is_pitfall
        else [row.signs[key] for row in scores if not row.passage.is_rejected]
    )
    width = len((PitfallSigns if is_pitfall else Signs)._fields)
    passages = np.array(rows, dtype=float).reshape(len(rows), width)
    return Judged(case=case, kind=kind, is_pitfall=is_pitfall, credit=credit, passages=passages)


def without(rows: Sequence[Judged], signs: Sequence[str]) -> list[Judged]:
    """Return measures with 0 for these signs, which the fit then gives no weight."""
    counted = np.array([sign not in signs for sign in Signs._fields], dtype=float)
    return [replace(row, passages=row.passages * counted) for row in rows]


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
    parser.add_argument("--gold", type=Path, help="folder with marked answers to bundled cases")
    parser.add_argument("--without", nargs="*", default=[], choices=Signs._fields)
    parser.add_argument("--engine", choices=("semantic", "lexical"), default="semantic")
    chosen = parser.parse_args()
    model = load_model(chosen.engine)
    judged = [row for case in read_cases(chosen.cases) for row in judge_case(case, model)]
    if chosen.gold:
        judged += judge_gold(chosen.gold, model)
    kinds: tuple[tuple[str, type[Signs | PitfallSigns]], ...] = (
        ("measure", Signs),
        ("pitfall", PitfallSigns),
    )
    for name, signs in kinds:
        rows = [row for row in judged if row.is_pitfall == (signs is PitfallSigns)]
        if signs is Signs:
            rows = without(rows, chosen.without)
        print(f"{name}s, whole cases left out of the fit:")
        report(rows, held_out_odds(rows))
        bias, *weights = fit(rows)
        named = zip(signs._fields, weights, strict=True)
        print(f"    {name}_bias={bias:.2f},")
        print(
            f"    {name}_weights={signs.__name__}({', '.join(f'{n}={w:.2f}' for n, w in named)}),"
        )


if __name__ == "__main__":
    main()
