"""The kinds of value that are made of others: ranges, lists, mappings and records."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from tutor.content.kinds import ID_PATTERN, Kind, wrong_type
from tutor.content.node import Entry, Fields, Items, Node, Scalar
from tutor.content.reading import Reading, joined, quoted
from tutor.locales import _

T = TypeVar("T")


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
            return wrong_type(self, node, key, reading)
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
            return wrong_type(self, node, key, reading)
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
            return wrong_type(self, node, key, reading)
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
            return wrong_type(self, node, key, reading)
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
            reading.suggestion(name, [known for known in self.keys if known not in present]),
            place=entry.key_place,
        )
