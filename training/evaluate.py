"""Third step: figures on whole cases that were kept out of training.

usage: python -m training.evaluate FOLDER --cases FILE [FILE ...] --only CASE [CASE ...]

A step proposes a measure where its score reaches the threshold; a score is the best over the
measure's wordings. `cosine` uses the vectors alone, `whole` the whole network. Printed are the
F1 of step × measure at the threshold given and at the best one, the share of near misses that are
credited, the F1 by kind of answer, and the same for pitfalls and reasons.
"""

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from training.examples import joined
from training.marked import MarkedCase, MarkedStep, Target, read_cases
from training.network import HEADS, Marker
from training.stored import load
from training.train import encode
from tutor.semantics.lexical import LexicalModel

_AT_ONCE = 16
_FULL = 0.5


@dataclass(frozen=True, slots=True)
class Judged:
    """A step and a target: label, the two scores, the words in common, the kind of answer."""

    profile: str
    label: float
    is_near: bool
    is_pitfall: bool
    cosine: float
    whole: float
    likeness: float


@torch.no_grad()
def scores(
    marker: Marker, tokenizer: Tokenizer, texts: Sequence[str], references: Sequence[str], head: str
) -> tuple[Tensor, Tensor]:
    """Return [texts, references] likelihoods: of the vectors alone, of the whole network."""
    against = encode(marker, tokenizer, references, 0.0)
    cosine_rows, whole_rows = [], []
    for start in range(0, len(texts), _AT_ONCE):
        some = encode(marker, tokenizer, texts[start : start + _AT_ONCE], 0.0)
        size = (len(some.vectors), len(against.vectors))
        pairs = torch.cartesian_prod(torch.arange(size[0]), torch.arange(size[1]))
        logits, plain = marker.comparer(some, against, pairs)
        cosine_rows.append(plain.view(size).sigmoid())
        whole_rows.append(logits[:, HEADS.index(head)].view(size).sigmoid())
    return torch.cat(cosine_rows), torch.cat(whole_rows)


def judge(
    marker: Marker, tokenizer: Tokenizer, case: MarkedCase, *, with_reason: bool = False
) -> list[Judged]:
    """Return every step of the case against every measure and pitfall."""
    steps = [(answer.profile, step) for answer in case.answers for step in answer.steps]
    texts = [joined(step.measure, step.reason if with_reason else "") for _, step in steps]
    wordings = [(target, text) for target in case.targets for text in target.texts]
    cosine, whole = scores(marker, tokenizer, texts, [text for _, text in wordings], "proposes")
    likeness = LexicalModel().likeness(texts, [text for _, text in wordings], case.language)
    judged = []
    for row, (profile, step) in enumerate(steps):
        for target in case.targets:
            columns = [place for place, (of, _) in enumerate(wordings) if of is target]
            judged.append(
                _judged(
                    profile,
                    step,
                    target,
                    float(cosine[row, columns].max()),
                    float(whole[row, columns].max()),
                    max(likeness[row][column] for column in columns),
                )
            )
    return judged


def _judged(
    profile: str,
    step: MarkedStep,
    target: Target,
    *found: float,
) -> Judged:
    kind = re.sub(r"^\d+ |\s*[\[(,].*", "", profile)
    label, is_near = step.label(target), target.id in step.near
    return Judged(kind, label, is_near, target.is_pitfall, *found)


def calibration(judged: Sequence[Judged]) -> tuple[float, float, float]:
    """Return slope, weight of the words in common, and offset: logistic, of highest likelihood."""
    rows = [row for row in judged if not row.is_pitfall]
    features = torch.tensor([[row.whole, row.likeness, 1.0] for row in rows])
    features[:, 0] = features[:, 0].clamp(1e-5, 1 - 1e-5).logit()
    labels = torch.tensor([float(row.label >= _FULL) for row in rows])
    weights = torch.zeros(3, requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> float:
        optimizer.zero_grad()
        value = functional.binary_cross_entropy_with_logits(features @ weights, labels)
        torch.autograd.backward(value)
        return float(value)

    optimizer.step(loss)
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


def report(judged: Sequence[Judged], by: str, threshold: float) -> None:
    """Print the figures of one kind of score."""
    measures = [row for row in judged if not row.is_pitfall]

    def figure(rows: Iterable[Judged], at: float) -> tuple[float, float, float]:
        return f1((row.label >= _FULL, getattr(row, by) >= at) for row in rows)

    best = max((place / 40 for place in range(1, 40)), key=lambda at: figure(measures, at)[2])
    for at in (threshold, best):
        precision, recall, both = figure(measures, at)
        near = [row for row in measures if row.is_near and row.label < _FULL]
        credited = sum(getattr(row, by) >= at for row in near) / max(len(near), 1)
        print(
            f"{by:7} at {at:.2f}: P {precision:.3f} R {recall:.3f} F1 {both:.3f}, "
            f"near misses credited {credited:.3f}"
        )
    kinds: dict[str, list[Judged]] = defaultdict(list)
    for row in measures:
        kinds[row.profile].append(row)
    for kind, rows in sorted(kinds.items()):
        print(f"    {kind:40} F1 {figure(rows, best)[2]:.3f}")
    pitfalls = [row for row in judged if row.is_pitfall]
    print(f"{by:7} pitfalls at {threshold:.2f}: F1 {figure(pitfalls, threshold)[2]:.3f}")


def report_reasons(marker: Marker, tokenizer: Tokenizer, cases: Sequence[MarkedCase]) -> None:
    """Print how well the reason head tells fitting reasons from those of other measures."""
    rows: list[tuple[bool, float]] = []
    for case in cases:
        measures = [target for target in case.targets if not target.is_pitfall]
        steps = [
            step
            for answer in case.answers
            for step in answer.steps
            if step.reason.strip() and step.fits
        ]
        references = [joined(target.texts[0], target.reason) for target in measures]
        _, table = scores(marker, tokenizer, [step.reason for step in steps], references, "reason")
        for row, step in zip(table.tolist(), steps, strict=True):
            for target, score in zip(measures, row, strict=True):
                if target.id in step.fits or target.id not in step.near:
                    rows.append((target.id in step.fits and step.reason_ok >= _FULL, score))
    for at in (0.1, 0.2, 0.3, 0.5):
        precision, recall, both = f1((true, score >= at) for true, score in rows)
        print(f"reasons at {at}: P {precision:.3f} R {recall:.3f} F1 {both:.3f}")


def main() -> None:
    """Print the figures that the command line asks for."""
    parser = argparse.ArgumentParser(description="Measure a trained text model.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=Path, nargs="+", required=True)
    parser.add_argument("--only", nargs="+", required=True, help="cases kept out of training")
    parser.add_argument("--threshold", type=float, default=0.5)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--with-reason", action="store_true")
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    marker, tokenizer = load(chosen.folder)
    marker.eval()
    cases = [case for case in read_cases(chosen.cases) if case.id in chosen.only]
    judged = [
        row
        for case in cases
        for row in judge(marker, tokenizer, case, with_reason=chosen.with_reason)
    ]
    for by in ("cosine", "whole"):
        report(judged, by, chosen.threshold)
    report_reasons(marker, tokenizer, cases)
    slope, by_likeness, offset = calibration(judged)
    print(f"calibration: --slope {slope:.3f} --by-likeness {by_likeness:.3f} --offset {offset:.3f}")


if __name__ == "__main__":
    main()
