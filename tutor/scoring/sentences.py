"""Where sentences and clauses begin and end, as offsets into the text."""

import re
from collections.abc import Callable

from tutor.core.words import words

Span = tuple[int, int]

# A full stop behind one of these, or behind a lone letter or a number, ends no sentence; one
# behind `p.m.` does before a capital.
_ABBREVIATION = re.compile(
    r"(?:\b(?:bzw|ca|evtl|inkl|exkl|usw|etc|ggf|resp|vgl|sog|max|min|mind|Nr|Std|Min|Tel|Art|Abs"
    r"|Dr|Hr|Fr|St|vs|no|approx|incl|env|ecc|es)|\b[^\W\d_]|\b\d{1,2})\.$",
    re.IGNORECASE,
)
_TIME_OF_DAY = re.compile(r"\b[ap]\.\s?m\.$", re.IGNORECASE)
_CAPITAL = re.compile(r"[\s)\"»”]+[^\W\d_a-zà-öø-ÿ]")
_SENTENCE_END = re.compile(r"[.!?…]+(?=[\s)\"»”]|$)|\n+|;|\s[-–—]\s|->|→|=>|•|\||\t")
_CLAUSE_END = re.compile(
    r",(?!\d)|:(?=\s)|[()/]|(?P<joint>[+&])"
    r"|\b(?:sondern|aber|jedoch|but|mais|ma)\b"
    r"|(?<=\s)(?P<joint_word>und|u|sowie|oder|plus|and|or|then|et|ou|e|o)(?=\s)",
    re.IGNORECASE,
)
# `After the restart, we check nothing` is one clause: what opens it only says when.
_OPENING_TIME = re.compile(
    r"\W*(?:nach|vor|während|after|before|during|apr[eè]s|avant|pendant|d[eè]s|dopo|prima|durante)"
    r"\s+(?:[\w'’-]+\s*){1,4}$",
    re.IGNORECASE,
)
# A clause of fewer words is a part of its neighbour: `Kunden und Partner informieren`.
_CLAUSE_WORDS = 2


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the sentences of a stretch of text, trimmed, in order, none of them empty."""
    end = len(text) if end is None else end
    spans: list[Span] = []
    begin = start
    for match in _SENTENCE_END.finditer(text, start, end):
        head = text[max(begin, match.end() - 12) : match.end()]
        is_hour = _TIME_OF_DAY.search(head) and _CAPITAL.match(text, match.end(), end)
        if match.group().startswith(".") and _ABBREVIATION.search(head) and not is_hour:
            continue
        spans.append((begin, match.end()))
        begin = match.end()
    spans.append((begin, end))
    return [
        trimmed for span in spans if (trimmed := _trim(text, span)) and _has_word(text, trimmed)
    ]


def clause_spans(
    text: str, start: int, end: int, says_something: Callable[[str], bool]
) -> list[Span]:
    """Return the clauses of a sentence; one that is too short, or says when, joins the next.

    An `und` parts two clauses only where both sides say something: `Kunden informieren und
    Partner anrufen` are two, `Aufträge und Zahlen prüfen` is one.
    """
    cuts = list(_CLAUSE_END.finditer(text, start, end))
    spans: list[Span] = []
    begin = start
    for place, (left, right) in enumerate([*(cut.span() for cut in cuts), (end, end)]):
        if left != end and (
            _word_count(text, begin, left) < _CLAUSE_WORDS or _OPENING_TIME.match(text, begin, left)
        ):
            continue
        if place < len(cuts) and cuts[place].lastgroup is not None:
            after = cuts[place + 1].start() if place + 1 < len(cuts) else end
            if not (says_something(text[begin:left]) and says_something(text[right:after])):
                continue
        spans.append((begin, left))
        begin = right
    if len(spans) > 1 and _word_count(text, *spans[-1]) < _CLAUSE_WORDS:
        last = spans.pop()
        spans[-1] = (spans[-1][0], last[1])
    return [trimmed for span in spans if (trimmed := _trim(text, span))]


def _word_count(text: str, start: int, end: int) -> int:
    return len(words(text[start:end]))


def _has_word(text: str, span: Span) -> bool:
    return any(character.isalnum() for character in text[span[0] : span[1]])


def _trim(text: str, span: Span) -> Span | None:
    start, end = span
    while start < end and text[start] in " \t\n,;:-–—>|•*→":
        start += 1
    while end > start and text[end - 1] in " \t\n,;:-–—>|•*→":
        end -= 1
    return (start, end) if start < end else None
