"""The kinds of single value that stand in content files, as data; `structures` combines them.

A kind says what it wants, reads it from a node, and reports what is wrong. It always returns a
value: where the node is no good, a stand-in, so that the rest of the file is read and all its
problems come out at once. A value with stand-ins never leaves `tutor.content.document`.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from tutor.content.markdown import report_unsupported
from tutor.content.node import Node, Scalar
from tutor.content.reading import Reading, described, quoted
from tutor.locales import _

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound=StrEnum)

ID_PATTERN = re.compile(r"[a-z](?:-?[a-z0-9]){0,63}")


class Kind(Protocol[T_co]):
    """Reads one kind of value."""

    def wanted(self) -> str:
        """Say what is wanted, in the language of the user interface."""

    def stand_in(self) -> T_co:
        """Return a value of the right type for one that cannot be read."""

    def read(self, node: Node, key: str, reading: Reading) -> T_co:
        """Return the value of a node, or report and return the stand-in."""


def wrong_type(kind: Kind[T], node: Node, key: str, reading: Reading, advice: str = "") -> T:
    """Report a node of another type than wanted, and return the stand-in."""
    what = _("expected {wanted}").format(wanted=kind.wanted())
    reading.report("wrong-type", key, what, described(node), advice, place=node.place)
    return kind.stand_in()


def _is_number(node: Node) -> bool:
    return isinstance(node, Scalar) and type(node.value) in (int, float)


@dataclass(frozen=True, slots=True)
class Text:
    """A text; `is_line` refuses line breaks, `is_markdown` warns of what is not shown."""

    may_be_empty: bool = False
    is_line: bool = False
    is_markdown: bool = False

    def wanted(self) -> str:
        """Say what is wanted."""
        return _("a text")

    def stand_in(self) -> str:
        """Return the empty text."""
        return ""

    def read(self, node: Node, key: str, reading: Reading) -> str:
        """Return the text as written."""
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return wrong_type(self, node, key, reading, self._advice(node))
        text = node.value
        if not text.strip() and not self.may_be_empty:
            reading.report("empty-text", key, _("the text is empty"), "", _("write one"))
        if self.is_line and "\n" in text.strip("\n"):
            reading.report(
                "line-break",
                key,
                _("the text has several lines"),
                _("it is shown on one"),
                _("write it on one line"),
            )
        if self.is_markdown:
            report_unsupported(node, key, reading)
        return text.strip("\n") if self.is_line else text

    def _advice(self, node: Node) -> str:
        if not isinstance(node, Scalar):
            return ""
        if node.value is None:
            return _('write one, or "" for none') if self.may_be_empty else _("write one")
        return _('put it in quotes: "{text}"').format(text=node.text[:60])


@dataclass(frozen=True, slots=True)
class Shaped(Generic[T]):
    """A text of a certain shape, such as an id; `convert` turns it into its meaning."""

    rule: str
    pattern: re.Pattern[str]
    describe: Callable[[], str]
    convert: Callable[[str], T]
    empty: T

    def wanted(self) -> str:
        """Say what is wanted."""
        return self.describe()

    def stand_in(self) -> T:
        """Return the empty value."""
        return self.empty

    def read(self, node: Node, key: str, reading: Reading) -> T:
        """Return the converted text."""
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return wrong_type(self, node, key, reading)
        if self.pattern.fullmatch(node.value):
            return self.convert(node.value)
        reading.report(
            self.rule,
            key,
            _("{value} does not fit").format(value=quoted(node.text)),
            _("expected {wanted}").format(wanted=self.wanted()),
            place=node.place,
        )
        return self.empty


@dataclass(frozen=True, slots=True)
class Number:
    """A finite number from `low` to `high`, or above `low` where `excludes_low`."""

    low: float
    high: float
    excludes_low: bool = False

    def wanted(self) -> str:
        """Say what is wanted."""
        pattern = (
            _("a number above {low}, at most {high}")
            if self.excludes_low
            else _("a number from {low} to {high}")
        )
        return pattern.format(low=f"{self.low:g}", high=f"{self.high:.12g}")

    def stand_in(self) -> float:
        """Return a number that is allowed."""
        return self.high

    def read(self, node: Node, key: str, reading: Reading) -> float:
        """Return the number."""
        if not _is_number(node):
            return wrong_type(self, node, key, reading)
        assert isinstance(node, Scalar)
        assert isinstance(node.value, int | float)
        value = float(node.value)
        is_inside = self.low < value if self.excludes_low else self.low <= value
        if math.isfinite(value) and is_inside and value <= self.high:
            return value
        _out_of_range(self, node, key, reading)
        return self.stand_in()


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number from `low` to `high`."""

    low: int
    high: int

    def wanted(self) -> str:
        """Say what is wanted."""
        return _("a whole number from {low} to {high}").format(low=self.low, high=self.high)

    def stand_in(self) -> int:
        """Return a number that is allowed."""
        return self.low

    def read(self, node: Node, key: str, reading: Reading) -> int:
        """Return the number."""
        if not _is_number(node):
            return wrong_type(self, node, key, reading)
        assert isinstance(node, Scalar)
        if isinstance(node.value, int) and self.low <= node.value <= self.high:
            return node.value
        _out_of_range(self, node, key, reading)
        return self.stand_in()


@dataclass(frozen=True, slots=True)
class OneNumberOf:
    """One of a few numbers."""

    numbers: tuple[float, ...]

    def wanted(self) -> str:
        """Say what is wanted."""
        return _("one of {names}").format(names=", ".join(f"{n:g}" for n in self.numbers))

    def stand_in(self) -> float:
        """Return a number that is allowed."""
        return self.numbers[0]

    def read(self, node: Node, key: str, reading: Reading) -> float:
        """Return the number."""
        if not _is_number(node):
            return wrong_type(self, node, key, reading)
        assert isinstance(node, Scalar)
        if node.value in self.numbers:
            return float(node.value)
        _out_of_range(self, node, key, reading)
        return self.stand_in()


def _out_of_range(kind: Kind[object], node: Scalar, key: str, reading: Reading) -> None:
    reading.report(
        "out-of-range",
        key,
        _("{value} is not allowed").format(value=quoted(node.text)),
        _("expected {wanted}").format(wanted=kind.wanted()),
        place=node.place,
    )


@dataclass(frozen=True, slots=True)
class Choice(Generic[E]):
    """One of the words of an enum."""

    words: type[E]

    def wanted(self) -> str:
        """Say what is wanted."""
        return _("one of {names}").format(names=", ".join(self.words))

    def stand_in(self) -> E:
        """Return the first word."""
        return next(iter(self.words))

    def read(self, node: Node, key: str, reading: Reading) -> E:
        """Return the word."""
        if not isinstance(node, Scalar) or not isinstance(node.value, str):
            return wrong_type(self, node, key, reading)
        if node.value in set(self.words):
            return self.words(node.value)
        reading.report(
            "unknown-value",
            key,
            _("{value} is not allowed").format(value=quoted(node.text)),
            _("expected {wanted}").format(wanted=self.wanted()),
            reading.likely(node.value, self.words),
            place=node.place,
        )
        return self.stand_in()


@dataclass(frozen=True, slots=True)
class Flag:
    """One word which is either there, and true, or left away with its key."""

    word: str

    def wanted(self) -> str:
        """Say what is wanted."""
        return quoted(self.word)

    def stand_in(self) -> bool:
        """Return what an absent key means."""
        return False

    def read(self, node: Node, key: str, reading: Reading) -> bool:
        """Return true for the word."""
        if isinstance(node, Scalar) and node.value == self.word:
            return True
        return wrong_type(self, node, key, reading, _("write it so, or remove the key"))


@dataclass(frozen=True, slots=True)
class Schema:
    """The version of the format; there is one so far."""

    def wanted(self) -> str:
        """Say what is wanted."""
        return "1"

    def stand_in(self) -> int:
        """Return the only version."""
        return 1

    def read(self, node: Node, key: str, reading: Reading) -> int:
        """Return the version."""
        if not isinstance(node, Scalar) or type(node.value) is not int or node.value != 1:
            reading.report(
                "unsupported-schema",
                key,
                _("this version of the format is not known here"),
                described(node),
                _("write `schema: 1`, or update the tutor for newer content"),
            )
        return 1
