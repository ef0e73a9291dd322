"""A case: everything a candidate may see."""

from dataclasses import dataclass
from enum import StrEnum

from tutor.core.silence import Silence


class Kind(StrEnum):
    """The two task types of the exam that ask for ordered, justified measures."""

    CRITICAL_INCIDENT = "critical-incident"
    MINI_CASE = "mini-case"


class CompetenceArea(StrEnum):
    """Handlungskompetenzbereiche A to G of the Swiss exam for E-Commerce specialists."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"
    G = "G"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyQuestion:
    """A Leitfrage, which the marker answers with 0 to 3; `weight` multiplies the rating."""

    id: str
    text: str
    weight: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Inject:
    """News that reaches a drill `at_seconds` after its start; a candidate alone never sees it."""

    id: str
    at_seconds: int
    audience: str
    text: str
    hint: str = ""
    expects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A critical incident or mini-case in one language, without its solution.

    `language` is a BCP 47 tag, `minutes` the time for reading and writing.
    `situation` and `task` are Markdown restricted to paragraphs, lists and bold.
    """

    id: str
    language: str
    title: str
    kind: Kind
    competence_area: CompetenceArea | None
    minutes: int
    situation: str
    task: str
    key_questions: tuple[KeyQuestion, ...]
    injects: tuple[Inject, ...] = ()
    sources: tuple[str, ...] = ()
    licence: str = ""
    silences: tuple[Silence, ...] = ()

    @property
    def limit_seconds(self) -> int:
        """The time for reading and writing, in seconds."""
        return self.minutes * 60
