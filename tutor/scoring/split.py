"""Free text → steps: lists item by item, lines line by line, running text by its sentences.

Every word of the text ends up in exactly one field of one step, except list numbers and labels
such as `Begründung:`.
"""

import re

from tutor.core.result import ParsedStep
from tutor.scoring.reason_clause import opens_reason, reason_first, reason_split
from tutor.scoring.sentences import Span, sentence_spans

_LABEL = (
    r"(?:(?:schritt|massnahme|maßnahme|step|measure|étape|mesure|passo|misura)\s*\d*\s*[:.)]\s*)"
)
_ITEM = re.compile(
    rf"^[ \t>]*(?:{_LABEL}|(?:\(?\d{{1,2}}[.)]|\d{{1,2}}\s*[-–:]|[a-hA-H]\)|[-*•·▪◦►✓–—+])\s+)",
    re.IGNORECASE | re.MULTILINE,
)
_INLINE_NUMBER = re.compile(r"(?:(?<=\s)|(?<=^))(\d{1,2})[.)]\s+(?=\D)")
# A line with this many sentences is a paragraph, not an entry of a list.
_PARAGRAPH_SENTENCES = 3


def split_text(text: str) -> tuple[ParsedStep, ...]:
    """Return the steps of a free text in order; the fields are exact stretches of it."""
    items = _list_items(text)
    if items is not None:
        return tuple(step for item in items for step in _item_steps(text, item))
    steps: list[ParsedStep] = []
    for written in _lines(text):
        line = _after_mark(text, written)
        sentences = sentence_spans(text, *line)
        if len(sentences) >= _PARAGRAPH_SENTENCES or len(_lines(text)) == 1:
            for sentence in sentences:
                _add_sentence(steps, text, sentence)
        else:
            _add_sentence(steps, text, _trim(text, line))
    return tuple(steps)


def _list_items(text: str) -> list[Span] | None:
    starts = [(match.start(), match.end()) for match in _ITEM.finditer(text)]
    if len(starts) < 2:
        starts = _inline_numbers(text)
    if len(starts) < 2:
        return None
    items = [(0, starts[0][0])]
    for place, (_, body) in enumerate(starts):
        end = starts[place + 1][0] if place + 1 < len(starts) else len(text)
        items.append((body, end))
    return [
        trimmed for span in items if (trimmed := _trim(text, span)) and _has_word(text, trimmed)
    ]


def _after_mark(text: str, line: Span) -> Span:
    """Return a line without the mark of a list that has no other item."""
    mark = _ITEM.match(text, *line)
    return (mark.end(), line[1]) if mark else line


def _inline_numbers(text: str) -> list[Span]:
    """Return the numbers `1.`, `2.`, … that follow one another within the running text."""
    wanted, found = 1, []
    for match in _INLINE_NUMBER.finditer(text):
        if int(match[1]) == wanted:
            found.append(match.span())
            wanted += 1
    return found


def _item_steps(text: str, item: Span) -> list[ParsedStep]:
    """Return one step for a list item; its reason is what stands behind the last mark of one."""
    start, end = item
    split = reason_split(text[start:end])
    if split is None:
        sentences = sentence_spans(text, start, end)
        if len(sentences) == 2 and opens_reason(text[sentences[1][0] : end]):
            return [_step(text, (start, sentences[0][1]), (sentences[1][0], end))]
        return [_step(text, item, None)]
    reason_at = start + split[1]
    # Sentences behind the reason's own may hold further measures: then nothing is set apart.
    if len(sentence_spans(text, reason_at, end)) > 2:
        return [_step(text, item, None)]
    return [_step(text, (start, start + split[0]), (reason_at, end))]


def _lines(text: str) -> list[Span]:
    spans, begin = [], 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            spans.append((begin, begin + len(line)))
        begin += len(line)
    return [span for span in spans if _has_word(text, span)]


def _add_sentence(steps: list[ParsedStep], text: str, span: Span) -> None:
    start, end = span
    sentence = text[start:end]
    comma = reason_first(sentence)
    if comma is not None:
        steps.append(_step(text, (start + comma + 1, end), (start, start + comma)))
        return
    if steps and opens_reason(sentence):
        last = steps[-1]
        if last.reason_start is None:
            label = reason_split(sentence)
            reason_at = start + label[1] if label and label[0] == 0 else start
            measure = (last.measure_start, last.measure_start + len(last.measure))
            steps[-1] = _step(text, measure, (reason_at, end))
            return
        if last.reason_start > last.measure_start:
            measure = (last.measure_start, last.measure_start + len(last.measure))
            steps[-1] = _step(text, measure, (last.reason_start, end))
            return
    split = reason_split(sentence)
    if split is None or split[0] == 0:
        steps.append(_step(text, span, None))
    else:
        steps.append(_step(text, (start, start + split[0]), (start + split[1], end)))


def _step(text: str, measure: Span, reason: Span | None) -> ParsedStep:
    measure = _trim(text, measure)
    if reason is None:
        return ParsedStep(
            measure=text[measure[0] : measure[1]], reason="", measure_start=measure[0]
        )
    reason = _trim(text, reason)
    return ParsedStep(
        measure=text[measure[0] : measure[1]],
        reason=text[reason[0] : reason[1]],
        measure_start=measure[0],
        reason_start=reason[0],
    )


def _has_word(text: str, span: Span) -> bool:
    return any(character.isalnum() for character in text[span[0] : span[1]])


def _trim(text: str, span: Span) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
