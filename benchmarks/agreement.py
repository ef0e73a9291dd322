"""Hits and misses: what `benchmarks.accuracy` counts beside the agreement of ratings."""

from dataclasses import dataclass


@dataclass
class Hits:
    """Counts of a yes-or-no decision against the truth."""

    true: int = 0
    false: int = 0
    missed: int = 0

    def add(self, *, wanted: bool, found: bool) -> None:
        self.true += wanted and found
        self.false += found and not wanted
        self.missed += wanted and not found

    @property
    def precision(self) -> float:
        return self.true / (self.true + self.false) if self.true + self.false else 0.0

    @property
    def recall(self) -> float:
        return self.true / (self.true + self.missed) if self.true + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0
