"""A person with two answers is named, and counts as the instructor decides."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest

from tests.fakes import sample_case
from tests.session.classes import BEN, EVA, make_class, submission
from tutor.core.classroom import Kind, Subject
from tutor.session.arrivals import Fate, Repeats
from tutor.session.classanalysis import class_items
from tutor.session.classroom import Classroom
from tutor.session.exporting import export

AGAIN = submission("Eva", "A landing-page, and redundancy")
THIRD = submission("Eva", "Nothing")
PAGE = Subject(Kind.MEASURE, "landing-page")


def said(classroom: Classroom) -> list[tuple[str, int, str]]:
    return [
        (entry.candidate, entry.attempt, entry.answer.steps[0].measure)
        for entry in classroom.book.entries()
    ]


def table(classroom: Classroom) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(export(classroom, "csv").decode(), newline="")))


def test_a_second_answer_is_left_out_until_somebody_decides(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA)

    found = classroom.add([AGAIN, BEN])

    assert [one.fate for one in found.arrivals] == [Fate.LEFT_OUT, Fate.NEW]
    assert found.arrivals[0].earlier == "Eva.txt"
    assert [name for name, *_rest in said(classroom)] == ["Ben", "Eva"]


@pytest.mark.parametrize("at_once", [True, False])
def test_attempts_stand_beside_each_other(tmp_path: Path, at_once: bool) -> None:
    classroom = make_class(tmp_path)

    for batch in [[EVA, AGAIN, THIRD]] if at_once else [[EVA], [AGAIN], [THIRD]]:
        classroom.add(batch, Repeats.ATTEMPTS)

    assert said(classroom) == [
        ("Eva", 1, "A landing-page at once"),
        ("Eva", 2, "A landing-page, and redundancy"),
        ("Eva", 3, "Nothing"),
    ]


@pytest.mark.parametrize("at_once", [True, False])
def test_of_several_the_newest_counts_and_the_others_are_kept(
    tmp_path: Path, at_once: bool
) -> None:
    classroom = make_class(tmp_path)

    for batch in [[EVA, AGAIN, THIRD]] if at_once else [[EVA], [AGAIN], [THIRD]]:
        classroom.add(batch, Repeats.NEWEST)

    assert said(classroom) == [("Eva", 1, "Nothing")]
    assert len(classroom.book.every_entry()) == 3


@pytest.mark.parametrize("repeats", [None, *Repeats])
def test_importing_the_same_again_changes_nothing(tmp_path: Path, repeats: Repeats | None) -> None:
    classroom = make_class(tmp_path)
    classroom.add([EVA, AGAIN, BEN], repeats)
    before = classroom.book.every_entry()

    found = classroom.add([EVA, AGAIN, BEN], repeats)

    assert found.to_store == ()
    assert classroom.book.every_entry() == before


def test_what_is_shown_before_is_what_happens(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA)

    shown = classroom.arrivals([AGAIN, BEN], sample_case(), Repeats.NEWEST)

    assert said(classroom) == [("Eva", 1, "A landing-page at once")]
    assert classroom.add([AGAIN, BEN], Repeats.NEWEST) == shown


def test_a_replaced_answer_is_neither_marked_nor_exported_and_its_log_stays(
    tmp_path: Path,
) -> None:
    classroom = make_class(tmp_path, EVA, BEN)
    classroom.mark()
    eva = classroom.book.entries()[1]
    classroom.decide(eva, [(PAGE, 0.0)], "anna")

    classroom.add([AGAIN], Repeats.NEWEST)
    classroom.mark()

    assert [row["candidate"] for row in table(classroom)] == ["Ben", "Eva"]
    assert [row["measure:landing-page"] for row in table(classroom)] == ["1.0", "1.0"]
    assert set(classroom.book.results()) == {entry.id for entry in classroom.book.entries()}
    assert [decision.answer for decision in classroom.book.decisions()] == [eva.id]


def test_tables_and_reports_say_which_attempt_it_is(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA, BEN)
    classroom.add([AGAIN], Repeats.ATTEMPTS)
    classroom.mark()

    rows = [(row["candidate"], row["attempt"]) for row in table(classroom)]
    lines = [json.loads(line) for line in export(classroom, "jsonl").splitlines()]
    found = class_items(classroom.case, classroom.rubric, classroom.sheets())

    assert rows == [("Ben", "1"), ("Eva", "1"), ("Eva", "2")]
    assert [line["final"]["id"] for line in lines] == ["Ben", "Eva", "Eva (2)"]
    assert (found.count, found.candidates) == (3, 2)
    assert "Answers: 3, by 2 candidates" in export(classroom, "html").decode()


def test_a_forgotten_person_is_gone_with_what_was_replaced(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA)
    classroom.add([AGAIN], Repeats.NEWEST)

    assert classroom.forget("Eva").answers == 2
    assert classroom.book.every_entry() == ()
