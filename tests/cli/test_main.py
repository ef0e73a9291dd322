"""The commands as a shell sees them: stdout, stderr and exit code."""

import json
import re
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tutor.cli.commands import COMMANDS
from tutor.cli.main import main
from tutor.content import bundled

ANSWER = {
    "id": "a1",
    "case": "it-outage",
    "language": "de",
    "steps": [
        {
            "measure": "Den Onlineshop aus dem Backup auf einem anderen Server wiederherstellen",
            "reason": "Damit der Ausfall für die Kunden kürzer wird",
        }
    ],
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    return tmp_path / "home"


def test_the_list_names_every_case_in_every_language(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--json"]) == 0

    rows = json.loads(capsys.readouterr().out)
    assert {("it-outage", "de"), ("it-outage", "en")} <= {(r["id"], r["language"]) for r in rows}
    assert all(row["last_points"] is None for row in rows)


def test_content_options_may_stand_before_or_after_the_command(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    folders = ["--cases", str(tmp_path / "empty"), "--rubrics", str(tmp_path / "empty")]

    assert main([*folders, "list", "--json"]) == 0
    before = capsys.readouterr().out
    assert main(["list", "--json", *folders]) == 0

    assert json.loads(capsys.readouterr().out) == json.loads(before) == []


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["--cases", "nowhere", "list"], "nowhere: no such folder"),
        (["check", "nowhere.yaml"], "nowhere.yaml: no such file or folder"),
        (["report", "feed"], "feed"),
        (["grade", "nowhere.jsonl"], "nowhere.jsonl"),
        (["run"], "invalid choice"),
        (["start", "it-outage"], "needs a terminal"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_one_sentence_on_stderr_and_exit_code_two(
    argv: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        code = main(argv)
    except SystemExit as stop:
        code = int(stop.code or 0)

    captured = capsys.readouterr()
    assert code == 2
    assert said in captured.err
    assert "Traceback" not in captured.err
    assert captured.out == ""


def test_the_bundled_content_is_clean(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["check", "--engine", "lexical"])

    captured = capsys.readouterr()
    assert code == 0, captured.out


def test_answers_are_marked_in_order_and_a_bad_line_does_not_stop_the_rest(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = tmp_path / "answers.jsonl"
    lines = [json.dumps(ANSWER), "{not json", json.dumps({**ANSWER, "id": "a2"})]
    answers.write_text("\n".join(lines) + "\n", encoding="utf-8")

    code = main(["grade", str(answers), "--engine", "lexical"])

    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert code == 1
    assert rows[0]["measures"]["restore-backup"]["credit"] == 1
    assert "error" in rows[1]
    assert rows[2]["measures"] == rows[0]["measures"]


def test_results_can_go_to_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers, out = tmp_path / "answers.jsonl", tmp_path / "results.jsonl"
    answers.write_text(json.dumps(ANSWER), encoding="utf-8")

    assert main(["grade", str(answers), "--out", str(out), "--engine", "lexical"]) == 0

    assert capsys.readouterr().out == ""
    assert json.loads(out.read_text(encoding="utf-8"))["id"] == "a1"


def test_the_doctor_says_where_data_lives_and_what_marks(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor", "--engine", "lexical"]) == 0

    said = capsys.readouterr().out
    assert str(home) in said
    assert "lexical" in said
    assert not home.exists(), "looking must not change anything"


def test_a_home_that_cannot_be_a_folder_is_named_by_the_doctor(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "file" / "home"))

    assert main(["doctor", "--engine", "lexical"]) == 1

    assert re.search(r"^!.*TUTOR_HOME", capsys.readouterr().out, re.MULTILINE)


def test_the_help_speaks_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    helps = {}
    for language in ("de", "en"):
        with pytest.raises(SystemExit):
            main(["--ui-language", language, "--help"])
        helps[language] = capsys.readouterr().out

    assert "list the cases" in helps["en"]
    assert "Fälle auflisten" in helps["de"]


@pytest.mark.parametrize("options", [[], ["--resume"]])
def test_results_never_take_the_place_of_the_answers(
    options: list[str], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    answers, link = tmp_path / "answers.jsonl", tmp_path / "link.jsonl"
    answers.write_text(json.dumps(ANSWER) + "\n", encoding="utf-8")
    link.hardlink_to(answers)

    codes = {main(["grade", str(answers), "--out", str(out), *options]) for out in (answers, link)}

    assert codes == {2}
    assert json.loads(answers.read_text("utf-8")) == ANSWER
    assert "names the file of answers" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("command", ["list", "--help"])
def test_output_that_finds_no_room_is_one_sentence(command: str) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "tutor", command],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )

    assert done.returncode == 2
    assert done.stderr == "tutor: there is no room left to write the output\n"


def test_a_list_of_cases_with_mistakes_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "broken.de.yaml").write_text("id: broken\n", encoding="utf-8")

    assert main(["list", "--cases", str(tmp_path), "--rubrics", str(tmp_path)]) == 1


def test_the_doctor_names_a_damaged_history(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home.mkdir()
    (home / "history.db").write_bytes(b"no database" * 100)

    code = main(["doctor", "--json"])

    (finding,) = [row for row in json.loads(capsys.readouterr().out) if row["key"] == "history"]
    assert code == 1
    assert not finding["fine"]
    assert "history.db is not a readable history" in finding["text"]
    assert (home / "history.db").read_bytes() == b"no database" * 100


def test_a_file_by_two_names_is_checked_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("cases", "rubrics"):
        shutil.copytree(getattr(bundled, f"{name}_dir")(), tmp_path / name)
    case = tmp_path / "cases" / "it-outage.en.yaml"
    case.write_text(case.read_text("utf-8").replace("language: en", "language: xx", 1), "utf-8")
    monkeypatch.chdir(tmp_path)

    main(["--engine", "lexical", "check", "cases", "rubrics", str(case)])

    assert "is in two files" not in capsys.readouterr().out


def test_a_file_without_a_language_is_not_told_to_have_a_rubric_without_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.txt").write_text("id: x\ntitle: X\nsituation: y\n", encoding="utf-8")

    main(["--engine", "lexical", "check", str(tmp_path / "x.txt")])

    assert "x..yaml" not in capsys.readouterr().out


def test_a_wrong_number_is_explained_without_names_of_functions(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        main(["mock", "--count", "x"])

    assert "must be 1 or more" in capsys.readouterr().err


@pytest.mark.parametrize("place", COMMANDS.values())
def test_every_command_has_its_function(place: str) -> None:
    module, function = place.split(":")

    assert callable(getattr(import_module(f"tutor.cli.{module}"), function))
