"""Handing cases on: a folder becomes a pack, and a pack becomes a part of the library."""

import os
import shutil
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from tutor.content.check import check_content
from tutor.content.library import Library
from tutor.content.pack import (
    MANIFEST,
    Manifest,
    Pack,
    is_content,
    manifest_in,
    read_pack,
    shown_member,
)
from tutor.content.reading import Reading, quoted, shown_path
from tutor.core.errors import ContentError, UsageError
from tutor.core.problem import Problem, Severity
from tutor.locales import _
from tutor.store.faults import file_errors
from tutor.store.private import make_folder

# The oldest date a zip can hold: the same content gives the same bytes.
_DATE = (1980, 1, 1, 0, 0, 0)


def pack(folder: Path, out: Path | None, *, into_folder: bool = False) -> Path:
    """Write a folder as one zip file, by default `NAME-VERSION.zip` here; return its path.

    Where `out` is a folder, or is to become one (`into_folder`), the file has its usual name in
    it. Folders that are missing are made.

    Raises ContentError where the folder holds what a pack must not, or content with errors,
    UsageError where there is no such folder or the file cannot be written.
    """
    if not _is_folder(folder):
        raise UsageError(_("{path}: no such folder").format(path=shown_path(folder)))
    # A path that ends in `..` has no name for a file, whether or not its folder is there.
    into_folder = out is None or into_folder or out.name in ("", "..") or _is_folder(out)
    inside = "" if out is None or into_folder else _name_in(folder, out)
    if is_content(inside):
        raise UsageError(
            _("{path}: this is a file of the pack itself; give another name").format(
                path=shown_path(folder / inside)
            )
        )
    content = read_pack(folder, without=inside)
    _check(folder, content)
    path = out or Path()
    if into_folder:
        path /= f"{content.manifest.name}-{content.manifest.version}.zip"
    _write(content, path)
    return path


def _is_folder(path: Path) -> bool:
    """Say whether a folder can be seen there; one behind a closed folder cannot."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _name_in(folder: Path, file: Path) -> str:
    """Return the path of a file in a folder, with slashes; empty where it lies elsewhere."""
    place = file.parent.resolve() / file.name
    root = folder.resolve()
    return place.relative_to(root).as_posix() if place.is_relative_to(root) else ""


def _write(content: Pack, path: Path) -> None:
    """Write the zip file, all of it or none; raises UsageError."""
    # Hidden, because a crash may leave it in the folder that is packed.
    part = path.with_name(f".{path.name}.part")
    try:
        if path.exists() and not path.is_file():
            raise OSError(0, _("this is not a file"))
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in sorted(content.files.items()):
                info = zipfile.ZipInfo(name, _DATE)
                info.external_attr = 0o100644 << 16
                archive.writestr(info, data, zipfile.ZIP_DEFLATED)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise UsageError(
            _("{path}: cannot be written ({reason})").format(
                path=shown_path(path), reason=error.strerror or error
            )
        ) from error


def install(path: Path, packs_dir: Path, library: Library) -> Manifest:
    """Put a pack under its name into the folder of packs, in the place of an earlier version.

    Changes nothing where it raises ContentError, because anything in the pack is refused, its
    content has errors, or one of its cases is in the library already; or UsageError, because
    there is no such pack, or a newer version of it is installed.
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
        _refuse_older(path, content.manifest, place)
        for member, data in content.files.items():
            file = part / member
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
        try:
            _check(part, content, origin=path)
            _refuse_known(path, part, place, library)
        except ContentError:
            _clear((part,))
            raise
        if place.exists():
            place.rename(old)
        part.rename(place)
        _clear((old,))
    return content.manifest


def _refuse_older(path: Path, manifest: Manifest, place: Path) -> None:
    """Raise UsageError where a newer version of the pack stands in its place."""
    # Of a pack that was damaged there is no version, and any may mend it.
    installed = manifest_in(place).version
    if installed and _numbers(installed) > _numbers(manifest.version):
        raise UsageError(
            _(
                "{path}: {name} {version} is older than {installed}, which is installed; "
                "to go back, remove {folder} first"
            ).format(
                path=shown_path(path),
                name=manifest.name,
                version=manifest.version,
                installed=installed,
                folder=shown_path(place),
            )
        )


def _numbers(version: str) -> tuple[int, ...]:
    """Return the numbers of a version, to compare: 1.10 is above 1.9, and 1.0.0 is 1.0."""
    numbers = [int(number) for number in version.split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _clear(folders: Sequence[Path]) -> None:
    for folder in folders:
        if folder.exists():
            shutil.rmtree(folder)


def _files(folder: Path, content: Pack, start: str) -> list[Path]:
    return [folder / name for name in sorted(content.files) if name.rpartition("/")[0] == start]


def _check(folder: Path, content: Pack, origin: Path | None = None) -> None:
    """Raise ContentError with the errors of the content.

    `origin` is the pack that was unpacked into the folder, and is named in the folder's place.
    """
    problems = check_content(
        _files(folder, content, "cases"),
        _files(folder, content, "rubrics"),
        [folder / "rubrics" / "theory"],
    )
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if origin is not None:
        errors = [_moved(problem, folder, origin) for problem in errors]
    if not _files(folder, content, "cases"):
        reading = Reading(shown_path(origin or folder))
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


def _moved(problem: Problem, folder: Path, origin: Path) -> Problem:
    """Return a problem at the file the person has, not at the copy that is about to go."""
    copy, shown = f"{shown_path(folder)}{os.sep}", shown_member(origin, "")
    return replace(
        problem, path=problem.path.replace(copy, shown), why=problem.why.replace(copy, shown)
    )


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
