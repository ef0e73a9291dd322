import sys

import pytest

from tutor.core.errors import EngineUnavailable
from tutor.semantics import load_model


def test_without_the_extra_auto_is_lexical_and_semantic_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("tutor.semantics.find_spec", lambda name: None)

    assert load_model("auto").name == "lexical"
    with pytest.raises(EngineUnavailable, match="pip install"):
        load_model("semantic")


def test_an_extra_that_does_not_load_is_named_as_the_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # None makes `import onnxruntime` fail as a broken installation does.
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    monkeypatch.setattr("tutor.semantics.find_spec", lambda name: object())

    assert load_model("auto").name == "lexical"
    with pytest.raises(EngineUnavailable, match="does not load"):
        load_model("semantic")
