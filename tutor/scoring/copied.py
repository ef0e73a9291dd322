"""Words taken from the case: they describe the situation and propose nothing."""

from collections.abc import Sequence
from functools import lru_cache

from tutor.core.words import words

# Five words in a row are the shortest run that two writers do not share by chance.
RUN = 5
# Above this share of copied words a passage says nothing of its own.
COPIED_SHARE = 0.7


class CaseWords:
    """The runs of words of a case's situation and task."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._runs: set[tuple[str, ...]] = set()
        for text in texts:
            said = [word.folded for word in words(text)]
            self._runs.update(tuple(said[i : i + RUN]) for i in range(len(said) - RUN + 1))

    @classmethod
    @lru_cache(maxsize=32)
    def of(cls, *texts: str) -> "CaseWords":
        """Return the words of these texts; a case is read once, not once an answer."""
        return cls(texts)

    def copied_share(self, text: str) -> float:
        """Return which share of a text's words, 0 to 1, stands in runs copied from the case."""
        said = [word.folded for word in words(text)]
        copied = [False] * len(said)
        for place in range(len(said) - RUN + 1):
            if tuple(said[place : place + RUN]) in self._runs:
                copied[place : place + RUN] = [True] * RUN
        return sum(copied) / len(said) if said else 0.0
