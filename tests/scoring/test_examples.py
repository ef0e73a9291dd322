from typing import Any

import pytest

from tests.scoring.shared import credited, examples, mark, steps_answer, text_answer
from tutor.core.answer import Answer
from tutor.scoring.negation import polarity


def answer_of(example: dict[str, Any]) -> Answer:
    if "text" in example:
        return text_answer(example["text"])
    return steps_answer(*example["steps"])


@pytest.mark.parametrize("example", examples("polarity"), ids=lambda row: row["clause"])
def test_a_clause_proposes_or_rejects(example: dict[str, str]) -> None:
    stance = polarity(example["clause"])

    assert stance.value == example["is"]


@pytest.mark.parametrize("example", examples("nothing"), ids=lambda row: row["name"])
def test_what_is_no_answer_earns_nothing_and_is_explained(example: dict[str, Any]) -> None:
    result = mark(answer_of(example))

    assert credited(result) == {}
    assert example["remark"] in {remark.kind.value for remark in result.remarks}
    assert result.extra_steps == ()


@pytest.mark.parametrize("example", examples("earned"), ids=lambda row: row["name"])
def test_a_measure_is_found_however_it_is_written(example: dict[str, Any]) -> None:
    result = mark(answer_of(example))

    assert set(example["earns"]) <= set(credited(result))


def test_merged_measures_have_each_their_own_words() -> None:
    answer = steps_answer(
        "Telefonnummer für Bestellungen einrichten und den Shop aus dem Backup wiederherstellen"
    )

    result = mark(answer)

    (phone,) = result.measures["order-phone"].evidence
    (backup,) = result.measures["restore-backup"].evidence
    assert phone.end <= backup.start


def test_a_reason_inside_the_text_counts() -> None:
    result = mark(
        steps_answer(
            "Den Onlineshop aus dem Backup auf einem anderen Server wiederherstellen, "
            "weil jede Stunde Ausfall Umsatz und Vertrauen kostet"
        )
    )

    restored = result.measures["restore-backup"]
    assert restored.reason == 1
    assert restored.reason_evidence


def test_a_vague_reason_earns_half() -> None:
    result = mark(
        steps_answer(
            ("Den Onlineshop aus dem Backup auf einem anderen Server wiederherstellen",
             "Damit es besser wird")
        )
    )  # fmt: skip

    assert result.measures["restore-backup"].reason == 0.5


def test_waiting_is_a_pitfall_and_refusing_to_wait_is_none() -> None:
    waits = mark(steps_answer("Zwei Wochen abwarten, bis die Agentur wieder bereit ist"))
    acts = mark(steps_answer("Wir warten nicht zwei Wochen, bis die Agentur wieder bereit ist"))

    assert [pitfall.id for pitfall in waits.pitfalls] == ["wait"]
    assert acts.pitfalls == ()


@pytest.mark.parametrize(
    "step",
    [
        "Wir warten nicht auf die Agentur, sondern handeln selbst",
        "Auf keinen Fall die Kunden im Dunkeln lassen",
    ],
)
def test_a_warning_against_a_pitfall_commits_none(step: str) -> None:
    result = mark(steps_answer(step))

    assert result.pitfalls == ()


def test_a_word_that_a_wording_uses_too_earns_half_at_most() -> None:
    result = mark(steps_answer("Zweite 👩🚒 äé"))

    assert max(found.credit for found in result.measures.values()) <= 0.5


@pytest.mark.parametrize(
    "step", ["Ich gehe mit dem Hund spazieren", "Provisorische Landingpage", "Ersatz"]
)
def test_no_step_vanishes(step: str) -> None:
    result = mark(steps_answer(step))

    assert credited(result) or result.extra_steps or result.remarks
