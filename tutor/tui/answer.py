"""The answer while it is written: a list of cards, or one free text."""

import asyncio
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widgets import TextArea

from tutor.core.draft import Card, Draft
from tutor.tui.cards import CardHead, CardView, Half
from tutor.tui.field import Field
from tutor.tui.undo import UndoStack

# A pasted list beyond this is no answer, and a widget for every line would stop the screen.
MAX_PASTED_CARDS = 40


class AnswerEditor(Vertical):
    """Keeps a draft and the fields on the screen in step; each change is told upwards.

    The draft is the truth. Every change of structure builds the next draft and lets `_show`
    bring the widgets in line, and so does taking a change back.
    """

    class Edited(Message):
        """The draft has changed."""

        def __init__(self, draft: Draft) -> None:
            super().__init__()
            self.draft = draft

    def __init__(self, draft: Draft) -> None:
        super().__init__(id="answer")
        self._highest_key = draft.next_key() - 1
        if draft.text is None and not draft.cards:
            draft = draft.with_cards((self._blank_card(),))
        self.draft = draft
        self._undo = UndoStack()
        self._current: tuple[int, Half] = (draft.cards[0].key if draft.cards else 0, "measure")
        self.is_closed = False

    def compose(self) -> ComposeResult:
        """Compose the cards and the free text, of which one is shown."""
        with VerticalScroll(id="cards", can_focus=False):
            if self.draft.text is None:
                for number, card in enumerate(self.draft.cards, 1):
                    yield CardView(card, number)
        yield Field(self.draft.text or "", single=False, id="free-text")

    def on_mount(self) -> None:
        """Show the half that is in use."""
        self._show_mode()

    # What is where

    @property
    def is_text(self) -> bool:
        """True while the answer is one free text."""
        return self.draft.text is not None

    @property
    def free_text(self) -> Field:
        """The field for the free text."""
        return self.query_one("#free-text", Field)

    @property
    def views(self) -> dict[int, CardView]:
        """The cards on the screen, by key, from top to bottom."""
        return {view.key: view for view in self.query_one("#cards").query_children(CardView)}

    @property
    def current_index(self) -> int:
        """The place of the card in which the cursor is or was last."""
        keys = [card.key for card in self.draft.cards]
        return keys.index(self._current[0]) if self._current[0] in keys else 0

    @property
    def current_field(self) -> Field:
        """The field in which the cursor is or was last."""
        if self.is_text:
            return self.free_text
        views = self.views
        view = views.get(self._current[0]) or next(iter(views.values()))
        return view.fields[self._current[1]]

    def focus_editor(self, *, at_end: bool = False) -> None:
        """Put the cursor where it was, or into the last card that was begun."""
        if at_end and not self.is_text:
            written = [card for card in self.draft.cards if not card.is_blank]
            card = written[-1] if written else self.draft.cards[0]
            self._current = (card.key, "reason" if written else "measure")
        self._enter(self.current_field)

    def _enter(self, field: Field) -> None:
        # At once and not through Widget.focus, which waits: the next key belongs to this field.
        self.screen.set_focus(field, scroll_visible=False)
        self._remember(field)

    def on_descendant_focus(self) -> None:
        """Remember where the mouse has put the cursor."""
        if isinstance(self.screen.focused, Field):
            self._remember(self.screen.focused)

    def _remember(self, field: Field) -> None:
        view = field.parent
        if not isinstance(view, CardView):
            return
        self._current = (view.key, "measure" if field is view.fields["measure"] else "reason")
        for other in self.views.values():
            other.set_class(other is view, "-current")
        view.scroll_visible(animate=False)

    # Typing

    @on(TextArea.Changed)
    def take_over_text(self, event: TextArea.Changed) -> None:
        """Carry what was typed into the draft."""
        event.stop()
        assert isinstance(event.text_area, Field)
        self._take_over(event.text_area)

    def _take_over(self, field: Field) -> None:
        if field is self.free_text:
            if not self.is_text or field.value == self.draft.text:
                return
            draft = self.draft.with_text(field.value)
            place: tuple[Any, ...] = ("text",)
        else:
            view = field.parent
            assert isinstance(view, CardView)
            cards = tuple(view.card if c.key == view.key else c for c in self.draft.cards)
            if self.is_text or cards == self.draft.cards:
                return
            draft = self.draft.with_cards(cards)
            place = (view.key, "measure" if field is view.fields["measure"] else "reason")
        before, starts_word = field.changed_from()
        added = len(field.value) - len(before)
        # A step for itself: what was pasted, or what a selection took away.
        if abs(added) > 1:
            self._undo.record(self.draft)
        else:
            self._undo.record(
                self.draft, (*place, added > 0), starts_word=added > 0 and starts_word
            )
        self._tell(draft)

    async def _catch_up(self) -> None:
        """Let the current field take in the keys that came first, and the draft its text."""
        field = self.current_field
        if field.is_running:
            is_done = asyncio.Event()
            field.call_later(is_done.set)
            await is_done.wait()
        self._take_over_all()

    def _take_over_all(self) -> None:
        for field in [self.free_text] if self.is_text else self._fields:
            self._take_over(field)

    def _tell(self, draft: Draft) -> None:
        self.draft = draft
        self.post_message(self.Edited(draft))

    # Changing the structure

    async def _change(self, draft: Draft, current: tuple[int, Half] | None = None) -> None:
        self._undo.record(self.draft)
        await self._show(draft, current)

    async def _show(self, draft: Draft, current: tuple[int, Half] | None = None) -> None:
        """Bring the fields in line with a draft, and the cursor to where the change is."""
        if self.is_closed:
            return
        before = self.draft
        if current is None:
            current = _place_of_change(before, draft) or self._current
        self._tell(draft)
        if draft.text is not None:
            if self.free_text.value != draft.text:
                self.free_text.put(draft.text)
        else:
            await self._show_cards(before.cards, draft.cards)
            if current[0] not in {card.key for card in draft.cards}:
                current = (
                    draft.cards[min(self.current_index, len(draft.cards) - 1)].key,
                    "measure",
                )
            self._current = current
        self._show_mode()
        self.focus_editor()

    def _show_mode(self) -> None:
        self.set_class(self.is_text, "-text")

    async def _show_cards(self, before: tuple[Card, ...], cards: tuple[Card, ...]) -> None:
        """Mount, remove, move and fill as few views as the difference asks for.

        A card that stays the same is not filled: its field may be ahead of the draft by what
        was typed this instant.
        """
        box = self.query_one("#cards", VerticalScroll)
        views = self.views
        wanted = {card.key for card in cards}
        gone = [view for key, view in views.items() if key not in wanted]
        fresh = {
            card.key: CardView(card, number)
            for number, card in enumerate(cards, 1)
            if card.key not in views
        }
        # The cursor must not be in a card that goes: Textual would send it to the situation.
        for view in gone:
            await view.remove()
        if fresh:
            await box.mount_all(fresh.values())
        views = self.views
        for place, card in enumerate(cards):
            view = views[card.key]
            if list(self.views)[place] != card.key:
                box.move_child(view, before=place)
            view.head.renumber(place + 1)
            if card not in before:
                view.put(card)

    def _blank_card(self) -> Card:
        # A key is never used twice, or the time line would mix up two cards.
        self._highest_key += 1
        return Card(self._highest_key)

    async def go_on(self) -> None:
        """Move from the measure to the reason, and from there to the next card or a fresh one."""
        await self._catch_up()
        key, half = self._current
        cards = self.draft.cards
        index = self.current_index
        if half == "measure":
            self._current = (key, "reason")
        elif index + 1 < len(cards):
            self._current = (cards[index + 1].key, "measure")
        elif not cards[index].is_blank:
            card = self._blank_card()
            await self._change(self.draft.with_cards((*cards, card)), (card.key, "measure"))
            return
        else:
            self._current = (key, "measure")
        self.focus_editor()

    @on(Field.EdgeReached)
    def cross_edge(self, event: Field.EdgeReached) -> None:
        """Move the cursor on to the field above or below."""
        event.stop()
        fields = self._fields
        place = fields.index(event.field) + event.direction
        if 0 <= place < len(fields):
            self._enter(fields[place])

    def step(self, direction: int) -> None:
        """Move the cursor to the next (1) or previous (-1) field, and round at the ends."""
        fields = self._fields
        place = fields.index(self.current_field) + direction
        self._enter(fields[place % len(fields)])

    @property
    def _fields(self) -> list[Field]:
        return [field for view in self.views.values() for field in view.fields.values()]

    async def insert_card(self) -> None:
        """Open a blank card after the current one."""
        await self._catch_up()
        card = self._blank_card()
        place = self.current_index + 1
        cards = self.draft.cards
        await self._change(
            self.draft.with_cards((*cards[:place], card, *cards[place:])), (card.key, "measure")
        )

    async def move_card(self, direction: int) -> None:
        """Let the current card change places with the one above (-1) or below (1)."""
        await self._catch_up()
        cards = list(self.draft.cards)
        here = self.current_index
        there = here + direction
        if 0 <= there < len(cards):
            cards[here], cards[there] = cards[there], cards[here]
            await self._change(self.draft.with_cards(tuple(cards)), self._current)

    async def delete_card(self) -> None:
        """Take the current card away; Ctrl+Z brings it back."""
        await self._catch_up()
        cards = list(self.draft.cards)
        here = self.current_index
        if len(cards) == 1 and cards[0].is_blank:
            return
        del cards[here]
        if not cards:
            cards.append(self._blank_card())
        neighbour = cards[min(here, len(cards) - 1)]
        await self._change(self.draft.with_cards(tuple(cards)), (neighbour.key, "measure"))

    async def switch(self) -> None:
        """Turn the cards into one free text, or the text into cards; nothing gets lost."""
        from tutor.session.conversion import cards_to_text, text_to_cards

        await self._catch_up()
        if self.is_text:
            draft = text_to_cards(self.draft)
            if not draft.cards:
                draft = draft.with_cards((self._blank_card(),))
            self._highest_key = max(self._highest_key, draft.next_key() - 1)
        else:
            draft = cards_to_text(self.draft)
        await self._change(draft)

    @on(CardHead.Pressed)
    async def act_on_card(self, event: CardHead.Pressed) -> None:
        """Do to a card what was clicked on it."""
        event.stop()
        view = event.head.parent
        if self.is_closed or not isinstance(view, CardView):
            return
        self._current = (view.key, "measure")
        if event.action == "delete":
            await self.delete_card()
        else:
            await self.move_card(-1 if event.action == "up" else 1)

    @on(Field.Pasted)
    async def paste_lines(self, event: Field.Pasted) -> None:
        """Make cards of a pasted list, and one paragraph of anything else."""
        from tutor.session.conversion import pasted_cards

        event.stop()
        if self.is_closed:
            return
        await self._catch_up()
        cards = pasted_cards(event.text, self._highest_key + 1)
        if not cards or len(cards) > MAX_PASTED_CARDS:
            event.field.insert_pasted(" ".join(event.text.split()))
            return
        self._highest_key = max(card.key for card in cards)
        here = self.current_index
        old = self.draft.cards
        # A blank card is what the list was pasted into, not something to keep.
        kept = old[:here] if old[here].is_blank else old[: here + 1]
        await self._change(
            self.draft.with_cards((*kept, *cards, *old[here + 1 :])), (cards[-1].key, "reason")
        )

    @on(Field.StepWanted)
    async def step_back_or_forward(self, event: Field.StepWanted) -> None:
        """Take back the last change, or make it again."""
        event.stop()
        await self._catch_up()
        step = self._undo.undo if event.direction < 0 else self._undo.redo
        draft = step(self.draft)
        if draft is not None:
            await self._show(draft)

    def close(self) -> None:
        """Let the answer stand as it is: nothing can be typed any more."""
        self._take_over_all()
        self.is_closed = True
        for field in self.query(Field):
            field.close()
        self.add_class("-closed")


def _place_of_change(before: Draft, after: Draft) -> tuple[int, Half] | None:
    """Return the first field that differs between two drafts of cards."""
    known = {card.key: card for card in before.cards}
    for card in after.cards:
        old = known.get(card.key)
        if old is None or old.measure != card.measure:
            return card.key, "measure"
        if old.reason != card.reason:
            return card.key, "reason"
    return None
