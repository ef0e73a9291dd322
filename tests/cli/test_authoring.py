"""The commands of an author as a shell sees them."""

import json
from pathlib import Path

import pytest

from tests.content.small import write_pair
from tutor.cli.main import main


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "home"


def test_a_new_case_stands_in_the_current_folder_and_the_check_names_what_is_left(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["new", "storm", "--language", "de"]) == 0
    assert capsys.readouterr().out.split() == ["cases/storm.de.yaml", "rubrics/storm.de.yaml"]

    assert main(["check", "cases", "rubrics", "--engine", "lexical"]) == 1

    said = capsys.readouterr().out
    assert "cases/storm.de.yaml:8:8: title: the text is empty, write one [empty-text]" in said


def test_the_schema_is_printed_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "rubric"]) == 0

    assert "measures" in json.loads(capsys.readouterr().out)["properties"]


def test_the_check_shows_samples_by_measure_and_what_changed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_pair(tmp_path)
    arguments = ["check", "cases", "rubrics", "--engine", "lexical", "--samples"]
    main(arguments)
    first = capsys.readouterr()
    rubric = tmp_path / "rubrics/outage.en.yaml"
    text = rubric.read_text(encoding="utf-8")
    rubric.write_text(
        text.replace("text: Put up a page.", "text: Feed the frogs."),
        encoding="utf-8",
    )

    main(arguments)

    second = capsys.readouterr()
    assert "Expected" in first.out
    assert "Different from the last run" not in first.err
    assert "Different from the last run" in second.err
    assert "page was " in second.err


def test_a_handout_is_written_in_each_format(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["handout", "it-outage", "--language", "en", "--format", "html,md", "--out", "out"])

    names = capsys.readouterr().out.split()
    assert code == 0
    assert names == ["out/it-outage.en.candidate.html", "out/it-outage.en.candidate.md"]
    assert all(Path(name).is_file() for name in names)


def test_the_cases_of_an_installed_pack_are_in_the_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_pair(tmp_path / "storms")
    manifest = 'schema: 1\nname: storms\nversion: "1.0"\nlicence: CC0\nauthors: [A]\n'
    (tmp_path / "storms/pack.yaml").write_text(manifest, encoding="utf-8")

    assert main(["pack", "storms"]) == 0
    assert main(["install", "storms-1.0.zip"]) == 0
    capsys.readouterr()
    assert main(["list", "--json"]) == 0

    ids = {row["id"] for row in json.loads(capsys.readouterr().out)}
    assert {"outage", "it-outage"} <= ids


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (["new", "Storm"], "does not fit"),
        (["preview", "it-outage"], "needs a terminal"),
        (["preview", "it-outage", "--answer", "nowhere.txt"], "nowhere.txt: no such file"),
        (["handout", "it-outtage"], "did you mean it-outage?"),
        (["pack", "nowhere"], "nowhere: no such folder"),
        (["install", "nowhere.zip"], "no folder and no zip"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_is_one_sentence_and_exit_code_two(
    argv: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(argv)

    captured = capsys.readouterr()
    assert (code, captured.out) == (2, "")
    assert said in captured.err
