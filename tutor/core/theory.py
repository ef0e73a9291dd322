"""A theory card: the idea behind a measure, shown to a candidate who missed it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class TheoryCard:
    """A short text on one idea; `text` is Markdown restricted to paragraphs, lists and bold."""

    id: str
    language: str
    title: str
    text: str
    licence: str = ""
