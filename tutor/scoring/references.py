"""The sentences of a rubric and a case that texts are compared with."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tutor.core.rubric import Rubric
from tutor.scoring.negation import speaks_against
from tutor.scoring.passages import proposed_part

# The log odds of words that fit nothing; the rival of the only measure of a rubric.
UNRELATED = -3.0
# Of fewer wordings the second best is often of another kind: the notes beside the sentence.
_MANY_WORDINGS = 5

Odds = Mapping[str, float]
# Of one text: the odds of each key of each kind of `References`.
OddsByKind = Mapping[str, Odds]


@dataclass(frozen=True, slots=True)
class References:
    """The sentences that texts are compared with, each once, under what they stand for.

    `second_share` is that of `Decision`.
    """

    texts: tuple[str, ...]
    rows: Mapping[tuple[str, str], tuple[int, ...]] = field(default_factory=dict)
    language: str = "de"
    second_share: float = 0.0

    def wordings(self, kind: str, key: str) -> list[str]:
        """Return the sentences of one key of a kind."""
        return [self.texts[place] for place in self.rows[kind, key]]

    def odds(self, row: Sequence[float]) -> OddsByKind:
        """Return the log odds of the best sentence of each key, by kind.

        Of a measure with many wordings the second best has its share in them.
        """
        odds: dict[str, dict[str, float]] = {}
        for (kind, key), places in self.rows.items():
            with_second = kind == "measure" and len(places) >= _MANY_WORDINGS
            odds.setdefault(kind, {})[key] = self._best(row, places, with_second=with_second)
        return odds

    def _best(self, row: Sequence[float], places: Sequence[int], *, with_second: bool) -> float:
        if not places:
            return UNRELATED
        scores = [row[place] for place in places]
        best = max(scores)
        if not with_second:
            return _log_odds(best)
        scores.remove(best)
        second = max(scores)
        return (1 - self.second_share) * _log_odds(best) + self.second_share * _log_odds(second)


def references(rubric: Rubric, situation: Sequence[str], second_share: float) -> References:
    """Return the sentences of a rubric and of the situation.

    A pitfall is a near miss of every measure. Of near misses that deny something only what they
    still propose is compared: the rules of negation decide about the rest, which looks like the
    measure itself to a text model.
    """
    places: dict[str, int] = {}
    rows: dict[tuple[str, str], tuple[int, ...]] = {}

    def add(kind: str, key: str, texts: Sequence[str]) -> None:
        rows[kind, key] = tuple(places.setdefault(text, len(places)) for text in texts)

    def proposed(text: str) -> str:
        return proposed_part(text, rubric.language) if speaks_against(text) else text

    harmful = [text for pitfall in rubric.pitfalls for text in (pitfall.text, *pitfall.paraphrases)]
    for measure in rubric.measures:
        add("measure", measure.id, (measure.text, *measure.paraphrases))
        resembling = (*measure.near_misses, *harmful)
        add("near", measure.id, [text for text in map(proposed, resembling) if text])
        add("reason", measure.id, (measure.reason,))
    for pitfall in rubric.pitfalls:
        wordings = (pitfall.text, *pitfall.paraphrases)
        add("pitfall", pitfall.id, wordings)
        add("denial", pitfall.id, [text for text in wordings if speaks_against(text)])
    add("situation", "", situation)
    return References(tuple(places), rows, rubric.language, second_share)


def _log_odds(score: float) -> float:
    bounded = min(max(score, 1e-4), 1 - 1e-4)
    return math.log(bounded / (1 - bounded))
