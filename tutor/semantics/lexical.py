"""The lexical text model: shared words, whatever their inflection, compound or spelling.

It always works and needs no model. Two words match where their stems are equal, where one is
the head or the tail of the other as in German compounds, or where they differ by a slip of the
keyboard. The score of a pair depends on those two texts alone.
"""

import math
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer
from rapidfuzz.fuzz import ratio

from tutor.core.words import fold, function_words, words

# Bump whenever a score can change.
VERSION = "1"

_STEMMERS = {"de": "german", "en": "english", "fr": "french", "it": "italian"}

# A part of a compound shorter than this is chance: `tor` stands in `Monitor`.
_PART = 4
# What is left of the compound, a linking s included, must itself be a word.
_REST = 3
_COMPOUND = 0.75
# One slip in six letters, two in twelve.
_TYPO = 84.0
_TYPO_LETTERS = 5
_WORDS_PER_TEXT = 80

# Logistic calibration of a pair's likeness, fitted on the labelled steps of 34 training cases;
# see docs/how-marking-works.md.
_BIAS = -3.17
_BY_LIKENESS = 8.66


@dataclass(frozen=True, slots=True)
class _Terms:
    """The stems of a text, each once, in order."""

    stems: tuple[str, ...]


class LexicalModel:
    """A `TextModel` on shared words; safe to call from several threads."""

    name = "lexical"
    version = VERSION

    def __init__(self) -> None:
        # Stemmers keep the word at hand in attributes, so one at a time.
        self._lock = threading.Lock()
        self._stemmers: dict[str, snowballstemmer.stemmer] = {}
        self._terms = lru_cache(maxsize=8_192)(self._terms_of)
        self._stem = lru_cache(maxsize=32_768)(self._stem_of)

    def similarity(
        self, texts: Sequence[str], references: Sequence[str], language: str
    ) -> list[list[float]]:
        """Return one row a text with one score a reference, each from 0 to 1."""
        return [
            [_score(likeness) for likeness in row]
            for row in self.likeness(texts, references, language)
        ]

    def likeness(
        self, texts: Sequence[str], references: Sequence[str], language: str
    ) -> list[list[float]]:
        """Return one row a text with the share of words it has in common with each reference.

        0 is none, values near 1 mean the same words; the values are not calibrated.
        """
        with self._lock:
            language = language.split("-")[0].lower()
            text_terms = [self._terms(text, language) for text in texts]
            reference_terms = [self._terms(text, language) for text in references]
            matches = _all_matches(text_terms, reference_terms)
            return [
                [_likeness(text, reference, matches) for reference in reference_terms]
                for text in text_terms
            ]

    def _terms_of(self, text: str, language: str) -> _Terms:
        skipped = function_words(language)
        stems: dict[str, None] = {}
        for word in words(text):
            if word.folded not in skipped and len(word.folded) > 1:
                stems.setdefault(self._stem(word.folded, language))
                if len(stems) >= _WORDS_PER_TEXT:
                    break
        return _Terms(tuple(stems))

    def _stem_of(self, word: str, language: str) -> str:
        algorithm = _STEMMERS.get(language)
        if algorithm is None:
            return word
        if language not in self._stemmers:
            self._stemmers[language] = snowballstemmer.stemmer(algorithm)
        return fold(self._stemmers[language].stemWord(word))


def _all_matches(
    texts: Iterable[_Terms], references: Iterable[_Terms]
) -> dict[str, dict[str, float]]:
    """Return for each stem of the texts the reference stems it matches, and how well."""
    ours = {stem for terms in texts for stem in terms.stems}
    theirs = sorted({stem for terms in references for stem in terms.stems})
    return {stem: _matches(stem, theirs) for stem in ours}


def _matches(stem: str, others: Sequence[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    size = len(stem)
    for other in others:
        if other == stem:
            found[other] = 1.0
        elif size >= _PART and len(other) >= _PART:
            likeness = _compound(stem, other) or _typo(stem, other)
            if likeness:
                found[other] = likeness
    return found


def _compound(one: str, other: str) -> float:
    short, long = (one, other) if len(one) < len(other) else (other, one)
    if len(long) - len(short) >= _REST and (long.startswith(short) or long.endswith(short)):
        return _COMPOUND
    return 0.0


def _typo(one: str, other: str) -> float:
    # The first letter is seldom mistyped, and asking for it saves nine comparisons in ten.
    if one[0] != other[0] or min(len(one), len(other)) < _TYPO_LETTERS:
        return 0.0
    return ratio(one, other, score_cutoff=_TYPO) / 100


def _likeness(text: _Terms, reference: _Terms, matches: dict[str, dict[str, float]]) -> float:
    covered: dict[str, float] = {}
    said = 0.0
    for stem in text.stems:
        found = matches[stem]
        if not found:
            continue
        best = 0.0
        for other in reference.stems:
            value = found.get(other, 0.0)
            if value:
                best = max(best, value)
                covered[other] = max(covered.get(other, 0.0), value)
        said += best
    if not covered:
        return 0.0
    # The 1 under the line keeps a reference of one word from being met by a single word.
    return sum(covered.values()) / (len(reference.stems) + 1) + 0.5 * said / len(text.stems)


def _score(likeness: float) -> float:
    return round(1 / (1 + math.exp(-_BIAS - _BY_LIKENESS * likeness)), 4)
