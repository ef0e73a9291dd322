"""Sheets on paper: the candidate's holds no solution, the marker's holds all of it."""

import re

import pytest

from tutor.content.bundled import cases_dir, rubrics_dir
from tutor.content.library import Library
from tutor.core.case import Case
from tutor.core.rubric import Rubric
from tutor.locales import activate
from tutor.report.handout import HandoutFormat, handout

LIBRARY = Library(cases_dir(), rubrics_dir())
FORMATS: tuple[HandoutFormat, ...] = ("html", "md")
HOSTILE = '<script>alert("x")</script> **bold** [link](http://x) `code`\x1b[2J'


def pair() -> tuple[Case, Rubric]:
    activate("en")
    return LIBRARY.case("it-outage", "en"), LIBRARY.rubric("it-outage", "en")


def said(sheet: str) -> str:
    """Return the letters and digits of a sheet, so that escaping does not matter."""
    return re.sub(r"[^a-z0-9]", "", re.sub(r"&[a-z0-9#]+;", "", sheet.lower()))


@pytest.mark.parametrize("form", FORMATS)
def test_a_candidate_reads_the_case_and_nothing_that_only_markers_know(form: HandoutFormat) -> None:
    case, rubric = pair()

    sheet = said(handout(case, None, form))

    assert said(case.task) in sheet
    secrets = [
        *(text for m in rubric.measures for text in (m.text, m.reason, *m.paraphrases)),
        *(text for p in rubric.pitfalls for text in (p.text, p.why)),
        *(text for inject in case.injects for text in (inject.text, inject.hint)),
    ]
    assert [text for text in secrets if said(text) in sheet] == []


@pytest.mark.parametrize("form", FORMATS)
def test_a_marker_reads_every_measure_reason_near_miss_and_pitfall(form: HandoutFormat) -> None:
    case, rubric = pair()

    sheet = said(handout(case, rubric, form))

    told = [
        *(text for m in rubric.measures for text in (m.text, m.reason, *m.near_misses)),
        *(text for p in rubric.pitfalls for text in (p.text, p.why)),
        *(question.text for question in case.key_questions),
    ]
    assert [text for text in told if said(text) not in sheet] == []


def test_a_sheet_is_one_file_for_paper_that_loads_and_runs_nothing() -> None:
    case, rubric = pair()

    sheet = handout(case, rubric, "html")

    assert "size: A4" in sheet
    assert "default-src 'none'" in sheet
    assert not re.search(r"<script|<link|<img|src=|url\(|@import", sheet)


def test_what_an_author_writes_is_text_and_never_markup() -> None:
    from dataclasses import replace

    case, rubric = pair()
    case = replace(case, title=HOSTILE, sources=(HOSTILE,), licence=HOSTILE)

    html, markdown = (handout(case, rubric, form) for form in FORMATS)

    assert "<script" not in html
    assert r"\<script\>" in markdown
    assert "[link](" not in markdown


@pytest.mark.parametrize("is_for_marker", [False, True], ids=["candidate", "marker"])
@pytest.mark.parametrize("form", FORMATS)
def test_a_sheet_has_room_for_name_and_date_and_says_licence_and_source(
    form: HandoutFormat, is_for_marker: bool
) -> None:
    from dataclasses import replace

    case, rubric = pair()
    case = replace(case, licence="CC-BY-4.0", sources=("Invented.",))

    sheet = handout(case, rubric if is_for_marker else None, form)

    head = sheet.partition("Situation")[0]
    assert "Name" in head
    assert "Date" in head
    assert "CC-BY-4.0 · Invented." in sheet
    assert ("Marked by" in sheet) == is_for_marker


@pytest.mark.parametrize("form", FORMATS)
def test_a_sheet_without_licence_or_source_has_no_line_for_them(form: HandoutFormat) -> None:
    from dataclasses import replace

    case, _rubric = pair()

    sheet = handout(replace(case, licence="", sources=()), None, form)

    assert "CC-BY" not in sheet
    assert sheet.endswith("\n")
