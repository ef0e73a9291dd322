"""An answer as cards, as one free text, and back, without losing a character.

Each form remembers what it was made from, so that switching back without an edit gives the
same draft again. After an edit the text is split as the marker splits it; only list numbers,
bullets and the arrow before a reason are not carried over, because cards have none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count

from tutor.core.answer import Step
from tutor.core.draft import Card, Draft
from tutor.core.plaintext import clean

# Understood by the splitter as the sign of a reason, in every language.
_REASON_MARK = "\n   → "

_MARKER = re.compile(r"\(?\d{1,2}[.)]|[a-zA-Z]\)|[-*•·▪◦–—]|→|->|=>")
_LIST_ITEM = re.compile(r"^[ \t]*(?:\(?\d{1,2}[.)]|[a-zA-Z]\)|[-*•·▪◦–—])[ \t]+\S", re.MULTILINE)


def cards_to_text(draft: Draft) -> Draft:
    """Return the draft as one free text; the cards are kept as what it was made from."""
    if draft.text is not None:
        return draft
    if draft.origin is not None and _steps_of(draft.cards) == tuple(_split(draft.origin)):
        return draft.with_text(draft.origin)
    return draft.with_text(_numbered(draft.cards))


def text_to_cards(draft: Draft) -> Draft:
    """Return the draft as cards; the text is kept as what they were made from.

    A card whose measure stands unchanged in the text keeps its key.
    """
    if draft.text is None:
        return draft
    steps = tuple(_split(draft.text))
    if draft.text == _numbered(draft.cards):
        return replace(draft, text=None)
    if steps == _steps_of(draft.cards):
        return replace(draft, text=None, origin=draft.text)
    known = {card.measure: card.key for card in draft.cards if not card.is_blank}
    new_keys = count(draft.next_key())
    cards = tuple(
        Card(
            known.pop(step.measure) if step.measure in known else next(new_keys),
            step.measure,
            step.reason,
        )
        for step in steps
    )
    return Draft(cards=cards, origin=draft.text)


def pasted_cards(text: str, next_key: int) -> tuple[Card, ...] | None:
    """Return the items of a numbered or bulleted list as cards, or None where it is none.

    The keys count up from `next_key`.
    """
    text = clean(text)
    items = _LIST_ITEM.findall(text)
    if len(items) < 2 or not _LIST_ITEM.match(text.lstrip("\n")):
        return None
    cards = tuple(Card(key, s.measure, s.reason) for key, s in enumerate(_split(text), next_key))
    return cards if len(cards) > 1 else None


def _steps_of(cards: Iterable[Card]) -> tuple[Step, ...]:
    return tuple(Step(card.measure, card.reason) for card in cards if not card.is_blank)


def _numbered(cards: Iterable[Card]) -> str:
    return "\n".join(
        f"{number}. {step.measure}" + (_REASON_MARK + step.reason if step.reason else "")
        for number, step in enumerate(_steps_of(cards), 1)
    )


def _split(text: str) -> Iterator[Step]:
    """Yield the steps of a text, each with the characters the splitter left between two fields."""
    from tutor.scoring.split import split_text

    fields: list[tuple[int, str, int, bool]] = []
    for place, step in enumerate(split_text(text)):
        fields.append((step.measure_start, step.measure, place, False))
        if step.reason_start is not None:
            fields.append((step.reason_start, step.reason, place, True))
    fields.sort()
    written: dict[tuple[int, bool], str] = {}
    before, end = None, 0
    for start, field, place, is_reason in fields:
        between = _without_marker(text[end:start])
        if between and before is not None and not any(c.isalnum() for c in between):
            written[before] += between
            between = ""
        written[place, is_reason] = f"{between} {field}" if between else field
        before, end = (place, is_reason), start + len(field)
    rest = _without_marker(text[end:])
    if before is not None:
        written[before] += rest
    elif rest:
        written[0, False] = rest
    for place in sorted({place for place, _ in written}):
        measure, reason = written.get((place, False), ""), written.get((place, True), "")
        # Of a list without words nothing is left for a card.
        if measure or reason:
            yield Step(measure, reason)


def _without_marker(between: str) -> str:
    """Return what stands between two fields without the signs of a list."""
    words = [word for word in between.split() if not _MARKER.fullmatch(word)]
    return " ".join(words)
