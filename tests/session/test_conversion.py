import re
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tutor.core.draft import Card, Draft
from tutor.core.plaintext import clean
from tutor.session.conversion import cards_to_text, pasted_cards, text_to_cards

FIELDS = st.text(max_size=40).map(clean)
PIECES = (
    *(
        "1. ",
        "2) ",
        "- ",
        "• ",
        "a) ",
        "\n",
        "\t",
        " → ",
        "->",
        ", ",
        ". ",
        "!",
        "(x)",
        "[/b]",
        "🙂",
    ),
    *("inform", "customers", " weil ", "Begründung: ", "Damit es geht, ", "e\u0301"),
)
WRITTEN = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@st.composite
def drafts_of_cards(draw: st.DrawFn) -> Draft:
    keys = draw(st.lists(st.integers(1, 50), unique=True, max_size=5))
    return Draft(cards=tuple(Card(key, draw(FIELDS), draw(FIELDS)) for key in keys))


@given(drafts_of_cards())
def test_cards_survive_a_look_at_the_text(draft: Draft) -> None:
    there_and_back = text_to_cards(cards_to_text(draft))

    assert there_and_back == draft


@given(WRITTEN | st.text(max_size=60).map(clean))
@example("1. \n\t1. ")
def test_a_text_survives_a_look_at_the_cards(text: str) -> None:
    draft = Draft(text=text)

    there_and_back = cards_to_text(text_to_cards(draft))

    assert there_and_back.text == text


@given(WRITTEN | st.text(max_size=60).map(clean))
def test_all_but_the_signs_of_a_list_is_on_the_cards(text: str) -> None:
    cards = text_to_cards(Draft(text=text)).cards

    assert _content(" ".join(f"{card.measure} {card.reason}" for card in cards)) == _content(text)


@given(drafts_of_cards())
def test_all_that_stands_on_cards_is_in_the_text(draft: Draft) -> None:
    text = cards_to_text(draft).text or ""

    written = [card for card in draft.cards if not card.is_blank]
    assert all(card.measure in text and card.reason in text for card in written)


def _content(text: str) -> Counter[str]:
    """Count what is not white space and cannot be the sign of a list."""
    without_letters = re.sub(r"(?<![^\W\d_])[a-zA-Z]\)", "", text)
    return Counter(c for c in without_letters if not (c.isspace() or c.isdecimal() or c in SIGNS))


SIGNS = "().-*•·▪◦–—→=>"


def test_a_card_that_was_not_edited_keeps_its_key() -> None:
    draft = Draft(cards=(Card(7, "Inform the customers", "so that they wait"), Card(3, "Repair")))
    text = cards_to_text(draft).text
    assert text == "1. Inform the customers\n   → so that they wait\n2. Repair"

    edited = text_to_cards(draft.with_text(text + "\n3. Review"))

    assert edited.cards == (
        Card(7, "Inform the customers", "so that they wait"),
        Card(3, "Repair"),
        Card(8, "Review"),
    )


def test_blank_cards_come_back_but_are_not_in_the_text() -> None:
    draft = Draft(cards=(Card(1, "Repair"), Card(2)))

    assert cards_to_text(draft).text == "1. Repair"
    assert text_to_cards(cards_to_text(draft)) == draft


@pytest.mark.parametrize(
    "text",
    [
        "1. Repair\n2. Review",
        "1) Repair\n2) Review",
        "- Repair\n- Review",
        "• Repair\n• Review",
        "* Repair\r\n* Review",
        "a) Repair\nb) Review",
        "\n  1. Repair\n\n  2. Review\n",
    ],
)
def test_a_pasted_list_becomes_cards(text: str) -> None:
    assert pasted_cards(text, 4) == (Card(4, "Repair"), Card(5, "Review"))


def test_the_reason_in_a_pasted_item_goes_to_its_field() -> None:
    cards = pasted_cards("1. Inform all, because they wait\n2. Repair → it must run", 1)

    assert cards == (
        Card(1, "Inform all,", "because they wait"),
        Card(2, "Repair", "it must run"),
    )


@pytest.mark.parametrize(
    "text", ["", "Repair", "1. Repair", "We repair at 12. Then we review.", "Repair\nReview"]
)
def test_a_paste_without_a_list_stays_text(text: str) -> None:
    assert pasted_cards(text, 1) is None
