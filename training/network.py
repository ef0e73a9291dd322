"""The network: an encoder, and a reader in which a reference reads a text word by word.

The encoder is multilingual-e5-small. It sees one text at a time, so a measure is encoded once
a case. One vector a text cannot show negation, object or addressee; therefore the last layers
are doubled: in the copy every token of the reference also attends to the tokens of the text.
The text never attends to the reference, so that it too is encoded once, whatever the number of
references, and the score of a pair depends on that pair alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.e5_file import E5File, Floats, Shape

# The layers that are doubled. Four of twelve keep 64 pairs within 150 ms.
READ_LAYERS = 4
# Cosines of this encoder lie between 0.7 and 1; this maps them to a usable start.
_COSINE_SCALE = 24.0
_COSINE_BIAS = -21.0
HEADS = ("proposes", "reason")


class Rows:
    """Where the tokens of texts of different length stand: padding is never calculated with.

    States are [tokens, width], the tokens of all texts in one row; only attention needs them as
    [texts, longest, ...].
    """

    def __init__(self, mask: Tensor) -> None:
        self.mask = mask  # [texts, longest], True where a token is
        self.at = mask.flatten().nonzero()[:, 0]

    def packed(self, padded: Tensor) -> Tensor:
        """Return [tokens, width] of [texts, longest, width]."""
        return padded.flatten(0, 1)[self.at]

    def padded(self, packed: Tensor) -> Tensor:
        """Return [texts, longest, width] of [tokens, width], 0 where no token is."""
        texts, longest = self.mask.shape
        empty = packed.new_zeros(texts * longest, packed.shape[-1])
        return empty.index_copy(0, self.at, packed).view(texts, longest, -1)

    def means(self, packed: Tensor) -> Tensor:
        """Return the mean state of each text, [texts, width]."""
        return self.padded(packed).sum(1) / self.mask.sum(1, keepdim=True)


@dataclass(frozen=True, slots=True)
class Encoded:
    """Texts after the encoder: the states before each doubled layer, and a vector a text."""

    rows: Rows
    states: tuple[Tensor, ...]  # [tokens, width] for each doubled layer
    vectors: Tensor  # [texts, width], of length 1


@dataclass(frozen=True, slots=True)
class Context:
    """What the tokens of a layer may attend to besides each other."""

    rows: Rows
    states: Tensor
    read_by: Tensor  # the text which each row reads


class Layer(nn.Module):
    """One layer of BERT, whose tokens may attend to a context as well."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        width = shape.hidden
        self.q = nn.Linear(width, width)
        self.k = nn.Linear(width, width)
        self.v = nn.Linear(width, width)
        self.ao = nn.Linear(width, width)
        self.aln = nn.LayerNorm(width, eps=shape.epsilon)
        self.fi = nn.Linear(width, shape.inner)
        self.fo = nn.Linear(shape.inner, width)
        self.oln = nn.LayerNorm(width, eps=shape.epsilon)

    def forward(self, own: Tensor, rows: Rows, context: Context | None = None) -> Tensor:
        """Return the [tokens, width] states after the layer."""
        mask = rows.mask
        keys, values = self._split(self.k(own), rows), self._split(self.v(own), rows)
        if context is not None:
            read = context.read_by
            before = self._split(self.k(context.states), context.rows)[read]
            keys = torch.cat([before, keys], 2)
            before = self._split(self.v(context.states), context.rows)[read]
            values = torch.cat([before, values], 2)
            mask = torch.cat([context.rows.mask[read], mask], 1)
        seen = functional.scaled_dot_product_attention(
            self._split(self.q(own), rows), keys, values, attn_mask=mask[:, None, None, :]
        )
        own = self.aln(own + self.ao(rows.packed(seen.transpose(1, 2).flatten(2))))
        after: Tensor = self.oln(own + self.fo(functional.gelu(self.fi(own))))
        return after

    def _split(self, packed: Tensor, rows: Rows) -> Tensor:
        padded = rows.padded(packed)
        return padded.view(*padded.shape[:2], self.heads, -1).transpose(1, 2)


class Layers(nn.ModuleList):
    """Layers one above the other."""

    def __init__(self, shape: Shape, count: int) -> None:
        super().__init__(Layer(shape) for _ in range(count))

    def stack(self) -> tuple[Layer, ...]:
        """Return the layers, the lowest first."""
        return tuple(layer for layer in self if isinstance(layer, Layer))


class Encoder(nn.Module):
    """Texts to states and vectors."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.word = nn.Embedding(shape.pieces, shape.hidden)
        self.place = nn.Embedding(shape.positions, shape.hidden)
        self.kind = nn.Parameter(torch.zeros(shape.hidden))
        self.ln = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.layers = Layers(shape, shape.layers)

    def forward(self, ids: Tensor, mask: Tensor, dropout: float = 0.0) -> Encoded:
        """Encode texts given as [texts, longest] ids of pieces."""
        rows = Rows(mask)
        places = torch.arange(ids.shape[1], device=ids.device)
        states = rows.packed(self.word(ids) + self.place(places) + self.kind)
        states = functional.dropout(self.ln(states), dropout)
        doubled = len(self.layers) - READ_LAYERS
        kept: list[Tensor] = []
        for number, layer in enumerate(self.layers.stack()):
            if number >= doubled:
                kept.append(states)
            states = layer(states, rows)
        return Encoded(rows, tuple(kept), functional.normalize(rows.means(states), dim=-1))


class Reader(nn.Module):
    """A text and a reference, both encoded, to one logit a head."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.layers = Layers(shape, READ_LAYERS)
        self.scale = nn.Parameter(torch.tensor(_COSINE_SCALE))
        self.bias = nn.Parameter(torch.tensor(_COSINE_BIAS))
        self.joint = nn.Linear(2 * shape.hidden, shape.hidden)
        self.out = nn.Linear(shape.hidden, len(HEADS))
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def cosine_logits(self, texts: Encoded, references: Encoded, pairs: Tensor) -> Tensor:
        """Return one logit a pair from the vectors alone."""
        cosines = (texts.vectors[pairs[:, 0]] * references.vectors[pairs[:, 1]]).sum(-1)
        logits: Tensor = self.scale * cosines + self.bias
        return logits

    def forward(
        self, texts: Encoded, references: Encoded, pairs: Tensor, dropout: float = 0.0
    ) -> Tensor:
        """Return [pairs, heads] logits; a pair is the numbers of a text and of a reference."""
        read_by, reading = pairs[:, 0], pairs[:, 1]
        rows = Rows(references.rows.mask[reading])
        states = rows.packed(references.rows.padded(references.states[0])[reading])
        for number, layer in enumerate(self.layers.stack()):
            states = layer(states, rows, Context(texts.rows, texts.states[number], read_by))
        pooled = torch.cat([rows.padded(states)[:, 0], rows.means(states)], -1)
        pooled = functional.dropout(functional.gelu(self.joint(pooled)), dropout)
        logits: Tensor = self.out(pooled)
        return logits + self.cosine_logits(texts, references, pairs)[..., None]


class Marker(nn.Module):
    """Encoder and reader together, as they are trained and stored."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = Encoder(shape)
        self.reader = Reader(shape)


def from_e5(file: E5File, kept: list[int]) -> Marker:
    """Return a marker with the weights of the file and the kept pieces only."""
    shape = file.shape
    cut = Shape(
        shape.hidden,
        shape.layers,
        shape.heads,
        shape.inner,
        len(kept),
        shape.positions,
        shape.epsilon,
    )
    marker = Marker(cut)
    width = shape.hidden
    weights: dict[str, Floats] = {
        "word.weight": file.tensor("emb.word", shape.pieces, width)[kept],
        "place.weight": file.tensor("emb.pos", shape.positions, width),
        "kind": file.tensor("emb.type", -1, width)[0],
        "ln.weight": file.tensor("emb.ln.w", width),
        "ln.bias": file.tensor("emb.ln.b", width),
    }
    for number in range(shape.layers):
        for part in ("q", "k", "v", "ao", "fi", "fo"):
            rows = shape.inner if part == "fi" else width
            columns = shape.inner if part == "fo" else width
            weights[f"layers.{number}.{part}.weight"] = file.tensor(
                f"l{number}.{part}.w", rows, columns
            )
            weights[f"layers.{number}.{part}.bias"] = file.tensor(f"l{number}.{part}.b", rows)
        for part in ("aln", "oln"):
            weights[f"layers.{number}.{part}.weight"] = file.tensor(f"l{number}.{part}.w", width)
            weights[f"layers.{number}.{part}.bias"] = file.tensor(f"l{number}.{part}.b", width)
    marker.encoder.load_state_dict(_tensors(weights))
    first = shape.layers - READ_LAYERS
    for number, layer in enumerate(marker.reader.layers.stack()):
        layer.load_state_dict(marker.encoder.layers[first + number].state_dict())
    return marker


def _tensors(weights: Mapping[str, Floats]) -> dict[str, Tensor]:
    return {name: torch.from_numpy(array) for name, array in weights.items()}
