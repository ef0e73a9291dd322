"""Matrices of 8-bit numbers, multiplied with inputs of 8 bits.

Eight bits for all numbers of a text are few where some of them are always large. So what is large
is first divided out of the inputs and multiplied into the weights, which changes no product
(SmoothQuant, Xiao et al. 2023). The wide layers, whose inputs have single numbers of thirty times
the usual size, are also scaled for each token and block.
"""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional

from training.e5_file import Shape
from training.network import Marker
from training.train import encode

# The linear layers of a `Layer`.
_LINEAR = ("q", "k", "v", "ao", "fi", "fo")
# How much of the size of the inputs goes over into the weights. Of .7, .8 and .9 the one that
# changes the cosines of 150 sentences least at most; .8 changes them least in the mean.
_INTO_WEIGHTS = 0.7
# What counts as no input and no weight at all.
_LEAST = 1e-4
# Of the wide layers: so many numbers share a scale, and inputs are 8-bit integers too.
_BLOCK = 128
_ACCURACY_LEVEL = 4
_AT_ONCE = 32


class Even(nn.Module):
    """A linear layer whose inputs are first brought to like size, channel by channel.

    `largest` is the size that the inputs of each channel reach.
    """

    def __init__(self, linear: nn.Linear, largest: Tensor) -> None:
        super().__init__()
        weight = linear.weight.detach()
        of_weights = weight.abs().amax(0).clamp(min=_LEAST)
        size = largest.clamp(min=_LEAST) ** _INTO_WEIGHTS / of_weights ** (1 - _INTO_WEIGHTS)
        self.shrink = nn.Buffer(1 / size)
        self.weight = nn.Parameter(weight * size)
        self.bias = linear.bias

    def forward(self, own: Tensor) -> Tensor:
        """Return what the linear layer returns."""
        return functional.linear(own * self.shrink, self.weight, self.bias)


def even_out(marker: Marker, tokenizer: Tokenizer, texts: Sequence[str]) -> None:
    """Put `Even` in place of every linear layer; the texts show how large inputs become."""
    largest = _largest_inputs(marker, tokenizer, texts)
    for layer in marker.encoder.layers.stack():
        for name in _LINEAR:
            linear: nn.Linear = getattr(layer, name)
            setattr(layer, name, Even(linear, largest[linear]))


@torch.no_grad()
def _largest_inputs(
    marker: Marker, tokenizer: Tokenizer, texts: Sequence[str]
) -> dict[nn.Module, Tensor]:
    """Return for each linear layer the largest absolute input, one number a channel."""
    largest: dict[nn.Module, Tensor] = defaultdict(lambda: torch.zeros(1))

    def see(linear: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        seen = inputs[0].flatten(0, -2).abs().amax(0)
        largest[linear] = torch.maximum(largest[linear], seen)

    layers = marker.encoder.layers.stack()
    hooks = [
        getattr(layer, name).register_forward_pre_hook(see) for layer in layers for name in _LINEAR
    ]
    for start in range(0, len(texts), _AT_ONCE):
        encode(marker, tokenizer, texts[start : start + _AT_ONCE], 0.0)
    for hook in hooks:
        hook.remove()
    return largest


def in_eight_bits(model: onnx.ModelProto, shape: Shape) -> onnx.ModelProto:
    """Return the exported encoder of this shape with matrices of 8-bit numbers."""
    matrices = {matrix.name: tuple(matrix.dims) for matrix in model.graph.initializer}
    wide = [
        node.name
        for node in model.graph.node
        if node.op_type == "MatMul" and matrices.get(node.input[1]) == (shape.inner, shape.hidden)
    ]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "encode.onnx"
        quantize_dynamic(
            model,
            path,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=wide,
            extra_options={"MatMulConstBOnly": True},
        )
        quantizer = MatMulNBitsQuantizer(
            onnx.load(path),
            bits=8,
            block_size=_BLOCK,
            is_symmetric=True,
            accuracy_level=_ACCURACY_LEVEL,
        )
    quantizer.process()
    stored: onnx.ModelProto = quantizer.model.model
    return stored
