"""Which words of an answer a wording of the rubric uses too, whatever their inflection."""

import re
from collections.abc import Iterable
from functools import lru_cache

from tutor.core.words import function_words, words

_ENDING = re.compile(r"(?:ungen|ung|ern|est|ing|en|er|es|em|et|ed|e|n|s|t)$")
# A shorter stem stands in other words by chance.
_STEM = 3
_PART = 4
# One slip in six letters; see `tutor.semantics.lexical`.
_TYPO = 84
_TYPO_LETTERS = 5


def common_words(said: Iterable[str], wording: str, language: str) -> frozenset[str]:
    """Return which of the folded words `said` also stand in a wording."""
    others = _content(wording, language)
    return frozenset(word for word in said if any(alike(word, other) for other in others))


@lru_cache(maxsize=4_096)
def _content(text: str, language: str) -> tuple[str, ...]:
    skipped = function_words(language)
    return tuple(
        dict.fromkeys(
            word.folded
            for word in words(text)
            if word.folded not in skipped and len(word.folded) > 1
        )
    )


@lru_cache(maxsize=65_536)
def alike(one: str, other: str) -> bool:
    """True for two forms of a word, for a word and its compound, and for a slip of a key."""
    shorter, longer = sorted((_stem(one), _stem(other)), key=len)
    if shorter == longer:
        return True
    if len(shorter) >= _PART and longer.startswith(shorter):
        return True
    if len(shorter) >= _PART and longer.endswith(shorter):
        return True
    if len(shorter) < _TYPO_LETTERS or shorter[0] != longer[0]:
        return False
    from rapidfuzz.fuzz import ratio

    return ratio(shorter, longer) >= _TYPO


def _stem(word: str) -> str:
    stem = _ENDING.sub("", word)
    return stem if len(stem) >= _STEM else word
