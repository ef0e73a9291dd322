import os
import subprocess
import sys
from itertools import product
from pathlib import Path

import pytest

from tutor.core.errors import EngineUnavailable
from tutor.semantics.trained import TrainedModel

MEASURE = "Den Onlineshop aus einem aktuellen Backup auf einem anderen Server wiederherstellen."


@pytest.fixture(scope="module")
def model() -> TrainedModel:
    try:
        return TrainedModel()
    except EngineUnavailable as error:
        pytest.skip(str(error))


def score(model: TrainedModel, text: str, reference: str = MEASURE) -> float:
    return model.similarity([text], [reference], "de")[0][0]


@pytest.mark.parametrize(
    "text",
    [
        "Die letzte Sicherung bei einem anderen Hoster einspielen und den Shop dort hochfahren",
        "backup auf neuem server einspielen",
        "Restore the shop from the latest backup on another server",
    ],
    ids=["other words", "notes", "other language"],
)
def test_a_measure_is_known_in_other_words(model: TrainedModel, text: str) -> None:
    assert score(model, text) > 0.5 > score(model, "Die Kundschaft per Mail informieren")


def test_a_measure_spoken_against_scores_less_than_half_of_one_proposed(
    model: TrainedModel,
) -> None:
    proposed = score(model, "Ein Backup auf einem anderen Server einspielen.")
    negated = score(
        model,
        "Ein Backup auf einem anderen Server einzuspielen bringt nichts, das lasse ich bleiben.",
    )

    assert negated < proposed / 2


def test_the_score_of_a_pair_never_depends_on_the_other_texts(model: TrainedModel) -> None:
    texts = ["Backup einspielen", "", "Kunden informieren", "\ud800 \x00"]
    references = [MEASURE, "Alle Kunden informieren"]

    together = model.similarity(texts, references, "de")

    for (row, text), (column, reference) in product(enumerate(texts), enumerate(references)):
        assert together[row][column] == score(model, text, reference)
        assert 0 <= together[row][column] <= 1


def test_the_runtime_reports_nothing_to_its_makers(model: TrainedModel, tmp_path: Path) -> None:
    environ = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"}
    environ |= {"HOME": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}

    # It writes the events down before it sends them.
    subprocess.run(
        [sys.executable, "-c", "from tutor.semantics.trained import TrainedModel; TrainedModel()"],
        env=environ,
        check=True,
    )

    assert list(tmp_path.rglob("*")) == []
