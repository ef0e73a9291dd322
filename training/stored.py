"""A marker in a folder: `marker.pt` (or `start.pt` before any training) and `tokenizer.json`."""

from dataclasses import asdict
from pathlib import Path

import torch
from tokenizers import Tokenizer

from training.e5_file import Shape
from training.network import Marker


def store(marker: Marker, folder: Path) -> None:
    """Write the weights; the tokenizer never changes."""
    torch.save(
        {"shape": asdict(marker.shape), "weights": marker.state_dict()}, folder / "marker.pt"
    )


def load(folder: Path) -> tuple[Marker, Tokenizer]:
    """Read the weights and the tokenizer."""
    trained = folder / "marker.pt"
    stored = torch.load(trained if trained.exists() else folder / "start.pt", weights_only=True)
    marker = Marker(Shape(**stored["shape"]))
    marker.load_state_dict(stored["weights"])
    return marker, Tokenizer.from_file(str(folder / "tokenizer.json"))
