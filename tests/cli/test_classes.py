import shutil
from io import StringIO
from pathlib import Path

import pytest

from tests.fakes import FakeClock
from tutor.cli.classarguments import REPEATS
from tutor.cli.main import main
from tutor.cli.progressline import Progress, progress, progress_words
from tutor.session.arrivals import Repeats

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    settings = 'engine = "lexical"\nui_language = "en"\n'
    (tmp_path / "home" / "config.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "a.csv").write_text("name,text\nEva,Backup einspielen\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("class import autumn a.csv", "--case"),
        ("class import autumn none.csv --case it-outage", "none.csv"),
        ("class import autumn a.csv --case it-outge", "it-outge"),
        ("class import ../autumn a.csv --case it-outage", "../autumn"),
        ("class mark autumn", "no class"),
        ("class export autumn --out a.doc", "a.doc"),
        ("class inbox autumn --write", "--group"),
        ("class inbox autumn --group 1 --write", "--as"),
        ("class inbox autumn --group 1 --as extra --why x", "another id"),
        ("class inbox autumn --extras --group 1 --as extra", "--as"),
        ("class inbox autumn --extras --group 1", "there are 0 groups"),
        ("class inbox autumn --extras --write", "--group"),
        ("class forget autumn Eva", "no class"),
        ("review autumn", "no class"),
    ],
)
def test_what_cannot_be_done_says_why_and_exits_with_two(
    words: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if "inbox" in words:
        main(["class", "import", "autumn", "a.csv", "--case", "it-outage"])

    code = main(words.split())

    assert code == 2
    assert said in capsys.readouterr().err


def test_a_class_without_an_answer_has_no_figures_and_an_empty_inbox(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "none.csv").write_text("name,text\n", encoding="utf-8")
    main(["class", "import", "autumn", "none.csv", "--case", "it-outage"])

    codes = [
        main(["class", *action.split()])
        for action in ("items autumn", "inbox autumn", "export autumn --out a.html")
    ]

    said = capsys.readouterr()
    assert codes == [0, 0, 0]
    assert "0%" not in said.out
    assert "The inbox is empty." in said.err
    assert "0 %" not in (tmp_path / "a.html").read_text("utf-8")


@pytest.mark.parametrize("action", ["items", "inbox", "regrade", "export --out marks.csv"])
def test_answers_that_wait_for_the_machine_are_counted_wherever_they_are_left_out(
    action: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["class", "import", "autumn", "a.csv", "--case", "it-outage"])
    name, *rest = action.split()

    assert main(["class", name, "autumn", *rest]) == 0

    assert "1 answer is not marked yet" in capsys.readouterr().err


def test_an_export_says_that_another_rubric_gave_the_marks(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = tmp_path / "mine"
    shutil.copytree(ROOT / "rubrics", mine)
    with (mine / "it-outage.de.yaml").open("a", encoding="utf-8") as file:
        file.write("# mine\n")
    main(["class", "import", "autumn", "a.csv", "--case", "it-outage"])
    main(["class", "mark", "autumn", "--rubrics", "mine"])
    capsys.readouterr()

    main(["class", "export", "autumn", "--out", "marks.csv", "--rubrics", "mine"])
    by_its_own = capsys.readouterr().err
    main(["class", "export", "autumn", "--out", "marks.csv"])

    assert "another rubric" not in by_its_own
    assert "1 mark was given by another rubric" in capsys.readouterr().err


def test_another_case_is_another_class(capsys: pytest.CaptureFixture[str]) -> None:
    main(["class", "import", "autumn", "a.csv", "--case", "it-outage"])

    code = main(["class", "import", "autumn", "a.csv", "--case", "double-shipping"])

    assert code == 2
    assert "another class" in capsys.readouterr().err


def test_what_is_imported_again_is_there_already(capsys: pytest.CaptureFixture[str]) -> None:
    for _round in range(2):
        assert main(["class", "import", "autumn", "a.csv", "--case", "it-outage"]) == 0

    assert "0 added, 1 there already" in capsys.readouterr().err


def test_the_words_for_a_further_answer_are_those_the_import_knows() -> None:
    # Written twice, because help must not wait for what reads answers.
    assert tuple(Repeats) == REPEATS


def test_who_answers_twice_is_named_by_the_dry_run_and_the_import(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Path("a.csv").open("a", encoding="utf-8") as file:
        file.write("Eva,Seite aufschalten\nBen,Backup einspielen\n")
    command = ["class", "import", "autumn", "a.csv", "--case", "it-outage"]

    assert main([*command, "--dry-run"]) == 1
    dry = capsys.readouterr()
    assert main(command) == 1
    left_out = capsys.readouterr().err
    assert main([*command, "--repeats", "attempts"]) == 0
    kept = capsys.readouterr().err
    main(["class", "list"])
    listed = capsys.readouterr().out
    main(["class", "export", "autumn", "--out", "m.csv"])
    exported = capsys.readouterr().err

    assert "left out" in dry.out
    assert "Eva: a.csv:3 is another answer than a.csv:2, and is left out" in dry.err
    assert "Eva: a.csv:3 is another answer than a.csv:2, and is left out" in left_out
    assert "--repeats newest" in left_out
    assert "2 added, 0 there already, 1 with problems" in left_out
    assert "Eva: a.csv:3 is attempt 2, after a.csv:2" in kept
    assert listed.splitlines()[-1].split()[-3:] == ["3", "2", "0"]
    assert "1 candidate has several attempts" in exported


def test_an_answer_that_is_replaced_stays_in_the_log_and_the_export_says_so(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["class", "import", "autumn", "a.csv", "--case", "it-outage"])
    Path("b.csv").write_text("name,text\nEva,Seite aufschalten\n", encoding="utf-8")

    main(["class", "import", "autumn", "b.csv", "--repeats", "newest"])
    main(["class", "log", "autumn"])
    main(["class", "export", "autumn", "--out", "m.csv"])
    said = capsys.readouterr().err
    main(["class", "forget", "autumn", "Eva"])

    assert "Eva: b.csv:2 takes the place of a.csv:2" in said
    assert "1 answer was replaced by a newer one" in said
    assert len(Path("m.csv").read_text("utf-8").splitlines()) == 2
    assert "2 answers of Eva" in capsys.readouterr().out


def test_an_option_before_the_command_counts(capsys: pytest.CaptureFixture[str]) -> None:
    (Path.cwd() / "home" / "config.toml").write_text('engine = "auto"\n', encoding="utf-8")

    main(["--engine", "lexical", "grade", str(ROOT / "docs" / "answers.jsonl")])

    assert '"name":"lexical"' in capsys.readouterr().out


def test_an_interrupted_run_says_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = ROOT / "docs" / "answers.jsonl"
    command = ["grade", str(answers), "--out", "r.jsonl"]
    main(command)
    whole = Path("r.jsonl").read_bytes()
    from tutor.session import grading

    outcome = grading.Marker.outcome

    def interrupted(self: grading.Marker, number: int, line: str | bytes) -> object:
        if number == 2:
            raise KeyboardInterrupt
        return outcome(self, number, line)

    with monkeypatch.context() as patch:
        patch.setattr(grading.Marker, "outcome", interrupted)
        assert main(command) == 130
    assert "--resume" in capsys.readouterr().err
    assert Path("r.jsonl").read_bytes().count(b"\n") == 1

    assert main([*command, "--resume"]) == 0
    assert Path("r.jsonl").read_bytes() == whole


def test_resuming_needs_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["grade", "-", "--resume"]) == 2
    assert "--out" in capsys.readouterr().err


def test_progress_says_rate_and_time_left() -> None:
    assert progress_words(50, 200, 10.0) == "50 of 200 marked, 5.0 a second, 0:30 left"
    assert progress_words(50, None, 10.0) == "50 marked, 5.0 a second"


def test_no_progress_is_left_behind_by_a_job_that_was_interrupted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock, screen = FakeClock(), StringIO()
    screen.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("sys.stderr", screen)

    def interrupted() -> None:
        with progress(clock) as show:
            show(1, 9)
            clock.advance(1.0)
            show(2, 9)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    said = screen.getvalue()
    assert "2 of 9 marked" in said
    assert said.endswith("\r")


def test_progress_in_a_log_is_a_line_now_and_then() -> None:
    clock, log = FakeClock(), StringIO()
    line = Progress(clock, 100, log)

    for done in range(1, 101):
        clock.advance(0.5)
        line.show(done)
    line.end()

    assert len(log.getvalue().splitlines()) == 5
    assert "\r" not in log.getvalue()
