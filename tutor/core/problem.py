"""One problem of a content file, addressed so that an author finds the spot at once."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Errors make content unusable; warnings do not change the exit code."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Problem:
    """What is wrong where, why it is wrong, and what to write instead.

    `line` and `column` count from 1 and are 0 where the problem concerns the whole file.
    `key` is the path of the value, such as `measures.2.weight`, or empty.
    `rule` names the kind of mistake for machines, such as `unknown-key`.
    """

    path: str
    line: int
    column: int
    key: str
    what: str
    why: str = ""
    advice: str = ""
    rule: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        said = ", ".join(part for part in (self.what, self.why, self.advice) if part)
        return f"{place}: {self.key}: {said}" if self.key else f"{place}: {said}"
