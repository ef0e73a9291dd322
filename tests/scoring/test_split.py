import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.scoring.split import split_text


def fields(text: str) -> list[tuple[str, str]]:
    return [(step.measure, step.reason) for step in split_text(text)]


@pytest.mark.parametrize(
    "text",
    ["1. Seite aufschalten\n2. Backup einspielen", "- Seite aufschalten\n- Backup einspielen",
     "Seite aufschalten\nBackup einspielen", "1) Seite aufschalten 2) Backup einspielen",
     "Massnahme 1: Seite aufschalten\nMassnahme 2: Backup einspielen",
     "a) Seite aufschalten\nb) Backup einspielen"],
    ids=["numbers", "bullets", "lines", "numbers in a line", "labels", "letters"],
)  # fmt: skip
def test_every_kind_of_list_becomes_one_step_an_item(text: str) -> None:
    assert fields(text) == [("Seite aufschalten", ""), ("Backup einspielen", "")]


@pytest.mark.parametrize("mark", ["1. ", "- ", "Massnahme 1: ", "  a) "])
def test_a_list_of_one_item_loses_its_mark_too(mark: str) -> None:
    assert fields(f"{mark}Backup einspielen") == [("Backup einspielen", "")]


def test_running_text_becomes_one_step_a_sentence() -> None:
    text = "Zuerst schalte ich eine Seite auf. Danach rufe ich z.B. den Hoster an. Dann teste ich."

    assert [measure for measure, _ in fields(text)] == [
        "Zuerst schalte ich eine Seite auf.",
        "Danach rufe ich z.B. den Hoster an.",
        "Dann teste ich.",
    ]


@pytest.mark.parametrize(
    ("text", "measure", "reason"),
    [
        ("Seite aufschalten, weil alle warten", "Seite aufschalten", "weil alle warten"),
        ("Seite aufschalten damit alle es wissen", "Seite aufschalten", "damit alle es wissen"),
        ("Seite aufschalten. Grund: alle warten", "Seite aufschalten.", "alle warten"),
        ("Seite aufschalten -> alle wissen es", "Seite aufschalten", "alle wissen es"),
        ("Seite aufschalten, denn alle warten", "Seite aufschalten", "denn alle warten"),
        ("Show a page because all wait", "Show a page", "because all wait"),
        ("Afficher une page parce que tous attendent", "Afficher une page",
         "parce que tous attendent"),
        ("Mostrare una pagina perché tutti aspettano", "Mostrare una pagina",
         "perché tutti aspettano"),
    ],
)  # fmt: skip
def test_the_reason_is_set_apart_from_its_measure(text: str, measure: str, reason: str) -> None:
    assert fields(f"- {text}\n- Backup einspielen")[0] == (measure, reason)


def test_a_reason_that_comes_first_is_a_reason() -> None:
    text = "Damit alle Bescheid wissen, schalte ich eine Seite auf."

    assert fields(text) == [("schalte ich eine Seite auf.", "Damit alle Bescheid wissen")]


def test_a_sentence_that_gives_a_reason_belongs_to_the_one_before() -> None:
    text = "Ich schalte eine Seite auf. So wissen alle Bescheid. Dann teste ich den Shop."

    assert fields(text)[0] == ("Ich schalte eine Seite auf.", "So wissen alle Bescheid.")


def test_a_time_at_the_beginning_is_no_reason() -> None:
    text = "Um sieben Uhr früh, noch vor der Sitzung, rufe ich den Hoster an."

    assert fields(text) == [(text, "")]


@given(
    st.lists(st.sampled_from(["Seite", "weil", "Hoster", ".", ",", "\n", "; ", " ", "so", "Da"]))
)
def test_no_word_is_lost_or_doubled(pieces: list[str]) -> None:
    text = " ".join(pieces)

    kept = " ".join(f"{step.measure} {step.reason}" for step in split_text(text))

    assert sorted(re.findall(r"\w+", kept)) == sorted(re.findall(r"\w+", text))
