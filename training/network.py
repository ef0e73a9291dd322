"""The network: a text becomes one vector, and two vectors a likelihood.

The encoder is multilingual-e5-small. It sees one text at a time, so a measure is encoded once a
case and a step once an answer, and the score of a pair depends on that pair alone. Trained on
negated, bare and merely related sentences, the vector keeps what it otherwise loses: whether
something is proposed, of what and to whom.
"""

from collections.abc import Mapping

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.e5_file import E5File, Floats, Shape

# Cosines of this encoder lie between 0.7 and 1; this maps them to a usable start.
_COSINE_SCALE = 24.0
_COSINE_BIAS = -21.0


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
    """Texts to vectors."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.word = nn.Embedding(shape.pieces, shape.hidden)
        self.place = nn.Embedding(shape.positions, shape.hidden)
        self.kind = nn.Parameter(torch.zeros(shape.hidden))
        self.ln = nn.LayerNorm(shape.hidden, eps=shape.epsilon)
        self.layers = Layers(shape, shape.layers)

    def forward(self, ids: Tensor, mask: Tensor, dropout: float = 0.0) -> Tensor:
        """Return [texts, width] vectors of length 1 for [texts, longest] ids of pieces."""
        rows = Rows(mask)
        places = torch.arange(ids.shape[1], device=ids.device)
        states = rows.packed(self.word(ids) + self.place(places) + self.kind)
        states = functional.dropout(self.ln(states), dropout)
        for layer in self.layers.stack():
            states = layer(states, rows)
        return functional.normalize(rows.means(states), dim=-1)


class Marker(nn.Module):
    """The encoder, and the scale and bias that turn a cosine into the log odds of a proposal."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.encoder = Encoder(shape)
        self.scale = nn.Parameter(torch.tensor(_COSINE_SCALE))
        self.bias = nn.Parameter(torch.tensor(_COSINE_BIAS))

    def logits(self, texts: Tensor, references: Tensor) -> Tensor:
        """Return [texts, references] log odds for their vectors."""
        odds: Tensor = self.scale * (texts @ references.T) + self.bias
        return odds


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
