import json
import zipfile
from pathlib import Path

import pytest

from tutor.core.answer import Step
from tutor.core.errors import AnswersError
from tutor.session.importing import Submission, read_submissions

DOCX = (
    '<?xml version="1.0"?><w:document '
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}'
    "</w:body></w:document>"
)


def docx(path: Path, xml: str) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", xml)


def read(tmp_path: Path, name: str, content: str | bytes) -> tuple[Submission, ...]:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    reading = read_submissions(path, "outage")
    assert reading.problems == ()
    return reading.submissions


def test_one_row_an_answer(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", 'Name,Antwort\nEva,"1. Page\n2. Phone"\nBen,Nothing\n')

    assert [(one.candidate, one.text) for one in found] == [
        ("Eva", "1. Page\n2. Phone"),
        ("Ben", "Nothing"),
    ]


def test_one_row_an_answer_with_a_column_for_each_step(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "a.csv",
        "candidate;measure 1;reason 1;measure 2;reason 2\nEva;Page;they know;;\nBen;A;;B;b\n",
    )

    assert [one.steps for one in found] == [
        (Step("Page", "they know"),),
        (Step("A", ""), Step("B", "b")),
    ]


def test_one_row_a_step_is_gathered_by_candidate_in_the_order_of_the_numbers(
    tmp_path: Path,
) -> None:
    found = read(
        tmp_path,
        "a.tsv",
        "Kandidat/in\tNr.\tMassnahme\tBegründung\n"
        "Eva\t10\tlast\t\nBen\t1\tonly\twhy\nEva\t9\tfirst\t\n",
    )

    assert {one.candidate: [step.measure for step in one.steps] for one in found} == {
        "Eva": ["first", "last"],
        "Ben": ["only"],
    }


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
def test_a_table_may_come_from_any_spreadsheet(tmp_path: Path, encoding: str) -> None:
    found = read(tmp_path, "a.csv", "name;text\nJörg;Über die Störung\n".encode(encoding))

    assert (found[0].candidate, found[0].text) == ("Jörg", "Über die Störung")


def test_json_lines_are_those_of_grade_and_bad_ones_are_named(tmp_path: Path) -> None:
    good = {"id": "a1", "case": "outage", "language": "en", "steps": [{"measure": "Page"}]}
    path = tmp_path / "a.jsonl"
    lines = [json.dumps(good), "{broken", json.dumps({**good, "case": "fire"})]
    lines.append(json.dumps({"id": "a2", "name": "Ben", "text": "Page"}))
    path.write_text("\n".join(lines), encoding="utf-8")

    reading = read_submissions(path, "outage")

    assert [one.candidate for one in reading.submissions] == ["a1", "Ben"]
    assert [problem.split(": ")[0] for problem in reading.problems] == ["a.jsonl:2", "a.jsonl:3"]
    assert "fire" in reading.problems[1]


@pytest.mark.parametrize("who", [{"candidate": "Eva"}, {"name": "Eva"}, {"id": "Eva"}])
def test_a_line_needs_one_thing_that_says_who_wrote(tmp_path: Path, who: dict[str, str]) -> None:
    found = read(tmp_path, "a.jsonl", json.dumps({**who, "text": "Page"}))

    assert [(one.candidate, one.text) for one in found] == [("Eva", "Page")]


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ({}, "a.jsonl:1: no candidate is named"),
        ({"candidate": "", "id": None}, "a.jsonl:1: no candidate is named"),
        ({"candidate": 7, "id": "x"}, 'a.jsonl:1: "candidate" must be a text'),
        ({"id": 7}, 'a.jsonl:1: "id" must be a text'),
    ],
)
def test_a_line_that_does_not_say_who_wrote_is_named(
    tmp_path: Path, who: dict[str, object], said: str
) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({**who, "text": "Page"}), encoding="utf-8")

    reading = read_submissions(tmp_path / "a.jsonl", "outage")

    assert reading.submissions == ()
    assert reading.problems == (said,)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "name,language,text\nEva,fr-CH,Page\nBen,Klingonisch,Page\n"),
        (
            "a.jsonl",
            '{"id":"Eva","language":"fr-CH","text":"x"}\n\n'
            + json.dumps({"id": "Ben", "language": "Klingonisch", "text": "x"}),
        ),
    ],
    ids=["csv", "jsonl"],
)
def test_an_answer_in_no_language_is_named_alike_in_every_format(
    tmp_path: Path, name: str, content: str
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")

    reading = read_submissions(tmp_path / name, "outage")

    assert [(one.candidate, one.language) for one in reading.submissions] == [("Eva", "fr-CH")]
    assert [problem.split("; ")[0] for problem in reading.problems] == [
        f"{name}:3: `Klingonisch` is no language tag"
    ]


def test_a_folder_names_its_candidates_by_file(tmp_path: Path) -> None:
    (tmp_path / "Eva Muster.txt").write_text("1. Page", encoding="utf-8")
    (tmp_path / "Ben.md").write_text("- Phone", encoding="utf-8")
    docx(
        tmp_path / "Cleo.docx",
        DOCX.format(
            "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>Page</w:t></w:r></w:p>"
            "<w:p><w:r><w:t>so that </w:t></w:r><w:r><w:t>they know</w:t></w:r></w:p>"
        ),
    )
    (tmp_path / "photo.png").write_bytes(b"x")
    (tmp_path / "~$Cleo.docx").write_bytes(b"x")

    reading = read_submissions(tmp_path, "outage")

    assert {one.candidate: one.text for one in reading.submissions} == {
        "Eva Muster": "1. Page",
        "Ben": "- Phone",
        "Cleo": "- Page\nso that they know",
    }
    assert [problem.split(":")[0] for problem in reading.problems] == ["photo.png"]


@pytest.mark.parametrize(
    "xml",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>',
        "<broken",
        " " * (17 * 1024 * 1024),
    ],
    ids=["entities", "broken", "huge"],
)
def test_a_document_that_is_none_is_named_and_the_rest_is_read(tmp_path: Path, xml: str) -> None:
    docx(tmp_path / "Eva.docx", xml)
    (tmp_path / "Ben.docx").write_bytes(b"no zip")
    (tmp_path / "Cleo.txt").write_text("Page", encoding="utf-8")

    reading = read_submissions(tmp_path, "outage")

    assert [one.candidate for one in reading.submissions] == ["Cleo"]
    assert sorted(problem.split(":")[0] for problem in reading.problems) == [
        "Ben.docx",
        "Eva.docx",
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [("text\nPage\n", "candidate"), ("name,age\nEva,3\n", "answer"), ("", "candidate")],
)
def test_a_table_without_what_is_needed_says_which_column(
    tmp_path: Path, content: str, said: str
) -> None:
    (tmp_path / "a.csv").write_text(content, encoding="utf-8")

    with pytest.raises(AnswersError, match=said):
        read_submissions(tmp_path / "a.csv", "outage")


def test_control_characters_do_not_come_in(tmp_path: Path) -> None:
    found = read(tmp_path, "a.csv", "name,text\nE\x1b[2Jva,Pa\u202ege\n")

    assert (found[0].candidate, found[0].text) == ("Eva", "Page")


def test_a_row_without_a_candidate_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,text\n,Page\n", encoding="utf-8")

    reading = read_submissions(tmp_path / "a.csv", "outage")

    assert reading.submissions == ()
    assert "a.csv:2" in reading.problems[0]


def test_a_name_is_the_same_however_a_system_writes_it(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("name,text\nJu\u0308rg  Moser,x\n", encoding="utf-8")

    found = read_submissions(tmp_path / "a.csv", "outage")

    assert found.submissions[0].candidate == "J\u00fcrg Moser"


def test_two_answers_of_one_name_are_not_mixed_step_by_step(tmp_path: Path) -> None:
    rows = "Eva,1,a\nEva,2,b\nBen,1,c\nEva,1,d\n"
    (tmp_path / "a.csv").write_text(f"name,step,measure\n{rows}", encoding="utf-8")

    found = read_submissions(tmp_path / "a.csv", "outage")

    assert [one.candidate for one in found.submissions] == ["Ben"]
    assert "a.csv:5: Eva has step 1 twice" in found.problems[0]
