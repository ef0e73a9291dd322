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


class Role(StrEnum):
    """Who does what in a drill; `ALL` is everybody round the table."""

    ALL = "all"
    LEAD = "lead"
    COMMUNICATION = "communication"
    TECHNOLOGY = "technology"
    CUSTOMERS = "customers"
    LOG_KEEPER = "log-keeper"


ROSTER = (Role.LEAD, Role.COMMUNICATION, Role.TECHNOLOGY, Role.CUSTOMERS, Role.LOG_KEEPER)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleHint:
    """What a role has to think of in this case; only the facilitator sees it."""

    role: Role
    hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """Met once `measure` is done by `by_seconds` or, where not `is_done`, if it is not by then."""

    measure: str
    by_seconds: int
    is_done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Inject:
    """News that reaches the team in a drill; a candidate alone never sees it.

    It comes at `at_seconds`, or when its condition `when` is met, or else by hand. These times
    are written for a drill as long as the case's `minutes` and are stretched with it. It
    `raises` the running loss by this share (0.5 is by half).
    """

    id: str
    audience: Role
    text: str
    at_seconds: int | None = None
    when: Condition | None = None
    hint: str = ""
    expects: tuple[str, ...] = ()
    raises: float = 0.0


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
    roles: tuple[RoleHint, ...] = ()
    sources: tuple[str, ...] = ()
    licence: str = ""
    silences: tuple[Silence, ...] = ()

    @property
    def limit_seconds(self) -> int:
        """The time for reading and writing, in seconds."""
        return self.minutes * 60

    def inject(self, inject_id: str) -> Inject:
        """Return the inject with this id; raises KeyError."""
        for inject in self.injects:
            if inject.id == inject_id:
                return inject
        raise KeyError(inject_id)

    def role_hint(self, role: Role) -> str:
        """Return what a role has to think of, or nothing."""
        return next((entry.hint for entry in self.roles if entry.role is role), "")
