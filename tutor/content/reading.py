"""One file on its way from nodes to a core model: what is wrong in it, and where things stand."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from tutor.content.node import WHOLE_FILE, Fields, Items, Node, Place, Scalar
from tutor.core.plaintext import clean
from tutor.core.problem import Problem, Severity
from tutor.locales import _

# Long enough to recognise a value in a message, short enough for one line.
_SHOWN_CHARACTERS = 60


# Comparing names takes time, and a file with more problems is no slip of the pen.
_SUGGESTIONS = 100
_NAMES_SHOWN = 20


class Unreadable(Exception):
    """Reading this file any further makes no sense; the reason has been reported."""


@dataclass(slots=True)
class Reading:
    """Collects the problems of a file and remembers the place of every value.

    A value is addressed by its key path: names joined by dots, where a list item goes by its
    id if it has one and else by its number, counted from 1: `measures.landing-page.weight`,
    `samples.2.steps.1.measure`.
    """

    path: str
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)

    def report(
        self,
        rule: str,
        key: str,
        what: str,
        why: str = "",
        advice: str = "",
        *,
        place: Place | None = None,
        severity: Severity = Severity.ERROR,
    ) -> None:
        """Note a problem at the place of its key, unless another place is given."""
        line, column = place or self.place(key)
        self.problems.append(
            Problem(
                path=self.path,
                line=line,
                column=column,
                key=key,
                what=what,
                why=why,
                advice=advice,
                rule=rule,
                severity=severity,
            )
        )

    def refusal(
        self, rule: str, what: str, why: str = "", advice: str = "", *, place: Place = WHOLE_FILE
    ) -> Unreadable:
        """Report what makes the file unreadable, and return the exception to raise."""
        self.report(rule, "", what, why, advice, place=place)
        return Unreadable()

    def likely(self, name: str, known: Iterable[str]) -> str:
        """Return the question after a likely slip of the pen, or nothing."""
        if len(self.problems) > _SUGGESTIONS:
            return ""
        # A hostile name would make the comparison slow.
        near = get_close_matches(name[:_SHOWN_CHARACTERS], known, n=1)
        return _("did you mean `{name}`?").format(name=near[0]) if near else ""

    def suggestion(self, name: str, known: Iterable[str]) -> str:
        """Return the question after a likely slip of the pen, or else the choices."""
        names = [*known]
        if likely := self.likely(name, names):
            return likely
        if not names:
            return ""
        shown = [*names[:_NAMES_SHOWN], "…"] if len(names) > _NAMES_SHOWN else names
        return _("known here: {names}").format(names=", ".join(shown))

    def place(self, key: str) -> Place:
        """Return where a value stands; for one that is missing, where its parent does."""
        while key:
            if key in self.places:
                return self.places[key]
            key = key.rpartition(".")[0]
        return self.places.get("", WHOLE_FILE)


def shown_path(path: Path) -> str:
    """Return a path as messages show it: a file's name is a stranger's text, too."""
    return clean(str(path)).replace("\n", " ").replace("\t", " ")


def joined(key: str, name: str | int) -> str:
    """Return the key path of a part."""
    return f"{key}.{name}" if key else str(name)


def quoted(text: str) -> str:
    """Return a text as a message shows it: on one line, between marks, cut when long."""
    line = " ".join(text.split())
    if len(line) > _SHOWN_CHARACTERS:
        line = line[: _SHOWN_CHARACTERS - 1] + "…"
    return f"«{line}»" if "`" in line else f"`{line}`"


def described(node: Node) -> str:
    """Say what a node is, for "found …"."""
    match node:
        case Items():
            return _("found a list")
        case Fields():
            return _("found keys with values")
        case Scalar(value=None):
            return _("found nothing")
        case Scalar(value=bool()):
            return _("found the truth value {value}").format(value=quoted(node.text))
        case Scalar(value=int() | float()):
            return _("found the number {value}").format(value=quoted(node.text))
    return _("found the text {value}").format(value=quoted(node.text))
