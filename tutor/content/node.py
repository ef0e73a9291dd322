"""The values of a content file, each with the place where it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


class Place(NamedTuple):
    """A line and a column, both counted from 1; 0 and 0 is the file as a whole."""

    line: int
    column: int


WHOLE_FILE = Place(0, 0)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, number, truth value or nothing.

    `text` is what the file says (escapes resolved), `value` what it means. `is_block` is true
    for a text written after `|`, the lines of which are lines of the file.
    """

    place: Place
    value: str | int | float | bool | None
    text: str
    is_block: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    place: Place
    nodes: Sequence["Node"]


class Entry(NamedTuple):
    """A value of a mapping and the place of its key."""

    key_place: Place
    node: "Node"


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping; keys are texts as written."""

    place: Place
    entries: Mapping[str, Entry]


Node: TypeAlias = Scalar | Items | Fields
