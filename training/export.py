"""Fourth step: a trained folder to the files that ship.

usage: python -m training.export FOLDER OUT --cases FILE [FILE ...] --version V --slope S ...

OUT gets the network for onnxruntime, the tokenizer and the calibration. `encode.onnx` takes the ids
of one text and gives its vector. Matrices and embeddings are stored in 8 bits, and matrices are
multiplied in 8 bits. Steps of the cases show how large the numbers between the layers become.
"""

import argparse
import json
import logging
import shutil
from collections.abc import Sequence
from pathlib import Path

import onnx
import torch
from torch import Tensor, nn
from torch.nn import functional

from training.eight_bits import even_out, in_eight_bits
from training.marked import MarkedCase, read_cases
from training.network import Layer, Marker
from training.stored import load

_OPSET = 20
# So many steps show how large inputs become.
_SHOWN = 300


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


def _attend(layer: Layer, own: Tensor) -> Tensor:
    """Return the states after a layer.

    They are [1, tokens, width]: with three dimensions a linear layer becomes a product of
    matrices, which can be stored in few bits.
    """
    width = own.shape[2]

    def split(states: Tensor) -> Tensor:
        return states.view(1, -1, layer.heads, width // layer.heads).transpose(1, 2)

    asked = split(layer.q(own))
    likeness = asked @ split(layer.k(own)).transpose(2, 3) / asked.shape[-1] ** 0.5
    seen = (likeness.softmax(-1) @ split(layer.v(own))).transpose(1, 2).flatten(2)
    own = layer.aln(own + layer.ao(seen))
    after: Tensor = layer.oln(own + layer.fo(functional.gelu(layer.fi(own))))
    return after


class Encode(nn.Module):
    """Ids of one text to its vector."""

    def __init__(self, marker: Marker) -> None:
        super().__init__()
        self.embeddings = Embeddings(marker)
        self.layers = marker.encoder.layers

    def forward(self, ids: Tensor) -> Tensor:
        """Return the vector, [width], of length 1."""
        states = self.embeddings(ids)[None]
        for layer in self.layers.stack():
            states = _attend(layer, states)
        mean = states.mean(1)[0]
        vector: Tensor = mean / mean.norm()
        return vector


def export(marker: Marker, path: Path) -> None:
    """Write the network."""
    program = torch.onnx.export(
        Encode(marker).eval(),
        kwargs={"ids": torch.arange(4, 13)},
        dynamo=True,
        dynamic_shapes={"ids": {0: torch.export.Dim("tokens", min=2, max=512)}},
        input_names=["ids"],
        output_names=["vector"],
        opset_version=_OPSET,
        verbose=False,
    )
    if program is None:
        raise RuntimeError("torch.onnx.export returned no program")
    model = in_eight_bits(program.model_proto, marker.shape)
    _forget_origins(model)
    onnx.save(model, path)


def _forget_origins(model: onnx.ModelProto) -> None:
    """Take out the stack traces of the exporter, which name folders of this machine."""
    graph = model.graph
    for part in (model, graph, *graph.node, *graph.value_info, *graph.initializer):
        part.doc_string = ""
        del part.metadata_props[:]


def _steps(cases: Sequence[MarkedCase]) -> list[str]:
    """Return steps of all cases, as many of each."""
    steps = [[step.measure for answer in case.answers for step in answer.steps] for case in cases]
    each = max(1, _SHOWN // len(cases))
    return [text for row in steps for text in row[:: max(1, len(row) // each)][:each]]


def main() -> None:
    """Export what the command line names."""
    parser = argparse.ArgumentParser(description="Export a trained text model.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--cases", type=Path, nargs="+", required=True)
    parser.add_argument("--version", required=True, help="stored with every mark")
    parser.add_argument("--slope", type=float, default=1.0, help="as printed by evaluate")
    parser.add_argument("--by-likeness", type=float, default=0.0)
    parser.add_argument("--offset", type=float, default=0.0)
    chosen = parser.parse_args()
    # Both quantizers say what they do to each matrix.
    logging.disable(logging.WARNING)
    marker, tokenizer = load(chosen.folder)
    even_out(marker, tokenizer, _steps(read_cases(chosen.cases)))
    chosen.out.mkdir(parents=True, exist_ok=True)
    export(marker, chosen.out / "encode.onnx")
    shutil.copy(chosen.folder / "tokenizer.json", chosen.out / "tokenizer.json")
    calibration = {
        "version": chosen.version,
        "cosine_scale": round(marker.scale.item(), 4),
        "cosine_bias": round(marker.bias.item(), 4),
        "slope": chosen.slope,
        "by_likeness": chosen.by_likeness,
        "offset": chosen.offset,
    }
    (chosen.out / "calibration.json").write_text(json.dumps(calibration, indent=1) + "\n")


if __name__ == "__main__":
    main()
