"""The one strict reader of YAML: a file → nodes with places, or problems.

PyYAML only tokenises here (on libyaml where it is built in, else in Python). What a plain word
means follows the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema), so
`12:30`, `no` and dates stay text. Nothing in a file is ever executed: tags are refused.
"""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import yaml

from tutor.content.node import WHOLE_FILE, Entry, Fields, Items, Node, Place, Scalar
from tutor.content.reading import Reading, Unreadable, quoted
from tutor.content.textfile import decode, read_bytes, report_unsafe
from tutor.content.yamlfaults import explain
from tutor.core.plaintext import clean
from tutor.locales import _

# The formats nest 5 deep.
MAX_DEPTH = 20
# How far aliases may blow a file up, as a multiple of its length.
MAX_EXPANSION = 10
# Longer numbers are read as floats: int() refuses beyond 4300 digits, and no field needs them.
_MAX_INT_DIGITS = 18

_INT = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEX = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")
_NULL = frozenset(("", "~", "null", "Null", "NULL"))
_TRUTH = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}


def read_yaml(path: Path, reading: Reading) -> tuple[Node | None, str]:
    """Return the root of a file and the SHA-256 digest of its bytes.

    Raises nothing, whatever the file holds: all problems are reported. The root is None where
    the file cannot be read as YAML at all, the digest empty where it cannot be read.
    """
    digest = ""
    try:
        content = read_bytes(path, reading)
        digest = sha256(content).hexdigest()
        return read_text(decode(content, reading), reading), digest
    except Unreadable:
        return None, digest


def core_value(text: str) -> str | int | float | bool | None:
    """Return what a plain word means in the core schema of YAML 1.2."""
    if text in _NULL:
        return None
    if text in _TRUTH:
        return _TRUTH[text]
    if text[0] not in "0123456789+-.":
        return text
    if _OCTAL.fullmatch(text):
        return int(text[2:], 8)
    if _HEX.fullmatch(text):
        return int(text[2:], 16)
    if _INT.fullmatch(text):
        return int(text) if len(text) <= _MAX_INT_DIGITS else float(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _NOT_FINITE.fullmatch(text):
        return float(text.replace(".", "", 1))
    return text


def read_text(text: str, reading: Reading) -> Node:
    """Return the root of a text; raises Unreadable after reporting why it is not YAML."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Composer(yaml.parse(text, Loader=loader), len(text), reading).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        if "end of stream" in (error.problem or "") and error.context_mark:
            mark = error.context_mark  # where the quote opens says more than the file's end
        place = Place(mark.line + 1, mark.column + 1) if mark else WHOLE_FILE
        said = ", ".join(part for part in (error.context, error.problem) if part)
        raise _syntax_refusal(said, place, reading) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # Python's own parser lets chr() refuse an escape such as "\UFFFFFFFF".
        raise _syntax_refusal(" ".join(str(error).split()), WHOLE_FILE, reading) from error


def _syntax_refusal(said: str, place: Place, reading: Reading) -> Unreadable:
    fault, advice = explain(clean(said))
    return reading.refusal("syntax", _("this is not valid YAML"), fault, advice, place=place)


class _Composer:
    """Turns parser events into nodes; raises Unreadable where going on makes no sense."""

    def __init__(self, events: Iterator[yaml.Event], length: int, reading: Reading) -> None:
        self._events = events
        self._reading = reading
        self._anchors: dict[str, tuple[Node, int]] = {}
        # Characters after expanding all aliases so far: counted, never built.
        self._expanded = 0
        self._allowance = MAX_EXPANSION * length

    def document(self) -> Node:
        """Return the root of the only document."""
        next(self._events)  # stream start
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise self._reading.refusal(
                "empty-file", _("the file is empty"), "", _("write its content")
            )
        root = self._node(next(self._events), 1)
        next(self._events)  # document end
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise self._reading.refusal(
                "several-documents",
                _("a second document starts here"),
                _("a file holds one case, rubric or theory card"),
                _("remove the line `---`, or split the file"),
                place=_start(event),
            )
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise self._reading.refusal(
                "too-deep",
                _("values are nested more than {depth} deep").format(depth=MAX_DEPTH),
                "",
                _("check the brackets and the indentation"),
                place=_start(event),
            )
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        assert isinstance(event, yaml.NodeEvent)
        self._report_tag(event)
        before = self._expanded
        self._expanded += 1
        node: Node
        if isinstance(event, yaml.ScalarEvent):
            node = self._scalar(event)
        elif isinstance(event, yaml.SequenceStartEvent):
            node = self._items(event, depth)
        else:
            node = self._fields(event, depth)
        if event.anchor is not None:
            self._anchors[event.anchor] = node, self._expanded - before
        return node

    def _alias(self, event: yaml.AliasEvent) -> Node:
        if event.anchor not in self._anchors:
            raise self._reading.refusal(
                "unknown-anchor",
                _("there is no anchor {name} before this place").format(
                    name=quoted(f"&{event.anchor}")
                ),
                _("a value that starts with `*` repeats an earlier one"),
                _("put the text in quotes"),
                place=_start(event),
            )
        node, size = self._anchors[event.anchor]
        self._expanded += size
        if self._expanded > self._allowance:
            raise self._reading.refusal(
                "alias-expansion",
                _("repeated values make the file more than {times} times as long").format(
                    times=MAX_EXPANSION
                ),
                _("aliases multiply"),
                _("write the values out"),
                place=_start(event),
            )
        return node

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        self._expanded += len(event.value)
        place = _start(event)
        report_unsafe(event.value, self._reading, place)
        text = clean(event.value)
        is_plain = event.implicit[0]
        return Scalar(place, core_value(text) if is_plain else text, text, event.style == "|")

    def _items(self, event: yaml.NodeEvent, depth: int) -> Items:
        nodes = []
        while not isinstance(inner := next(self._events), yaml.SequenceEndEvent):
            nodes.append(self._node(inner, depth + 1))
        return Items(_start(event), nodes)

    def _fields(self, event: yaml.NodeEvent, depth: int) -> Fields:
        entries: dict[str, Entry] = {}
        while not isinstance(inner := next(self._events), yaml.MappingEndEvent):
            key = self._node(inner, depth + 1)
            place = _start(inner)
            value = self._node(next(self._events), depth + 1)
            if not isinstance(key, Scalar):
                raise self._reading.refusal(
                    "bad-key",
                    _("a list or mapping cannot be a key"),
                    "",
                    _("write a word, or put a text with brackets in quotes"),
                    place=place,
                )
            if key.text in entries:
                self._report_duplicate(key.text, place, entries[key.text])
            else:
                entries[key.text] = Entry(place, value)
        return Fields(_start(event), entries)

    def _report_duplicate(self, name: str, place: Place, first: Entry) -> None:
        self._reading.report(
            "duplicate-key",
            "",
            _("the key {name} is here twice").format(name=quoted(name)),
            _("the first is on line {line}").format(line=first.key_place.line),
            _("remove one"),
            place=place,
        )

    def _report_tag(self, event: yaml.NodeEvent) -> None:
        tag: str | None = getattr(event, "tag", None)
        if tag is not None:
            self._reading.report(
                "tag",
                "",
                _("there is the tag {tag}").format(tag=quoted(clean(tag))),
                _("content files hold texts and numbers only"),
                _("remove it, or put the text in quotes"),
                place=_start(event),
            )


def _start(event: yaml.Event) -> Place:
    mark = event.start_mark
    assert mark is not None  # parsers set it; only hand-made events lack one
    return Place(mark.line + 1, mark.column + 1)
