"""The network: an encoder, and a comparison of two texts word by word.

The encoder is multilingual-e5-small. It sees one text at a time, so a measure is encoded once a
case and a step once an answer, and the score of a pair depends on that pair alone. One vector a
text cannot show negation, object or addressee; therefore every token of one text is laid beside
what stands for it in the other, the two are compared, and what the comparisons say is gathered
(Parikh et al., "A Decomposable Attention Model", EMNLP 2016). This costs next to nothing and,
unlike a cross-encoder, has little to learn: the encoder already knows which words mean the same.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.e5_file import E5File, Floats, Shape

# The width in which tokens are compared.
NARROW = 128
_SHARPNESS = 10.0
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
    """Texts after the encoder: a state a token and a vector a text."""

    rows: Rows
    states: Tensor  # [tokens, width]
    vectors: Tensor  # [texts, width], of length 1


class Layer(nn.Module):
    """One layer of BERT."""

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

    def forward(self, own: Tensor, rows: Rows) -> Tensor:
        """Return the [tokens, width] states after the layer."""
        asked, keys, values = (self._split(part(own), rows) for part in (self.q, self.k, self.v))
        seen = functional.scaled_dot_product_attention(
            asked, keys, values, attn_mask=rows.mask[:, None, None, :]
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
        for layer in self.layers.stack():
            states = layer(states, rows)
        return Encoded(rows, states, functional.normalize(rows.means(states), dim=-1))


@dataclass(frozen=True, slots=True)
class Side:
    """One text of each pair: its narrow tokens, how much each matters, and which are tokens."""

    tokens: Tensor  # [pairs, longest, narrow]
    weights: Tensor  # [pairs, longest], of sum 1
    mask: Tensor  # [pairs, longest]


class Comparer(nn.Module):
    """Two encoded texts to one logit a head."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.tensor(_COSINE_SCALE))
        self.bias = nn.Parameter(torch.tensor(_COSINE_BIAS))
        self.sharpness = nn.Parameter(torch.tensor(_SHARPNESS))
        self.narrow = nn.Linear(shape.hidden, NARROW)
        self.weigh = nn.Linear(shape.hidden, 1)
        self.compare = nn.ModuleDict(
            {side: nn.Linear(4 * NARROW, NARROW) for side in ("text", "reference")}
        )
        self.gather = nn.Linear(4 * NARROW + 3, NARROW)
        self.out = nn.Linear(NARROW, len(HEADS))
        nn.init.zeros_(self.weigh.weight)
        nn.init.zeros_(self.out.weight)
        nn.init.zeros_(self.out.bias)

    def cosines(self, texts: Encoded, references: Encoded, pairs: Tensor) -> Tensor:
        """Return the cosine of the vectors of each pair."""
        return (texts.vectors[pairs[:, 0]] * references.vectors[pairs[:, 1]]).sum(-1)

    def forward(
        self, texts: Encoded, references: Encoded, pairs: Tensor, dropout: float = 0.0
    ) -> tuple[Tensor, Tensor]:
        """Return logits [pairs, heads], and those of the vectors alone [pairs].

        A pair is the numbers of a text and of a reference.
        """
        cosines = self.cosines(texts, references, pairs)
        said = self.side(texts, pairs[:, 0])
        asked = self.side(references, pairs[:, 1])
        logits = self.judge(said, asked, cosines, dropout)
        plain = self.scale * cosines + self.bias
        return logits + plain[:, None], plain

    def side(self, encoded: Encoded, rows: Tensor) -> Side:
        """Return what is compared of the texts in these rows."""
        padded = encoded.rows.padded(encoded.states)
        mask = encoded.rows.mask
        weights = self.weigh(padded)[..., 0].masked_fill(~mask, -1e4).softmax(-1)
        return Side(self.narrow(padded)[rows], weights[rows], mask[rows])

    def judge(self, said: Side, asked: Side, cosines: Tensor, dropout: float = 0.0) -> Tensor:
        """Return what the words of each pair add to the logits, [pairs, heads]."""
        likeness = functional.normalize(said.tokens, dim=-1) @ functional.normalize(
            asked.tokens, dim=-1
        ).transpose(1, 2)
        likeness = likeness.masked_fill(~(said.mask[:, :, None] & asked.mask[:, None, :]), -1.0)
        found = [
            self._gathered("text", said, asked, likeness, dropout),
            self._gathered("reference", asked, said, likeness.transpose(1, 2), dropout),
        ]
        features = torch.cat([*(part for pair in found for part in pair), cosines[:, None]], -1)
        logits: Tensor = self.out(
            functional.dropout(functional.relu(self.gather(features)), dropout)
        )
        return logits

    def _gathered(
        self, kind: str, own: Side, other: Side, likeness: Tensor, dropout: float
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Return the comparisons of one side: weighted mean, peaks, and the share that is met."""
        counterpart = (self.sharpness * likeness).softmax(-1) @ other.tokens
        compared = torch.cat(
            [own.tokens, counterpart, own.tokens * counterpart, (own.tokens - counterpart).abs()],
            -1,
        )
        compared = functional.dropout(functional.relu(self.compare[kind](compared)), dropout)
        weights = own.weights[..., None]
        peaks = compared.masked_fill(~own.mask[..., None], 0.0).amax(1)
        met = (weights[..., 0] * likeness.amax(-1)).sum(1, keepdim=True)
        return (compared * weights).sum(1), peaks, met


class Marker(nn.Module):
    """Encoder and comparer together, as they are trained and stored."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = Encoder(shape)
        self.comparer = Comparer(shape)


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
    return marker


def _tensors(weights: Mapping[str, Floats]) -> dict[str, Tensor]:
    return {name: torch.from_numpy(array) for name, array in weights.items()}
