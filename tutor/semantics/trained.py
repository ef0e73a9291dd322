"""The text model trained for marking, as `training/` builds it; run by onnxruntime.

Every text becomes one vector. The log odds of a pair are a line in the cosine of its vectors and
in the words it has in common; see docs/marking-model.md. Texts are encoded one at a time, so that
a score depends on nothing else.
"""

import json
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any

from tutor.core.errors import EngineUnavailable
from tutor.semantics.lexical import VERSION as LEXICAL_VERSION
from tutor.semantics.lexical import LexicalModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Vector = NDArray[np.float64]

# 4,096 vectors of 384 doubles are 12 MB: several rubrics and an evening of answers.
_REMEMBERED = 4_096
# The sentences of so many rubrics stay stacked; a class answers one case, a session a few.
_RUBRICS = 8
# Vectors become whole numbers of this size, so that a sum of products is exact and a score does
# not depend on how the processor orders a batch.
_SCALE = 4_096
# Longer texts cost more time than they add meaning.
_TOKENS = 128
# The texts that the encoder was first trained on began so.
_PREFIX = "query: "


@dataclass(frozen=True, slots=True)
class _Calibration:
    """The numbers that turn logits into likelihoods, fitted on cases outside the training."""

    version: str
    cosine_scale: float
    cosine_bias: float
    slope: float
    by_likeness: float
    offset: float


class TrainedModel:
    """A `TextModel` trained on marked answers; safe to call from several threads.

    Raises EngineUnavailable where its files or onnxruntime cannot be loaded.
    """

    name = "semantic"

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lexical = LexicalModel()
        self._vectors: OrderedDict[str, _Vector] = OrderedDict()
        self._stacked = lru_cache(maxsize=_RUBRICS)(self._stack)
        self._tokenizer, self._encode, self._calibration = _load()
        self.version = f"{self._calibration.version}+lexical.{LEXICAL_VERSION}"

    def similarity(
        self, texts: Sequence[str], references: Sequence[str], language: str
    ) -> list[list[float]]:
        """Return one row a text with one score a reference, each from 0 to 1."""
        if not texts or not references:
            return [[] for _ in texts]
        import numpy as np

        likeness = self._lexical.likeness(texts, references, language)
        with self._lock:
            ours = self._stack(texts)
            theirs = self._stacked(tuple(references))
        known = self._calibration
        # A product of so small matrices by `@` sets all cores spinning for twenty milliseconds.
        cosines = np.einsum("td,rd->tr", ours, theirs) / _SCALE**2
        odds = known.slope * (known.cosine_scale * cosines + known.cosine_bias)
        odds += known.by_likeness * np.array(likeness) + known.offset
        # Four digits are the same on every processor, whatever the last ones of `exp` are.
        scores: list[list[float]] = np.round(1 / (1 + np.exp(-odds)), 4).tolist()
        return scores

    def _stack(self, texts: Sequence[str]) -> "_Vector":
        import numpy as np

        return np.stack([self._vector(text) for text in texts])

    def _vector(self, text: str) -> "_Vector":
        key = " ".join(text.split())
        if key in self._vectors:
            self._vectors.move_to_end(key)
            return self._vectors[key]
        import numpy as np

        # Surrogates cannot be encoded for the tokenizer.
        safe = key.encode("utf-8", "replace").decode("utf-8")
        ids = np.array(self._tokenizer.encode(_PREFIX + safe).ids[:_TOKENS], dtype=np.int64)
        vector: _Vector = np.rint(self._encode.run(None, {"ids": ids})[0].astype(float) * _SCALE)
        self._vectors[key] = vector
        if len(self._vectors) > _REMEMBERED:
            self._vectors.popitem(last=False)
        return vector


def _load() -> tuple[Any, Any, _Calibration]:
    # Since 1.32 onnxruntime reports its use to its makers, and only this stops it; it is read when
    # the package is imported. Nothing leaves this machine, and nothing is written beside our data.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    try:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        # One thread: marks come out the same, and typing stays smooth while the model works.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        with as_file(files("tutor.semantics").joinpath("model")) as folder:
            encode = onnxruntime.InferenceSession(
                folder / "encode.onnx",
                options,
                providers=["CPUExecutionProvider"],
                # On a processor the fused operation takes three times as long as its two parts.
                disabled_optimizers=["SkipLayerNormFusion"],
            )
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            numbers = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    # Both packages raise bare exceptions of their own.
    except Exception as error:
        raise EngineUnavailable(
            f"The trained text model does not load here ({error}). Mark with `--engine lexical`, "
            "or install onnxruntime and tokenizers."
        ) from error
    return tokenizer, encode, _Calibration(**numbers)
