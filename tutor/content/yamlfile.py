"""The one strict reader of YAML: bytes → nodes with places, or problems.

PyYAML only tokenises here (on libyaml where it is built in, else in Python). What a plain word
means follows the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/#103-core-schema), so
`12:30`, `no` and dates stay text. Nothing in a file is ever executed: tags are refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import yaml

from tutor.content.node import WHOLE_FILE, Entry, Fields, Items, Node, Place, Scalar
from tutor.content.reading import shown_path
from tutor.core.errors import ContentError
from tutor.core.plaintext import clean, unsafe_character
from tutor.core.problem import Problem
from tutor.locales import _

# A long case with its rubric takes 25 KB; what is 40 times larger is no content of ours.
MAX_BYTES = 1024 * 1024
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


@dataclass(frozen=True, slots=True, kw_only=True)
class YamlFile:
    """What a file holds; `root` is None where it cannot be read as YAML at all.

    `sha256` is the digest of its bytes, empty where there are none to read.
    """

    path: Path
    sha256: str
    root: Node | None
    problems: tuple[Problem, ...]


def read_yaml(path: Path) -> YamlFile:
    """Read one file; raises nothing, whatever the file holds."""
    problems: list[Problem] = []
    digest, root = "", None
    try:
        content = _bytes(path)
        digest = sha256(content).hexdigest()
        root = _compose(path, _text(path, content), problems)
    except ContentError as error:
        problems.extend(error.problems)
    return YamlFile(path=path, sha256=digest, root=root, problems=tuple(problems))


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


def _problem(path: Path, place: Place, rule: str, what: str, why: str, advice: str) -> Problem:
    return Problem(
        path=shown_path(path),
        line=place.line,
        column=place.column,
        key="",
        what=what,
        why=why,
        advice=advice,
        rule=rule,
    )


def _bytes(path: Path) -> bytes:
    try:
        # A named pipe would block for ever.
        if path.exists() and not path.is_file():
            raise ContentError(
                [_problem(path, WHOLE_FILE, "unreadable", _("this is not a file"), "", "")]
            )
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ContentError(
            [
                _problem(
                    path,
                    WHOLE_FILE,
                    "unreadable",
                    _("the file cannot be read"),
                    error.strerror or str(error),
                    _("check that it exists and may be read"),
                )
            ]
        ) from error
    if len(content) > MAX_BYTES:
        raise ContentError(
            [
                _problem(
                    path,
                    WHOLE_FILE,
                    "too-large",
                    _("the file is larger than 1 MiB"),
                    _("content files are a few kilobytes"),
                    _("check that this is the right file"),
                )
            ]
        )
    return content


def _text(path: Path, content: bytes) -> str:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        raise ContentError(
            [
                _problem(
                    path,
                    _place_of_offset(before, len(before)),
                    "not-utf-8",
                    _("the file is not UTF-8"),
                    _("byte 0x{byte:02X} cannot be read").format(byte=content[error.start]),
                    _("save it with the encoding UTF-8"),
                )
            ]
        ) from error
    problems = [*_refused_characters(path, text)]
    if problems:
        raise ContentError(problems)
    return text


def _refused_characters(path: Path, text: str) -> Iterator[Problem]:
    if text.startswith("\ufeff"):
        yield _problem(
            path,
            Place(1, 1),
            "byte-order-mark",
            _("the file starts with a byte order mark"),
            _("it is invisible and would become part of the first key"),
            _("save it as UTF-8 without BOM"),
        )
        text = " " + text[1:]
    if (offset := text.find("\t")) >= 0:
        yield _problem(
            path,
            _place_of_offset(text, offset),
            "tab",
            _("there is a tab"),
            _("tabs look different in every editor"),
            _("write spaces instead"),
        )
    if (unsafe := unsafe_character(text)) is not None:
        yield _unsafe(path, _place_of_offset(text, unsafe), text[unsafe])


def _unsafe(path: Path, place: Place, character: str) -> Problem:
    return _problem(
        path,
        place,
        "control-character",
        _("there is the control character U+{code:04X}").format(code=ord(character)),
        _("it could change what a terminal shows"),
        _("remove it"),
    )


def _place_of_offset(text: str, offset: int) -> Place:
    start_of_line = text.rfind("\n", 0, offset) + 1
    return Place(text.count("\n", 0, offset) + 1, offset - start_of_line + 1)


def _compose(path: Path, text: str, problems: list[Problem]) -> Node:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        events = yaml.parse(text, Loader=loader)
        return _Composer(path, events, len(text), problems).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(mark.line + 1, mark.column + 1) if mark else WHOLE_FILE
        said = ", ".join(part for part in (error.context, error.problem) if part)
        raise ContentError([_syntax_problem(path, place, said)]) from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        # Python's own parser lets chr() refuse an escape such as "\UFFFFFFFF".
        raise ContentError([_syntax_problem(path, WHOLE_FILE, clean(str(error)))]) from error


def _syntax_problem(path: Path, place: Place, said: str) -> Problem:
    return _problem(
        path, place, "syntax", _("this is not valid YAML"), said, _advice_on_syntax(said)
    )


def _advice_on_syntax(said: str) -> str:
    """Say what usually leads to one of PyYAML's (or libyaml's) own messages."""
    if "mapping values are not allowed" in said:
        return _("put a text that holds `: ` in quotes, and check the indentation")
    if "end of stream" in said and "quoted" in said:
        return _("close the quotes")
    if "flow sequence" in said or "flow mapping" in said:
        return _("close the bracket, and put commas between the values")
    if "cannot start any token" in said:
        return _("put a text that starts with this character in quotes")
    if "escape" in said:
        return _("write `\\\\` for a backslash, or use single quotes")
    if "could not find expected ':'" in said:
        return _("write `key: value`, and indent the lines of a longer text")
    return _("check the indentation and the quotes on this line and the one before")


class _Composer:
    """Turns parser events into nodes; raises ContentError where going on makes no sense."""

    def __init__(
        self, path: Path, events: Iterator[yaml.Event], length: int, problems: list[Problem]
    ) -> None:
        self._path = path
        self._events = events
        self._problems = problems
        self._anchors: dict[str, tuple[Node, int]] = {}
        # Characters after expanding all aliases so far: counted, never built.
        self._expanded = 0
        self._allowance = MAX_EXPANSION * length

    def document(self) -> Node:
        """Return the root of the only document."""
        next(self._events)  # stream start
        if isinstance(next(self._events), yaml.StreamEndEvent):
            raise self._refusal(
                WHOLE_FILE, "empty-file", _("the file is empty"), "", _("write its content")
            )
        root = self._node(next(self._events), 1)
        next(self._events)  # document end
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            raise self._refusal(
                _start(event),
                "several-documents",
                _("a second document starts here"),
                _("a file holds one case, rubric or theory card"),
                _("remove the line `---`, or split the file"),
            )
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise self._refusal(
                _start(event),
                "too-deep",
                _("values are nested more than {depth} deep").format(depth=MAX_DEPTH),
                "",
                _("check the brackets and the indentation"),
            )
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event)
        assert isinstance(event, yaml.NodeEvent)
        before = self._expanded
        self._expanded += 1
        self._refuse_tag(event)
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
            raise self._refusal(
                _start(event),
                "unknown-anchor",
                _("there is no anchor `&{name}` before this place").format(name=event.anchor),
                _("a value that starts with `*` repeats an earlier one"),
                _("put the text in quotes"),
            )
        node, size = self._anchors[event.anchor]
        self._expanded += size
        if self._expanded > self._allowance:
            raise self._refusal(
                _start(event),
                "alias-expansion",
                _("repeated values make the file more than {times} times as long").format(
                    times=MAX_EXPANSION
                ),
                _("aliases multiply"),
                _("write the values out"),
            )
        return node

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        text = event.value
        self._expanded += len(text)
        offset = unsafe_character(text)
        if offset is not None:
            self._problems.append(_unsafe(self._path, _start(event), text[offset]))
            text = clean(text)
        is_plain = event.implicit[0]
        return Scalar(
            _start(event), core_value(text) if is_plain else text, text, event.style == "|"
        )

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
                raise self._refusal(
                    place, "bad-key", _("a list or mapping cannot be a key"), "", _("write a word")
                )
            if key.text in entries:
                self._problems.append(self._duplicate(key.text, place, entries[key.text]))
            else:
                entries[key.text] = Entry(place, value)
        return Fields(_start(event), entries)

    def _duplicate(self, name: str, place: Place, first: Entry) -> Problem:
        return _problem(
            self._path,
            place,
            "duplicate-key",
            _("the key `{name}` is here twice").format(name=name[:60]),
            _("the first is on line {line}").format(line=first.key_place.line),
            _("remove one"),
        )

    def _refuse_tag(self, event: yaml.NodeEvent) -> None:
        tag: str | None = getattr(event, "tag", None)
        if tag is not None:
            self._problems.append(
                _problem(
                    self._path,
                    _start(event),
                    "tag",
                    _("there is the tag `{tag}`").format(tag=clean(tag)[:60]),
                    _("content files hold texts and numbers only"),
                    _("remove it, or put the text in quotes"),
                )
            )

    def _refusal(self, place: Place, rule: str, what: str, why: str, advice: str) -> ContentError:
        return ContentError([_problem(self._path, place, rule, what, why, advice)])


def _start(event: yaml.Event) -> Place:
    mark = event.start_mark
    assert mark is not None  # parsers set it; only hand-made events lack one
    return Place(mark.line + 1, mark.column + 1)
