"""An answer while it is being written: cards, or one free text field."""

from dataclasses import dataclass, replace

from tutor.core.answer import Answer, Step


@dataclass(frozen=True, slots=True)
class Card:
    """One measure with its reason on the screen; `key` stays with it when cards move."""

    key: int
    measure: str = ""
    reason: str = ""

    @property
    def is_blank(self) -> bool:
        """True where neither field holds more than white space."""
        return not (self.measure.strip() or self.reason.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The whole answer at one moment.

    While `text` is None the cards are the answer, and `origin` is the text they were made from,
    if any. Otherwise the text is the answer, and `cards` keeps what it was made from.
    """

    cards: tuple[Card, ...] = ()
    text: str | None = None
    origin: str | None = None

    @property
    def is_blank(self) -> bool:
        """True where nothing but white space was written."""
        if self.text is not None:
            return not self.text.strip()
        return all(card.is_blank for card in self.cards)

    def next_key(self) -> int:
        """Return a key no card of this draft has."""
        return 1 + max((card.key for card in self.cards), default=0)

    def with_cards(self, cards: tuple[Card, ...]) -> "Draft":
        """Return the draft with these cards as the answer."""
        return replace(self, cards=cards, text=None)

    def with_text(self, text: str) -> "Draft":
        """Return the draft with this free text as the answer."""
        return replace(self, text=text)

    def answer(self, answer_id: str, case: str, language: str) -> Answer:
        """Return the answer as it is marked: blank cards are left out."""
        if self.text is not None:
            return Answer(id=answer_id, case=case, language=language, text=self.text)
        steps = tuple(Step(c.measure, c.reason) for c in self.cards if not c.is_blank)
        return Answer(id=answer_id, case=case, language=language, steps=steps)
