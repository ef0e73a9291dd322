"""Steps × measures: which words earn which measure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from tutor.core.result import Evidence
from tutor.core.rubric import Rubric
from tutor.core.textmodel import TextModel
from tutor.scoring.common_words import common_words
from tutor.scoring.decision import Decision, PitfallSigns, Signs, decision_for
from tutor.scoring.negation import renounces, speaks_against, warns
from tutor.scoring.passages import Passage, ReadStep, content_words, passages
from tutor.scoring.references import UNRELATED, Odds, OddsByKind, References, references

# A single content word earns half at most; words below `Decision.thin` need two in common.
_COMMON_WORDS = 2
# So many letters make a content word.
_WORD = 3
# With more clauses a passage is no likelier to be a whole statement.
_MANY_CLAUSES = 2
# A near miss must fit clearly better than the measure it resembles.
_NEAR_MISS_LEAD = 0.7
# Of the words of a denial so many are those of a wording of the measure. None of 371 wordings with
# a `nicht` in them then earned, and 37 genuine measures of 67 cases did, for 2 that were none.
_DENIAL_SHARE = 0.4


class StepSigns(NamedTuple):
    """What a whole step adds to the signs of each of its passages, in log odds."""

    lead: float
    reason_lead: float
    score: float


@dataclass(frozen=True, slots=True)
class Find:
    """A measure found in a passage, how likely it is meant, and the credit it earns."""

    passage: Passage
    likely: float
    credit: float
    is_near_miss: bool = False


@dataclass(frozen=True, slots=True)
class Scores:
    """How likely one passage proposes each measure and commits each pitfall.

    `signs` and `pitfall_signs` are what the likelihoods were weighed from. `near_misses` are the
    measures it resembles without proposing them, `disputed` those that the text model takes a
    rejected passage for, without being sure enough to overrule the rules. `most` is the highest
    credit that its words in common with each measure allow.
    """

    passage: Passage
    likely: Mapping[str, float]
    signs: Mapping[str, Signs]
    most: Mapping[str, float]
    near_misses: frozenset[str]
    disputed: frozenset[str]
    pitfalls: Mapping[str, float]
    pitfall_signs: Mapping[str, PitfallSigns]


def score_steps(
    steps: Sequence[ReadStep],
    rubric: Rubric,
    situation: Sequence[str],
    model: TextModel,
    language: str,
) -> tuple[Scores, ...]:
    """Return what each passage of the steps says; one call of the model for all of them."""
    parts = {step.number: passages(step, language) for step in steps}
    decision = decision_for(model.name)
    texts: dict[str, None] = {}
    for step in steps:
        texts |= dict.fromkeys(passage.text for passage in parts[step.number])
        texts |= dict.fromkeys(_context(step, decision.measure_weights))
    known = references(rubric, situation, decision.second_share)
    table = model.similarity(list(texts), known.texts, rubric.language) if texts else ()
    odds = {text: known.odds(row) for text, row in zip(texts, table, strict=True)}
    scores: list[Scores] = []
    for step in steps:
        of_step = _step_signs(step, odds, rubric)
        kind = "denial" if speaks_against(step.measure()) else "pitfall"
        pitfall_leads = _pitfall_leads(step, odds, kind)
        resembled = _resembled(parts[step.number], odds)
        for passage in parts[step.number]:
            own = odds[passage.text]
            pitfalls = _pitfalls(own.get(kind, {}), pitfall_leads)
            if _is_warning(passage, own["measure"]):
                pitfalls = {}
            is_whole = passage.clauses == step.live()
            scores.append(
                _passage_scores(
                    passage, own, of_step, pitfalls, resembled, known, decision, is_whole=is_whole
                )
            )
    return tuple(scores)


def _context(step: ReadStep, weights: Signs) -> list[str]:
    """Return the texts of the whole step that have a weight: encoding one costs as a passage."""
    texts = [step.written()]
    if weights.step_lead:
        texts.append(step.said())
    if weights.reason_lead:
        texts.append(step.reason())
    return [text for text in texts if text]


def _resembled(parts: Sequence[Passage], odds: Mapping[str, OddsByKind]) -> Odds:
    """Return the odds of the near misses which a step as a whole is, rather than the measure.

    A clause of such a step may only have lost the words that tell the two apart. A step of
    several sentences may say several things.
    """
    if not parts or parts[0].is_rejected or len({c.sentence for c in parts[0].clauses}) > 1:
        return {}
    whole = odds[parts[0].text]
    return {
        key: near
        for key, near in whole["near"].items()
        if near > whole["measure"][key] + _NEAR_MISS_LEAD
    }


def _pitfall_leads(step: ReadStep, odds: Mapping[str, OddsByKind], kind: str) -> Odds:
    """Return by how much each pitfall fits the whole step better than any measure does."""
    whole = odds.get(step.written())
    if whole is None:
        return {}
    rival = max(whole["measure"].values())
    return {key: value - rival for key, value in whole.get(kind, {}).items()}


def _pitfalls(odds: Odds, step_leads: Odds) -> dict[str, PitfallSigns]:
    """Return what speaks for each pitfall in words.

    A step that denies something warns against a pitfall, unless a wording of the pitfall denies
    something too: the odds are then those of such wordings.
    """
    return {
        key: PitfallSigns(value, step_leads[key])
        for key, value in odds.items()
        if value > UNRELATED
    }


def _step_signs(
    step: ReadStep, odds: Mapping[str, OddsByKind], rubric: Rubric
) -> dict[str, StepSigns]:
    """Return what the whole step and its reason say of each measure."""

    def of(text: str, kind: str) -> Odds:
        return odds[text][kind] if text in odds else {}

    leads, why = _leads(of(step.said(), "measure")), _leads(of(step.reason(), "reason"))
    whole = of(step.written(), "measure")
    return {
        measure.id: StepSigns(
            leads.get(measure.id, 0.0),
            why.get(measure.id, 0.0),
            whole.get(measure.id, UNRELATED),
        )
        for measure in rubric.measures
    }


def _passage_scores(
    passage: Passage,
    odds: OddsByKind,
    of_step: Mapping[str, StepSigns],
    pitfalls: Mapping[str, PitfallSigns],
    resembled: Odds,
    known: References,
    decision: Decision,
    *,
    is_whole: bool,
) -> Scores:
    measures, near, situation = odds["measure"], odds["near"], odds["situation"][""]
    leads = _leads(measures)
    clauses = float(min(len(passage.clauses), _MANY_CLAUSES))
    signs = {
        key: Signs(
            score=value,
            lead=leads[key],
            step_lead=of_step[key].lead,
            reason_lead=of_step[key].reason_lead,
            beyond_situation=value - situation,
            step_score=of_step[key].score,
            clauses=clauses,
        )
        for key, value in measures.items()
    }
    likely = {key: decision.measure_likelihood(own) for key, own in signs.items()}
    said = content_words(passage.text, known.language)
    rejected = {
        key
        for key, value in likely.items()
        if passage.is_rejected and not _is_overruled(passage, value, said, key, known, decision)
    }
    return Scores(
        passage=passage,
        most={
            key: _most(
                said,
                known,
                key,
                is_thin=decision.thin is not None and measures[key] < decision.thin,
            )
            if value >= decision.half
            else 0.0
            for key, value in likely.items()
        },
        likely={
            key: 0.0 if key in rejected or measures[key] < decision.chance else value
            for key, value in likely.items()
        },
        signs=signs,
        near_misses=frozenset(
            key
            for key, value in near.items()
            if (
                value > measures[key] + _NEAR_MISS_LEAD
                or resembled.get(key, measures[key]) > measures[key]
            )
            and not (
                is_whole
                and likely[key] >= decision.half
                and _is_short_form(passage, said, key, known)
            )
        ),
        disputed=frozenset(key for key in rejected if likely[key] >= decision.half),
        pitfalls={key: decision.pitfall_likelihood(own) for key, own in pitfalls.items()},
        pitfall_signs=pitfalls,
    )


def _is_overruled(
    passage: Passage,
    likely: float,
    said: Sequence[str],
    measure: str,
    known: References,
    decision: Decision,
) -> bool:
    """True where the text model is so sure of a measure that the passage cannot be its denial.

    A denial is made of the measure's own words or of words that reject by themselves, and looks
    like the measure itself to a text model.
    """
    if decision.overruling is None or likely < decision.overruling or renounces(passage.text):
        return False
    wordings = known.wordings("measure", measure)
    common = max(len(common_words(said, text, known.language)) for text in wordings)
    return common < _DENIAL_SHARE * len(said)


def _is_warning(passage: Passage, measures: Odds) -> bool:
    """True for `nicht warten, sondern …` and `auf keinen Fall …` where that forbids no measure."""
    if not passage.is_rejected:
        return False
    if any(clause.is_instead and clause.fate is None for clause in passage.clauses):
        return True
    return warns(passage.text) and max(measures.values()) < 0


def _most(said: Sequence[str], known: References, measure: str, *, is_thin: bool) -> float:
    """Return the highest credit for words that share so much with a measure's wordings."""
    if sum(len(word) >= _WORD for word in said) < _COMMON_WORDS:
        return 0.5
    if not is_thin:
        return 1.0
    wordings = known.wordings("measure", measure)
    common = max((len(common_words(said, text, known.language)) for text in wordings), default=0)
    return 1.0 if common >= _COMMON_WORDS else 0.0


def _is_short_form(passage: Passage, said: Sequence[str], measure: str, known: References) -> bool:
    """True where a near miss fits better only because it says more.

    Every word of a short form is the measure's own; of bare keywords, all that the near misses
    know too.
    """
    language = known.language
    ours = max(
        (common_words(said, text, language) for text in known.wordings("measure", measure)), key=len
    )
    if not ours or not passage.is_bare:
        return bool(ours) and ours >= set(said)
    return ours >= common_words(said, " ".join(known.wordings("near", measure)), language)


def _leads(odds: Odds) -> dict[str, float]:
    """Return the lead of each measure over the best other one.

    Measures of one case share most of their words, so odds alone say little: the words that
    propose a measure fit it better than they fit the others.
    """
    ranked = sorted(odds.values(), reverse=True)
    second = ranked[1] if len(ranked) > 1 else UNRELATED
    return {
        key: value - (second if value == ranked[0] else ranked[0]) for key, value in odds.items()
    }


def finds(scores: Sequence[Scores], decision: Decision) -> dict[str, list[Find]]:
    """Return for each measure what was found in each step, at most one find a step."""
    found: dict[str, dict[int, Find]] = {}
    for row in scores:
        for measure, likely in row.likely.items():
            if likely < decision.half:
                continue
            is_near_miss = measure in row.near_misses
            credit = (
                0.0
                if is_near_miss
                else min(_credit(likely, row.passage, decision), row.most[measure])
            )
            find = Find(row.passage, likely, credit, is_near_miss)
            best = found.setdefault(measure, {}).get(row.passage.step)
            if best is None or _rank(find) > _rank(best):
                found[measure][row.passage.step] = find
    return {
        measure: [by_step[step] for step in sorted(by_step)] for measure, by_step in found.items()
    }


def _credit(likely: float, passage: Passage, decision: Decision) -> float:
    if passage.is_bare:
        return 0.5 if likely >= decision.bare else 0.0
    return 1.0 if likely >= decision.full else 0.5


def _rank(find: Find) -> tuple[float, float, int]:
    """Prefer the higher credit, then the likelier words, then the shorter ones."""
    return find.credit, round(find.likely, 1), -len(find.passage.clauses)


def evidence(found: Passage) -> tuple[Evidence, ...]:
    """Return the spans of a passage's clauses, those that touch or nearly touch as one."""
    spans: list[Evidence] = []
    for clause in found.clauses:
        span = clause.span
        if spans and spans[-1].field == span.field and 0 <= span.start - spans[-1].end <= 2:
            span = Evidence(step=span.step, field=span.field, start=spans.pop().start, end=span.end)
        spans.append(span)
    return tuple(spans)
