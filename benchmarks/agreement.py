"""How far two markers agree: the statistics of `benchmarks.accuracy`, on plain numbers."""

from collections.abc import Sequence
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


def weighted_kappa(one: Sequence[int], other: Sequence[int], levels: int) -> float:
    """Return Cohen's kappa with quadratic weights for ratings from 0 to `levels` - 1.

    1 is perfect agreement, 0 is what chance would give (Cohen 1968).
    """
    seen = expected = 0.0
    count = len(one)
    for a in range(levels):
        for b in range(levels):
            weight = (a - b) ** 2
            seen += weight * sum((x, y) == (a, b) for x, y in zip(one, other, strict=True))
            expected += weight * one.count(a) * other.count(b) / max(count, 1)
    return 1 - seen / expected if expected else 1.0
