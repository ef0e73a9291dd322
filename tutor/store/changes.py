"""What changed between two drafts, as JSON values that can be applied again.

A short field is written whole, so that a change survives the loss of an earlier one. A long
one is written as a splice `[start, removed, inserted]`, so that a key pressed in a text of
1 MB costs a few bytes.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tutor.core.draft import Card, Draft

# A line of about this length costs the same to write as an empty one: see docs/storage.md.
WHOLE_FIELD_CHARACTERS = 2048

_CARD_FIELDS = ("measure", "reason")


def changes_between(before: Draft, after: Draft) -> dict[str, Any]:
    """Return the changes that make `after` from `before`; empty where nothing changed."""
    changes: dict[str, Any] = {}
    known = {card.key: card for card in before.cards}
    cards = [
        {"key": card.key, **fields}
        for card in after.cards
        if (fields := _card_fields(known.get(card.key), card)) or card.key not in known
    ]
    if cards:
        changes["cards"] = cards
    order = [card.key for card in after.cards]
    if order != [card.key for card in before.cards]:
        changes["order"] = order
    for name in ("text", "origin"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            changes[name] = None if new is None else _field_change(old or "", new)
    return changes


def apply_changes(draft: Draft, changes: Mapping[str, Any]) -> Draft:
    """Return the draft after these changes; raises KeyError, TypeError or ValueError on others.

    Changes for a card that is not known begin a card, and an order names every card it keeps,
    so that one lost change costs no more than itself.
    """
    cards = {card.key: card for card in draft.cards}
    for change in changes.get("cards", ()):
        key = int(change["key"])
        card = cards.get(key, Card(key))
        cards[key] = Card(
            key,
            _changed_field(card.measure, change.get("measure", card.measure)),
            _changed_field(card.reason, change.get("reason", card.reason)),
        )
    if "order" in changes:
        cards = {int(key): cards.get(int(key), Card(int(key))) for key in changes["order"]}
    texts = {
        name: None
        if changes[name] is None
        else _changed_field(getattr(draft, name) or "", changes[name])
        for name in ("text", "origin")
        if name in changes
    }
    return replace(draft, cards=tuple(cards.values()), **texts)


def _card_fields(before: Card | None, after: Card) -> dict[str, Any]:
    old = before or Card(after.key)
    return {
        name: _field_change(getattr(old, name), getattr(after, name))
        for name in _CARD_FIELDS
        if getattr(old, name) != getattr(after, name)
    }


def _field_change(before: str, after: str) -> str | list[Any]:
    if len(after) <= WHOLE_FIELD_CHARACTERS:
        return after
    start = _common_start(before, after)
    tail = _common_start(before[start:][::-1], after[start:][::-1])
    return [start, len(before) - start - tail, after[start : len(after) - tail]]


def _common_start(left: str, right: str) -> int:
    """Return the length of the common beginning; by halving, as slices compare at memory speed."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[low:middle] == right[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _changed_field(before: str, change: str | list[Any]) -> str:
    if isinstance(change, str):
        return change
    start, removed, inserted = change
    if not (isinstance(start, int) and isinstance(removed, int) and isinstance(inserted, str)):
        raise ValueError(change)
    return before[:start] + inserted + before[start + removed :]
