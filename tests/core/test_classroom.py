from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import NOON
from tutor.core.answer import Answer, Step
from tutor.core.classroom import (
    Decision,
    Entry,
    Human,
    Kind,
    Subject,
    content_digest,
    draft_of,
    pseudonym,
    shuffled,
)

PAGE = Subject(Kind.MEASURE, "landing-page")
ANSWER = Answer(id="x", case="outage", language="en", steps=(Step("Show a page", "so they know"),))


def decision(marker: str, value: float | None, *, settles: bool = False) -> Decision:
    return Decision(
        answer="x", subject=PAGE, value=value, marker=marker, at=NOON, is_settlement=settles
    )


def test_the_last_word_of_a_marker_counts() -> None:
    human = Human([decision("anna", 0.0), decision("anna", 1.0)])

    assert human.verdict(PAGE) == 1.0


def test_what_a_marker_decides_anew_is_the_newest() -> None:
    other = replace(decision("anna", 0.5), subject=Subject(Kind.REASON, "landing-page"))

    human = Human([decision("anna", 0.0), other, decision("anna", 1.0)])

    assert list(human.by_marker["anna"]) == [other.subject, PAGE]


def test_what_is_taken_back_is_undecided() -> None:
    human = Human([decision("anna", 0.0), decision("anna", None)])

    assert human.verdict(PAGE) is None
    assert human.differences == ()


def test_markers_who_differ_have_no_verdict_until_it_is_settled() -> None:
    both = [decision("anna", 0.0), decision("ben", 1.0)]

    open_, settled = Human(both), Human([*both, decision("cleo", 0.5, settles=True)])

    assert open_.verdict(PAGE) is None
    assert [difference.values for difference in open_.differences] == [
        (("anna", 0.0), ("ben", 1.0))
    ]
    assert settled.verdict(PAGE) == 0.5
    assert settled.differences == ()


def test_zero_is_a_decision() -> None:
    assert Human([decision("anna", 0.0)]).verdict(PAGE) == 0.0


def test_the_order_is_the_same_for_one_marker_and_another_for_the_next() -> None:
    entries = [
        Entry(
            candidate=str(number),
            answer=replace(ANSWER, id=str(number)),
            imported_at=NOON,
            source="",
        )
        for number in range(20)
    ]

    anna = shuffled(entries, "seed", "anna")

    assert anna == shuffled(entries[::-1], "seed", "anna")
    assert anna != shuffled(entries, "seed", "ben")
    assert set(anna) == set(entries)


def test_a_pseudonym_needs_the_seed_of_the_class() -> None:
    assert pseudonym("seed", "Eva") == pseudonym("seed", "Eva")
    assert pseudonym("seed", "Eva") != pseudonym("other", "Eva")


@given(st.text(), st.text(), st.text(), st.text())
def test_two_answers_share_a_digest_only_where_they_are_the_same(
    one: str, other: str, first: str, second: str
) -> None:
    left = content_digest(one, replace(ANSWER, steps=(Step(first, second),)))
    right = content_digest(other, replace(ANSWER, steps=(Step(second, first),)))

    assert (left == right) == (one == other and first == second)


def test_a_draft_of_an_answer_is_that_answer() -> None:
    text = replace(ANSWER, steps=(), text="1. Show a page")

    assert draft_of(ANSWER).answer("x", "outage", "en") == ANSWER
    assert draft_of(text).answer("x", "outage", "en") == text
