"""The commands for drills as a shell sees them."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.drills import OPENED, event
from tutor.cli.main import main
from tutor.core.drillevent import ActionSet, ClockStarted, DrillEnded, MeasureTicked
from tutor.store.drilllog import DrillLogs


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return tmp_path / "home"


@pytest.fixture
def drill(home: Path) -> str:
    log = DrillLogs(home / "drills").create(replace(OPENED, case="it-outage", drill="1a2b3c4d5e"))
    for happened in (
        event(ClockStarted, 0),
        event(MeasureTicked, 30, measure="landing-page"),
        event(DrillEnded, 400),
        event(ActionSet, 400, number=1, action="Move the DNS", owner="Anna", due=None),
    ):
        log.append(happened)
    log.close()
    return "1a2b3c4d5e"


def test_a_report_goes_to_a_file_of_the_format_its_name_says(drill: str, tmp_path: Path) -> None:
    code = main(["report", drill, "--out", str(tmp_path / "r.html")])

    assert code == 0
    assert (tmp_path / "r.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


@pytest.mark.usefixtures("drill")
def test_a_report_without_a_file_is_markdown_on_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["report", "last-drill"])

    assert code == 0
    assert capsys.readouterr().out.startswith("# After-action report: IT infrastructure outage")


@pytest.mark.usefixtures("drill")
def test_the_series_shows_figures_and_what_is_open(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["drills"])
    shown = capsys.readouterr().out

    assert code == 0
    assert "1a2b3c4d  2026-03-02" in shown
    assert "1a2b3c4d:1   no date  Anna   Move the DNS" in shown


@pytest.mark.usefixtures("drill")
def test_an_action_is_carried_out(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["drills", "--done", "1a2b:1", "--json"])
    shown = json.loads(capsys.readouterr().out)

    assert code == 0
    assert shown["open_actions"] == []
    assert shown["drills"][0]["figures"]["reaction_seconds"] == 30


@pytest.mark.parametrize(
    "arguments",
    [
        ["drill", "it-outage"],
        ["drill", "join"],
        ["drill", "no-such-case"],
        ["report", "nope"],
        ["report", "last-drill", "--out", "r.pdf"],
        ["report", "last-drill", "--format", "json"],
        ["drills", "--done", "x"],
        ["drills", "--done", "last:7"],
    ],
    ids=" ".join,
)
def test_what_cannot_run_is_one_message_and_exit_code_2(
    arguments: list[str], drill: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(arguments)
    said = capsys.readouterr()

    assert code == 2
    assert said.out == ""
    assert said.err.startswith("tutor: ")
    assert "Traceback" not in said.err


def test_without_drills_the_way_to_one_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["drills"])

    assert code == 0
    assert "`tutor drill CASE` runs one" in capsys.readouterr().err
