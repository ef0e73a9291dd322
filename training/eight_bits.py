"""Layers whose matrices are numbers of 8 bits, multiplied with inputs of 8 bits.

Eight bits for all numbers of a text are few where some of them are always large. So what is large
is first divided out of the inputs and multiplied into the weights, which changes no product
(SmoothQuant, Xiao et al. 2023). In the wide part of a layer one channel is ten times as large as
any other, for a token or two; it is multiplied apart, in full (as in LLM.int8(), Dettmers et al.
2022).
"""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from training.network import Layer, Marker
from training.train import encode

# How much of the size of the inputs goes over into the weights. Of .5 to .8 the one whose
# likelihoods of 2,255 pairs differ least from those of the trained network.
_INTO_WEIGHTS = 0.7
# What counts as no input and no weight at all.
_LEAST = 1e-4
_AT_ONCE = 32


class Even(nn.Module):
    """Linear layers of the same inputs as one, with inputs of like size, channel by channel.

    `largest` is the size that the inputs of each channel reach. With `apart` the largest channel
    of all is multiplied for itself.
    """

    def __init__(self, largest: Tensor, *linears: nn.Linear, apart: bool = False) -> None:
        super().__init__()
        weight = torch.cat([linear.weight.detach() for linear in linears])
        self.bias = nn.Parameter(torch.cat([linear.bias.detach() for linear in linears]))
        self.apart = slice(0)
        if apart:
            channel = int(largest.argmax())
            self.apart = slice(channel, channel + 1)
        self.column = nn.Buffer(weight[:, self.apart].T.clone())
        weight[:, self.apart] = 0
        of_weights = weight.abs().amax(0).clamp(min=_LEAST)
        size = largest.clamp(min=_LEAST) ** _INTO_WEIGHTS / of_weights ** (1 - _INTO_WEIGHTS)
        self.weight = nn.Parameter(weight * size)
        self.shrink = nn.Buffer(1 / size)
        self.shrink[self.apart] = 0

    def forward(self, own: Tensor) -> Tensor:
        """Return what the linear layers return, one beside the other."""
        product = functional.linear(own * self.shrink, self.weight, self.bias)
        return product + own[..., self.apart] * self.column if len(self.column) else product


class EvenLayer(nn.Module):
    """A layer for one text.

    States are [1, tokens, width]: with three dimensions a linear layer becomes a product of
    matrices, which can be stored in few bits.
    """

    def __init__(self, layer: Layer, largest: dict[nn.Module, Tensor]) -> None:
        super().__init__()
        self.heads = layer.heads
        self.qkv = Even(largest[layer.q], layer.q, layer.k, layer.v)
        self.ao = Even(largest[layer.ao], layer.ao)
        self.aln = layer.aln
        self.fi = Even(largest[layer.fi], layer.fi)
        self.fo = Even(largest[layer.fo], layer.fo, apart=True)
        self.oln = layer.oln

    def forward(self, own: Tensor) -> Tensor:
        """Return the states after the layer."""
        asked, keys, values = (
            part.unflatten(2, (self.heads, -1)).transpose(1, 2)
            for part in self.qkv(own).chunk(3, 2)
        )
        likeness = asked @ keys.transpose(2, 3) / asked.shape[-1] ** 0.5
        seen = (likeness.softmax(-1) @ values).transpose(1, 2).flatten(2)
        own = self.aln(own + self.ao(seen))
        after: Tensor = self.oln(own + self.fo(functional.gelu(self.fi(own))))
        return after


@torch.no_grad()
def even_layers(marker: Marker, tokenizer: Tokenizer, texts: Sequence[str]) -> list[EvenLayer]:
    """Return the layers of a marker; the texts show how large their inputs become."""
    largest: dict[nn.Module, Tensor] = defaultdict(lambda: torch.zeros(1))

    def see(linear: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        seen = inputs[0].flatten(0, -2).abs().amax(0)
        largest[linear] = torch.maximum(largest[linear], seen)

    layers = marker.encoder.layers.stack()
    hooks = [
        linear.register_forward_pre_hook(see)
        for layer in layers
        for linear in (layer.q, layer.ao, layer.fi, layer.fo)
    ]
    for start in range(0, len(texts), _AT_ONCE):
        encode(marker, tokenizer, texts[start : start + _AT_ONCE], 0.0)
    for hook in hooks:
        hook.remove()
    return [EvenLayer(layer, largest) for layer in layers]


def in_eight_bits(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return the exported encoder with matrices of 8-bit numbers."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "encode.onnx"
        quantize_dynamic(
            model,
            path,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            extra_options={"MatMulConstBOnly": True},
        )
        return onnx.load(path)
