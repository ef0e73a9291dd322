"""Between second and third step, where wanted: the average of several trainings.

usage: python -m training.average OUT FOLDER[=SHARE] [FOLDER[=SHARE] ...]

Trainings that began at the same weights, or went on from one another, lie close enough together
for the mean of their weights to be a model (Wortsman et al., *Model soups*, ICML 2022); what it
brought here stands in docs/marking-model.md. A folder counts once unless SHARE says otherwise.
"""

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor

from training.network import Marker
from training.stored import load, store


def average(markers: Sequence[Marker], shares: Sequence[float]) -> Marker:
    """Return a marker whose every weight is the mean of theirs, weighed by the shares.

    Raises ValueError where shapes differ or the shares do not add up to more than 0.
    """
    if any(marker.shape != markers[0].shape for marker in markers):
        raise ValueError("markers of different shapes have no mean")
    whole = sum(shares)
    if whole <= 0:
        raise ValueError(f"shares must add up to more than 0, not {whole:g}")
    states = [marker.state_dict() for marker in markers]
    mean: dict[str, Tensor] = {
        name: torch.stack(
            [state[name].double() * share for state, share in zip(states, shares, strict=True)]
        ).sum(0)
        / whole
        for name in states[0]
    }
    averaged = Marker(markers[0].shape)
    averaged.load_state_dict(mean)
    return averaged


def _trained(said: str) -> tuple[Path, float]:
    folder, _, share = said.partition("=")
    return Path(folder), float(share or 1)


def main() -> None:
    """Average what the command line names."""
    parser = argparse.ArgumentParser(description="Average the weights of several trainings.")
    parser.add_argument("out", type=Path)
    parser.add_argument("trained", type=_trained, nargs="+", metavar="FOLDER[=SHARE]")
    chosen = parser.parse_args()
    folders, shares = zip(*chosen.trained, strict=True)
    chosen.out.mkdir(parents=True, exist_ok=True)
    store(average([load(folder)[0] for folder in folders], shares), chosen.out)
    shutil.copy(folders[0] / "tokenizer.json", chosen.out / "tokenizer.json")


if __name__ == "__main__":
    main()
