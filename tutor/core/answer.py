"""What a candidate hands in."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One measure of an answer and the reason given for it, as typed."""

    measure: str = ""
    reason: str = ""

    @property
    def is_blank(self) -> bool:
        """True where neither field holds more than white space."""
        return not (self.measure.strip() or self.reason.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """An answer as it is marked: either `steps`, or one free `text`; never both.

    `language` is the language the candidate wrote in, a BCP 47 tag.
    """

    id: str
    case: str
    language: str
    steps: tuple[Step, ...] = ()
    text: str | None = None
