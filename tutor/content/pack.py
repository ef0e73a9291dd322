"""Packs: a folder or zip of cases, rubrics and theory cards with a manifest.

A pack comes from a stranger. What is read is data in files of known names and sizes; whatever
else a folder or zip can hold is refused by name, and nothing is written while reading. Only in a
folder, hidden files and packs made from it before are the author's own, and left out.
"""

import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from tutor.content.formats import ID, LINE, VERSION
from tutor.content.kinds import ID_PATTERN, Shaped
from tutor.content.reading import Reading, Unreadable, quoted, shown_path
from tutor.content.structures import Key, ListOf, Record
from tutor.content.textfile import MAX_BYTES, decode, read_bytes
from tutor.core.errors import ContentError, UsageError
from tutor.core.plaintext import unsafe_character
from tutor.locales import _

MANIFEST = "pack.yaml"
# A case in one language takes 50 KB with its rubric: room for some two hundred.
MAX_TOTAL = 20 * 1024 * 1024
MAX_FILES = 2_000

_VERSION = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9}){1,3}", re.ASCII)
_CONTENT = re.compile(
    r"(?:cases|rubrics|rubrics/theory)/[^/]+\.ya?ml|schemas/[^/]+\.schema\.json"
    r"|pack\.yaml|(?:README|LICEN[CS]E)(?:\.md|\.txt)?"
)
_PROGRAM_STARTS = (
    b"#!",
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xcf\xfa\xed\xfe",
    b"PK\x03\x04",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a pack says of itself; it is installed under its name."""

    name: str
    version: str
    licence: str
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A pack as read: its manifest, and the bytes of each file by its path with slashes."""

    manifest: Manifest
    files: dict[str, bytes]


PACK = Record(
    Manifest,
    {
        "schema": VERSION,
        "name": Key(ID),
        "version": Key(
            Shaped(
                rule="bad-version",
                pattern=_VERSION,
                describe=lambda: _("numbers with dots such as `1.0`, in quotes"),
                convert=str,
                empty="",
            )
        ),
        "licence": Key(LINE),
        "authors": Key(ListOf(LINE, at_least=1)),
    },
)


@dataclass(frozen=True, slots=True)
class _Member:
    """A file in a folder or zip: its mode (0 where unknown), its stated size, and its bytes."""

    name: str
    mode: int
    size: int
    read: Callable[[int], bytes]
    is_encrypted: bool = False


def read_pack(path: Path, without: str = "") -> Pack:
    """Return a pack from a folder or a zip file.

    `without` names a file of the folder, with slashes, that is no part of the pack.

    Raises ContentError with everything that is refused in it and every mistake of its manifest,
    UsageError where there is no folder or zip that can be read.
    """
    reading = Reading(shown_path(path))
    files = _files(path, without, reading)
    if not reading.problems and MANIFEST not in files:
        reading.report(
            "no-manifest",
            MANIFEST,
            _("the manifest is missing"),
            _("it says name, version, licence and authors"),
            _("write {file}").format(file=quoted(MANIFEST)),
        )
    if reading.problems:
        raise ContentError(reading.problems)
    in_manifest = Reading(shown_member(path, MANIFEST))
    manifest = PACK.stand_in()
    with suppress(Unreadable):  # what made it so has been reported
        manifest = _manifest(files[MANIFEST], in_manifest)
    if in_manifest.problems:
        raise ContentError(in_manifest.problems)
    return Pack(manifest=manifest, files=files)


def manifest_in(folder: Path) -> Manifest:
    """Return what a folder says of itself, with empty texts for what is wrong or missing."""
    aside = Reading("")
    try:
        return _manifest(read_bytes(folder / MANIFEST, aside), aside)
    except Unreadable:
        return PACK.stand_in()


def shown_member(path: Path, name: str) -> str:
    """Return a file of a pack as messages show it; in a zip it has no path of its own."""
    return f"{shown_path(path)}{'/' if path.is_dir() else ': '}{name}"


def is_content(name: str) -> bool:
    """Say whether a file of this path, with slashes, can be a part of a pack."""
    return _CONTENT.fullmatch(name) is not None


def _manifest(content: bytes, reading: Reading) -> Manifest:
    from tutor.content.yamlfile import read_text

    return PACK.read(read_text(decode(content, reading), reading), "", reading)


def _files(path: Path, without: str, reading: Reading) -> dict[str, bytes]:
    """Return what is accepted of a folder or zip; UsageError where there is none to read."""
    shown = shown_path(path)
    try:
        if path.is_dir():
            return _accepted(_in_folder(path, without), reading)
        # A named pipe would block for ever.
        if path.exists() and not path.is_file():
            raise zipfile.BadZipFile
        with zipfile.ZipFile(path) as archive:
            return _accepted(_in_zip(archive), reading)
    except FileNotFoundError as error:
        raise UsageError(
            _("{path}: there is no folder and no zip file of this name").format(path=shown)
        ) from error
    except OSError as error:
        raise UsageError(
            _("{path}: cannot be read ({reason})").format(
                path=shown, reason=error.strerror or error
            )
        ) from error
    # UnicodeDecodeError: a zip may say of a name that it is UTF-8 where it is not.
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError) as error:
        raise UsageError(
            _("{path}: this is no folder and no zip file, or it is damaged").format(path=shown)
        ) from error


def _in_folder(folder: Path, without: str) -> Iterator[_Member]:
    """Yield what lies in a folder, except what is the author's own."""
    # Without a name that can be read, the manifest is to be mended first, not each zip refused.
    named = re.escape(manifest_in(folder).name) or ID_PATTERN.pattern
    earlier = re.compile(rf"(?:.*/)?{named}-{_VERSION.pattern}\.zip")
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if any(part.startswith(".") for part in name.split("/")):
            continue
        if name == without or earlier.fullmatch(name):
            continue
        state = path.lstat()
        if not stat.S_ISDIR(state.st_mode):
            yield _Member(name, state.st_mode, state.st_size, _file_reader(path))


def _file_reader(path: Path) -> Callable[[int], bytes]:
    def read(most: int) -> bytes:
        with path.open("rb") as file:
            return file.read(most)

    return read


def _in_zip(archive: zipfile.ZipFile) -> Iterator[_Member]:
    for info in archive.infolist():
        # Not `is_dir`, which looks at the last letter of a name that can be empty.
        if not info.filename.endswith("/"):
            mode = info.external_attr >> 16
            yield _Member(
                # zipfile turns what the system of this machine takes for a separator into `/`.
                info.orig_filename,
                mode,
                info.file_size,
                _zip_reader(archive, info),
                bool(info.flag_bits & 1),
            )


def _zip_reader(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[int], bytes]:
    def read(most: int) -> bytes:
        with archive.open(info) as file:
            return file.read(most)

    return read


def _accepted(members: Iterable[_Member], reading: Reading) -> dict[str, bytes]:
    """Return the bytes of the members, or report each that is refused, and why."""
    files: dict[str, bytes] = {}
    seen: set[str] = set()
    total = 0
    for number, member in enumerate(members, start=1):
        rule, what = _refusal(member)
        content = b""
        if number > MAX_FILES or total > MAX_TOTAL:
            _refuse(reading, "too-large", member.name, _("the pack is too large"))
            break
        if not rule and member.name.casefold() in seen:
            rule, what = "duplicate-file", _("the file is there twice")
        seen.add(member.name.casefold())
        if not rule:
            rule, what, content = _content(member)
        if rule:
            _refuse(reading, rule, member.name, what)
        total += len(content)
        files[member.name] = content
    return files


def _refuse(reading: Reading, rule: str, name: str, what: str) -> None:
    # A file's name is a stranger's text, too.
    shown = shown_path(Path(name))[:200]
    reading.report(rule, shown, what, "", _("the pack is refused"))


def _refusal(member: _Member) -> tuple[str, str]:
    """Return the rule and the reason for which a member is refused unread, or two empty texts."""
    name, kind = member.name, stat.S_IFMT(member.mode)
    if re.match(r"[/\\]|[A-Za-z]:", name):
        return "absolute-path", _("the path is absolute")
    if ".." in re.split(r"[/\\]", name):
        return "path-outside", _("the path leads out of the pack")
    if kind == stat.S_IFLNK:
        return "link", _("this is a link")
    if kind not in (0, stat.S_IFREG):
        return "not-a-file", _("this is not a file")
    if member.mode & 0o111:
        return "executable", _("the file is marked as executable")
    if member.is_encrypted:
        return "encrypted", _("the file is encrypted")
    if "\\" in name or unsafe_character(name) is not None or not _CONTENT.fullmatch(name):
        return "not-content", _("this is not a file of a pack")
    if member.size > MAX_BYTES:
        return "too-large", _("the file is larger than 1 MiB")
    return "", ""


def _content(member: _Member) -> tuple[str, str, bytes]:
    """Return the bytes of a member, or the rule and the reason for which it is refused."""
    try:
        # A zip may understate a size: what counts is what comes out.
        content = member.read(MAX_BYTES + 1)
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return "unreadable", _("the file cannot be read"), b""
    if len(content) > MAX_BYTES:
        return "too-large", _("the file is larger than 1 MiB"), b""
    if content.startswith(_PROGRAM_STARTS):
        return "executable", _("the file is a program"), b""
    return "", "", content
