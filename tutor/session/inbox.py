"""What candidates wrote and nothing earned, grouped by meaning."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from tutor.content.insertion import checked, replace_text, with_paraphrases, with_pitfall
from tutor.content.kinds import ID_PATTERN
from tutor.core.answer import Step
from tutor.core.classroom import Entry
from tutor.core.errors import UsageError
from tutor.core.plaintext import clean
from tutor.core.result import Result
from tutor.core.rubric import Pitfall, Rubric
from tutor.core.words import function_words, words
from tutor.locales import _
from tutor.scoring.sentences import sentence_spans
from tutor.session.classroom import Classroom
from tutor.session.regrading import Regrade, SampleChange, changed_samples, regrade

# The model calls 0.5 undecided; a group should hold what rather belongs together than not.
SAME = 0.55
# Fewer words of content are too little to be a paraphrase of anything.
_FEWEST_WORDS = 2
# The time to compare grows with the square; a class with more is shown what comes first.
MOST_SENTENCES = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmatched:
    """A sentence that earned nothing, and the answers it stands in."""

    text: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Sentences that say much the same, and the measure or pitfall they come nearest to."""

    sentences: tuple[Unmatched, ...]
    nearest: str
    nearness: float

    @property
    def texts(self) -> tuple[str, ...]:
        """The sentences."""
        return tuple(one.text for one in self.sentences)

    @property
    def size(self) -> int:
        """How many answers hold such a sentence."""
        return len({answer for one in self.sentences for answer in one.answers})


def inbox(classroom: Classroom) -> tuple[Group, ...]:
    """Return the groups, the largest first.

    Sentences put aside are left out, and those the rubric has taken up since it marked.
    """
    results, rubric = classroom.book.results(), classroom.rubric
    taken = {text for entry in rubric.measures for text in entry.paraphrases}
    taken |= {text for entry in rubric.pitfalls for text in entry.paraphrases}
    aside = {*classroom.book.extras(), *taken}
    places: dict[str, list[str]] = {}
    for entry in classroom.book.entries():
        if entry.id in results:
            for sentence in unmatched(entry, results[entry.id]):
                if sentence not in aside:
                    places.setdefault(sentence, []).append(entry.id)
    sentences = [
        Unmatched(text=text, answers=tuple(answers))
        for text, answers in sorted(places.items(), key=lambda item: -len(item[1]))
    ]
    groups = [_group(classroom, members) for members in _grouped(classroom, sentences)]
    return tuple(sorted(groups, key=lambda group: (-group.size, group.sentences[0].text)))


def unmatched(entry: Entry, result: Result) -> Iterator[str]:
    """Yield the sentences of the measures that are evidence of nothing.

    Steps with a remark are left out: why they earned nothing has been said.
    """
    steps: Sequence[Step] = entry.answer.steps
    if result.parsed_steps is not None:
        steps = [Step(step.measure, step.reason) for step in result.parsed_steps]
    told = {remark.step for remark in result.remarks}
    marks = [*(mark.evidence for mark in result.measures.values())]
    marks += [mark.evidence for mark in result.pitfalls]
    spans = [span for evidence in marks for span in evidence if span.field == "measure"]
    for number, step in enumerate(steps, 1):
        if number in told:
            continue
        earned = [(span.start, span.end) for span in spans if span.step == number]
        for start, end in sentence_spans(step.measure):
            if any(start < stop and begin < end for begin, stop in earned):
                continue
            text = " ".join(clean(step.measure[start:end]).split())
            if _content_words(text, entry.answer.language) >= _FEWEST_WORDS:
                yield text


def _content_words(text: str, language: str) -> int:
    grammar = function_words(language)
    return sum(word.folded not in grammar for word in words(text))


def _grouped(classroom: Classroom, sentences: Sequence[Unmatched]) -> Iterable[list[Unmatched]]:
    """Gather each sentence with the first one it means the same as, the commonest first."""
    left = list(sentences[:MOST_SENTENCES])
    while left:
        leader = left[0]
        row = classroom.model.similarity(
            [one.text for one in left], [leader.text], classroom.case.language
        )
        is_same = [
            one is leader or scores[0] >= SAME for one, scores in zip(left, row, strict=True)
        ]
        yield [one for one, same in zip(left, is_same, strict=True) if same]
        left = [one for one, same in zip(left, is_same, strict=True) if not same]


def _group(classroom: Classroom, members: Sequence[Unmatched]) -> Group:
    rubric = classroom.rubric
    said = [(m.id, text) for m in rubric.measures for text in (m.text, *m.paraphrases)]
    said += [(p.id, text) for p in rubric.pitfalls for text in (p.text, *p.paraphrases)]
    scores = classroom.model.similarity(
        [members[0].text], [text for _key, text in said], classroom.case.language
    )[0]
    best = max(range(len(said)), key=lambda place: scores[place])
    return Group(sentences=tuple(members), nearest=said[best][0], nearness=float(scores[best]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What accepting a group would do, and the text of the rubric that does it.

    `made_from` is the digest of the file the text was made from.
    """

    text: str
    made_from: str
    rubric: Rubric
    samples: tuple[SampleChange, ...]
    regrade: Regrade


_OnProgress = Callable[[int, int], object]


def effect(
    classroom: Classroom, group: Group, target: str, on_progress: _OnProgress | None = None
) -> Effect:
    """Try a group as paraphrases of a measure or pitfall; writes and stores nothing.

    `on_progress` is that of `regrade`.
    Raises UsageError for an unknown target, ContentError where the rubric would have mistakes.
    """
    # The file may have been written since the class was opened.
    classroom.reload()
    text = with_paraphrases(_path(classroom), target, group.texts)
    return _effect(classroom, text, on_progress)


def effect_as_pitfall(
    classroom: Classroom, group: Group, pitfall: Pitfall, on_progress: _OnProgress | None = None
) -> Effect:
    """Try a group as a pitfall the rubric does not have; writes and stores nothing.

    `on_progress` is that of `regrade`.
    The group's sentences become its paraphrases, except where one is its text already.
    Raises UsageError for an id that does not do, ContentError as `effect` does.
    """
    classroom.reload()
    if problem := id_problem(classroom.rubric, pitfall.id):
        raise UsageError(problem)
    said = tuple(text for text in group.texts if text != pitfall.text)
    text = with_pitfall(_path(classroom), replace(pitfall, paraphrases=said))
    return _effect(classroom, text, on_progress)


def id_problem(rubric: Rubric, wanted: str) -> str:
    """Return why a new pitfall cannot have this id, or nothing."""
    if not ID_PATTERN.fullmatch(wanted):
        return _("{id}: an id has small letters, digits and single hyphens").format(id=wanted)
    used = {measure.id for measure in rubric.measures} | {one.id for one in rubric.pitfalls}
    if wanted in used:
        return _("{id}: a measure or pitfall has this id already").format(id=wanted)
    return ""


def _effect(classroom: Classroom, text: str, on_progress: _OnProgress | None) -> Effect:
    rubric = classroom.rubric
    new = checked(_path(classroom), text)
    return Effect(
        text=text,
        made_from=rubric.sha256,
        rubric=new,
        samples=changed_samples(classroom, rubric, new),
        regrade=regrade(classroom, new, against=rubric, on_progress=on_progress),
    )


def _path(classroom: Classroom) -> Path:
    """Return the file of the rubric in force."""
    return classroom.library.rubric_path(classroom.case.id, classroom.rubric.language)


def accept(classroom: Classroom, found: Effect) -> str:
    """Write the rubric; the marks stay until `regrade` is applied. Returns the file's name.

    Raises UsageError where the file is no longer the one whose effect was shown.
    """
    path = _path(classroom)
    classroom.reload()
    if classroom.rubric.sha256 != found.made_from:
        raise UsageError(
            _("{path} was changed meanwhile; nothing is written. Look at the effect again.").format(
                path=path
            )
        )
    replace_text(path, found.text)
    classroom.reload()
    return str(path)


def put_aside(classroom: Classroom, group: Group) -> None:
    """Take a group for sensible extras, which the inbox shows no more."""
    classroom.book.put_aside({one.text: one.answers[0] for one in group.sentences}, classroom.now())


def extras(classroom: Classroom) -> tuple[tuple[str, ...], ...]:
    """Return the sentences put aside, those of one group together, the newest group first."""
    groups: dict[datetime, list[str]] = {}
    for sentence, at in classroom.book.extras().items():
        groups.setdefault(at, []).append(sentence)
    return tuple(tuple(group) for group in groups.values())


def take_back(classroom: Classroom, sentences: Sequence[str]) -> None:
    """Let the inbox show sentences again that were put aside."""
    classroom.book.take_back(sentences)
