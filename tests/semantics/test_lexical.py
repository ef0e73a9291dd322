from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.semantics.lexical import LexicalModel


def score(text: str, reference: str, language: str = "de") -> float:
    return LexicalModel().similarity([text], [reference], language)[0][0]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Die Rueckgabe pruefen", "Die Rückgabe prüfen"),
        ("Die Ruckgabe prufen", "Die Rückgabe prüfen"),
        ("die rückgabe PRÜFEN", "Die Rückgabe prüfen"),
        ("Die Ru\u0308ckgabe pru\u0308fen", "Die Rückgabe prüfen"),
        ("An der Strasse messen", "An der Straße messen"),
        ("L'equipe a l'etranger", "L’équipe à l’étranger"),
    ],
    ids=["ue", "u", "capitals", "decomposed", "ss", "accents"],
)
def test_no_way_of_typing_a_word_costs_anything(typed: str, meant: str) -> None:
    assert score(typed, meant) == score(meant, meant)


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("Bestellungen prüfen", "die Bestellung geprüft"),
        ("Das Formular freischalten", "Bestellformular freischalten"),
        ("Bestellformular freischalten", "Das Formular freischalten"),
        ("Den Kudnendienst verstärken", "Kundendienst verstärken"),
    ],
    ids=["inflection", "head of a compound", "compound of a head", "slip of the keyboard"],
)
def test_related_words_score_above_unrelated_ones(text: str, reference: str) -> None:
    assert score(text, reference) > 0.5 > score("Eine Pizza essen", reference)


def test_words_of_grammar_alone_are_no_likeness() -> None:
    assert score("wir werden das für die und mit", "was wir für die haben und wie") < 0.1


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.text(max_size=30) | st.sampled_from(["Backup einspielen", "Kunden informieren"]))
)
def test_the_score_of_a_pair_never_depends_on_the_other_texts(texts: list[str]) -> None:
    references = ["Das Backup einspielen", "Alle Kunden informieren", ""]

    together = LexicalModel().similarity(texts, references, "de")

    for (row, text), (column, reference) in product(enumerate(texts), enumerate(references)):
        assert together[row][column] == score(text, reference)
        assert 0 <= together[row][column] <= 1


def test_a_language_without_a_stemmer_is_compared_word_by_word() -> None:
    assert score("backup herstellen", "backup herstellen", "rm-CH") > 0.9
