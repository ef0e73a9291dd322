"""The lexical text model: shared words, whatever their inflection, compound or spelling.

It always works and needs no model. Two words match where their stems are equal, where one is
the head or the tail of the other as in German compounds, or where they differ by a slip of the
keyboard. The score of a pair depends on those two texts alone.
"""

import math
import threading
from collections.abc import Sequence
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
# Likeness of two words in hundredths: whole numbers, so that no sum depends on its order.
_SAME = 100
_COMPOUND = 75
# One slip in six letters, two in twelve.
_TYPO = 84
_TYPO_LETTERS = 5
_WORDS_PER_TEXT = 80
# Vocabularies of so many rubrics are remembered, and the matches of so many words in each.
_VOCABULARIES = 16
_WORDS_PER_VOCABULARY = 20_000

# Logistic calibration of a pair's likeness, fitted on the labelled steps of 34 training cases;
# see docs/how-marking-works.md.
_BIAS = -3.17
_BY_LIKENESS = 8.66


_Terms = tuple[str, ...]


class LexicalModel:
    """A `TextModel` on shared words; safe to call from several threads."""

    name = "lexical"
    version = VERSION

    def __init__(self) -> None:
        # Stemmers keep the word at hand in attributes, so one at a time.
        self._lock = threading.Lock()
        self._stemmers: dict[str, snowballstemmer.stemmer] = {}
        self._terms = lru_cache(maxsize=8_192)(self._terms_of)
        self._vocabulary = lru_cache(maxsize=_VOCABULARIES)(self._vocabulary_of)
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
        language = language.split("-")[0].lower()
        with self._lock:
            vocabulary = self._vocabulary(tuple(references), language)
            return [vocabulary.likeness(self._terms(text, language)) for text in texts]

    def _vocabulary_of(self, references: tuple[str, ...], language: str) -> "_Vocabulary":
        return _Vocabulary([self._terms(text, language) for text in references])

    def _terms_of(self, text: str, language: str) -> _Terms:
        """Return the stems of a text, each once, in order."""
        skipped = function_words(language)
        stems: dict[str, None] = {}
        for word in words(text):
            if word.folded not in skipped and len(word.folded) > 1:
                stems.setdefault(self._stem(word.folded, language))
                if len(stems) >= _WORDS_PER_TEXT:
                    break
        return tuple(stems)

    def _stem_of(self, word: str, language: str) -> str:
        algorithm = _STEMMERS.get(language)
        if algorithm is None:
            return word
        if language not in self._stemmers:
            self._stemmers[language] = snowballstemmer.stemmer(algorithm)
        return fold(self._stemmers[language].stemWord(word))


class _Vocabulary:
    """The stems of a set of references, indexed by the ways in which a word can match them."""

    def __init__(self, references: Sequence[_Terms]) -> None:
        self._sizes = [len(stems) for stems in references]
        self._places: dict[str, list[int]] = {}
        for place, stems in enumerate(references):
            for stem in stems:
                self._places.setdefault(stem, []).append(place)
        self._compounds: dict[str, list[str]] = {}
        self._by_letter: dict[str, list[str]] = {}
        for stem in self._places:
            for part in _parts(stem):
                self._compounds.setdefault(part, []).append(stem)
            if len(stem) >= _TYPO_LETTERS:
                self._by_letter.setdefault(stem[0], []).append(stem)
        self._known: dict[str, dict[str, int]] = {}

    def likeness(self, stems: _Terms) -> list[float]:
        """Return how much a text has in common with each reference."""
        covered: dict[int, dict[str, int]] = {}
        said: dict[int, int] = {}
        for stem in stems:
            best: dict[int, int] = {}
            for other, value in self._matches(stem).items():
                for place in self._places[other]:
                    seen = covered.setdefault(place, {})
                    seen[other] = max(seen.get(other, 0), value)
                    best[place] = max(best.get(place, 0), value)
            for place, value in best.items():
                said[place] = said.get(place, 0) + value
        row = [0.0] * len(self._sizes)
        for place, words_covered in covered.items():
            # The 1 under the line keeps a reference of one word from being met by one word.
            of_reference = sum(words_covered.values()) / (self._sizes[place] + 1)
            of_text = said[place] / len(stems)
            row[place] = (of_reference + 0.5 * of_text) / 100
        return row

    def _matches(self, stem: str) -> dict[str, int]:
        """Return the stems a word matches, and how well."""
        found = self._known.get(stem)
        if found is None:
            if len(self._known) >= _WORDS_PER_VOCABULARY:
                self._known.clear()
            found = self._known[stem] = self._match(stem)
        return found

    def _match(self, stem: str) -> dict[str, int]:
        # The first letter is seldom mistyped, and asking for it saves nine comparisons in ten.
        alike = self._by_letter.get(stem[0], ()) if len(stem) >= _TYPO_LETTERS else ()
        found = {
            other: round(likeness)
            for other in alike
            if (likeness := ratio(stem, other, score_cutoff=_TYPO))
        }
        longer = self._compounds.get(stem, ()) if len(stem) >= _PART else ()
        shorter = [part for part in _parts(stem) if part in self._places]
        found |= dict.fromkeys((*longer, *shorter), _COMPOUND)
        if stem in self._places:
            found[stem] = _SAME
        return found


def _parts(stem: str) -> set[str]:
    """Return the heads and tails of a word which may be words of their own."""
    cuts = range(_PART, len(stem) - _REST + 1)
    return {stem[:cut] for cut in cuts} | {stem[-cut:] for cut in cuts}


def _score(likeness: float) -> float:
    return round(1 / (1 + math.exp(-_BIAS - _BY_LIKENESS * likeness)), 4)
