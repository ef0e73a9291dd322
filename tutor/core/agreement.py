"""How far two markers agree: share, kappa and quadratic weighted kappa, on plain numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tutor.core.classroom import Subject

# Below this many answers a kappa says little: its 95 % interval spans about 0.4 or more with
# ratings as they fall here (Sim and Wright 2005 ask for more than 30 in such a case).
FEW = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How far two markers agree over `count` answers.

    `share` is the part of equal judgements. `kappa` corrects it for chance (Cohen 1960);
    `weighted` also counts how far apart the others are (Cohen 1968, quadratic weights). Both
    are None where chance alone would make everything equal; all three without any answer.
    """

    count: int
    share: float | None
    kappa: float | None
    weighted: float | None

    @property
    def is_small(self) -> bool:
        """True where the figures rest on too few answers to lean on."""
        return self.count < FEW


# The two who are no single marker; no person's name begins so.
MACHINE, PEOPLE = "(machine)", "(people)"


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementRow:
    """How far two agree about a subject, or about all measures together where it is None."""

    one: str
    other: str
    subject: Subject | None
    agreement: Agreement

    def to_json(self) -> dict[str, Any]:
        """Return the row for machines."""
        return {
            "one": self.one,
            "other": self.other,
            "kind": self.subject.kind.value if self.subject else "all-measures",
            "subject": self.subject.key if self.subject else None,
            "count": self.agreement.count,
            "share": self.agreement.share,
            "kappa": self.agreement.kappa,
            "weighted_kappa": self.agreement.weighted,
            "is_small": self.agreement.is_small,
        }


def agreement_of(one: Sequence[float], other: Sequence[float], scale: Sequence[float]) -> Agreement:
    """Compare two markers, judgement by judgement; `scale` lists all values, the lowest first."""
    places = {value: place for place, value in enumerate(scale)}
    left, right = [places[value] for value in one], [places[value] for value in other]
    if not left:
        return Agreement(count=0, share=None, kappa=None, weighted=None)
    is_flat = len({*left, *right}) == 1
    return Agreement(
        count=len(left),
        share=sum(a == b for a, b in zip(left, right, strict=True)) / len(left),
        kappa=None if is_flat else kappa(left, right, len(scale)),
        weighted=None if is_flat else weighted_kappa(left, right, len(scale)),
    )


def kappa(one: Sequence[int], other: Sequence[int], levels: int) -> float:
    """Return Cohen's kappa for judgements from 0 to `levels` - 1 without an order."""
    return _kappa(one, other, levels, power=0)


def weighted_kappa(one: Sequence[int], other: Sequence[int], levels: int) -> float:
    """Return Cohen's kappa with quadratic weights for ratings from 0 to `levels` - 1.

    1 is perfect agreement, 0 is what chance would give (Cohen 1968).
    """
    return _kappa(one, other, levels, power=2)


def _kappa(one: Sequence[int], other: Sequence[int], levels: int, power: int) -> float:
    seen = expected = 0.0
    count = len(one)
    for a in range(levels):
        for b in range(levels):
            weight = abs(a - b) ** power if a != b else 0
            seen += weight * sum((x, y) == (a, b) for x, y in zip(one, other, strict=True))
            expected += weight * one.count(a) * other.count(b) / max(count, 1)
    return 1 - seen / expected if expected else 1.0
