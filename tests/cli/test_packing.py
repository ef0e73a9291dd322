"""`tutor pack` and `tutor install` as a shell sees them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.content.small import write_pair
from tutor.cli.main import main
from tutor.locales import activate, active_language

MANIFEST = 'schema: 1\nname: s-two\nversion: "{version}"\nlicence: CC0\nauthors: [A]\n'


@pytest.fixture(autouse=True)
def in_the_language_of_before() -> Iterator[None]:
    before = active_language()
    yield
    activate(before)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.chdir(tmp_path)
    write_pair(tmp_path / "s2")
    (tmp_path / "s2/pack.yaml").write_text(MANIFEST.format(version="1.0"), encoding="utf-8")
    return tmp_path / "s2"


@pytest.mark.parametrize(
    ("out", "written"),
    [
        (".", "s-two-1.0.zip"),
        ("s2/..", "s2/../s-two-1.0.zip"),
        ("s2", "s2/s-two-1.0.zip"),
        ("new/", "new/s-two-1.0.zip"),
        ("a/b.zip", "a/b.zip"),
        ("c.zip", "c.zip"),
    ],
)
def test_out_names_a_folder_or_a_file(
    out: str, written: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["pack", "s2", "--out", out])

    captured = capsys.readouterr()
    assert (code, captured.out, captured.err) == (0, f"{written}\n", "")
    assert Path(written).is_file()


def test_a_pack_is_made_twice_inside_its_folder_and_installed_from_there(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)

    codes = [main(["pack", "."]), main(["pack", "."]), main(["install", "."])]

    captured = capsys.readouterr()
    assert (codes, captured.err) == ([0, 0, 0], "")
    assert captured.out.splitlines()[:2] == ["s-two-1.0.zip", "s-two-1.0.zip"]


def test_an_older_version_is_refused_in_one_line(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["pack", "s2"])
    (folder / "pack.yaml").write_text(MANIFEST.format(version="1.1"), encoding="utf-8")
    main(["install", "s2"])
    capsys.readouterr()

    code = main(["install", "s-two-1.0.zip"])

    captured = capsys.readouterr()
    assert (code, captured.out) == (2, "")
    assert captured.err == (
        "tutor: s-two-1.0.zip: s-two 1.0 is older than 1.1, which is installed; "
        f"to go back, remove {tmp_path / 'home/packs/s-two'} first\n"
    )


def test_a_zip_that_is_not_there_is_said_without_words_of_the_system(
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = main(["install", "nosuch.zip", "--ui-language", "de"])

    captured = capsys.readouterr()
    assert (code, captured.out) == (2, "")
    assert captured.err.startswith("tutor: nosuch.zip: ")
    assert "Errno" not in captured.err
    assert "No such" not in captured.err
