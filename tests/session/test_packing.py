"""A pack that is handed on arrives whole, and what a stranger hides in one is refused by name."""

import os
import re
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.content.small import CARD, write, write_pair
from tutor.content import pack as packs
from tutor.content.library import Library
from tutor.content.pack import manifest_in, read_pack
from tutor.core.errors import ContentError, UsageError
from tutor.session.packing import _numbers, install, pack

MANIFEST = """\
schema: 1
name: storms
version: "1.0"
licence: CC-BY-4.0
authors: [A. Author]
"""


VERSIONS = st.lists(st.integers(0, 10**9 - 1), min_size=2, max_size=4).map(
    lambda numbers: ".".join(map(str, numbers))
)


def version(text: str) -> str:
    return MANIFEST.replace("1.0", text)


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


@pytest.mark.parametrize("out", [".", "there", "sub/..", "sub/../there/..", "storms"])
def test_a_folder_to_write_to_gets_the_file_under_its_usual_name(
    out: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_in(tmp_path)
    (tmp_path / "there").mkdir()
    monkeypatch.chdir(tmp_path)

    path = pack(Path("storms"), Path(out))

    assert path == Path(out) / "storms-1.0.zip"
    assert zipfile.is_zipfile(path)


def test_folders_that_are_missing_are_made_for_the_file(tmp_path: Path) -> None:
    folder = folder_in(tmp_path)

    assert pack(folder, tmp_path / "a/b.zip").is_file()
    path = pack(folder, tmp_path / "x/y", into_folder=True)
    assert path == tmp_path / "x/y/storms-1.0.zip"
    assert path.is_file()


@pytest.mark.parametrize("out", ["file/b.zip", "taken"], ids=["below a file", "over a folder"])
def test_a_file_that_cannot_be_written_is_said_in_one_sentence_and_leaves_nothing(
    out: str, tmp_path: Path
) -> None:
    folder = folder_in(tmp_path)
    (tmp_path / "file").touch()
    (tmp_path / "taken/storms-1.0.zip").mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(UsageError, match=r"zip: cannot be written \([^)]+\)$") as caught:
        pack(folder, tmp_path / out)

    assert "TUTOR_HOME" not in str(caught.value)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("out", [None, Path("mine.zip"), Path("dist/mine.zip"), Path("dist")])
def test_what_was_packed_inside_the_folder_is_no_part_of_the_next_pack(
    out: Path | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = folder_in(tmp_path)
    (folder / "dist").mkdir()
    clean = pack(folder, tmp_path / "clean.zip").read_bytes()
    monkeypatch.chdir(folder)
    pack(Path(), out)

    assert pack(Path(), out).read_bytes() == clean


def test_the_output_of_an_earlier_version_is_in_nobodys_way(tmp_path: Path) -> None:
    folder = folder_in(tmp_path)
    pack(folder, folder)
    (folder / "pack.yaml").write_text(version("1.1"), encoding="utf-8")

    path = pack(folder, folder)

    assert path.name == "storms-1.1.zip"
    assert not any(name.endswith(".zip") for name in read_pack(path).files)
    assert install(folder, tmp_path / "packs", empty_library(tmp_path)).version == "1.1"


@pytest.mark.parametrize("name", ["snow-1.0.zip", "storms-final.zip", "storms.zip"])
def test_another_zip_in_the_folder_is_refused_by_name(name: str, tmp_path: Path) -> None:
    folder = folder_in(tmp_path)
    (folder / name).touch()

    with pytest.raises(ContentError, match=f"{name}: this is not a file of a pack"):
        pack(folder, None)


def test_a_mistake_in_the_manifest_is_named_before_an_earlier_output(tmp_path: Path) -> None:
    folder = folder_in(tmp_path)
    pack(folder, folder)
    (folder / "pack.yaml").write_text(MANIFEST.replace("storms", "Storms"), encoding="utf-8")

    with pytest.raises(ContentError) as caught:
        pack(folder, folder)

    assert [problem.rule for problem in caught.value.problems] == ["bad-id"]


@pytest.mark.parametrize("name", ["pack.yaml", "cases/outage.en.yaml", "README.md"])
def test_a_pack_is_never_written_over_its_own_content(name: str, tmp_path: Path) -> None:
    folder = folder_in(tmp_path)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    with pytest.raises(UsageError, match=f"{name}: this is a file of the pack itself"):
        pack(folder, folder / "rubrics/.." / name)

    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


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


@pytest.mark.parametrize(
    ("installed", "offered"),
    [("1.1", "1.0"), ("1.10", "1.9"), ("2.0", "1.99.99"), ("1.0.1", "1.0")],
)
def test_an_older_version_is_refused_with_both_versions_and_the_way_back(
    installed: str, offered: str, tmp_path: Path
) -> None:
    library, packs_dir = empty_library(tmp_path), tmp_path / "packs"
    install(folder_in(tmp_path, version(installed)), packs_dir, library)
    older = folder_in(tmp_path, version(offered))

    said = f"storms {offered} is older than {installed}, .*remove {packs_dir / 'storms'} first"
    with pytest.raises(UsageError, match=said):
        install(older, packs_dir, library)

    assert manifest_in(packs_dir / "storms").version == installed
    assert [path.name for path in packs_dir.iterdir()] == ["storms"]


@pytest.mark.parametrize(
    ("installed", "offered"), [("1.0", "1.0"), ("1.0.0", "1.0"), ("1.9", "1.10"), ("1.0", "1.0.1")]
)
def test_the_same_or_a_newer_version_takes_its_place(
    installed: str, offered: str, tmp_path: Path
) -> None:
    packs_dir = tmp_path / "packs"
    library = empty_library(tmp_path, packs_dir / "storms")
    install(folder_in(tmp_path, version(installed)), packs_dir, library)

    install(folder_in(tmp_path, version(offered)), packs_dir, library)

    assert manifest_in(packs_dir / "storms").version == offered


def test_a_damaged_pack_is_mended_by_any_version(tmp_path: Path) -> None:
    packs_dir = tmp_path / "packs"
    (packs_dir / "storms").mkdir(parents=True)
    (packs_dir / "storms/pack.yaml").write_text("version: [", encoding="utf-8")

    install(folder_in(tmp_path), packs_dir, empty_library(tmp_path))

    assert manifest_in(packs_dir / "storms").version == "1.0"


@given(VERSIONS, VERSIONS)
def test_versions_are_compared_number_by_number(one: str, other: str) -> None:
    def padded(text: str) -> list[int]:
        numbers = [int(number) for number in text.split(".")]
        return numbers + [0] * (4 - len(numbers))

    assert (_numbers(one) < _numbers(other)) == (padded(one) < padded(other))
    assert (_numbers(one) == _numbers(other)) == (padded(one) == padded(other))


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


@pytest.mark.parametrize("is_zip", [True, False])
def test_a_mistake_is_named_in_the_pack_and_not_in_the_copy_of_it(
    is_zip: bool, tmp_path: Path
) -> None:
    folder = path = folder_in(tmp_path)
    for name in ("cases", "rubrics"):
        shutil.copy(folder / name / "outage.en.yaml", folder / name / "twin.en.yaml")
    (folder / "cases/torn.en.yaml").write_text("title: [", encoding="utf-8")
    if is_zip:
        path = tmp_path / "err.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for file in folder.rglob("*.yaml"):
                archive.write(file, file.relative_to(folder))

    with pytest.raises(ContentError) as caught:
        install(path, tmp_path / "packs", empty_library(tmp_path))

    start = re.escape(f"{path}: " if is_zip else f"{path}/")
    assert re.search(rf"^{start}cases/torn\.en\.yaml:\d+:\d+: ", str(caught.value), re.MULTILINE)
    assert re.search(rf"the other is {start}cases/outage\.en\.yaml", str(caught.value))
    assert ".storms.part" not in str(caught.value)


def test_a_mistake_in_the_manifest_of_a_zip_is_named_in_the_same_form(tmp_path: Path) -> None:
    path = tmp_path / "err.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member("pack.yaml"), MANIFEST.replace("storms", "Storms"))

    with pytest.raises(ContentError, match=re.escape(f"{path}: pack.yaml:2:7: name: ")):
        read_pack(path)


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

    os.mkfifo(tmp_path / "pipe")

    for name, said in [
        ("x.zip", "this is no folder and no zip file, or it is damaged"),
        ("pipe", "this is no folder and no zip file, or it is damaged"),
        ("nowhere.zip", "there is no folder and no zip file of this name"),
        ("x.zip/y", r"cannot be read \("),
        ("n" * 300, r"cannot be read \("),
    ]:
        with pytest.raises(UsageError, match=f"{name}: {said}"):
            read_pack(tmp_path / name)
    (tmp_path / "bare").mkdir()
    with pytest.raises(ContentError, match="the manifest is missing"):
        read_pack(tmp_path / "bare")


def test_a_zip_with_a_name_that_is_not_the_utf_8_it_claims_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member("cases/ö.en.yaml"), "")
    path.write_bytes(path.read_bytes().replace("ö".encode(), b"\xff\xfe"))

    with pytest.raises(UsageError, match="or it is damaged"):
        read_pack(path)


def test_a_file_without_a_name_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path, lambda archive: archive.writestr(member("\0"), ""))

    with pytest.raises(ContentError, match="not a file of a pack"):
        read_pack(path)


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
