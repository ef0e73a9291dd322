"""The text model trained for marking, as `training/` builds it; run by onnxruntime.

A text is encoded once, a reference is encoded once, and where their vectors are not far apart
the reference then reads the text word by word; see docs/marking-model.md. A pair is
calculated alone, so that its score depends on nothing else.
"""

import json
import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from tutor.core.errors import EngineUnavailable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Array = NDArray[np.float32]

Key = TypeVar("Key")
Value = TypeVar("Value")

# Keys and values of a text of 25 tokens take 300 KB, so only a sitting's worth is kept; what is
# kept of a reference takes a tenth of that.
_TEXTS = 160
_REFERENCES = 1_024
_PAIRS = 100_000
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
    # Pairs whose vectors alone give a lower logit are not read.
    far: float
    slope: float
    offset: float


@dataclass(frozen=True, slots=True)
class _Text:
    vector: "_Array"
    context: "_Array"


@dataclass(frozen=True, slots=True)
class _Reference:
    vector: "_Array"
    states: "_Array"


class _Memory(Generic[Key, Value]):
    """The values made last."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._values: OrderedDict[Key, Value] = OrderedDict()

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        if key in self._values:
            self._values.move_to_end(key)
            return self._values[key]
        value = make()
        self._values[key] = value
        if len(self._values) > self._size:
            self._values.popitem(last=False)
        return value


class TrainedModel:
    """A `TextModel` trained on marked answers; safe to call from several threads.

    Raises EngineUnavailable where its files or onnxruntime cannot be loaded.
    """

    name = "semantic"

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tokenizer, self._encode, self._read, self._calibration = _load()
        self._texts: _Memory[str, _Text] = _Memory(_TEXTS)
        self._references: _Memory[str, _Reference] = _Memory(_REFERENCES)
        self._pairs: _Memory[tuple[str, str], float] = _Memory(_PAIRS)
        self.version = self._calibration.version

    def similarity(
        self,
        texts: Sequence[str],
        references: Sequence[str],
        language: str,  # noqa: ARG002 - one model serves all languages
    ) -> list[list[float]]:
        """Return one row a text with one score a reference, each from 0 to 1."""
        with self._lock:
            return [[self._pair(text, other) for other in references] for text in texts]

    def _pair(self, text: str, reference: str) -> float:
        key = (text, reference)
        return self._pairs.get(key, lambda: self._score(text, reference))

    def _score(self, text: str, reference: str) -> float:
        if not text.strip() or not reference.strip():
            return 0.0
        ours = self._texts.get(text, lambda: self._text(text))
        theirs = self._references.get(reference, lambda: self._reference(reference))
        known = self._calibration
        logit = known.cosine_scale * float((ours.vector * theirs.vector).sum()) + known.cosine_bias
        if logit > known.far:
            read = self._read.run(None, {"context": ours.context, "states": theirs.states})
            logit += float(read[0][0])
        weight = known.slope * logit + known.offset
        return round(1 / (1 + math.exp(-max(-30.0, min(weight, 30.0)))), 4)

    def _text(self, text: str) -> _Text:
        vector, context, _ = self._encoded(text)
        return _Text(vector, context)

    def _reference(self, text: str) -> _Reference:
        vector, _, states = self._encoded(text)
        return _Reference(vector, states)

    def _encoded(self, text: str) -> "tuple[_Array, _Array, _Array]":
        import numpy as np

        # Surrogates cannot be encoded for the tokenizer.
        safe = text.encode("utf-8", "replace").decode("utf-8")
        ids = self._tokenizer.encode(_PREFIX + safe).ids[:_TOKENS]
        vector, context, states = self._encode.run(None, {"ids": np.array(ids, dtype=np.int64)})
        return vector, context, states


def _load() -> tuple[Any, Any, Any, _Calibration]:
    try:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        # One thread: marks come out the same, and typing stays smooth while the model works.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        with as_file(files("tutor.semantics").joinpath("model")) as folder:
            encode, read = (
                onnxruntime.InferenceSession(
                    folder / f"{name}.onnx", options, providers=["CPUExecutionProvider"]
                )
                for name in ("encode", "read")
            )
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            numbers = json.loads((folder / "calibration.json").read_text(encoding="utf-8"))
    except Exception as error:  # noqa: BLE001 - both packages raise bare exceptions of their own
        raise EngineUnavailable(
            f"The trained text model does not load here ({error}). Mark with `--engine lexical`, "
            "or install onnxruntime and tokenizers."
        ) from error
    return tokenizer, encode, read, _Calibration(**numbers)
