"""What travels in the wheel, and that the content is found wherever the package stands."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, check=True, capture_output=True, cwd=ROOT)
    return next(folder.glob("*.whl"))


def test_the_wheel_carries_content_styles_templates_and_catalogues(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())

    for folder, pattern in {
        "tutor/bundled/cases": "cases/*.yaml",
        "tutor/bundled/rubrics": "rubrics/*.yaml",
        "tutor/bundled/rubrics/theory": "rubrics/theory/*.yaml",
        "tutor/tui": "tutor/tui/*.tcss",
        "tutor/report/templates": "tutor/report/templates/*.j2",
        "tutor/locales/de/LC_MESSAGES": "tutor/locales/de/LC_MESSAGES/*.mo",
    }.items():
        files = list(ROOT.glob(pattern))
        assert files, pattern
        assert {f"{folder}/{file.name}" for file in files} <= names
    assert "tutor/py.typed" in names


def test_an_installed_tutor_finds_its_cases_without_the_checkout(
    wheel: Path, tmp_path: Path
) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    environ = {
        **os.environ,
        "PYTHONPATH": str(tmp_path / "site"),
        "TUTOR_HOME": str(tmp_path / "home"),
    }

    done = subprocess.run(
        [sys.executable, "-m", "tutor", "list", "--json"],
        capture_output=True,
        text=True,
        check=True,
        cwd=tmp_path,
        env=environ,
    )

    assert {entry["id"] for entry in json.loads(done.stdout)} == {
        path.name.split(".")[0] for path in (ROOT / "cases").glob("*.yaml")
    }


def test_an_editable_tutor_finds_the_content_of_its_checkout() -> None:
    from tutor.content.bundled import cases_dir, rubrics_dir

    assert cases_dir() == ROOT / "cases"
    assert rubrics_dir() == ROOT / "rubrics"


def test_the_content_licence_names_every_folder_of_content() -> None:
    licence = (ROOT / "LICENSE-CONTENT").read_text(encoding="utf-8")

    for folder in ("cases/", "rubrics/", "tests/gold/", "training/data/"):
        assert any((ROOT / folder).iterdir())
        assert folder in licence
    assert "CC BY 4.0" in licence


def test_no_file_names_a_package_registry() -> None:
    tracked = subprocess.run(
        ["git", "ls-files"], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.splitlines()
    hosts = ("pypi." + "org", "pythonhosted." + "org", "registry." + "npmjs")

    named = [
        name
        for name in tracked
        if (ROOT / name).suffix in {".toml", ".lock", ".cfg", ".ini", ".txt", ".yaml", ".json"}
        and any(host.encode() in (ROOT / name).read_bytes() for host in hosts)
    ]

    assert named == []
