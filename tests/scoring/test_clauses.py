"""How far a negation reaches, what a list of objects hangs on, and where a reason begins."""

import pytest

from tutor.core.answer import Step
from tutor.core.result import RemarkKind
from tutor.scoring.copied import CaseWords
from tutor.scoring.passages import Clause, Setting, read_steps
from tutor.scoring.statement import is_keyword_list


def clauses(text: str, language: str) -> tuple[Clause, ...]:
    setting = Setting(CaseWords.of("", ""), frozenset(), language)
    (step,) = read_steps([Step(text, "")], setting)
    return step.clauses


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Skip checking orders and stock after the restart", "en"),
        ("Don't check orders or stock after the restart", "en"),
        ("Don't check orders/stock after the restart", "en"),
        ("Do not set up alerts and an emergency plan", "en"),
        ("Wir prüfen weder Bestellungen noch Bestände", "de"),
        ("keine Bestellungen und Bestände prüfen", "de"),
        ("Wir prüfen keine Bestellungen und Bestände nach dem nächsten Neustart", "de"),
        ("Nicht prüfen: Bestellungen (und Bestände nach dem Neustart)", "de"),
    ],
)
def test_an_object_without_a_verb_is_rejected_with_its_clause(text: str, language: str) -> None:
    read = clauses(text, language)

    assert {clause.fate for clause in read} == {RemarkKind.NEGATED}


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Do not restore the backup and inform the customers", "en"),
        ("Not customers but partners are informed", "en"),
        ("Das Backup spielen wir nicht ein und informieren die Kunden", "de"),
        ("Die Agentur rufe ich nicht an und informiere Kunden", "de"),
    ],
)
def test_a_clause_with_its_own_verb_is_not_rejected_with_its_neighbour(
    text: str, language: str
) -> None:
    read = clauses(text, language)

    assert [clause.fate for clause in read] == [RemarkKind.NEGATED, None]


@pytest.mark.parametrize(
    "text",
    [
        "Plan architecture, database, interfaces and user interface",
        "Check orders, stock, invoices and customer data",
    ],
)
def test_the_objects_of_a_verb_are_no_list_of_keywords(text: str) -> None:
    assert not is_keyword_list(text, "en")


def test_what_is_done_next_is_no_reason() -> None:
    sequence = clauses("Stand wegsichern, dann zurück zur bisherigen Version", "de")
    reason = clauses("Den Notfall proben, dann wissen alle Bescheid", "de")

    assert not any(clause.is_reason for clause in sequence)
    assert [clause.is_reason for clause in reason] == [False, True]
