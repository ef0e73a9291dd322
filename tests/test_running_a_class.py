"""The guide to running a class, followed from the first command to the last."""

import csv
import re
import shlex
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.fakes import FakeClock, FakeModel
from tutor.cli.main import main
from tutor.content.bundled import cases_dir, rubrics_dir
from tutor.content.library import Library
from tutor.session.classroom import Classroom
from tutor.session.reviewing import Review
from tutor.store.classbook import ClassBook

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "docs" / "running-a-class.md").read_text("utf-8")


def judge(home: Path, command: str) -> None:
    """Do what a person does on the screen that a command of the guide opens."""
    classroom = Classroom(
        book=ClassBook(home / "classes" / "autumn.db"),
        library=Library(cases_dir(), rubrics_dir()),
        clock=FakeClock(),
        load_model=FakeModel,
    )
    marker = re.findall(r"--marker (\w+)", command)[0]
    review = Review(classroom, marker, settle="--settle" in command)
    review.load()
    for number in range(review.count):
        first = review.subjects[0]
        other = 0.0 if review.machine(first) else 1.0
        is_another = marker == "ben" and number % 3 == 0 and first.scale[-1] == 1.0
        review.decide([(first, other if is_another else review.machine(first))])
        review.agree()
        review.to_next_unmarked()
    classroom.book.close()


def test_the_guide_leads_from_thirty_answers_to_marks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "config.toml").write_text('engine = "lexical"\nui_language = "en"\n', encoding="utf-8")
    (tmp_path / "docs").symlink_to(ROOT / "docs")
    shutil.copytree(ROOT / "rubrics", tmp_path / "my-rubrics")
    monkeypatch.setenv("TUTOR_HOME", str(home))
    monkeypatch.chdir(tmp_path)

    said = {}
    for command in re.findall(r"^\$ (tutor .*)$", GUIDE, re.MULTILINE):
        if "--inbox" in command:
            continue  # the commands after it do the same without a screen
        if command.startswith("tutor review"):
            judge(home, command)
            continue
        assert main(shlex.split(command)[1:]) == 0, command
        said[command] = capsys.readouterr()

    assert "30 added" in said["tutor class import autumn docs/class.csv --case it-outage"].err
    assert "30 answers marked" in said["tutor class mark autumn"].err
    assert said["tutor class log autumn"].out.count("(settled)") == 10
    extras = said["tutor class inbox autumn --extras"].out.splitlines()
    back = said["tutor class inbox autumn --extras --group 1 --write"]
    assert len(extras) == 2
    assert extras[1].endswith(back.out.splitlines()[0])
    assert "lists it again" in back.err
    assert "anna – ben" in said["tutor class agreement autumn"].out
    rows = list(csv.DictReader((tmp_path / "marks.csv").open(encoding="utf-8-sig", newline="")))
    assert [row["state"] for row in rows] == ["final"] * 30
    assert len(zipfile.ZipFile(tmp_path / "reports.zip").namelist()) == 30
    assert "Zoe" not in (tmp_path / "marks.jsonl").read_text("utf-8")
    assert (
        "removed: 1 answer, 1 mark, "
        in said['tutor class forget autumn "Zoe Zimmermann" --yes'].out
    )
