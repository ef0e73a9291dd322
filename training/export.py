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

from training.eight_bits import EvenLayer, even_layers, in_eight_bits
from training.marked import MarkedCase, read_cases
from training.network import Marker
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


class Encode(nn.Module):
    """Ids of one text to its vector."""

    def __init__(self, marker: Marker, layers: Sequence[EvenLayer]) -> None:
        super().__init__()
        self.embeddings = Embeddings(marker)
        self.layers = nn.Sequential(*layers)

    def forward(self, ids: Tensor) -> Tensor:
        """Return the vector, [width], of length 1."""
        mean = self.layers(self.embeddings(ids)[None]).mean(1)[0]
        vector: Tensor = mean / mean.norm()
        return vector


def export(network: Encode, path: Path) -> None:
    """Write the network."""
    program = torch.onnx.export(
        network.eval(),
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
    model = in_eight_bits(program.model_proto)
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
    # The quantizer says what it does to each matrix.
    logging.disable(logging.WARNING)
    marker, tokenizer = load(chosen.folder)
    layers = even_layers(marker, tokenizer, _steps(read_cases(chosen.cases)))
    chosen.out.mkdir(parents=True, exist_ok=True)
    export(Encode(marker, layers), chosen.out / "encode.onnx")
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
