"""Paraphrases and pitfalls put into a rubric's file as text: all else stays as written."""

import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.content.load import load_rubric
from tutor.content.reading import shown_path
from tutor.content.yamlfile import core_value
from tutor.core.errors import ContentError, UsageError
from tutor.core.rubric import Pitfall, Rubric
from tutor.locales import _

if TYPE_CHECKING:
    from yaml.nodes import MappingNode, Node, SequenceNode


def with_paraphrases(path: Path, target: str, sentences: Sequence[str]) -> str:
    """Return the text of a rubric file with more paraphrases of a measure or pitfall.

    Lines are only ever added; comments and order stay. Raises UsageError where there is no such
    measure or pitfall, or where it is written in a way that lines cannot be added to.
    """
    lines, root = _composed(path)
    node = _entry(root, target)
    if node is None:
        raise UsageError(_("{target}: no measure or pitfall with this id").format(target=target))
    values = {key.value: (key, value) for key, value in node.value}
    if "paraphrases" in values:
        return _extended(lines, values["paraphrases"][1], [_quoted(one) for one in sentences])
    if node.flow_style:
        raise UsageError(
            _("{target} stands on one line; give it a line “paraphrases:” first").format(
                target=target
            )
        )
    key, value = values["text"]
    indent = " " * key.start_mark.column
    new = [f"{indent}paraphrases:\n", *_items(indent + "  ", map(_quoted, sentences))]
    return _inserted(lines, _line_after(value), new)


def with_pitfall(path: Path, pitfall: Pitfall) -> str:
    """Return the text of a rubric file with one more pitfall, behind the others.

    Lines are only ever added; comments and order stay. Raises UsageError where the file is
    written in a way that lines cannot be added to.
    """
    lines, root = _composed(path)
    if root.flow_style:
        raise UsageError(
            _("{path} stands in brackets; give each key a line of its own first").format(
                path=path.name
            )
        )
    values = {key.value: value for key, value in root.value}
    pitfalls = values.get("pitfalls")
    if pitfalls is None:
        place = _line_behind(lines, values["measures"], 0)
        return _inserted(lines, place, ["pitfalls:\n", *_block(pitfall, "  ")])
    if pitfalls.flow_style and not pitfalls.value:
        return _unfolded(lines, pitfalls, _block(pitfall, "  "))
    if pitfalls.flow_style:
        # A JSON object is a mapping in YAML's brackets.
        return _extended(lines, pitfalls, [json.dumps(_record(pitfall), ensure_ascii=False)])
    dash = int(pitfalls.start_mark.column)
    return _inserted(lines, _line_behind(lines, pitfalls, dash), _block(pitfall, " " * dash))


def checked(path: Path, text: str) -> Rubric:
    """Return the rubric a text would be under a file's name; raises ContentError."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / path.name
        trial.write_text(text, encoding="utf-8", newline="")
        try:
            return load_rubric(trial)
        except ContentError as error:
            # The copy is gone before anybody reads this.
            shown = shown_path(path)
            problems = [replace(problem, path=shown) for problem in error.problems]
            raise ContentError(problems) from error


def replace_text(path: Path, text: str) -> None:
    """Put a text in the place of a file at once; raises UsageError where that fails."""
    part = path.with_name(path.name + ".part")
    try:
        part.write_text(text, encoding="utf-8", newline="")
        part.chmod(path.stat().st_mode)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UsageError(
            _("{path}: cannot be written ({reason})").format(path=path, reason=error.strerror)
        ) from error


def _composed(path: Path) -> "tuple[list[str], MappingNode]":
    import yaml

    text = path.read_bytes().decode("utf-8")
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode), "a rubric that was loaded is a mapping"
    return text.splitlines(keepends=True), root


def _entry(root: "MappingNode", target: str) -> "MappingNode | None":
    """Return the mapping of the measure or pitfall with this id."""
    entries: list[MappingNode] = [
        entry
        for key, value in root.value
        if key.value in ("measures", "pitfalls")
        for entry in value.value
    ]
    for entry in entries:
        if any(key.value == "id" and value.value == target for key, value in entry.value):
            return entry
    return None


def _extended(lines: list[str], value: "SequenceNode", items: Sequence[str]) -> str:
    if not value.value:
        at = value.end_mark
        return _lengthened(lines, at.line, at.column - 1, ", ".join(items))
    if value.flow_style:
        # Behind the last item, and not before the bracket: a comma or a comment may stand there.
        at = value.value[-1].end_mark
        return _lengthened(lines, at.line, at.column, "".join(f", {item}" for item in items))
    indent = " " * value.start_mark.column
    return _inserted(lines, _line_after(value.value[-1]), _items(indent, items))


def _lengthened(lines: list[str], number: int, column: int, added: str) -> str:
    line = lines[number]
    lines[number] = line[:column] + added + line[column:]
    return "".join(lines)


def _unfolded(lines: list[str], empty: "SequenceNode", new: Sequence[str]) -> str:
    """Put lines in the place of `[]`; a comment behind it stays."""
    start, end = empty.start_mark, empty.end_mark
    head, tail = lines[start.line][: start.column].rstrip(), lines[end.line][end.column :]
    lines[start.line : end.line + 1] = [head + tail]
    return _inserted(lines, start.line + 1, new)


def _line_after(scalar: "Node") -> int:
    """Return the line behind a scalar; the end of a block scalar is already on it."""
    mark = scalar.end_mark
    return int(mark.line if mark.column == 0 else mark.line + 1)


def _line_behind(lines: Sequence[str], node: "Node", indent: int) -> int:
    """Return the line behind all of a node, with the comments that are set in below it."""
    last = node
    while last.value and not getattr(last, "flow_style", True):
        last = last.value[-1][1] if isinstance(last.value[-1], tuple) else last.value[-1]
    place = _line_after(last)
    while place < len(lines) and _is_comment(lines[place], indent):
        place += 1
    return place


def _is_comment(line: str, indent: int) -> bool:
    words = line.lstrip(" ")
    return words.startswith("#") and len(line) - len(words) > indent


def _items(indent: str, items: Iterable[str]) -> list[str]:
    return [f"{indent}- {item}\n" for item in items]


def _block(pitfall: Pitfall, indent: str) -> list[str]:
    # An id such as `null` is a text in quotes only.
    name = pitfall.id if core_value(pitfall.id) == pitfall.id else _quoted(pitfall.id)
    lines = [
        f"{indent}- id: {name}\n",
        f"{indent}  text: {_quoted(pitfall.text)}\n",
        f"{indent}  why: {_quoted(pitfall.why)}\n",
    ]
    if pitfall.paraphrases:
        lines.append(f"{indent}  paraphrases:\n")
        lines += _items(f"{indent}    ", map(_quoted, pitfall.paraphrases))
    return lines


def _record(pitfall: Pitfall) -> dict[str, object]:
    record: dict[str, object] = {"id": pitfall.id, "text": pitfall.text, "why": pitfall.why}
    if pitfall.paraphrases:
        record["paraphrases"] = list(pitfall.paraphrases)
    return record


def _inserted(lines: list[str], place: int, new: Sequence[str]) -> str:
    if place == len(lines) and lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    return "".join([*lines[:place], *(line[:-1] + ending for line in new), *lines[place:]])


def _quoted(sentence: str) -> str:
    # A JSON string is a double-quoted YAML string.
    return json.dumps(sentence, ensure_ascii=False)
