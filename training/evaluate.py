"""Third step: figures on whole cases that were kept out of training.

usage: python -m training.evaluate FOLDER --cases FILE [FILE ...] [--grades FILE]

A step proposes a measure where its score reaches the threshold; a score is the best over the
measure's wordings. Printed are the average precision of step × measure, its F1 at the threshold
given and at the best one, the share of near misses that are credited, the F1 by kind of answer
and for pitfalls, and the calibration that makes score and words in common a likelihood. With
graded short answers follows Pearson's r between their grades and the mean score over the parts of
a full answer.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from training.examples import joined
from training.grades import TRAIN, GradedAnswer, read_grades
from training.marked import MarkedCase, MarkedStep, Target, read_cases
from training.network import Marker
from training.stored import load
from training.train import encode
from tutor.semantics.lexical import LexicalModel

_AT_ONCE = 16
_FULL = 0.5


@dataclass(frozen=True, slots=True)
class Judged:
    """A step and a target: label, score, the words in common, the kind of answer."""

    kind: str
    label: float
    is_near: bool
    is_pitfall: bool
    score: float
    likeness: float


@torch.no_grad()
def scores(
    marker: Marker, tokenizer: Tokenizer, texts: Sequence[str], references: Sequence[str]
) -> Tensor:
    """Return [texts, references] likelihoods."""
    against = encode(marker, tokenizer, references, 0.0)
    rows = [
        marker.logits(encode(marker, tokenizer, texts[start : start + _AT_ONCE], 0.0), against)
        for start in range(0, len(texts), _AT_ONCE)
    ]
    return torch.cat(rows).sigmoid()


def judge(
    marker: Marker, tokenizer: Tokenizer, case: MarkedCase, *, with_reason: bool = False
) -> list[Judged]:
    """Return every step of the case against every measure and pitfall."""
    steps = [(answer.kind, step) for answer in case.answers for step in answer.steps]
    texts = [joined(step.measure, step.reason if with_reason else "") for _, step in steps]
    wordings = [(target, text) for target in case.targets for text in target.texts]
    table = scores(marker, tokenizer, texts, [text for _, text in wordings])
    likeness = LexicalModel().likeness(texts, [text for _, text in wordings], case.language)
    judged = []
    for row, (kind, step) in enumerate(steps):
        for target in case.targets:
            columns = [place for place, (of, _) in enumerate(wordings) if of is target]
            judged.append(
                _judged(
                    kind,
                    step,
                    target,
                    float(table[row, columns].max()),
                    max(likeness[row][column] for column in columns),
                )
            )
    return judged


def _judged(
    kind: str,
    step: MarkedStep,
    target: Target,
    *found: float,
) -> Judged:
    label, is_near = step.label(target), target.id in step.near
    return Judged(kind, label, is_near, target.is_pitfall, *found)


def calibration(judged: Sequence[Judged]) -> tuple[float, float, float]:
    """Return slope, weight of the words in common, and offset: logistic, of highest likelihood."""
    rows = [row for row in judged if not row.is_pitfall]
    features = torch.tensor([[row.score, row.likeness, 1.0] for row in rows])
    features[:, 0] = features[:, 0].clamp(1e-5, 1 - 1e-5).logit()
    labels = torch.tensor([float(row.label >= _FULL) for row in rows])
    weights = torch.zeros(3, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> float:
        optimizer.zero_grad()
        value = functional.binary_cross_entropy_with_logits(features @ weights, labels)
        torch.autograd.backward(value)
        return value.item()

    optimizer.step(loss)  # type: ignore[no-untyped-call]  # torch leaves it untyped
    slope, by_likeness, offset = weights.tolist()
    return slope, by_likeness, offset


def f1(rows: Iterable[tuple[bool, bool]]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of (true, said) pairs."""
    both = said = true = 0
    for is_true, is_said in rows:
        both += is_true and is_said
        said += is_said
        true += is_true
    precision, recall = both / max(said, 1), both / max(true, 1)
    return precision, recall, 2 * both / max(said + true, 1)


def report(judged: Sequence[Judged], threshold: float) -> None:
    """Print the figures."""
    measures = [row for row in judged if not row.is_pitfall]

    def figure(rows: Iterable[Judged], at: float) -> tuple[float, float, float]:
        return f1((row.label >= _FULL, row.score >= at) for row in rows)

    ranked = sorted(measures, key=lambda row: -row.score)
    right = [row.label >= _FULL for row in ranked]
    hits = [
        found / place
        for place, (is_right, found) in enumerate(zip(right, accumulate(right), strict=True), 1)
        if is_right
    ]
    print(f"average precision {sum(hits) / max(len(hits), 1):.3f}")
    best = max((place / 40 for place in range(1, 40)), key=lambda at: figure(measures, at)[2])
    for at in (threshold, best):
        precision, recall, both = figure(measures, at)
        near = [row for row in measures if row.is_near and row.label < _FULL]
        credited = sum(row.score >= at for row in near) / max(len(near), 1)
        print(
            f"at {at:.2f}: P {precision:.3f} R {recall:.3f} F1 {both:.3f}, "
            f"near misses credited {credited:.3f}"
        )
    kinds: dict[str, list[Judged]] = defaultdict(list)
    for row in measures:
        kinds[row.kind].append(row)
    for kind, rows in sorted(kinds.items()):
        print(f"    {kind:40} F1 {figure(rows, best)[2]:.3f}")
    pitfalls = [row for row in judged if row.is_pitfall]
    print(f"pitfalls at {threshold:.2f}: F1 {figure(pitfalls, threshold)[2]:.3f}")


def correlate(marker: Marker, tokenizer: Tokenizer, answers: Sequence[GradedAnswer]) -> None:
    """Print Pearson's r of score and grade for each test split."""
    for split in sorted({answer.split for answer in answers} - {TRAIN}):
        chosen = [answer for answer in answers if answer.split == split]
        stated: dict[GradedAnswer, float] = {}
        for parts in {answer.parts for answer in chosen}:
            group = [answer for answer in chosen if answer.parts == parts]
            table = scores(marker, tokenizer, [answer.text for answer in group], parts)
            stated |= zip(group, table.mean(1).tolist(), strict=True)
        both = torch.tensor([[stated[answer], answer.grade] for answer in chosen])
        print(f"{split}: {len(chosen)} answers, r {torch.corrcoef(both.T)[0, 1]:.3f}")


def main() -> None:
    """Print the figures that the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure a trained text model.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=Path, nargs="+", required=True)
    parser.add_argument("--grades", type=Path, help="graded short answers; their test splits")
    parser.add_argument("--threshold", type=float, default=0.5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--with-reason", action="store_true")
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    marker, tokenizer = load(chosen.folder)
    marker.eval()
    judged = [
        row
        for case in read_cases(chosen.cases)
        for row in judge(marker, tokenizer, case, with_reason=chosen.with_reason)
    ]
    report(judged, chosen.threshold)
    slope, by_likeness, offset = calibration(judged)
    print(f"calibration: --slope {slope:.3f} --by-likeness {by_likeness:.3f} --offset {offset:.3f}")
    if chosen.grades:
        correlate(marker, tokenizer, read_grades(chosen.grades))


if __name__ == "__main__":
    main()
