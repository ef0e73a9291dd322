"""Handing cases on: a folder becomes a pack, and a pack becomes a part of the library."""

import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

from tutor.content.check import check_content
from tutor.content.library import Library
from tutor.content.pack import MANIFEST, Manifest, Pack, read_pack
from tutor.content.reading import Reading, quoted, shown_path
from tutor.core.errors import ContentError, UsageError
from tutor.core.problem import Severity
from tutor.locales import _
from tutor.store.faults import file_errors
from tutor.store.private import make_folder

# The oldest date a zip can hold: the same content gives the same bytes.
_DATE = (1980, 1, 1, 0, 0, 0)


def pack(folder: Path, out: Path | None) -> Path:
    """Write a folder as one zip file, by default `NAME-VERSION.zip` beside it; return its path.

    Raises ContentError where the folder holds what a pack must not, or content with errors.
    """
    if not folder.is_dir():
        raise UsageError(_("{path}: no such folder").format(path=shown_path(folder)))
    content = read_pack(folder)
    _check(folder, content)
    manifest = content.manifest
    path = out or Path(f"{manifest.name}-{manifest.version}.zip")
    part = path.with_name(path.name + ".part")
    with file_errors(path):
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in sorted(content.files.items()):
                info = zipfile.ZipInfo(name, _DATE)
                info.external_attr = 0o100644 << 16
                archive.writestr(info, data, zipfile.ZIP_DEFLATED)
        part.replace(path)
    return path


def install(path: Path, packs_dir: Path, library: Library) -> Manifest:
    """Put a pack under its name into the folder of packs, in the place of an earlier version.

    Raises ContentError, and changes nothing, where anything in it is refused, its content has
    errors, or one of its cases is in the library already.
    """
    content = read_pack(path)
    name = content.manifest.name
    # Names with a dot at the start are no packs: what a crash leaves behind is never read.
    place, part, old = (packs_dir / form.format(name) for form in ("{}", ".{}.part", ".{}.old"))
    with file_errors(packs_dir):
        make_folder(packs_dir)
        if old.exists() and not place.exists():
            old.rename(place)  # a crash between the two renames below took it away
        _clear((part, old))
        for member, data in content.files.items():
            file = part / member
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        try:
            _check(part, content, shown=path)
            _refuse_known(path, part, place, library)
        except ContentError:
            _clear((part,))
            raise
        if place.exists():
            place.rename(old)
        part.rename(place)
        _clear((old,))
    return content.manifest


def _clear(folders: Sequence[Path]) -> None:
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)


def _files(folder: Path, content: Pack, start: str) -> list[Path]:
    return [folder / name for name in sorted(content.files) if name.rpartition("/")[0] == start]


def _check(folder: Path, content: Pack, shown: Path | None = None) -> None:
    """Raise ContentError with the errors of the content, at paths of the pack itself."""
    problems = check_content(
        _files(folder, content, "cases"),
        _files(folder, content, "rubrics"),
        [folder / "rubrics" / "theory"],
    )
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if not _files(folder, content, "cases"):
        reading = Reading(shown_path(shown or folder))
        reading.report(
            "no-case",
            "cases",
            _("the pack has no case"),
            "",
            _("write one beside {file}").format(file=quoted(MANIFEST)),
        )
        errors += reading.problems
    if errors:
        raise ContentError(errors)


def _refuse_known(path: Path, part: Path, place: Path, library: Library) -> None:
    """Raise ContentError where another case of the library has an id of the pack."""
    known = {
        (case.id, case.language)
        for folder in library.cases_dirs
        if folder.parent != place
        for case in Library(folder, folder).cases()
    }
    reading = Reading(shown_path(path))
    for case in Library(part / "cases", part / "rubrics").cases():
        if (case.id, case.language) in known:
            reading.report(
                "duplicate-file",
                f"cases/{case.id}.{case.language}.yaml",
                _("the library has a case with this id already"),
                "",
                _("give it another id"),
            )
    if reading.problems:
        raise ContentError(reading.problems)
