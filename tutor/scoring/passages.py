"""The stretches of an answer that can earn something, and those that cannot and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import pairwise

from tutor.core.answer import Answer, Step
from tutor.core.plaintext import blanked
from tutor.core.result import Evidence, FieldName, ParsedStep, RemarkKind
from tutor.core.words import function_words, words
from tutor.scoring.copied import COPIED_SHARE, CaseWords
from tutor.scoring.negation import (
    Polarity,
    announces_rejection,
    is_contrast,
    is_instead,
    polarity,
    without_exclusions,
)
from tutor.scoring.noise import is_drumming, is_instruction, without_code
from tutor.scoring.reason_clause import reason_first, reason_split
from tutor.scoring.sentences import clause_spans, sentence_spans
from tutor.scoring.split import split_text
from tutor.scoring.statement import has_label, is_bare, is_keyword_list, says_something

# Bounds of the work for one answer: some four times what anybody types in seven minutes. What
# lies beyond earns nothing and is said to be too long.
MAX_STEPS = 60
MAX_FIELD = 2_000
MAX_TEXT = 16_000
MAX_CLAUSES = 160

# So many content words tell one proposal from another.
_TELLING_WORDS = 3


@dataclass(frozen=True, slots=True)
class Setting:
    """What an answer is read against: the words of its case, the rubric's ids, the language."""

    case_words: CaseWords
    names: frozenset[str]
    language: str


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of one field; `fate` says why it earns nothing, None where it may.

    `text` is what is compared: the stretch without markup and without what it excludes.
    """

    span: Evidence
    text: str
    sentence: int
    is_reason: bool = False
    is_bare: bool = False
    is_labelled: bool = False
    is_instead: bool = False
    fate: RemarkKind | None = None

    @property
    def is_live(self) -> bool:
        """True where the clause may earn a measure."""
        return self.fate is None and not self.is_reason


@dataclass(frozen=True, slots=True)
class ReadStep:
    """A step as it is marked: its clauses in order, those of the reason field last."""

    number: int
    clauses: tuple[Clause, ...]
    is_cut: bool = False

    def said(self) -> str:
        """Return all that may count of the step as one text, its reason included."""
        return _joined([clause for clause in self.clauses if clause.fate is None])

    def written(self) -> str:
        """Return the step with what it rejects, but without noise and copied words."""
        return _joined([c for c in self.clauses if c.fate in (None, RemarkKind.NEGATED)])

    def measure(self) -> str:
        """Return the step with what it rejects, but without its reasons."""
        return _joined(
            [c for c in self.clauses if not c.is_reason and c.fate in (None, RemarkKind.NEGATED)]
        )

    def reason(self) -> str:
        """Return the reasons given in the step as one text."""
        return _joined([c for c in self.clauses if c.is_reason and c.fate is None])

    def live(self) -> tuple[Clause, ...]:
        """Return the clauses that may earn a measure."""
        return tuple(clause for clause in self.clauses if clause.is_live)


@dataclass(frozen=True, slots=True)
class Passage:
    """One or more clauses of a step, scored as one text."""

    step: int
    clauses: tuple[Clause, ...]
    text: str
    is_rejected: bool = False

    @property
    def is_bare(self) -> bool:
        """True where the passage only names a thing."""
        return all(clause.is_bare for clause in self.clauses)


def parse_steps(answer: Answer) -> tuple[tuple[Step, ...], tuple[ParsedStep, ...] | None]:
    """Return the steps of an answer, and how a free text was split into them."""
    if answer.text is None:
        return answer.steps, None
    # The splitter sees safe text of the same length; the fields are then cut from the original.
    parsed = tuple(
        replace(
            step,
            measure=_cut(answer.text, step.measure_start, step.measure),
            reason=""
            if step.reason_start is None
            else _cut(answer.text, step.reason_start, step.reason),
        )
        for step in split_text(blanked(answer.text[:MAX_TEXT]))
    )
    return tuple(Step(step.measure, step.reason) for step in parsed), parsed


def _cut(text: str, start: int, safe: str) -> str:
    return text[start : start + len(safe)]


def read_steps(steps: Sequence[Step], setting: Setting) -> tuple[ReadStep, ...]:
    """Return the steps with every clause judged on its own; steps beyond the bounds stay empty."""
    read: list[ReadStep] = []
    clauses_left = MAX_CLAUSES
    for number, step in enumerate(steps, 1):
        is_cut = (
            number > MAX_STEPS
            or clauses_left <= 0
            or max(len(step.measure), len(step.reason)) > MAX_FIELD
        )
        clauses: list[Clause] = []
        if number <= MAX_STEPS and clauses_left > 0:
            for field, text in (("measure", step.measure), ("reason", step.reason)):
                clauses += _read_field(number, field, text, setting)  # type: ignore[arg-type]  # the literals are the two fields
        is_cut = is_cut or len(clauses) > clauses_left
        clauses = clauses[: max(clauses_left, 0)]
        clauses_left -= len(clauses)
        read.append(ReadStep(number, tuple(clauses), is_cut))
    steps_read = _without_repeats(read, setting.language)
    return _without_bare_answers(_with_stray_lists(steps_read))


def _without_repeats(steps: Sequence[ReadStep], language: str) -> tuple[ReadStep, ...]:
    """Let a step that says what an earlier one said, word for word, earn nothing again."""
    seen: set[frozenset[str]] = set()
    judged: list[ReadStep] = []
    for step in steps:
        said = frozenset(w for clause in step.live() for w in content_words(clause.text, language))
        if said and said in seen:
            clauses = tuple(
                replace(clause, fate=RemarkKind.REPEATED) if clause.is_live else clause
                for clause in step.clauses
            )
            step = replace(step, clauses=clauses)
        seen.add(said)
        judged.append(step)
    return tuple(judged)


def _with_stray_lists(steps: tuple[ReadStep, ...]) -> tuple[ReadStep, ...]:
    """Let a labelled list of keywords among statements count as notes, worth half at most."""
    fates = {
        (step.number, clause.span.field, clause.sentence): clause.fate
        for step in steps
        for clause in step.clauses
        if clause.span.field == "measure"
    }
    lists = sum(fate is RemarkKind.KEYWORDS for fate in fates.values())
    if not lists or lists >= len(fates) / 2:
        return steps
    return tuple(replace(step, clauses=_notes(step.clauses)) for step in steps)


def _notes(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    return tuple(
        replace(clause, fate=None, is_bare=True)
        if clause.fate is RemarkKind.KEYWORDS and clause.is_labelled
        else clause
        for clause in clauses
    )


def _without_bare_answers(steps: tuple[ReadStep, ...]) -> tuple[ReadStep, ...]:
    """Reject an answer of three or more single keywords, one a step, as the list it is."""
    live = [clause for step in steps for clause in step.live()]
    if len(live) < 3 or not all(clause.is_bare for clause in live):
        return steps
    return tuple(
        replace(
            step,
            clauses=tuple(
                replace(clause, fate=RemarkKind.KEYWORDS) if clause.is_live else clause
                for clause in step.clauses
            ),
        )
        for step in steps
    )


def _read_field(number: int, field: FieldName, text: str, setting: Setting) -> list[Clause]:
    shown = blanked(text[:MAX_FIELD])
    safe = without_code(shown)
    clauses: list[Clause] = []
    spans = sentence_spans(safe)
    for place, (start, end) in enumerate(spans):
        fate = _sentence_fate(safe[start:end], setting)
        # Markup stands around a sentence as well as in it.
        left = spans[place - 1][1] if place else 0
        right = spans[place + 1][0] if place + 1 < len(spans) else len(safe)
        # A reason earns nothing alone: what markup leaves of it is judged like any other.
        if field == "measure" and _is_mostly_code(shown[left:right], safe[left:right]):
            fate = RemarkKind.INSTRUCTION
        for left, right, is_reason in _parts(safe, start, end, setting.language):
            part = safe[left:right]
            clauses.append(
                Clause(
                    span=Evidence(step=number, field=field, start=left, end=right),
                    text=without_exclusions(part).strip(),
                    sentence=place,
                    is_reason=is_reason or field == "reason",
                    is_bare=is_bare(part, setting.language),
                    is_labelled=has_label(safe[start:end]),
                    fate=fate,
                )
            )
    return clauses if field == "reason" else _with_polarity(clauses, safe, setting.language)


def _is_mostly_code(shown: str, safe: str) -> bool:
    """True where markup and code took a third or more of what stood there."""
    before, after = len("".join(shown.split())), len("".join(safe.split()))
    return before - after >= before / 3


def _sentence_fate(sentence: str, setting: Setting) -> RemarkKind | None:
    if is_instruction(sentence, setting.names):
        return RemarkKind.INSTRUCTION
    if is_drumming(sentence):
        return RemarkKind.REPEATED
    if setting.case_words.copied_share(sentence) >= COPIED_SHARE:
        return RemarkKind.COPIED_SITUATION
    if is_keyword_list(sentence, setting.language):
        return RemarkKind.KEYWORDS
    return None


def _parts(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int, bool]]:
    """Yield the clauses of a sentence, and whether each belongs to a reason."""
    sentence = text[start:end]
    comma = reason_first(sentence)
    if comma is not None:
        reasons, measures = [(start, start + comma)], [(start + comma + 1, end)]
    else:
        split = reason_split(sentence)
        measures = [(start, start + split[0])] if split else [(start, end)]
        reasons = [(start + split[1], end)] if split else []
    for left, right in measures:
        for span in clause_spans(text, left, right, partial(says_something, language=language)):
            yield (*span, False)
    for left, right in reasons:
        for span in sentence_spans(text, left, right):
            yield (*span, True)


def _with_polarity(clauses: list[Clause], text: str, language: str) -> list[Clause]:
    """Mark the clauses that are rejected, also by the clause before or behind them.

    What a clause announces before a colon goes for the rest of its sentence.
    """
    judged = list(clauses)
    announced: int | None = None
    for place, clause in enumerate(clauses):
        if clause.is_reason:
            continue
        written = text[clause.span.start : clause.span.end]
        if announced == clause.sentence and not is_contrast(
            text[clauses[place - 1].span.end : clause.span.end]
        ):
            judged[place] = replace(clause, fate=clause.fate or RemarkKind.NEGATED)
            continue
        if announces_rejection(written) and text[clause.span.end :].lstrip().startswith(":"):
            announced = clause.sentence
            judged[place] = replace(clause, fate=clause.fate or RemarkKind.NEGATED)
            continue
        if place and is_instead(text[clauses[place - 1].span.end : clause.span.end]):
            clause = judged[place] = replace(judged[place], is_instead=True)
        stance = polarity(written, hangs_on_comma=_hangs_on_comma(judged, place, text))
        if stance is Polarity.PROPOSED and not _shares_rejection(judged, place, text, language):
            continue
        judged[place] = replace(clause, fate=clause.fate or RemarkKind.NEGATED)
        # `Ich sehe davon ab, ein Formular anzubieten` points forward, not back.
        points_forward = place + 1 < len(clauses) and (
            _hangs_on_comma(judged, place + 1, text) and not _hangs_on_comma(judged, place, text)
        )
        if stance is Polarity.REJECTS_PREVIOUS and not points_forward:
            _reject_before(judged, place)
    return judged


def _hangs_on_comma(clauses: Sequence[Clause], place: int, text: str) -> bool:
    """True where only a comma parts a clause from the one before it."""
    if not place or clauses[place - 1].sentence != clauses[place].sentence:
        return False
    return "," in text[clauses[place - 1].span.end : clauses[place].span.start]


def _shares_rejection(clauses: Sequence[Clause], place: int, text: str, language: str) -> bool:
    """True for a clause behind a rejected one that hangs on it or has no verb of its own.

    `… ist unnötig, sie merken es ja selber`; `Don't check orders/stock after the restart`.
    """
    if not place or clauses[place - 1].fate is not RemarkKind.NEGATED:
        return False
    before, clause = clauses[place - 1], clauses[place]
    if before.sentence != clause.sentence or is_contrast(text[before.span.end : clause.span.end]):
        return False
    return _hangs_on_comma(clauses, place, text) or not says_something(clause.text, language)


def _reject_before(clauses: list[Clause], place: int) -> None:
    """Reject what stands before a clause such as `das bringt nichts`: its own sentence first."""
    sentence = clauses[place].sentence
    if place and clauses[place - 1].sentence != sentence:
        sentence -= 1
    for index in range(place - 1, -1, -1):
        clause = clauses[index]
        if clause.sentence != sentence:
            return
        clauses[index] = replace(clause, fate=clause.fate or RemarkKind.NEGATED)


def content_words(text: str, language: str) -> list[str]:
    """Return the folded words of a text that carry what it is about."""
    skipped = function_words(language)
    return [
        word.folded for word in words(text) if word.folded not in skipped and len(word.folded) > 1
    ]


@lru_cache(maxsize=1_000)
def proposed_part(text: str, language: str) -> str:
    """Return what a text still proposes once its negations are taken away.

    `Ohne Abgleich alle Sendungen als doppelt behandeln` proposes its second half. What is left
    of fewer than three content words could be said of anything and is empty.
    """
    setting = Setting(CaseWords.of("", ""), frozenset(), language)
    (step,) = read_steps((Step(text, ""),), setting)
    said = _joined(step.live())
    return said if len(content_words(said, language)) >= _TELLING_WORDS else ""


def passages(step: ReadStep, language: str) -> tuple[Passage, ...]:
    """Return what is scored of a step: the whole, its sentences, its clauses with two words."""
    live = step.live()
    found: dict[str, Passage] = {}

    def add(clauses: Sequence[Clause], *, is_rejected: bool = False) -> None:
        text = _joined(clauses)
        found.setdefault(text, Passage(step.number, tuple(clauses), text, is_rejected))

    if live:
        add(live)
    for sentence in sorted({clause.sentence for clause in live}):
        add([clause for clause in live if clause.sentence == sentence])
    for clause in live:
        if len(content_words(clause.text, language)) > 1:
            add([clause])
    # What is rejected earns no measure, but it may be the very pitfall: `Kunden nicht informieren`.
    for sentence in sorted({c.sentence for c in step.clauses if c.fate is RemarkKind.NEGATED}):
        add(
            [
                clause
                for clause in step.clauses
                if clause.sentence == sentence
                and not clause.is_reason
                and clause.fate in (None, RemarkKind.NEGATED)
            ],
            is_rejected=True,
        )
    return tuple(found.values())


def _joined(clauses: Sequence[Clause]) -> str:
    text = clauses[0].text if clauses else ""
    for before, clause in pairwise(clauses):
        text += (". " if clause.sentence != before.sentence else ", ") + clause.text
    return " ".join(text.split())
