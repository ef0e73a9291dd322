"""Starting a case: two files that an author fills in, and the schemas an editor checks with."""

import os
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from tutor.content.formats import ID, LANGUAGE
from tutor.content.jsonschema import schema_text
from tutor.content.reading import quoted, shown_path
from tutor.content.skeleton import skeleton
from tutor.core.case import Kind
from tutor.core.errors import UsageError
from tutor.locales import _


def new_case(
    case_id: str, language: str, kind: Kind, *, cases_dir: Path, rubrics_dir: Path
) -> tuple[Path, ...]:
    """Write the skeleton of a case and its rubric, and the schemas beside their folders.

    Returns the two files. Raises UsageError for a name that cannot be one, where both folders
    are the same, where either file exists already, and where a folder cannot be written. Cases
    and rubrics that exist are never changed, and nothing stays of a case that could not be
    written whole.
    """
    for value, shape in ((case_id, ID), (language, LANGUAGE)):
        if not shape.pattern.fullmatch(value):
            raise UsageError(
                _("{value} does not fit; expected {wanted}").format(
                    value=quoted(value), wanted=shape.wanted()
                )
            )
    if _are_one(cases_dir, rubrics_dir):
        raise UsageError(
            _(
                "{folder} cannot hold both cases and rubrics, whose files have the same names; "
                "name two folders with --cases and --rubrics"
            ).format(folder=shown_path(cases_dir))
        )
    name = f"{case_id}.{language}.yaml"
    case_path, rubric_path = files = (cases_dir / name, rubrics_dir / name)
    for path in files:
        if os.path.lexists(path):
            raise UsageError(
                _("{path} exists already; choose another id or language").format(
                    path=shown_path(path)
                )
            )
    draft = skeleton(
        case_id,
        language,
        kind,
        case_schemas=_seen_from(cases_dir),
        rubric_schemas=_seen_from(rubrics_dir),
    )
    schemas = {
        _schemas_beside(cases_dir) / "case.schema.json": schema_text("case"),
        _schemas_beside(rubrics_dir) / "rubric.schema.json": schema_text("rubric"),
    }
    _write_all({**schemas, case_path: draft.case, rubric_path: draft.rubric}, may_exist=schemas)
    return files


def _are_one(first: Path, second: Path) -> bool:
    """Tell whether two names lead to one folder, which need not be there yet."""
    try:
        return first.samefile(second)
    except OSError:
        return os.path.realpath(first) == os.path.realpath(second)


def _schemas_beside(folder: Path) -> Path:
    """Return where the schemas of a folder's files lie.

    For the current folder, `.`, that is within it: what lies above it was not named.
    """
    return folder.parent / "schemas"


def _seen_from(folder: Path) -> str:
    """Return the way from a folder to its schemas, as editors write it."""
    return Path(os.path.relpath(_schemas_beside(folder), folder)).as_posix()


def _write_all(files: Mapping[Path, str], *, may_exist: Collection[Path]) -> None:
    """Write all files or none; raises UsageError after taking back what was written."""
    made: list[Path] = []
    for path, text in files.items():
        try:
            _make_folder(path.parent, made)
            is_new = path not in may_exist or not os.path.lexists(path)
            with path.open("x" if is_new else "w", encoding="utf-8", newline="\n") as file:
                if is_new:
                    made.append(path)
                file.write(text)
        except OSError as error:
            _take_back(made)
            raise UsageError(
                _("{path}: cannot be written ({reason})").format(
                    path=shown_path(path), reason=error.strerror
                )
            ) from error


def _make_folder(folder: Path, made: list[Path]) -> None:
    """Make a folder and what is missing above it, and add them to what was made."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir()
        made.append(path)


def _take_back(made: Iterable[Path]) -> None:
    for path in reversed([*made]):
        try:
            if path.is_dir():
                path.rmdir()
            else:
                path.unlink(missing_ok=True)
        except OSError:
            continue  # somebody else has put a file into the folder meanwhile
