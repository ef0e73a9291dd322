"""A pack that is handed on arrives whole, and what a stranger hides in one is refused by name."""

import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.content.small import CARD, write, write_pair
from tutor.content import pack as packs
from tutor.content.library import Library
from tutor.content.pack import read_pack
from tutor.core.errors import ContentError, UsageError
from tutor.session.packing import install, pack

MANIFEST = """\
schema: 1
name: storms
version: "1.0"
licence: CC-BY-4.0
authors: [A. Author]
"""


def folder_in(root: Path, manifest: str = MANIFEST) -> Path:
    folder = root / "storms"
    write_pair(folder)
    write(folder, "rubrics/theory/backup.en.yaml", CARD)
    (folder / "pack.yaml").write_text(manifest, encoding="utf-8")
    return folder


def empty_library(root: Path, *installed: Path) -> Library:
    for name in ("cases", "rubrics"):
        (root / "own" / name).mkdir(parents=True, exist_ok=True)
    return Library(root / "own" / "cases", root / "own" / "rubrics", packs=installed)


def zipped(root: Path, change: Callable[[zipfile.ZipFile], object]) -> Path:
    """Return a good pack to which something has been added."""
    path = pack(folder_in(root), root / "bad.zip")
    with zipfile.ZipFile(path, "a") as archive:
        change(archive)
    return path


def member(name: str, mode: int = stat.S_IFREG | 0o644) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


def test_what_is_packed_and_installed_is_in_the_library(tmp_path: Path) -> None:
    path = pack(folder_in(tmp_path), tmp_path / "storms.zip")

    manifest = install(path, tmp_path / "packs", empty_library(tmp_path))

    library = empty_library(tmp_path, tmp_path / "packs" / manifest.name)
    assert [case.id for case in library.cases()] == ["outage"]
    assert library.rubric("outage", "en").case == "outage"
    assert library.theory("backup", "en") is not None
    assert library.problems() == ()


def test_the_same_folder_gives_the_same_bytes(tmp_path: Path) -> None:
    folder = folder_in(tmp_path)
    first = pack(folder, tmp_path / "1.zip").read_bytes()
    os.utime(folder / "pack.yaml", (0, 0))

    assert pack(folder, tmp_path / "2.zip").read_bytes() == first


def test_a_folder_is_installed_as_well_and_a_newer_version_takes_its_place(tmp_path: Path) -> None:
    folder = folder_in(tmp_path)
    install(folder, tmp_path / "packs", empty_library(tmp_path))
    (folder / "pack.yaml").write_text(MANIFEST.replace("1.0", "1.1"), encoding="utf-8")
    (folder / "rubrics/theory/backup.en.yaml").unlink()

    library = empty_library(tmp_path, tmp_path / "packs/storms")
    manifest = install(folder, tmp_path / "packs", library)

    assert manifest.version == "1.1"
    assert not (tmp_path / "packs/storms/rubrics/theory/backup.en.yaml").exists()
    assert [path.name for path in (tmp_path / "packs").iterdir()] == ["storms"]


def test_a_case_that_the_library_has_is_not_installed_over(tmp_path: Path) -> None:
    library = empty_library(tmp_path)
    write_pair(tmp_path / "own")

    with pytest.raises(ContentError, match="has a case with this id already"):
        install(folder_in(tmp_path), tmp_path / "packs", library)

    assert list((tmp_path / "packs").iterdir()) == []


def test_content_with_errors_is_neither_packed_nor_installed(tmp_path: Path) -> None:
    folder = folder_in(tmp_path)
    (folder / "rubrics/outage.en.yaml").unlink()

    with pytest.raises(ContentError, match="no rubric"):
        pack(folder, tmp_path / "storms.zip")
    with pytest.raises(ContentError, match="no rubric"):
        install(folder, tmp_path / "packs", empty_library(tmp_path))

    assert not (tmp_path / "storms.zip").exists()


@pytest.mark.parametrize(
    ("name", "mode", "content", "said"),
    [
        ("../evil.yaml", 0, b"", "leads out of the pack"),
        ("cases/../../evil.yaml", 0, b"", "leads out of the pack"),
        ("cases\\..\\evil.yaml", 0, b"", "leads out of the pack"),
        ("/etc/evil.yaml", 0, b"", "absolute"),
        ("C:\\evil.yaml", 0, b"", "absolute"),
        ("cases/link.en.yaml", stat.S_IFLNK | 0o777, b"/etc/passwd", "a link"),
        ("cases/pipe.en.yaml", stat.S_IFIFO | 0o644, b"", "not a file"),
        ("cases/run.en.yaml", stat.S_IFREG | 0o755, b"schema: 1", "marked as executable"),
        ("cases/run.en.yaml", 0, b"#!/bin/sh", "a program"),
        ("cases/run.en.yaml", 0, b"MZ\x90\x00", "a program"),
        ("README.md", 0, b"\x7fELF\x02", "a program"),
        ("setup.py", 0, b"print()", "not a file of a pack"),
        ("cases/deep/x.en.yaml", 0, b"", "not a file of a pack"),
        ("cases/a\x1b[2J.yaml", 0, b"", "not a file of a pack"),
        ("cases/large.en.yaml", 0, b"a" * (1024 * 1024 + 1), "larger than 1 MiB"),
        ("CASES/outage.en.yaml", 0, b"", "not a file of a pack"),
        ("cases/Outage.en.yaml", 0, b"", "there twice"),
    ],
)
def test_each_trick_is_refused_by_name_and_nothing_is_written(
    name: str, mode: int, content: bytes, said: str, tmp_path: Path
) -> None:
    path = zipped(tmp_path, lambda archive: archive.writestr(member(name, mode), content))
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(ContentError) as caught:
        install(path, tmp_path / "packs", empty_library(tmp_path))

    assert len(caught.value.problems) == 1
    assert said in str(caught.value)
    assert name.split("\x1b")[0] in str(caught.value)
    assert "\x1b" not in str(caught.value)
    assert [
        p for p in sorted(tmp_path.rglob("*")) if p not in before and "own" not in p.parts
    ] == []


def test_a_zip_that_understates_a_size_is_measured_by_what_comes_out(tmp_path: Path) -> None:
    name = "cases/bomb.en.yaml"
    path = zipped(tmp_path, lambda archive: archive.writestr(member(name), b"a" * 3_000_000, 8))
    raw = path.read_bytes()
    path.write_bytes(raw.replace((3_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")))

    with pytest.raises(ContentError):
        read_pack(path)


def test_a_pack_of_too_many_files_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packs, "MAX_FILES", 2)

    with pytest.raises(ContentError, match="too large"):
        read_pack(folder_in(tmp_path))


def test_a_link_in_a_folder_is_refused(tmp_path: Path) -> None:
    folder = folder_in(tmp_path)
    (folder / "cases/other.en.yaml").symlink_to("/etc/hostname")

    with pytest.raises(ContentError, match="a link"):
        read_pack(folder)


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        (MANIFEST.replace("storms", "../storms"), "does not fit"),
        (MANIFEST.replace('"1.0"', "1.0"), "expected numbers with dots"),
        (MANIFEST.replace("authors: [A. Author]\n", ""), "the key is missing"),
        ("name: [", "not valid YAML"),
    ],
)
def test_a_manifest_with_mistakes_is_refused(manifest: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ContentError, match=said):
        read_pack(folder_in(tmp_path, manifest))


def test_what_is_no_pack_at_all_is_said_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"PK nothing of the kind")

    for path in (tmp_path / "x.zip", tmp_path / "nowhere.zip"):
        with pytest.raises(UsageError, match="no folder and no zip"):
            read_pack(path)
    (tmp_path / "bare").mkdir()
    with pytest.raises(ContentError, match="the manifest is missing"):
        read_pack(tmp_path / "bare")


def test_what_a_crash_took_away_comes_back_even_where_the_next_pack_is_refused(
    tmp_path: Path,
) -> None:
    folder = folder_in(tmp_path)
    install(folder, tmp_path / "packs", empty_library(tmp_path))
    (tmp_path / "packs/storms").rename(tmp_path / "packs/.storms.old")
    (folder / "rubrics/outage.en.yaml").unlink()

    with pytest.raises(ContentError, match="no rubric"):
        install(folder, tmp_path / "packs", empty_library(tmp_path))

    assert [path.name for path in (tmp_path / "packs").iterdir()] == ["storms"]
