import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes import NOON, FakeModel, fake_mark, sample_case, sample_rubric
from tutor.core.answer import Answer, Step
from tutor.core.classroom import ClassInfo, Decision, Entry, Kind, Subject
from tutor.core.errors import NotFound, StoreDamaged
from tutor.store.classbook import APPLICATION_ID, MIGRATIONS, ClassBook, Forgotten
from tutor.store.database import Database
from tutor.store.history import History
from tutor.store.rows import Mark

INFO = ClassInfo(name="autumn", case="outage", language="en", seed="s", created_at=NOON)
PAGE = Subject(Kind.MEASURE, "landing-page")


def entry(candidate: str, said: str = "landing-page") -> Entry:
    answer = Answer(id=f"id-{candidate}", case="outage", language="en", steps=(Step(said, "why"),))
    return Entry(candidate=candidate, answer=answer, imported_at=NOON, source="a.csv:2")


def decision(answer: str, value: float | None = 1.0) -> Decision:
    return Decision(answer=answer, subject=PAGE, value=value, marker="anna", at=NOON, reason="r")


@pytest.fixture
def book(tmp_path: Path) -> ClassBook:
    book = ClassBook(tmp_path / "classes" / "autumn.db")
    book.begin(INFO)
    return book


def marked(one: Entry) -> dict[str, Mark]:
    result = fake_mark(sample_case(), sample_rubric(), one.answer, FakeModel())
    return {one.id: Mark(marked_at=NOON, result=result)}


def test_what_is_stored_comes_back(book: ClassBook) -> None:
    text = entry("ben")
    text = replace(text, answer=replace(text.answer, steps=(), text="free"))
    book.add([entry("eva"), text])
    book.add_marks(marked(entry("eva")))
    book.decide([decision("id-eva"), decision("id-eva", None)])

    assert book.info() == INFO
    assert book.entries() == (text, entry("eva"))
    assert book.results() == {"id-eva": marked(entry("eva"))["id-eva"].result}
    assert book.decisions() == (decision("id-eva"), decision("id-eva", None))


def test_the_same_answer_is_stored_once(book: ClassBook) -> None:
    assert book.add([entry("eva")]) == 1
    assert book.add([entry("eva"), entry("ben")]) == 1


def test_answers_from_before_attempts_were_counted_become_attempts(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    old = Database(path, MIGRATIONS[:1], APPLICATION_ID)
    with old.writing() as database:
        database.execute("INSERT INTO class VALUES ('old', 'outage', 'en', 's', ?)", (str(NOON),))
        for name, candidate, minute in (("b", "eva", 1), ("a", "eva", 2), ("c", "ben", 3)):
            at = NOON.replace(minute=minute).isoformat()
            database.execute(
                "INSERT INTO answers VALUES (?, ?, 'en', '{}', ?, ?, 'x')",
                (name, candidate, name, at),
            )
    old.close()

    entries = ClassBook(path).entries()

    assert [(one.id, one.attempt) for one in entries] == [("c", 1), ("b", 1), ("a", 2)]
    assert not any(one.is_replaced for one in entries)


def test_marking_again_adds_a_row(book: ClassBook) -> None:
    book.add([entry("eva")])
    book.add_marks(marked(entry("eva")))
    book.add_marks(marked(entry("eva")))

    assert book.mark_count("id-eva") == 2
    assert len(book.results()) == 1


@pytest.mark.parametrize("statement", ["UPDATE decisions SET value = 0", "DELETE FROM decisions"])
def test_a_decision_is_never_changed_or_removed(book: ClassBook, statement: str) -> None:
    book.add([entry("eva")])
    book.decide([decision("id-eva")])
    book.close()

    with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
        sqlite3.connect(book.path).execute(statement)


def test_a_forgotten_candidate_leaves_no_trace_in_the_file(book: ClassBook) -> None:
    book.add([entry("Evamaria Testperson", "secretwords"), entry("ben")])
    book.decide([decision("id-Evamaria Testperson"), decision("id-ben")])

    gone = book.forget("Evamaria Testperson")

    book.close()
    content = b"".join(path.read_bytes() for path in book.path.parent.iterdir())
    assert gone == Forgotten(answers=1, marks=0, decisions=1)
    assert b"Evamaria" not in content
    assert b"secretwords" not in content
    assert book.decisions() == (decision("id-ben"),)


@pytest.mark.parametrize(
    "write",
    [
        lambda book, one: book.decide([decision(one.id)]),
        lambda book, one: book.add_marks(marked(one)),
        lambda book, one: book.put_aside({"Light a candle": one.id}, NOON),
    ],
    ids=["decide", "mark", "put aside"],
)
def test_what_is_written_of_an_answer_that_was_forgotten_is_refused(
    book: ClassBook, write: Callable[[ClassBook, Entry], None]
) -> None:
    book.add([entry("Eva"), entry("Ben")])
    book.forget("Eva")

    with pytest.raises(NotFound, match="meanwhile"):
        write(book, entry("Eva"))

    assert (book.decisions(), book.results(), book.extras()) == ((), {}, {})


def test_who_is_not_there_cannot_be_forgotten(book: ClassBook) -> None:
    with pytest.raises(NotFound, match="nobody"):
        book.forget("nobody")


def test_beginning_again_keeps_the_seed(book: ClassBook) -> None:
    book.begin(replace(INFO, seed="another"))

    assert book.info().seed == "s"


def test_a_class_that_was_never_begun_is_not_there_and_not_created(tmp_path: Path) -> None:
    book = ClassBook(tmp_path / "none.db")

    assert not book.exists()
    with pytest.raises(NotFound, match="none"):
        book.info()
    assert not book.path.exists()


def test_a_history_is_no_class(tmp_path: Path) -> None:
    path = tmp_path / "history.db"
    History(path).lines()
    sqlite3.connect(path).execute("CREATE TABLE attempts (id TEXT)")

    with pytest.raises(StoreDamaged, match="another program"):
        ClassBook(path).exists()
