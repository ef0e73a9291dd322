import json
import re
import shutil
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from tests.fakes import NOON, FakeClock
from tutor.cli.classarguments import REPEATS
from tutor.cli.main import main
from tutor.cli.progressline import Progress, progress, progress_words
from tutor.core.classroom import Decision, Kind, Subject
from tutor.session.arrivals import Repeats
from tutor.store.classbook import ClassBook
from tutor.store.rows import Mark

ROOT = Path(__file__).parents[2]
PAGE = Subject(Kind.MEASURE, "landing-page")
ANSWER = """\
name,step,measure,reason
Eva,1,Eine Informationsseite für die Kunden aufschalten.,Damit die Kunden Bescheid wissen.
Eva,2,Das Backup auf einem anderen Server einspielen.,
Eva,3,Im Garten einen Apfelbaum pflanzen.,
"""


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path / "home"))
    (tmp_path / "home").mkdir()
    settings = 'engine = "lexical"\nui_language = "en"\n'
    (tmp_path / "home" / "config.toml").write_text(settings, encoding="utf-8")
    (tmp_path / "a.csv").write_text("name,text\nEva,Backup einspielen\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)


def marked_class() -> tuple[ClassBook, str]:
    """Return the open file of a marked class and the id of Eva's answer, the only one."""
    main(["class", "import", "autumn", "a.csv", "--case", "it-outage"])
    main(["class", "mark", "autumn"])
    book = ClassBook(Path("home") / "classes" / "autumn.db")
    return book, book.entries()[0].id


def decision(answer: str, subject: Subject, value: float, marker: str) -> Decision:
    return Decision(answer=answer, subject=subject, value=value, marker=marker, at=NOON)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("class import autumn a.csv", "--case"),
        ("class import autumn none.csv --case it-outage", "none.csv"),
        ("class import autumn a.csv --case it-outge", "it-outge"),
        (
            "class import autumn a.csv --case it-outage --language klingon",
            "`klingon` is no language",
        ),
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


@pytest.mark.parametrize("dry", [(), ("--dry-run",)], ids=["import", "dry-run"])
def test_the_import_says_which_rubric_stands_in_for_a_language_without_one(
    dry: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["class", "import", "autumn", "a.csv", "--case", "it-outage", *dry, "--language"]

    codes = [main([*command, "rm"]), main([*command, "DE-CH"])]

    said = capsys.readouterr().err
    assert codes == [0, 0]
    assert said.count("rubric") == 1
    assert "it-outage has no rubric in rm that can be used; the one in de marks" in said


def test_the_import_says_that_a_class_keeps_its_language(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["class", "import", "autumn", "a.csv", "--case", "it-outage"])
    capsys.readouterr()

    code = main(["class", "import", "autumn", "a.csv", "--language", "en"])

    assert code == 0
    assert "The rubric in de marks the class autumn, not one in en" in capsys.readouterr().err


def test_the_import_counts_answers_in_a_language_its_rubric_is_not_in(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = "name,language,text\nEva,de-CH,x\nBen,en,x\nCleo,en-GB,x\nDan,fr,x\nEli,,x\n"
    Path("a.csv").write_text(rows, encoding="utf-8")

    code = main(["class", "import", "autumn", "a.csv", "--case", "it-outage"])

    said = capsys.readouterr().err.splitlines()
    assert code == 0
    assert said[:-1] == [
        "2 answers are in en; the rubric in de marks them.",
        "1 answer is in fr; the rubric in de marks it.",
    ]


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
    assert "2 answers of Eva, with all marks and decisions; --yes removes them" in (
        capsys.readouterr().out
    )


def test_one_of_a_kind_is_not_a_plural(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.csv").write_text(ANSWER, encoding="utf-8")
    book, entry = marked_class()
    book.decide([decision(entry, PAGE, 1.0, "anna")])
    book.close()
    capsys.readouterr()

    main(["class", "inbox", "autumn", "--group", "9"])
    groups = capsys.readouterr().err
    main(["class", "forget", "autumn", "Eva"])
    main(["class", "forget", "autumn", "Eva", "--yes"])

    said = capsys.readouterr().out
    assert "there is 1 group\n" in groups
    assert "1 answer of Eva, with all marks and decisions; --yes removes it\n" in said
    assert "removed: 1 answer, 1 mark, 1 decision\n" in said


def test_log_and_agreement_speak_the_language_of_the_interface(
    capsys: pytest.CaptureFixture[str],
) -> None:
    book, entry = marked_class()
    about = (PAGE, Subject(Kind.REASON, "order-phone"), Subject(Kind.RATING, "procedure"))
    book.decide([decision(entry, subject, 1.0, "anna") for subject in about])
    book.close()
    capsys.readouterr()

    main(["--ui-language", "de", "class", "log", "autumn"])
    log = capsys.readouterr().out
    main(["--ui-language", "de", "class", "agreement", "autumn"])
    agreement = capsys.readouterr().out

    for said in ("Massnahme landing-page", "Begründung order-phone", "Bewertung procedure"):
        assert said in log
    assert "Massnahme landing-page" in agreement
    assert "Bewertung procedure" in agreement


def test_agreement_says_how_much_waits_for_a_settlement(
    capsys: pytest.CaptureFixture[str],
) -> None:
    book, entry = marked_class()
    book.decide([decision(entry, PAGE, 1.0, "anna"), decision(entry, PAGE, 0.0, "ben")])
    capsys.readouterr()

    main(["class", "agreement", "autumn"])
    said = capsys.readouterr().out
    main(["class", "agreement", "autumn", "--json"])
    rows = json.loads(capsys.readouterr().out)
    book.decide([replace(decision(entry, PAGE, 0.5, "anna"), is_settlement=True)])
    main(["class", "agreement", "autumn"])
    settled = capsys.readouterr().out
    book.close()

    counts = {(row["one"], row["subject"]): (row["count"], row["unsettled"]) for row in rows}
    assert "until it is settled, what markers differ about in 1 answer.\n" in said
    assert counts["(machine)", "landing-page"] == (0, 1)
    assert counts["(machine)", "order-phone"] == (0, 0)
    assert counts["(machine)", None] == (0, 1)
    assert counts["anna", "landing-page"] == (1, 0)
    assert "until it is settled" not in settled


@pytest.mark.parametrize(
    "command",
    ["class regrade autumn", "class inbox autumn --group 1 --as landing-page --rubrics mine"],
)
def test_the_tables_show_order_and_reasons_old_against_new(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "rubrics", "mine")
    Path("a.csv").write_text(ANSWER, encoding="utf-8")
    book, entry = marked_class()
    stored = book.results()[entry]
    found = {key: mark for key, mark in stored.measures.items() if mark.credit}
    key, first = next(iter(found.items()))
    other = 0.0 if first.reason else 1.0
    old = replace(
        stored,
        order=0.5,
        justification=0.125,
        measures={**stored.measures, key: replace(first, reason=other)},
        ratings={"procedure": 0},
        points=0,
    )
    book.add_marks({entry: Mark(marked_at=NOON, result=old)})
    book.close()
    capsys.readouterr()

    assert main(command.split()) == 0

    said = capsys.readouterr().out
    head = next(line for line in said.splitlines() if "Before" in line)
    assert head.split() == [
        *("Candidate", "Before", "After", "Rating", "Order", "Justification", "Measures")
    ]
    assert re.search(r"^Eva +0/6 +\d/6 .+ 50% → \d+% +12% → \d+% +reason", said, re.MULTILINE)
    assert f"reason {key} {other:g} → {first.reason:g}" in said


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
