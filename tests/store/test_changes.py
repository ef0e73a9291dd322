import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.core.draft import Card, Draft
from tutor.store.changes import WHOLE_FIELD_CHARACTERS, apply_changes, changes_between

LONG = "x" * (WHOLE_FIELD_CHARACTERS + 1)
FIELDS = st.text(max_size=8) | st.builds(
    lambda start, end: start + LONG + end, st.text(max_size=3), st.text(max_size=3)
)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    keys = draw(st.lists(st.integers(1, 6), unique=True, max_size=4))
    cards = tuple(Card(key, draw(FIELDS), draw(FIELDS)) for key in keys)
    return Draft(
        cards=cards, text=draw(st.none() | FIELDS), origin=draw(st.none() | st.text(max_size=3))
    )


@given(drafts(), drafts())
def test_changes_lead_from_one_draft_to_the_other(before: Draft, after: Draft) -> None:
    changes = json.loads(json.dumps(changes_between(before, after)))

    assert apply_changes(before, changes) == after


def test_a_key_in_a_long_text_costs_a_few_bytes() -> None:
    text = "word " * 200_000
    before, after = Draft(text=text), Draft(text=text[:500_000] + "!" + text[500_000:])

    changes = changes_between(before, after)

    assert changes == {"text": [500_000, 0, "!"]}


def test_only_the_field_that_changed_is_written() -> None:
    before = Draft(cards=(Card(1, "Repair", "it is down"), Card(2, "Review")))
    after = Draft(cards=(Card(1, "Repair", "it is down!"), Card(2, "Review")))

    assert changes_between(before, after) == {"cards": [{"key": 1, "reason": "it is down!"}]}


def test_a_lost_change_costs_no_other_card() -> None:
    empty = Draft()
    first = Draft(cards=(Card(1, "Repair"),))
    second = Draft(cards=(Card(1, "Repair"), Card(2, "Review")))

    after = apply_changes(empty, changes_between(first, second))

    assert after.cards == (Card(1), Card(2, "Review"))


@pytest.mark.parametrize(
    "changes", [{"cards": 3}, {"cards": [{}]}, {"text": ["a", 1, "b"]}, {"order": "ab"}]
)
def test_impossible_changes_are_refused(changes: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        apply_changes(Draft(), changes)
