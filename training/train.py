"""Second step: train the network on marked cases.

usage: python -m training.train START OUT --cases FILE [FILE ...] [--without CASE ...]

START is the folder of `training.read_weights`, or of an earlier training to go on from. OUT
becomes a folder with `marker.pt`, which is also written after each epoch. The same seed and the
same number of threads give the same weights on the same machine.
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
from torch import Tensor, nn
from torch.nn import functional

from training.bundled import read_bundled
from training.examples import Batch, epoch
from training.marked import MarkedCase, read_cases
from training.network import Marker
from training.stored import load, store

_LONGEST = 128
_PREFIX = "query: "
_PROPOSED = 0.4
# Two numbers of the size of 20 have far to go.
_COSINE_RATE = 0.02


@dataclass(frozen=True, slots=True)
class Plan:
    """What a training does. Rates are AdamW's at their peak."""

    epochs: float
    seed: int
    frozen_layers: int = 5
    encoder_rate: float = 6e-5
    batches_per_update: int = 1
    warm_up: float = 0.08
    ranking_share: float = 0.1
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


def train(
    marker: Marker, tokenizer: Tokenizer, cases: Sequence[MarkedCase], plan: Plan, out: Path
) -> None:
    """Train in place, and store the marker after each epoch."""
    chance = Random(plan.seed)  # noqa: S311 - a seeded draw of examples, no secret
    torch.manual_seed(plan.seed)
    _freeze(marker, plan.frozen_layers)
    optimizer = torch.optim.AdamW(_groups(marker, plan), weight_decay=0.01)
    per_epoch = len(list(epoch(cases, Random(plan.seed)))) // plan.batches_per_update  # noqa: S311
    updates = int(per_epoch * plan.epochs)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda done: min(
            (done + 1) / max(1, plan.warm_up * updates), max(0.02, 1 - done / max(1, updates))
        ),
    )
    done, smoothed, began = 0, 0.7, perf_counter()
    while done < updates:
        batches = list(epoch(cases, chance))
        for start in range(0, len(batches), plan.batches_per_update):
            if done >= updates:
                break
            losses = []
            for batch in batches[start : start + plan.batches_per_update]:
                loss = loss_of(marker, tokenizer, batch, plan)
                torch.autograd.backward(loss / plan.batches_per_update)
                losses.append(loss.item())
            nn.utils.clip_grad_norm_(marker.parameters(), 1.0)
            optimizer.step()
            optimizer.zero_grad()
            schedule.step()
            done += 1
            smoothed = 0.98 * smoothed + 0.02 * sum(losses) / len(losses)
            if done % 25 == 0:
                print(
                    f"{done}/{updates} loss {smoothed:.4f} {perf_counter() - began:.0f} s",
                    flush=True,
                )
        store(marker, out)


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


def main() -> None:
    """Run the training that the command line asks for."""
    parser = argparse.ArgumentParser(description="Train the text model on marked cases.")
    parser.add_argument("start", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--cases", type=Path, nargs="+", required=True)
    parser.add_argument(
        "--bundled", type=Path, help="a checkout whose own cases are trained on too"
    )
    parser.add_argument("--without", nargs="*", default=[], help="cases kept for evaluation")
    parser.add_argument("--epochs", type=float, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=1)
    chosen = parser.parse_args()
    torch.set_num_threads(chosen.threads)
    marker, tokenizer = load(chosen.start)
    cases = [case for case in read_cases(chosen.cases) if case.id not in chosen.without]
    if chosen.bundled:
        gold = chosen.bundled / "tests" / "gold"
        cases += read_bundled(
            chosen.bundled / "cases",
            chosen.bundled / "rubrics",
            gold / "dev.answers.jsonl",
            gold / "dev.marks.jsonl",
        )
    chosen.out.mkdir(parents=True, exist_ok=True)
    shutil.copy(chosen.start / "tokenizer.json", chosen.out / "tokenizer.json")
    train(marker, tokenizer, cases, Plan(chosen.epochs, chosen.seed), chosen.out)


if __name__ == "__main__":
    main()
