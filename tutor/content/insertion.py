"""Paraphrases put into a rubric's file as text, so that everything else stays as written."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.content.load import load_rubric
from tutor.core.errors import UsageError
from tutor.core.rubric import Rubric
from tutor.locales import _

if TYPE_CHECKING:
    from yaml.nodes import MappingNode, Node, SequenceNode


def with_paraphrases(path: Path, target: str, sentences: Sequence[str]) -> str:
    """Return the text of a rubric file with more paraphrases of a measure or pitfall.

    Lines are only ever added; comments and order stay. Raises UsageError where there is no such
    measure or pitfall, or where it is written in a way that lines cannot be added to.
    """
    import yaml

    text = path.read_bytes().decode("utf-8")
    lines = text.splitlines(keepends=True)
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode), "a rubric that was loaded is a mapping"
    node = _entry(root, target)
    if node is None:
        raise UsageError(_("{target}: no measure or pitfall with this id").format(target=target))
    values = {key.value: (key, value) for key, value in node.value}
    if "paraphrases" in values:
        return _extended(lines, values["paraphrases"][1], sentences)
    if node.flow_style:
        raise UsageError(
            _("{target} stands on one line; give it a line “paraphrases:” first").format(
                target=target
            )
        )
    key, value = values["text"]
    indent = " " * key.start_mark.column
    new = [f"{indent}paraphrases:\n", *_items(indent + "  ", sentences)]
    return _inserted(lines, _line_after(value), new)


def checked(path: Path, text: str) -> Rubric:
    """Return the rubric a text would be under a file's name; raises ContentError."""
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / path.name
        trial.write_text(text, encoding="utf-8", newline="")
        return load_rubric(trial)


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


def _extended(lines: list[str], value: "SequenceNode", sentences: Sequence[str]) -> str:
    if value.flow_style or not value.value:
        # `[]` or `[a, b]`: one line that becomes longer.
        at = value.end_mark
        line = lines[at.line]
        before = ", " if value.value else ""
        added = before + ", ".join(_quoted(sentence) for sentence in sentences)
        lines[at.line] = line[: at.column - 1] + added + line[at.column - 1 :]
        return "".join(lines)
    indent = " " * value.start_mark.column
    return _inserted(lines, _line_after(value.value[-1]), _items(indent, sentences))


def _line_after(scalar: "Node") -> int:
    """Return the line behind a scalar; the end of a block scalar is already on it."""
    mark = scalar.end_mark
    return int(mark.line if mark.column == 0 else mark.line + 1)


def _items(indent: str, sentences: Sequence[str]) -> list[str]:
    return [f"{indent}- {_quoted(sentence)}\n" for sentence in sentences]


def _inserted(lines: list[str], place: int, new: Sequence[str]) -> str:
    if place == len(lines) and lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    return "".join([*lines[:place], *(line[:-1] + ending for line in new), *lines[place:]])


def _quoted(sentence: str) -> str:
    # A JSON string is a double-quoted YAML string.
    return json.dumps(sentence, ensure_ascii=False)
