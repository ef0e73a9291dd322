"""Cases with marked answers, as they are read from JSON lines.

The format is described in README.md; a file may be one of `data/` or one of your own.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Target:
    """A measure or a pitfall: its wordings, the best first, and the model's reason."""

    id: str
    texts: tuple[str, ...]
    reason: str
    is_pitfall: bool = False


@dataclass(frozen=True, slots=True)
class MarkedStep:
    """One step of an answer with the labels that an examiner gave it."""

    measure: str
    reason: str
    fits: Mapping[str, float]
    near: frozenset[str]
    pitfall: str | None
    reason_ok: float

    def label(self, target: Target) -> float:
        """Return how far the step proposes the target: 0, 0.5 or 1."""
        if target.is_pitfall:
            return float(self.pitfall == target.id)
        return self.fits.get(target.id, 0.0)


@dataclass(frozen=True, slots=True)
class MarkedAnswer:
    """An answer and the kind of answer it is."""

    profile: str
    steps: tuple[MarkedStep, ...]

    @property
    def kind(self) -> str:
        """The kind of answer: the profile without its number and what stands in brackets."""
        return re.sub(r"^\d+ |\s*[\[(,].*", "", self.profile).replace("-", " ")


@dataclass(frozen=True, slots=True)
class MarkedCase:
    """A case, what is looked for in its answers, and answers."""

    id: str
    language: str
    situation: str
    task: str
    targets: tuple[Target, ...]
    answers: tuple[MarkedAnswer, ...]


def read_cases(paths: Iterable[Path]) -> tuple[MarkedCase, ...]:
    """Return the cases of all files, in order."""
    return tuple(
        _case(json.loads(line))
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    )


def _case(row: Mapping[str, Any]) -> MarkedCase:
    measures = tuple(
        Target(m["id"], (m["text"], *m.get("paraphrases", ())), m["reason"])
        for m in row["measures"]
    )
    pitfalls = tuple(
        Target(p["id"], (p["text"],), p["why"], is_pitfall=True) for p in row["pitfalls"]
    )
    answers = tuple(
        MarkedAnswer(answer["profile"], tuple(map(_step, answer["steps"])))
        for answer in row["answers"]
    )
    return MarkedCase(
        row["case"],
        row["language"],
        row["situation"],
        row["task"],
        (*measures, *pitfalls),
        answers,
    )


def _step(row: Mapping[str, Any]) -> MarkedStep:
    return MarkedStep(
        row["measure"],
        row.get("reason") or "",
        row.get("fits", {}),
        frozenset(row.get("near", ())),
        row.get("pitfall"),
        row.get("reason_ok", 0),
    )
