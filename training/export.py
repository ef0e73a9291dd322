"""Last step: a trained folder to the files that ship.

usage: python -m training.export FOLDER OUT [--bits 8]

OUT gets two networks for onnxruntime and the tokenizer. `encode.onnx` takes the ids of one text
and gives its vector, what a text is read by (keys and values of each doubled layer), and the
states from which it reads as a reference. `read.onnx` takes one pair. Matrices are stored in
blocks of 4 or 8 bits, the embeddings in 8; activations are quantised token by token, so a
score cannot depend on what else is calculated in the same call.
"""

import argparse
import json
import logging
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization.matmul_nbits_quantizer import MatMulNBitsQuantizer
from torch import Tensor, nn
from torch.nn import functional

from training.network import Layer, Marker
from training.stored import load

_OPSET = 20
_LOGGER = "onnxruntime.quantization.matmul_nbits_quantizer"
_BLOCK = 32
# Activations as 8-bit integers, scaled for each token and block.
_ACCURACY_LEVEL = 4


class Embeddings(nn.Module):
    """Embeddings in 8 bits: a row of whole numbers and a scale a piece."""

    def __init__(self, marker: Marker) -> None:
        super().__init__()
        weight = marker.encoder.word.weight.detach()
        scale = weight.abs().amax(1, keepdim=True) / 127 + 1e-12
        self.rows = nn.Buffer((weight / scale).round().to(torch.int8))
        self.scale = nn.Buffer(scale)
        self.place = marker.encoder.place
        self.kind = marker.encoder.kind
        self.ln = marker.encoder.ln

    def forward(self, ids: Tensor) -> Tensor:
        """Return the first states, [tokens, width]."""
        words = self.rows[ids].to(torch.float32) * self.scale[ids]
        after: Tensor = self.ln(words + self.place.weight[: ids.shape[0]] + self.kind)
        return after


def _attend(layer: Layer, own: Tensor, keys: Tensor, values: Tensor) -> Tensor:
    """Return the states after a layer whose tokens attend to the keys and values given.

    All are [1, tokens, width]: with three dimensions a linear layer becomes a product of
    matrices, which can be stored in few bits.
    """

    def split(states: Tensor) -> Tensor:
        return states.view(1, -1, layer.heads, width // layer.heads).transpose(1, 2)

    width = own.shape[2]
    asked = split(layer.q(own))
    likeness = asked @ split(keys).transpose(2, 3) / asked.shape[-1] ** 0.5
    seen = (likeness.softmax(-1) @ split(values)).transpose(1, 2).flatten(2)
    own = layer.aln(own + layer.ao(seen))
    after: Tensor = layer.oln(own + layer.fo(functional.gelu(layer.fi(own))))
    return after


class Encode(nn.Module):
    """Ids of one text to its vector, its keys and values, and its states as a reference."""

    def __init__(self, marker: Marker) -> None:
        super().__init__()
        self.embeddings = Embeddings(marker)
        self.layers = marker.encoder.layers
        self.reading = marker.reader.layers

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Return vector, context and states.

        They are [1, width], [doubled layers, 2, 1, tokens, width] and [1, tokens, width].
        """
        states = self.embeddings(ids)[None]
        reading = self.reading.stack()
        first = len(self.layers) - len(reading)
        context: list[Tensor] = []
        start = states
        for number, layer in enumerate(self.layers.stack()):
            if number == first:
                start = states
            if number >= first:
                reader = reading[number - first]
                context.append(torch.stack([reader.k(states), reader.v(states)]))
            states = _attend(layer, states, layer.k(states), layer.v(states))
        vector = states.mean(1)
        return vector / vector.norm(), torch.stack(context), start


class Read(nn.Module):
    """A text and a reference to the logits of the heads, less the part of their vectors."""

    def __init__(self, marker: Marker) -> None:
        super().__init__()
        self.reader = marker.reader

    def forward(self, context: Tensor, states: Tensor) -> Tensor:
        """Return one logit a head."""
        for number, layer in enumerate(self.reader.layers.stack()):
            keys = torch.cat([context[number, 0], layer.k(states)], 1)
            values = torch.cat([context[number, 1], layer.v(states)], 1)
            states = _attend(layer, states, keys, values)
        pooled = torch.cat([states[:, :1], states.mean(1, keepdim=True)], 2)
        logits: Tensor = self.reader.out(functional.gelu(self.reader.joint(pooled)))[0, 0]
        return logits


def export(marker: Marker, out: Path, bits: int) -> None:
    """Write both networks."""
    marker.eval()
    width = marker.shape.hidden
    tokens, others = (
        torch.export.Dim("tokens", min=2, max=512),
        torch.export.Dim("others", min=2, max=512),
    )
    layers = len(marker.reader.layers)
    _write(
        Encode(marker),
        {"ids": torch.arange(4, 13)},
        {"ids": {0: tokens}},
        ("vector", "context", "states"),
        out / "encode.onnx",
        bits,
    )
    _write(
        Read(marker),
        {"context": torch.randn(layers, 2, 1, 9, width), "states": torch.randn(1, 7, width)},
        {"context": {3: tokens}, "states": {1: others}},
        ("logits",),
        out / "read.onnx",
        bits,
    )


def _write(
    network: nn.Module,
    inputs: Mapping[str, Tensor],
    shapes: Mapping[str, Mapping[int, object]],
    outputs: Sequence[str],
    path: Path,
    bits: int,
) -> None:
    program = torch.onnx.export(
        network,
        kwargs=dict(inputs),
        dynamo=True,
        dynamic_shapes=dict(shapes),
        input_names=list(inputs),
        output_names=list(outputs),
        opset_version=_OPSET,
        verbose=False,
    )
    if program is None:
        raise RuntimeError("torch.onnx.export returned no program")
    logging.getLogger(_LOGGER).setLevel(logging.WARNING)
    quantizer = MatMulNBitsQuantizer(
        program.model_proto,
        bits=bits,
        block_size=_BLOCK,
        is_symmetric=True,
        accuracy_level=_ACCURACY_LEVEL,
    )
    quantizer.process()
    onnx.save(quantizer.model.model, path)


def main() -> None:
    """Export what the command line names."""
    parser = argparse.ArgumentParser(description="Export a trained text model.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--bits", type=int, choices=(4, 8), default=8)
    chosen = parser.parse_args()
    marker, _ = load(chosen.folder)
    chosen.out.mkdir(parents=True, exist_ok=True)
    export(marker, chosen.out, chosen.bits)
    shutil.copy(chosen.folder / "tokenizer.json", chosen.out / "tokenizer.json")
    scale, bias = marker.reader.scale.item(), marker.reader.bias.item()
    (chosen.out / "calibration.json").write_text(
        json.dumps({"cosine_scale": round(scale, 4), "cosine_bias": round(bias, 4)})
    )


if __name__ == "__main__":
    main()
