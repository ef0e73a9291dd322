import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.scoring.shared import credited, mark, model, outage, steps_answer, text_answer
from tutor.core.answer import Answer
from tutor.core.errors import AnswersError
from tutor.core.result import Evidence, RemarkKind, Result
from tutor.scoring.mark import mark_answer

GOOD = (
    ("Eine Landingpage mit Informationen zum Ausfall aufschalten", "Die Kunden wissen Bescheid."),
    ("Telefonnummer für Bestellungen einrichten", "So verlieren wir keine Bestellungen."),
    ("Den Onlineshop aus dem Backup auf einem anderen Server wiederherstellen", ""),
    ("Redundanz der IT-Infrastruktur schaffen", "Ähnliche Ausfälle werden verhindert."),
)

# What people type, what they paste, and what is meant to break things.
PIECES = st.sampled_from(
    [*(measure for measure, _ in GOOD), "nicht", "weil", "\x00", "\ud800", "\x1b[2J", "\u202e",
     "🙏",
     "[/x]", "{{y}}", "<script>", "1.", "-", "\n", "Grund:", "ä", "a\u0308", ",", "und", "Backup",
     "Das Wetter ist schön.", "e-mail", "->", '{"a": 1}']
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=12), max_size=12).map(" ".join)
STEPS = st.lists(st.tuples(TEXTS, TEXTS), max_size=5)
FEW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def words_of(answer: Answer, result: Result, span: Evidence) -> str:
    if result.parsed_steps is not None:
        step = result.parsed_steps[span.step - 1]
        text = step.measure if span.field == "measure" else step.reason
    else:
        typed = answer.steps[span.step - 1]
        text = typed.measure if span.field == "measure" else typed.reason
    assert 0 <= span.start < span.end <= len(text)
    return text[span.start : span.end]


def assert_holds(answer: Answer, result: Result) -> None:
    """What the contract promises of every result."""
    _, rubric = outage()
    assert list(result.measures) == [measure.id for measure in rubric.measures]
    for found in result.measures.values():
        assert found.credit in (0, 0.5, 1)
        assert found.reason in (0, 0.5, 1)
        assert 0 <= found.confidence <= 1
        assert bool(found.evidence) == (found.credit > 0)
        assert found.credit > 0 or found.reason == 0
        assert bool(found.reason_evidence) == (found.reason > 0)
        assert {span.step for span in found.evidence} == set(found.steps)
        for span in (*found.evidence, *found.reason_evidence):
            assert words_of(answer, result, span).strip()
    for pitfall in result.pitfalls:
        for span in pitfall.evidence:
            assert words_of(answer, result, span).strip()
    assert (result.order is None) == (len(credited(result)) < 2)
    assert all(0 <= share <= 1 for share in (result.completeness, result.justification))
    assert 0 <= result.points <= result.max_points
    positions = sorted(m.position for m in result.measures.values() if m.position is not None)
    assert positions == list(range(1, len(credited(result)) + 1))


@FEW
@given(STEPS)
def test_every_answer_in_steps_is_marked_within_the_contract(steps: list[tuple[str, str]]) -> None:
    answer = steps_answer(*steps)

    assert_holds(answer, mark(answer))


@FEW
@given(TEXTS)
def test_every_free_text_is_marked_within_the_contract(text: str) -> None:
    answer = text_answer(text)

    result = mark(answer)

    assert_holds(answer, result)
    assert result.parsed_steps is not None
    for step in result.parsed_steps:
        assert text[step.measure_start :].startswith(step.measure)
        if step.reason_start is not None:
            assert text[step.reason_start :].startswith(step.reason)


@FEW
@given(STEPS)
def test_a_result_survives_the_way_through_json(steps: list[tuple[str, str]]) -> None:
    result = mark(steps_answer(*steps))

    assert Result.from_json(json.loads(json.dumps(result.to_json()))) == result


@FEW
@given(STEPS)
def test_marking_again_with_a_fresh_engine_gives_the_same_mark(
    steps: list[tuple[str, str]],
) -> None:
    case, rubric = outage()
    answer = steps_answer(*steps)

    again = mark_answer(case, rubric, answer, type(model())())

    assert again == mark(answer)


@pytest.mark.parametrize("answer", [steps_answer(), steps_answer("  "), text_answer("\n\x00 ")])
def test_an_empty_answer_scores_nothing_and_says_why(answer: Answer) -> None:
    result = mark(answer)

    assert (result.points, result.grade, result.completeness) == (0, 1.0, 0.0)
    assert [remark.kind for remark in result.remarks] == [RemarkKind.EMPTY_ANSWER]


@FEW
@given(
    st.sampled_from(["Das Wetter ist heute schön.", "Ich esse eine Pizza.", "Lorem ipsum dolor."]),
    st.integers(0, len(GOOD)),
)
def test_an_unrelated_step_never_raises_a_mark(unrelated: str, place: int) -> None:
    steps = [*GOOD[:place], (unrelated, ""), *GOOD[place:]]

    alone, joined = mark(steps_answer(*GOOD)), mark(steps_answer(*steps))

    assert credited(joined) == credited(alone)
    assert joined.points == alone.points


def test_repeating_a_step_never_scores_twice() -> None:
    once, thrice = mark(steps_answer(*GOOD)), mark(steps_answer(*GOOD, *GOOD, *GOOD))

    assert credited(thrice) == credited(once)
    assert thrice.points <= once.points


def test_a_repeated_step_is_no_further_measure_and_is_explained() -> None:
    result = mark(steps_answer("Die Versicherung anrufen", "Die Versicherung anrufen"))

    assert result.extra_steps == (1,)
    assert [(r.step, r.kind) for r in result.remarks] == [(2, RemarkKind.REPEATED)]


def test_reversed_order_costs_the_rating_and_names_the_pairs() -> None:
    right, wrong = mark(steps_answer(*GOOD)), mark(steps_answer(*reversed(GOOD)))

    assert right.order == 1
    assert wrong.order == 0
    assert wrong.points < right.points
    assert ("landing-page", "redundancy") in {
        (fault.earlier, fault.later) for fault in wrong.order_faults
    }


def test_a_very_long_answer_is_marked_and_says_that_it_was_cut() -> None:
    answer = text_answer("Den Onlineshop aus dem Backup wiederherstellen. " * 20_000)

    result = mark(answer)

    assert "restore-backup" in credited(result)
    assert RemarkKind.TOO_LONG in {remark.kind for remark in result.remarks}


@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, "[" * 1_000_000, '"' + "\\" * 500_000, "-," * 500_000, "\n" * 999_999]
)
def test_a_megabyte_of_anything_is_marked(text: str) -> None:
    result = mark(text_answer(text))

    assert credited(result) == {}
    assert RemarkKind.TOO_LONG in {remark.kind for remark in result.remarks}


def test_a_step_of_signs_without_a_word_says_so() -> None:
    result = mark(steps_answer("🙏🙏🙏 ...", "Die Versicherung anrufen"))

    assert [(r.step, r.kind) for r in result.remarks] == [(1, RemarkKind.NO_WORDS)]


def test_an_answer_to_another_case_is_refused_not_marked_nought() -> None:
    case, rubric = outage()
    answer = replace(steps_answer("Backup einspielen"), case="double-shipping")

    with pytest.raises(AnswersError, match="double-shipping"):
        mark_answer(case, rubric, answer, model())
