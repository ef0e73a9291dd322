"""Whether a reason is given for a measure, and how much it says."""

import re
from collections.abc import Sequence
from functools import lru_cache

from tutor.core.result import Evidence
from tutor.scoring.noise import is_drumming
from tutor.scoring.passages import Clause, ReadStep, content_words

_VAGUE = re.compile(
    r"\b(?:besser (?:wird|ist|geht|läuft)"
    r"|ist (?:einfach |immer )?(?:wichtig|gut|besser|sinnvoll|nötig|klar)"
    r"|macht sinn|gehört sich|muss (?:man|sein)|aus prinzip|schadet nie|probleme gibt|weitergeht"
    r"|is (?:important|good|better|necessary|useful)|makes sense|better this way|has to be done"
    r"|c['’]est (?:important|mieux|bien)|est important|è (?:importante|meglio|utile))",
    re.IGNORECASE,
)
# Two content words are the least that can say why.
_WORDS = 2


# A reason is asked for by every measure that its step might mean.
@lru_cache(maxsize=1_000)
def judge_reason(text: str, language: str) -> float:
    """Return 0 for no reason, 0.5 for a vague one, 1 for one that says something."""
    said = content_words(text, language)
    if not said or is_drumming(text):
        return 0.0
    if len(said) < _WORDS or (_VAGUE.search(text) and len(said) < 5):
        return 0.5
    return 1.0


def reason_clauses(step: ReadStep, earned: Sequence[Clause]) -> tuple[Clause, ...]:
    """Return the clauses of a step that give a reason for what the earned clauses propose.

    The reason field is about the whole step. A reason inside the text is about the sentence it
    stands in.
    """
    sentences = {(clause.span.field, clause.sentence) for clause in earned}
    return tuple(
        clause
        for clause in step.clauses
        if clause.is_reason
        and clause.fate is None
        and (clause.span.field == "reason" or (clause.span.field, clause.sentence) in sentences)
    )


def best_reason(clauses: Sequence[Clause], language: str) -> tuple[float, tuple[Evidence, ...]]:
    """Return the mark of a measure's reason, and the words that earned it."""
    text = " ".join(clause.text for clause in clauses)
    mark = judge_reason(text, language)
    return mark, tuple(clause.span for clause in clauses) if mark else ()
