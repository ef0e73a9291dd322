"""What looks like a measure and is none, on a rubric of two measures."""

import pytest

from tests.scoring.shared import credited, model, outage, steps_answer
from tutor.core.result import RemarkKind, Result
from tutor.core.rubric import Measure, Phase, Pitfall, Rubric
from tutor.scoring.mark import mark_answer
from tutor.scoring.passages import proposed_part


def measure(key: str, text: str, *near_misses: str) -> Measure:
    return Measure(
        id=key, phase="now", text=text, reason="So hilft es allen.", near_misses=near_misses
    )


def lift_marked(step: str, near_miss: str) -> Result:
    rubric = Rubric(
        case="it-outage",
        language="de",
        phases=(Phase(id="now", label="Sofort"),),
        measures=(measure("lift", "Den Lift sofort sperren und leer fahren lassen", near_miss),),
        sha256="0" * 64,
    )
    return mark_answer(outage()[0], rubric, steps_answer(step), model())


def marked(*steps: str, pitfalls: tuple[Pitfall, ...] = ()) -> Result:
    rubric = Rubric(
        case="it-outage",
        language="de",
        phases=(Phase(id="now", label="Sofort"),),
        measures=(
            measure("lift", "Den Lift sofort abstellen", "Den Lift am Freitag reinigen lassen"),
            measure(
                "guests",
                "Gäste im Hotel über den Brand im Keller und den Weg ins Freie informieren",
            ),
        ),
        pitfalls=pitfalls,
        sha256="0" * 64,
    )
    return mark_answer(outage()[0], rubric, steps_answer(*steps), model())


def test_a_clause_cut_out_of_a_near_miss_earns_nothing() -> None:
    result = marked("Den Lift öffnen, am Freitag reinigen lassen")

    assert credited(result) == {}
    assert RemarkKind.NEAR_MISS in {remark.kind for remark in result.remarks}


def test_a_near_miss_beside_the_measure_takes_nothing_from_it() -> None:
    result = marked("Den Lift abstellen. Den Lift am Freitag reinigen lassen")

    assert credited(result) == {"lift": 1}


def test_one_word_in_common_among_many_is_chance() -> None:
    result = marked(
        "Mit dem Koch das Hotel und seine Speisekarte für den kommenden Sommer ganz neu gestalten"
    )

    assert credited(result) == {}


def test_the_words_of_a_pitfall_earn_no_measure() -> None:
    stairs = Pitfall(id="lift-down", text="Mit dem Lift nach unten fahren", why="Er bleibt stehen.")

    result = marked("Mit dem Lift nach unten fahren", pitfalls=(stairs,))

    assert credited(result) == {}
    assert [pitfall.id for pitfall in result.pitfalls] == ["lift-down"]


def test_a_pitfall_of_leaving_something_undone_is_seen_by_its_denying_wording() -> None:
    silence = Pitfall(
        id="silence",
        text="Den Brand geheim halten.",
        why="Gäste bleiben im Zimmer.",
        paraphrases=("Den Gästen nichts vom Brand sagen.",),
    )

    result = marked("Wir sagen den Gästen vom Brand nichts", pitfalls=(silence,))

    assert [pitfall.id for pitfall in result.pitfalls] == ["silence"]


def test_a_near_miss_that_denies_something_is_seen_by_what_it_still_proposes() -> None:
    near_miss = "Den Lift im Brandfall weiter fahren lassen und nicht sperren"

    for step in (near_miss, "Den Lift im Brandfall weiter fahren lassen"):
        assert credited(lift_marked(step, near_miss)) == {}
    assert credited(lift_marked("Den Lift sperren und leer fahren lassen", near_miss)) == {
        "lift": 1
    }


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (
            "Ohne Abgleich alle Sendungen als doppelt behandeln",
            "alle Sendungen als doppelt behandeln",
        ),
        ("Die Mitarbeitenden bitten, nichts nach aussen zu sagen", ""),
        ("Keine Kunden informieren", ""),
    ],
)
def test_what_a_text_proposes_is_what_its_negations_leave(text: str, part: str) -> None:
    assert proposed_part(text, "de") == part
