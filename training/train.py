"""Second step: train the network on marked cases.

usage: python -m training.train START OUT --cases FILE [FILE ...] [--grades FILE] [--processes 2]

START is the folder of `training.read_weights`, or of an earlier training to go on from. OUT
becomes a folder with `marker.pt`, which is also written after each epoch. The same seed and the
same number of processes give the same weights on the same machine.
"""

import argparse
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import perf_counter

import torch
from tokenizers import Tokenizer
from torch import Tensor, distributed, multiprocessing, nn
from torch.nn import functional

from training.examples import Batch, epoch
from training.grades import GradedAnswer, draw, read_grades
from training.marked import MarkedCase, read_cases
from training.network import Marker
from training.stored import load, store

_LONGEST = 128
_PREFIX = "query: "
_PROPOSED = 0.4
_ENCODER_RATE = 8e-5
# Two numbers of the size of 20 have far to go.
_COSINE_RATE = 0.02
# Batches that make one update, whether one process or two calculate them.
_PER_UPDATE = 2
# The file by which two processes find each other.
_MEETING = "meeting"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a training does. Rates are AdamW's at their peak; `graded` are answers an epoch."""

    epochs: float
    seed: int
    processes: int = 1
    encoder_rate: float = _ENCODER_RATE
    frozen_layers: int = 4
    warm_up: float = 0.05
    ranking_share: float = 0.1
    graded: int = 240
    graded_share: float = 0.3
    dropout: float = 0.1


def tensors(tokenizer: Tokenizer, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
    """Return ids and mask of the texts, [texts, tokens]."""
    encodings = tokenizer.encode_batch([_PREFIX + text for text in texts])
    ids = [encoding.ids[:_LONGEST] for encoding in encodings]
    longest = max(map(len, ids))
    padded = torch.tensor([row + [1] * (longest - len(row)) for row in ids])
    mask = torch.tensor([[True] * len(row) + [False] * (longest - len(row)) for row in ids])
    return padded, mask


def encode(marker: Marker, tokenizer: Tokenizer, texts: Sequence[str], dropout: float) -> Tensor:
    """Return the vectors of the texts."""
    vectors: Tensor = marker.encoder(*tensors(tokenizer, texts), dropout)
    return vectors


def loss_of(marker: Marker, tokenizer: Tokenizer, batch: Batch, plan: Plan) -> Tensor:
    """Return the loss of a batch: is each pair right, and does the right measure come first."""
    texts = encode(marker, tokenizer, [example.text for example in batch.examples], plan.dropout)
    references = encode(marker, tokenizer, batch.references, plan.dropout)
    labels = torch.tensor([example.labels for example in batch.examples])
    weights = torch.tensor([example.weights for example in batch.examples])
    logits = marker.logits(texts, references)
    loss = functional.binary_cross_entropy_with_logits(logits, labels, weights)
    right = (labels > _PROPOSED).to(labels.dtype)
    first = right.sum(1) > 0
    if not bool(first.any()):
        return loss
    wanted = right[first] / right[first].sum(1, keepdim=True)
    return loss + plan.ranking_share * functional.cross_entropy(logits[first], wanted)


def graded_loss(
    marker: Marker, tokenizer: Tokenizer, answers: Sequence[GradedAnswer], plan: Plan
) -> Tensor:
    """Return the loss of answers to one question: a grade is the share of the parts stated."""
    texts = encode(marker, tokenizer, [answer.text for answer in answers], plan.dropout)
    parts = encode(marker, tokenizer, answers[0].parts, plan.dropout)
    stated = marker.logits(texts, parts).sigmoid().mean(1).clamp(1e-4, 1 - 1e-4)
    grades = torch.tensor([answer.grade for answer in answers])
    return plan.graded_share * functional.binary_cross_entropy(stated, grades)


def train(
    marker: Marker,
    tokenizer: Tokenizer,
    cases: Sequence[MarkedCase],
    grades: Sequence[GradedAnswer],
    plan: Plan,
    out: Path,
    rank: int = 0,
) -> None:
    """Train in place; the process of rank 0 stores the marker after each epoch."""
    chance = Random(plan.seed)  # noqa: S311 - a seeded draw of examples, no secret
    torch.manual_seed(plan.seed + rank)
    _freeze(marker, plan.frozen_layers)
    optimizer = torch.optim.AdamW(_groups(marker, plan), weight_decay=0.01)
    updates = int(len(_epoch(cases, grades, plan, Random(plan.seed))) * plan.epochs)  # noqa: S311
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda done: min(
            (done + 1) / max(1, plan.warm_up * updates), max(0.02, 1 - done / max(1, updates))
        ),
    )
    done, smoothed, began = 0, 0.7, perf_counter()
    while done < updates:
        for batches in _epoch(cases, grades, plan, chance)[: updates - done]:
            for batch in batches[rank :: plan.processes]:
                loss = (
                    loss_of(marker, tokenizer, batch, plan)
                    if isinstance(batch, Batch)
                    else graded_loss(marker, tokenizer, batch, plan)
                )
                torch.autograd.backward(loss / len(batches))
                smoothed = 0.98 * smoothed + 0.02 * loss.item()
            if plan.processes > 1:
                _sum_gradients(marker)
            nn.utils.clip_grad_norm_(marker.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            done += 1
            if not rank and done % 25 == 0:
                print(
                    f"{done}/{updates} loss {smoothed:.4f} {perf_counter() - began:.0f} s",
                    flush=True,
                )
        if not rank:
            store(marker, out)


def _epoch(
    cases: Sequence[MarkedCase], grades: Sequence[GradedAnswer], plan: Plan, chance: Random
) -> list[list[Batch | tuple[GradedAnswer, ...]]]:
    """Return the batches of an epoch in the groups that make one update each, of like size.

    Where two processes share a group, neither waits long for the other.
    """
    batches: list[Batch | tuple[GradedAnswer, ...]] = [
        *epoch(cases, chance),
        *draw(grades, plan.graded, chance),
    ]
    batches.sort(key=_size)
    groups = [batches[start : start + _PER_UPDATE] for start in range(0, len(batches), _PER_UPDATE)]
    chance.shuffle(groups)
    return groups


def _size(batch: Batch | tuple[GradedAnswer, ...]) -> int:
    """Return how many letters a batch has to encode."""
    if isinstance(batch, Batch):
        return sum(len(e.text) for e in batch.examples) + sum(map(len, batch.references))
    return sum(len(answer.text) for answer in batch) + sum(map(len, batch[0].parts))


def _sum_gradients(marker: Marker) -> None:
    """Add up the gradients of all processes; what has none in this one counts as zero."""
    trained = [p for p in marker.parameters() if p.requires_grad]
    for parameter in trained:
        if parameter.grad is None:
            parameter.grad = torch.zeros_like(parameter)
    flat = torch.cat([p.grad.flatten() for p in trained if p.grad is not None])
    distributed.all_reduce(flat)
    at = 0
    for parameter in trained:
        parameter.grad = flat[at : at + parameter.numel()].view_as(parameter)
        at += parameter.numel()


def _freeze(marker: Marker, layers: int) -> None:
    """Keep the embeddings and the first layers: they carry words that no training text has."""
    encoder = marker.encoder
    modules = (encoder.word, encoder.place, encoder.ln, *encoder.layers.stack()[:layers])
    for parameter in (encoder.kind, *(p for module in modules for p in module.parameters())):
        parameter.requires_grad = False


def _groups(marker: Marker, plan: Plan) -> list[dict[str, object]]:
    encoder = [p for p in marker.encoder.parameters() if p.requires_grad]
    return [
        {"params": encoder, "lr": plan.encoder_rate},
        {"params": [marker.scale, marker.bias], "lr": _COSINE_RATE},
    ]


def _run(rank: int, chosen: argparse.Namespace) -> None:
    """Train as one of the processes."""
    if chosen.processes > 1:
        distributed.init_process_group(
            "gloo",
            init_method=(chosen.out / _MEETING).absolute().as_uri(),
            rank=rank,
            world_size=chosen.processes,
        )
    torch.set_num_threads(1)
    marker, tokenizer = load(chosen.start)
    train(
        marker,
        tokenizer,
        read_cases(chosen.cases),
        read_grades(chosen.grades) if chosen.grades else (),
        Plan(chosen.epochs, chosen.seed, chosen.processes, encoder_rate=chosen.rate),
        chosen.out,
        rank,
    )
    if chosen.processes > 1:
        distributed.destroy_process_group()


def main() -> None:
    """Run the training that the command line asks for."""
    parser = argparse.ArgumentParser(description="Train the text model on marked cases.")
    parser.add_argument("start", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--cases", type=Path, nargs="+", required=True)
    parser.add_argument("--grades", type=Path, help="graded short answers; their split `train`")
    parser.add_argument("--epochs", type=float, default=9)
    parser.add_argument(
        "--rate", type=float, default=_ENCODER_RATE, help="of the encoder, at its peak"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, choices=(1, 2), default=1)
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    shutil.copy(chosen.start / "tokenizer.json", chosen.out / "tokenizer.json")
    # A file that a killed training left behind would let this one wait for its dead processes.
    (chosen.out / _MEETING).unlink(missing_ok=True)
    multiprocessing.spawn(_run, args=(chosen,), nprocs=chosen.processes)
    (chosen.out / _MEETING).unlink(missing_ok=True)


if __name__ == "__main__":
    main()
