"""How likely what speaks for a measure or a pitfall means it.

Each is a logistic of log odds. The weights belong to a text model, because one spreads its scores
wider than another. `training.decide` fits those of measures; docs/how-marking-works.md says where
each number comes from.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from operator import mul
from typing import NamedTuple


class Signs(NamedTuple):
    """What speaks for a measure in a passage, all but the last in log odds; or the weight of each.

    `score`: the passage itself. `lead`, `step_lead`, `reason_lead`: how much better the passage,
    its whole step and its reason fit this measure than the best other one. `beyond_situation`:
    how much better the passage fits the measure than the text of the case. `step_score`: the
    whole step as written, with what it denies. `clauses`: 1 for a single clause, 2 for more; a
    clause cut from its sentence has often lost the words that turn its meaning.
    """

    score: float
    lead: float
    step_lead: float
    reason_lead: float
    beyond_situation: float
    step_score: float
    clauses: float


class PitfallSigns(NamedTuple):
    """What speaks for a pitfall in a passage, each in log odds; or the weight of each.

    `score`: the passage itself. `step_lead`: how much better the whole step fits this pitfall
    than any measure.
    """

    score: float
    step_lead: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The constants and weights for a text model, and the likelihoods from which words count.

    From `half` and `full` on they earn the half and the whole credit; `bare` keywords say less,
    so they must fit better, and earn half at most. From `committed` on a pitfall is named: a
    false alarm costs a candidate more than a pitfall that goes unnamed.

    Words that fit a measure with log odds below `chance` fit it by chance, by whatever lead, and
    earn nothing. Nor do words below `thin` that share one content word or none with every wording,
    which only matters to a model that counts words.

    From `overruling` on the text model stands against the rules of negation: `Niemand fasst den
    Server an` denies nothing. A model that counts words cannot know.

    `second_share` is what the second best of many wordings counts in the log odds of a measure,
    0 to 1: one wording may fit by a single thing that it names.
    """

    measure_bias: float
    measure_weights: Signs
    pitfall_bias: float
    pitfall_weights: PitfallSigns
    half: float
    full: float
    bare: float
    committed: float
    chance: float
    thin: float | None
    overruling: float | None
    second_share: float

    def measure_likelihood(self, signs: Signs) -> float:
        """Return how likely a passage proposes a measure, 0 to 1."""
        return _logistic(self.measure_bias + sum(map(mul, self.measure_weights, signs)))

    def pitfall_likelihood(self, signs: PitfallSigns) -> float:
        """Return how likely a passage commits a pitfall, 0 to 1."""
        return _logistic(self.pitfall_bias + sum(map(mul, self.pitfall_weights, signs)))


# Weights: fitted on the labelled steps of 34 cases; lines: set by hand.
_LEXICAL = Decision(
    measure_bias=-1.17,
    measure_weights=Signs(
        score=0.20,
        lead=0.27,
        step_lead=0.64,
        reason_lead=0.32,
        beyond_situation=0.19,
        step_score=0.0,
        clauses=0.0,
    ),
    pitfall_bias=-2.3,
    pitfall_weights=PitfallSigns(score=0.5, step_lead=0.8),
    half=0.25,
    full=0.45,
    bare=0.5,
    committed=0.35,
    chance=-1.4,
    thin=-1.0,
    overruling=None,
    second_share=0.0,
)
# Weights of measures: `training.decide` on cases held out, then constant and lead by hand on those
# and `tests/gold`, and all of them times 1.4, until as many sure marks hold as they say; the rest:
# set by hand.
_SEMANTIC = Decision(
    measure_bias=-0.84,
    measure_weights=Signs(
        score=0.08,
        lead=0.31,
        step_lead=0.0,
        reason_lead=0.20,
        beyond_situation=0.0,
        step_score=0.59,
        clauses=0.98,
    ),
    pitfall_bias=-1.2,
    pitfall_weights=PitfallSigns(score=0.35, step_lead=0.6),
    half=0.43,
    full=0.5,
    bare=0.5,
    committed=0.5,
    chance=-3.0,
    thin=None,
    overruling=0.95,
    second_share=0.2,
)
_DECISIONS: Mapping[str, Decision] = {"lexical": _LEXICAL, "semantic": _SEMANTIC}


def decision_for(engine: str) -> Decision:
    """Return the decision for a text model by its name.

    A foreign text model has no weights of its own; the lexical ones were fitted on two models.
    """
    return _DECISIONS.get(engine, _LEXICAL)


def _logistic(odds: float) -> float:
    return round(1 / (1 + math.exp(-odds)), 3)
