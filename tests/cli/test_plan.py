"""The plan and the progress, as a shell sees them."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tutor.cli.main import main
from tutor.core.mock import Mock
from tutor.store.history import History


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return tmp_path / "home"


def day(ahead: int) -> str:
    return (datetime.now(UTC) + timedelta(days=ahead)).date().isoformat()


def test_the_plan_names_every_case_that_was_never_sat(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "--exam", day(40), "--json"]) == 0

    made = json.loads(capsys.readouterr().out)
    assert len([case for d in made["days"] for case in d["cases"]]) >= 5
    assert made["simulated"]["mean"] >= made["retention"] - 0.01


def test_the_plan_says_what_its_simulation_found(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "--exam", day(40)]) == 0

    assert "Wanted on the day: 90%." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--exam", "soon"], "found soon, write a day such as 2027-05-12"),
        (["--exam", "2001-01-01"], "a day to come"),
        (["--exam", "2099-01-01", "--retention", "1"], "from 0.7 to 0.97"),
        ([], "--exam"),
    ],
)
def test_a_wrong_plan_is_refused(
    argv: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = main(["plan", *argv])
    except SystemExit as stop:
        code = int(str(stop.code))

    assert code == 2
    assert said in capsys.readouterr().err


def test_the_progress_of_nobody_is_said_in_text_json_and_html(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, home: Path
) -> None:
    page = tmp_path / "progress.html"

    assert main(["progress"]) == 0
    assert "Nothing is due today." in capsys.readouterr().out
    assert main(["progress", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["attempts"] == 0
    assert main(["progress", "--out", str(page)]) == 0
    assert "<h1>Progress</h1>" in page.read_text(encoding="utf-8")
    assert not (home / "history.db").exists()


def test_a_mock_exam_needs_a_terminal_and_its_report_a_mock_exam(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["mock"]) == 2
    assert main(["mock", "--json"]) == 2

    said = capsys.readouterr().err
    assert "needs a terminal" in said
    assert "No mock exam has been sat yet." in said


@pytest.mark.parametrize(
    "options", [["--seed", "0"], ["--count", "3"], ["--area", "F", "--language", "de"]]
)
def test_an_open_mock_exam_refuses_by_name_what_would_draw_another(
    options: list[str], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mock = Mock(id="m", started_at=datetime.now(UTC), cases=(("it-outage", "en"),))
    History(home / "history.db").add_mock(mock)

    assert main(["mock", *options]) == 2

    said = capsys.readouterr().err
    assert ", ".join(options[::2]) + ": a mock exam is open" in said
