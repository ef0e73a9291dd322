"""The one protocol behind which a text model stands."""

from collections.abc import Sequence
from typing import Protocol


class TextModel(Protocol):
    """Says how likely it is that two texts mean the same.

    Scores are calibrated: 0 is unrelated, 0.5 undecided, 1 the same. A model remembers the
    texts it has seen, so that marking a draft again costs only what changed. The score of a
    pair never depends on the other texts of the call.
    """

    @property
    def name(self) -> str:
        """`lexical` or `semantic`, as stored with every mark."""

    @property
    def version(self) -> str:
        """Changes whenever a score can change."""

    def similarity(
        self, texts: Sequence[str], references: Sequence[str], language: str
    ) -> Sequence[Sequence[float]]:
        """Return one row a text with one score a reference, each from 0 to 1."""
