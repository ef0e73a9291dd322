"""The kinds of value a content file is made of, as data.

A kind says what it wants, reads it from a node, and reports what is wrong. It always returns a
value: where the node is no good, a stand-in, so that the rest of the file is read and all its
problems come out at once. A value with stand-ins never leaves `tutor.content.document`.
"""

import math
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Generic, Protocol, TypeVar

from tutor.content.markdown import report_unsupported
from tutor.content.node import Entry, Fields, Items, Node, Scalar
from tutor.content.reading import Reading, described, did_you_mean, joined, quoted
from tutor.locales import _

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
E = TypeVar("E", bound=StrEnum)


class Kind(Protocol[T_co]):
    """Reads one kind of value."""

    def wanted(self) -> str:
        """Say what is wanted, in the language of the user interface."""

    def stand_in(self) -> T_co:
        """Return a value of the right type for one that cannot be read."""

    def read(self, node: Node, key: str, reading: Reading) -> T_co:
        """Return the value of a node, or report and return the stand-in."""


def _wrong_type(kind: Kind[T], node: Node, key: str, reading: Reading, advice: str = "") -> T:
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
            return _wrong_type(self, node, key, reading, self._advice(node))
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
            return _wrong_type(self, node, key, reading)
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
            return _wrong_type(self, node, key, reading)
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
            return _wrong_type(self, node, key, reading)
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
            return _wrong_type(self, node, key, reading)
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
            return _wrong_type(self, node, key, reading)
        if node.value in set(self.words):
            return self.words(node.value)
        reading.report(
            "unknown-value",
            key,
            _("{value} is not allowed").format(value=quoted(node.text)),
            _("expected {wanted}").format(wanted=self.wanted()),
            did_you_mean(node.value, [*self.words]) if len(self.words) > 1 else "",
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
        return _wrong_type(self, node, key, reading, _("write it so, or remove the key"))


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


@dataclass(frozen=True, slots=True)
class Range(Generic[T]):
    """A number, or a list of the lowest and the highest that is allowed."""

    number: Kind[T]

    def wanted(self) -> str:
        """Say what is wanted."""
        return _("a number or a list [lowest, highest]")

    def stand_in(self) -> tuple[T, T]:
        """Return a range that is allowed."""
        return self.number.stand_in(), self.number.stand_in()

    def read(self, node: Node, key: str, reading: Reading) -> tuple[T, T]:
        """Return the lowest and the highest number, which are the same for a single one."""
        if not isinstance(node, Items):
            value = self.number.read(node, key, reading)
            return value, value
        if len(node.nodes) != 2:
            return _wrong_type(self, node, key, reading)
        low, high = (self.number.read(inner, key, reading) for inner in node.nodes)
        if low > high:  # type: ignore[operator]  # both are numbers, as the name says
            reading.report(
                "empty-range",
                key,
                _("the lowest number is above the highest"),
                "",
                _("swap them"),
            )
        return low, high


@dataclass(frozen=True, slots=True)
class ListOf(Generic[T]):
    """A list; its items are told apart by the key `unique_by`, where it is given."""

    item: Kind[T]
    at_least: int = 0
    unique_by: str | None = None

    def wanted(self) -> str:
        """Say what is wanted."""
        return _("a list")

    def stand_in(self) -> tuple[T, ...]:
        """Return the empty list."""
        return ()

    def read(self, node: Node, key: str, reading: Reading) -> tuple[T, ...]:
        """Return the items in order."""
        if not isinstance(node, Items):
            return _wrong_type(self, node, key, reading)
        if len(node.nodes) < self.at_least:
            reading.report(
                "empty-list", key, _("the list is empty"), "", _("write at least one entry")
            )
        seen: dict[str, Node] = {}
        values = []
        for number, inner in enumerate(node.nodes, start=1):
            name = joined(key, self._name(inner, joined(key, number), seen, reading) or number)
            reading.places[name] = inner.place
            values.append(self.item.read(inner, name, reading))
        return tuple(values)

    def _name(self, node: Node, key: str, seen: dict[str, Node], reading: Reading) -> str:
        """Return the id by which a key path calls an item; empty where its number must do."""
        if self.unique_by is None or not isinstance(node, Fields):
            return ""
        entry = node.entries.get(self.unique_by)
        if entry is None or not isinstance(entry.node, Scalar) or not entry.node.text:
            return ""
        name = entry.node.text
        if name in seen:
            reading.report(
                "duplicate-id",
                joined(key, self.unique_by),
                _("{name} is here twice").format(name=quoted(name)),
                _("the first is on line {line}").format(line=seen[name].place.line),
                _("give each its own"),
                place=entry.node.place,
            )
            return ""
        seen[name] = entry.node
        return name if self.unique_by == "id" and ID_PATTERN.fullmatch(name) else ""


@dataclass(frozen=True, slots=True)
class MapOf(Generic[T]):
    """A mapping with keys of the author's own, such as measure ids."""

    item: Kind[T]

    def wanted(self) -> str:
        """Say what is wanted."""
        return _("keys with values")

    def stand_in(self) -> Mapping[str, T]:
        """Return the empty mapping."""
        return {}

    def read(self, node: Node, key: str, reading: Reading) -> Mapping[str, T]:
        """Return the values by their keys, in order."""
        if not isinstance(node, Fields):
            return _wrong_type(self, node, key, reading)
        values = {}
        for name, entry in node.entries.items():
            reading.places[joined(key, name)] = entry.key_place
            values[name] = self.item.read(entry.node, joined(key, name), reading)
        return values


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a record: the kind of its value, and the field it fills if called otherwise.

    Where the key is optional and absent, the record's own default stands. `field` None is for
    keys that are checked and not kept.
    """

    kind: Kind[Any]
    field: str | None = ""
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Record(Generic[T]):
    """A mapping with known keys, which becomes a core dataclass.

    `defaults` are for fields that the dataclass itself leaves to its caller.
    """

    make: Callable[..., T]
    keys: Mapping[str, Key]
    defaults: Mapping[str, object] = field(default_factory=dict)

    def wanted(self) -> str:
        """Say what is wanted."""
        return _("the keys {names}").format(names=", ".join(self.keys))

    def stand_in(self) -> T:
        """Return a record of stand-ins."""
        return self._made(
            {name: key.kind.stand_in() for name, key in self.keys.items() if not key.is_optional}
        )

    def read(self, node: Node, key: str, reading: Reading) -> T:
        """Return the record, with a stand-in for each value that cannot be read."""
        reading.places.setdefault(key, node.place)
        if not isinstance(node, Fields):
            return _wrong_type(self, node, key, reading)
        values = {}
        for name, entry in node.entries.items():
            inner = joined(key, name)
            if name in self.keys:
                reading.places[inner] = entry.node.place
                values[name] = self.keys[name].kind.read(entry.node, inner, reading)
            else:
                self._report_unknown(name, inner, entry, node.entries, reading)
        for name, known in self.keys.items():
            if name not in values and not known.is_optional:
                reading.report(
                    "missing-key",
                    joined(key, name),
                    _("the key is missing"),
                    "",
                    _("add `{name}:` with {wanted}").format(name=name, wanted=known.kind.wanted()),
                    place=node.place,
                )
                values[name] = known.kind.stand_in()
        return self._made(values)

    def _made(self, values: Mapping[str, object]) -> T:
        fields = {
            self.keys[name].field or name: value
            for name, value in values.items()
            if self.keys[name].field is not None
        }
        return self.make(**{**self.defaults, **fields})

    def _report_unknown(
        self, name: str, key: str, entry: Entry, present: Collection[str], reading: Reading
    ) -> None:
        reading.report(
            "unknown-key",
            key,
            _("unknown key {name}").format(name=quoted(name)),
            "",
            did_you_mean(name, [known for known in self.keys if known not in present]),
            place=entry.key_place,
        )


ID_PATTERN = re.compile(r"[a-z](?:-?[a-z0-9]){0,63}")
