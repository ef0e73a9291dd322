"""The text models behind one small protocol, loaded lazily."""

from importlib.util import find_spec
from typing import Literal

from tutor.core.errors import EngineUnavailable
from tutor.core.textmodel import TextModel
from tutor.locales import _

Preference = Literal["auto", "semantic", "lexical"]


def load_model(preference: Preference) -> TextModel:
    """Return the text model: `auto` takes the semantic one where it is installed.

    Raises EngineUnavailable where `semantic` is asked for and cannot be loaded.
    """
    if preference != "lexical":
        try:
            return _semantic()
        except EngineUnavailable:
            if preference == "semantic":
                raise
    from tutor.semantics.lexical import LexicalModel

    return LexicalModel()


def _semantic() -> TextModel:
    if find_spec("onnxruntime") is None or find_spec("tokenizers") is None:
        raise EngineUnavailable(
            _(
                "The semantic engine is not installed. "
                "Install it with `pip install tutor[semantic]`, or mark with `--engine lexical`."
            )
        )
    from tutor.semantics.trained import TrainedModel

    return TrainedModel()
