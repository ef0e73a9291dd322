"""Export, import and forget, as a shell sees them."""

import csv
import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.drills import OPENED
from tests.fakes import NOON
from tests.store.test_memories import attempt, recall
from tutor.cli.main import main
from tutor.core.attempt import Claim
from tutor.core.draft import Draft
from tutor.core.memory import Outcome
from tutor.core.mock import Mock
from tutor.store.drilllog import DrillLogs
from tutor.store.history import History
from tutor.store.journal import Journals


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return tmp_path / "home"


@pytest.fixture
def filled(home: Path) -> History:
    history = History(home / "history.db")
    history.add(*attempt(1, 0, "landing-page \ud800 =1+1"))
    history.add(*attempt(2, 48, "redundancy"))
    history.add_mark("a002", attempt(2, 48, "landing-page redundancy")[1])
    history.add_claim(Claim(attempt="a001", measure="redundancy", made_at=NOON, comment="[/x]"))
    history.withdraw_claim("a001", "redundancy", NOON + timedelta(hours=1))
    history.add_recall(recall(1, 90, Outcome.HALF))
    history.add_mock(Mock(id="m", started_at=NOON, cases=(("outage", "en"),), seed=3))
    return history


def exported(tmp_path: Path) -> Path:
    assert main(["export", "--all", "--out", str(tmp_path / "out")]) == 0
    return tmp_path / "out" / "tutor-data.jsonl"


def test_what_was_exported_and_imported_elsewhere_is_the_same(
    filled: History, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = exported(tmp_path)
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "other"))

    assert main(["import", str(data)]) == 0

    other = History(tmp_path / "other" / "history.db")
    assert list(other.export()) == list(filled.export())
    assert other.memories() == filled.memories()
    assert other.summaries() == filled.summaries()
    assert other.lines() == filled.lines()


def test_importing_twice_adds_nothing(
    filled: History, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = list(filled.export())

    assert main(["import", str(exported(tmp_path))]) == 0

    assert "0 records imported" in capsys.readouterr().err
    assert list(filled.export()) == before


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not a line of JSON"),
        ('{"kind": "mark"}', "record 1 is not one"),
        ('{"kind": "party"}', "record 1 is not one"),
        ("[]", "record 1 is not one"),
    ],
)
def test_a_broken_file_changes_nothing_and_is_named(
    filled: History,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    line: str,
    said: str,
) -> None:
    before = list(filled.export())
    broken = tmp_path / "broken.jsonl"
    broken.write_text(f'{{"kind": "tutor", "format": 1}}\n{line}\n', encoding="utf-8")

    assert main(["import", str(broken)]) == 2

    assert said in capsys.readouterr().err
    assert list(filled.export()) == before


def test_another_file_and_another_version_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.jsonl"
    for text in ("[1]\n", '{"kind": "tutor", "format": 99}\n'):
        other.write_text(text, encoding="utf-8")
        assert main(["import", str(other)]) == 2

    said = capsys.readouterr().err
    assert "not a file of `tutor export --all`" in said
    assert "another version" in said


def test_the_tables_hold_one_line_an_attempt_and_one_a_measure(
    filled: History, tmp_path: Path
) -> None:
    exported(tmp_path)

    with (tmp_path / "out" / "attempts.csv").open(encoding="utf-8", newline="") as file:
        attempts = list(csv.DictReader(file))
    with (tmp_path / "out" / "measures.csv").open(encoding="utf-8", newline="") as file:
        measures = list(csv.DictReader(file))
    assert [row["points"] for row in attempts] == ["4", "6"]
    assert [(row["attempt"], row["measure"], row["credit"]) for row in measures][:2] == [
        ("a001", "landing-page", "1.0"),
        ("a001", "redundancy", "0.0"),
    ]


def test_the_export_on_stdout_is_the_same_file(
    filled: History, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = exported(tmp_path).read_text(encoding="utf-8")
    capsys.readouterr()

    assert main(["export", "--all"]) == 0

    assert capsys.readouterr().out == data
    assert json.loads(data.splitlines()[1])["kind"] == "attempt"


def test_forgetting_leaves_nothing_but_the_settings(filled: History, home: Path) -> None:
    (home / "config.toml").write_text('theme = "nord"\n', encoding="utf-8")
    (home / "history.db.damaged-1").write_bytes(b"x")
    sat, _mark = attempt(3, 0, "")
    Journals(home / "journal").create(sat).close()
    DrillLogs(home / "drills").create(OPENED).close()
    filled.close()

    assert main(["forget", "--everything", "--yes"]) == 0

    assert [path.name for path in home.rglob("*") if path.is_file()] == ["config.toml"]


def test_nothing_is_forgotten_while_a_drill_is_run(filled: History, home: Path) -> None:
    log = DrillLogs(home / "drills").create(OPENED)

    assert main(["forget", "--everything", "--yes"]) == 2

    log.close()
    assert filled.has("a001")


def test_an_exam_that_is_being_sat_is_not_forgotten(filled: History, home: Path) -> None:
    sat, _mark = attempt(3, 0, "")
    journal = Journals(home / "journal").create(sat)
    journal.write(1.0, Draft(text="x"), ())

    assert main(["forget", "--everything", "--yes"]) == 2

    journal.close()
    assert filled.has("a001")


@pytest.mark.parametrize("argv", [["forget"], ["forget", "--everything"], ["export"]])
def test_nothing_is_deleted_or_told_without_being_meant(argv: list[str], filled: History) -> None:
    assert main(argv) == 2

    assert filled.has("a001")
