"""Starting a case: two files that an author fills in, and the schemas an editor checks with."""

from pathlib import Path
from typing import get_args

from tutor.content.formats import ID, LANGUAGE
from tutor.content.jsonschema import SchemaName, schema_text
from tutor.content.reading import quoted, shown_path
from tutor.content.skeleton import skeleton
from tutor.core.case import Kind
from tutor.core.errors import UsageError
from tutor.locales import _


def new_case(
    case_id: str, language: str, kind: Kind, *, cases_dir: Path, rubrics_dir: Path
) -> tuple[Path, ...]:
    """Write the skeleton of a case and its rubric, and the schemas beside their folders.

    Returns the two files. Raises UsageError for a name that cannot be one, where either file
    exists already, and where a folder cannot be written; files that exist are never changed.
    """
    for value, shape in ((case_id, ID), (language, LANGUAGE)):
        if not shape.pattern.fullmatch(value):
            raise UsageError(
                _("{value} does not fit; expected {wanted}").format(
                    value=quoted(value), wanted=shape.wanted()
                )
            )
    name = f"{case_id}.{language}.yaml"
    draft = skeleton(case_id, language, kind)
    files = {cases_dir / name: draft.case, rubrics_dir / name: draft.rubric}
    for path in files:
        if path.exists():
            raise UsageError(
                _("{path} exists already; choose another id or language").format(
                    path=shown_path(path)
                )
            )
    for path, text in files.items():
        _write(path, text)
    for folder in dict.fromkeys((cases_dir.parent, rubrics_dir.parent)):
        for schema in get_args(SchemaName):
            _write(folder / "schemas" / f"{schema}.schema.json", schema_text(schema))
    return tuple(files)


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(
            _("{path}: cannot be written ({reason})").format(
                path=shown_path(path), reason=error.strerror
            )
        ) from error
