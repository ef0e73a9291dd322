"""What is denied, what others are told not to do, and what is announced as not done."""

import pytest

from tutor.scoring.negation import Polarity, announces_rejection, polarity


@pytest.mark.parametrize(
    "clause",
    [
        "Tell customers not to pay the forged invoices",
        "Ask the provider not to restart the module",
        "Avertir les clients touchés de ne pas payer les fausses factures",
        "Prévenir les gens de ne rien ouvrir",
        "Avvisare i clienti di non pagare le fatture false",
        "Preghiamo tutti di non aprire nulla",
        "così non parte più nessun ordine",
    ],
)
def test_what_others_are_told_not_to_do_is_a_measure(clause: str) -> None:
    assert polarity(clause) is Polarity.PROPOSED


@pytest.mark.parametrize(
    "clause",
    [
        "We decide not to tell the customers",
        "I would not tell customers to pay",
        "Je propose de ne pas informer les clients",
        "Ne pas avertir les clients",
        "Decidiamo di non informare i clienti",
        "La direzione decide di non informare i clienti",
        "Nous avons discuté de ne pas informer les clients",
        "We are advised not to inform customers",
        "non informiamo né i clienti né i media",
        "Renoncer aux tests des données et des fonctions",
    ],
)
def test_what_is_not_done_is_none(clause: str) -> None:
    assert polarity(clause) is not Polarity.PROPOSED


@pytest.mark.parametrize(
    ("clause", "announces"),
    [
        ("Kein Thema für uns", True),
        ("Darauf verzichte ich bewusst", True),
        ("I deliberately skip this", True),
        ("Lo sconsiglio", True),
        ("Nicht vergessen", False),
        ("Keine Zeit verlieren", False),
        ("Massnahme", False),
    ],
)
def test_a_rejection_is_announced_before_a_colon(clause: str, announces: bool) -> None:
    assert announces_rejection(clause) is announces
