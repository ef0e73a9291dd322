"""The commands of an author as a shell sees them."""

import json
from pathlib import Path

import pytest

from tests.content.small import write_pair
from tutor.cli.main import main
from tutor.tui.preview import PreviewScreen
from tutor.tui.screenapp import ScreenApp


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


def test_plain_check_looks_at_what_was_written_in_the_current_folder(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["new", "storm", "--language", "en"])
    capsys.readouterr()

    assert main(["check", "--engine", "lexical"]) == 1

    said = capsys.readouterr()
    assert "cases/storm.en.yaml:8:8: title: the text is empty" in said.out
    assert "rubrics/storm.en.yaml" in said.out
    assert "2 files checked" in said.err


def test_the_current_folder_counts_only_with_both_halves_and_without_other_folders(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_pair(tmp_path / "other")
    main(["new", "storm", "--language", "en"])
    chosen = main(["handout", "storm", "--cases", "other/cases", "--rubrics", "other/rubrics"])
    (tmp_path / "rubrics").rename(tmp_path / "solutions")
    halved = main(["handout", "storm"])

    assert (chosen, halved) == (2, 2)
    assert capsys.readouterr().err.count("no case storm, ") == 2


def test_a_handout_is_of_the_case_in_the_current_folder_before_the_bundled_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_pair(tmp_path, "it-outage.en")

    codes = [main(["handout", name, "--language", "en"]) for name in ("it-outage", "data-leak")]

    assert codes == [0, 0]
    own, bundled = (Path(name) for name in capsys.readouterr().out.split())
    assert "The server is gone." in own.read_text(encoding="utf-8")
    assert bundled.name == "data-leak.en.candidate.html"


def test_a_preview_opens_on_a_case_just_begun(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[ScreenApp] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setattr(ScreenApp, "run", lambda app: opened.append(app))
    main(["new", "lost-badge"])

    assert main(["preview", "lost-badge", "--watch"]) == 0

    (app,) = opened
    preview = app.get_default_screen()
    assert isinstance(preview, PreviewScreen)
    assert preview._preview.files == (
        Path("cases/lost-badge.en.yaml"),
        Path("rubrics/lost-badge.en.yaml"),
    )


@pytest.mark.parametrize("command", ["handout", "start", "calibrate", "drill"])
def test_a_case_with_a_mistake_is_not_said_to_be_missing(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_pair(tmp_path)
    path = tmp_path / "cases/outage.en.yaml"
    text = path.read_text(encoding="utf-8").replace("title: The shop is down", 'title: ""')
    path.write_text(text + "nonsense: 1\n", encoding="utf-8")

    code = main([command, "outage", "--cases", "cases", "--rubrics", "rubrics"])

    said = capsys.readouterr()
    assert (code, said.out) == (2, "")
    assert "cases/outage.en.yaml:4:8: title: the text is empty" in said.err
    assert "unknown key `nonsense`" in said.err
    assert "no case" not in said.err


@pytest.mark.parametrize("command", ["handout", "preview"])
def test_a_file_called_without_its_language_is_told_its_name(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_pair(tmp_path)
    (tmp_path / "cases/outage.en.yaml").rename(tmp_path / "cases/outage.yaml")

    code = main([command, "outage"])

    assert code == 2
    assert "call it `outage.en.yaml`" in capsys.readouterr().err


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
        (["new", "x", "--cases", ".", "--rubrics", "."], "cannot hold both cases and rubrics"),
        (["new", "x", "--cases", "rubrics"], "cannot hold both cases and rubrics"),
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
