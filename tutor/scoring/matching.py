"""Steps × measures: which words earn which measure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tutor.core.result import Evidence
from tutor.core.rubric import Rubric
from tutor.core.textmodel import TextModel
from tutor.scoring.passages import Passage

# Scores are calibrated: 0.5 is undecided.
FULL = 0.6
HALF = 0.42
# A second measure out of the same words must be nearly as likely as the first.
RIVAL = 0.12


@dataclass(frozen=True, slots=True)
class Find:
    """A measure, a pitfall or a near miss found in a passage, and how likely it is meant."""

    passage: Passage
    score: float
    credit: float
    is_near_miss: bool = False


@dataclass(frozen=True, slots=True)
class Scores:
    """Likelihoods of one passage: for each measure, for its near misses, for each pitfall."""

    passage: Passage
    measures: Mapping[str, float]
    near_misses: Mapping[str, float]
    pitfalls: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class References:
    """The sentences of a rubric a passage is compared with, each under what it stands for."""

    texts: tuple[str, ...]
    rows: Mapping[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)


def references(rubric: Rubric) -> References:
    """Return all sentences of a rubric, each once."""
    places: dict[str, int] = {}
    rows: dict[tuple[str, str], tuple[int, ...]] = {}

    def add(kind: str, key: str, texts: Sequence[str]) -> None:
        rows[kind, key] = tuple(places.setdefault(text, len(places)) for text in texts)

    for measure in rubric.measures:
        add("measure", measure.id, (measure.text, *measure.paraphrases))
        add("near", measure.id, measure.near_misses)
    for pitfall in rubric.pitfalls:
        add("pitfall", pitfall.id, (pitfall.text, *pitfall.paraphrases))
    return References(tuple(places), rows)


def score_passages(
    found: Sequence[Passage], rubric: Rubric, model: TextModel
) -> tuple[Scores, ...]:
    """Return the likelihoods of each passage."""
    if not found:
        return ()
    known = references(rubric)
    table = model.similarity([passage.text for passage in found], known.texts, rubric.language)

    def best(row: Sequence[float], kind: str) -> dict[str, float]:
        return {
            key: max((row[place] for place in places), default=0.0)
            for (of, key), places in known.rows.items()
            if of == kind
        }

    return tuple(
        Scores(passage, best(row, "measure"), best(row, "near"), best(row, "pitfall"))
        for passage, row in zip(found, table, strict=True)
    )


def finds(scores: Sequence[Scores]) -> dict[str, list[Find]]:
    """Return for each measure what was found in each step, at most one find a step."""
    found: dict[str, dict[int, Find]] = {}
    for row in scores:
        first = max(row.measures.values(), default=0.0)
        for measure, score in row.measures.items():
            if score < HALF or score < first - RIVAL:
                continue
            is_near_miss = row.near_misses[measure] >= score
            credit = 0.0 if is_near_miss else _credit(score, row.passage)
            find = Find(row.passage, score, credit, is_near_miss)
            best = found.setdefault(measure, {}).get(row.passage.step)
            if best is None or _rank(find) > _rank(best):
                found[measure][row.passage.step] = find
    return {
        measure: [by_step[step] for step in sorted(by_step)] for measure, by_step in found.items()
    }


def _credit(score: float, passage: Passage) -> float:
    if passage.is_bare:
        return 0.5
    return 1.0 if score >= FULL else 0.5


def _rank(find: Find) -> tuple[float, int, float]:
    """Prefer the higher credit, then the shorter evidence, then the likelier words."""
    return find.credit, -len(find.passage.clauses), find.score


def evidence(found: Passage) -> tuple[Evidence, ...]:
    """Return the spans of a passage's clauses, those that touch or nearly touch as one."""
    spans: list[Evidence] = []
    for clause in found.clauses:
        span = clause.span
        if spans and spans[-1].field == span.field and 0 <= span.start - spans[-1].end <= 2:
            span = Evidence(step=span.step, field=span.field, start=spans.pop().start, end=span.end)
        spans.append(span)
    return tuple(spans)
