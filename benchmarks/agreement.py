"""Hits and misses: how the marks of an engine agree with those of people."""

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

Engine = Literal["lexical", "semantic"]

# From this credit on a measure counts as found, and a reason as given.
FOUND = 0.5
# From this confidence on a mark is called sure.
SURE = 0.9


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


@dataclass
class Marks:
    """The engine's marks against people's, over some answers."""

    measures: Hits = field(default_factory=Hits)
    reasons: Hits = field(default_factory=Hits)
    pitfalls: Hits = field(default_factory=Hits)
    undeserved: int = 0
    earning_nothing: int = 0
    count: int = 0
    sure: int = 0
    holding: int = 0

    def add_measure(
        self, *, wanted: float, found: float, confidence: float, reason: float, said: float
    ) -> None:
        """Count one measure: people's credit and reason against the engine's `found` and `said`."""
        is_wanted, is_found = wanted >= FOUND, found >= FOUND
        self.measures.add(wanted=is_wanted, found=is_found)
        self.earning_nothing += not is_wanted
        self.undeserved += is_found and not is_wanted
        self.count += 1
        if confidence >= SURE:
            self.sure += 1
            self.holding += is_wanted == is_found
        if is_wanted and is_found:
            self.reasons.add(wanted=reason >= FOUND, found=said >= FOUND)

    def add_pitfalls(self, wanted: Collection[str], found: Collection[str]) -> None:
        """Count the pitfalls of one answer."""
        for pitfall in {*wanted, *found}:
            self.pitfalls.add(wanted=pitfall in wanted, found=pitfall in found)

    def sureness(self) -> str:
        """Return the share of sure marks, and how many of them hold."""
        return f"{self.sure / max(self.count, 1):5.2f} {self.holding / max(self.sure, 1):6.3f}"
