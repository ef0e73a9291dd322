import csv
import json
import zipfile
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.session.classes import BEN, CLEO, EVA, make_class, submission
from tutor.core.classroom import Kind, Subject
from tutor.report.classtable import defused
from tutor.session.classroom import Classroom
from tutor.session.exporting import export

HOSTILE = "[/x] {{y}} <i>\x1b[2J\u202e"
FORMULA = submission('=HYPERLINK("http://x","y")', "A landing-page")


@pytest.fixture
def classroom(tmp_path: Path) -> Classroom:
    classroom = make_class(tmp_path, EVA, BEN, CLEO, FORMULA, submission(HOSTILE, HOSTILE))
    classroom.mark()
    eva = next(sheet.entry for sheet in classroom.sheets() if sheet.shown_name == "Eva")
    classroom.decide(eva, [(Subject(Kind.MEASURE, "landing-page"), 0.0)], "anna")
    return classroom


def rows(content: bytes) -> dict[str, dict[str, str]]:
    table = csv.DictReader(StringIO(content.decode("utf-8"), newline=""))
    return {row["candidate"]: row for row in table}


def test_csv_shows_the_machine_s_and_the_final_credit(classroom: Classroom) -> None:
    eva = rows(export(classroom, "csv"))["Eva"]

    assert (eva["machine:landing-page"], eva["measure:landing-page"]) == ("1.0", "0.0")
    assert (eva["markers"], eva["state"]) == ("anna", "final")


def test_no_cell_is_a_formula(classroom: Classroom) -> None:
    table = csv.reader(StringIO(export(classroom, "csv").decode("utf-8"), newline=""))

    assert not [cell for row in table for cell in row if cell.startswith(("=", "+", "-", "@"))]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", " =1", "\n=1", "＝1"])
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert defused(cell).startswith("'")


def test_a_name_keeps_its_own_hyphen() -> None:
    assert defused("Anna-Lena") == "Anna-Lena"


def test_a_byte_order_mark_comes_only_when_asked_for(classroom: Classroom) -> None:
    plain, marked = export(classroom, "csv"), export(classroom, "csv", bom=True)

    assert marked == b"\xef\xbb\xbf" + plain


def test_a_workbook_holds_texts_and_numbers_and_no_formula(classroom: Classroom) -> None:
    book = zipfile.ZipFile(BytesIO(export(classroom, "xlsx")))

    sheet = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    tags = {element.tag.rpartition("}")[2] for element in sheet.iter()}
    assert "f" not in tags
    assert b"HYPERLINK" in book.read("xl/sharedStrings.xml")


def test_json_lines_keep_the_three_layers_apart(classroom: Classroom) -> None:
    lines = [json.loads(line) for line in export(classroom, "jsonl").splitlines()]

    eva = next(line for line in lines if line["candidate"] == "Eva")
    assert eva["machine"]["measures"]["landing-page"]["credit"] == 1.0
    assert eva["human"] == {"anna": {"measure:landing-page": 0.0}}
    assert eva["final"]["measures"]["landing-page"]["credit"] == 0.0


@pytest.mark.parametrize("wanted", ["csv", "xlsx", "jsonl", "zip", "html"])
def test_a_pseudonymised_export_names_nobody(classroom: Classroom, wanted: str) -> None:
    content = export(classroom, wanted, pseudonyms=True)

    parts = [content]
    if wanted in ("xlsx", "zip"):
        archive = zipfile.ZipFile(BytesIO(content))
        parts = [name.encode() + archive.read(name) for name in archive.namelist()]
    ids = [entry.id.encode() for entry in classroom.book.entries()]
    assert not [part for part in parts if b"Eva" in part or b"Cleo" in part]
    assert not [part for part in parts for one in ids if one in part]


def test_the_place_of_a_pseudonymised_report_does_not_give_the_name_away(
    classroom: Classroom,
) -> None:
    archive = zipfile.ZipFile(BytesIO(export(classroom, "zip", pseudonyms=True)))

    assert archive.namelist() == sorted(archive.namelist())


def test_every_candidate_gets_a_report_with_a_safe_name(classroom: Classroom) -> None:
    archive = zipfile.ZipFile(BytesIO(export(classroom, "zip")))

    pages = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    assert len(pages) == 5
    assert not [name for name in pages if set(name) & set('/\\:*?<>|="\x1b')]
    assert "A person has decided this." in pages["Eva.html"]
    assert "First word" not in pages["Eva.html"]
    assert not [page for page in pages.values() if "<i>" in page or "\x1b" in page]


def test_the_class_report_draws_and_loads_nothing(classroom: Classroom) -> None:
    page = export(classroom, "html").decode("utf-8")

    assert page.count("<svg") == 2
    assert "Nobody finds this" not in page
    assert "src=" not in page
    assert "<script" not in page


def test_the_same_class_exports_the_same_reports(classroom: Classroom) -> None:
    assert export(classroom, "zip") == export(classroom, "zip")
