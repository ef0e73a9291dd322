import sqlite3
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes import NOON, FakeModel, fake_mark, sample_case, sample_rubric
from tutor.core.attempt import Attempt, Claim, ClosedBy, Moment
from tutor.core.draft import Card, Draft
from tutor.core.errors import NotFound, StoreDamaged, StoreLocked, StoreReadOnly
from tutor.store import migrations
from tutor.store.history import History, Mark

ATTEMPT = Attempt(
    id="a1",
    case="outage",
    language="en",
    rubric_sha256="0" * 64,
    started_at=NOON,
    deadline=NOON + timedelta(seconds=420),
    limit_seconds=420.0,
    draft=Draft(cards=(Card(1, "landing-page", "\ud800 🙂 [/x]"),), origin="landing-page"),
    moments=(Moment(1.5, 1, 12), Moment(2.0, None, 3)),
    handed_in_at=NOON + timedelta(seconds=100),
    closed_by=ClosedBy.CANDIDATE,
    interruptions=1,
)


def _mark(attempt: Attempt, version: str = "1") -> Mark:
    result = fake_mark(sample_case(), sample_rubric(), attempt.answer, FakeModel())
    engine = replace(result.engine, version=version)
    return Mark(marked_at=NOON, result=replace(result, engine=engine))


def _attempt(number: int, measures: str) -> Attempt:
    return replace(
        ATTEMPT,
        id=f"a{number}",
        draft=Draft(text=measures),
        handed_in_at=NOON + timedelta(minutes=number),
    )


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "home" / "history.db")


def test_an_attempt_comes_back_as_it_was(history: History) -> None:
    mark = _mark(ATTEMPT)
    history.add(ATTEMPT, mark)

    assert history.attempt("a1") == ATTEMPT
    assert history.marks("a1") == (mark,)


def test_an_attempt_is_stored_once(history: History) -> None:
    first = history.add(ATTEMPT, _mark(ATTEMPT))
    second = history.add(ATTEMPT, _mark(ATTEMPT))

    assert (first, second) == (True, False)
    assert len(history.marks("a1")) == 1
    assert len(history.lines()) == 1


def test_marking_again_adds_a_row(history: History) -> None:
    history.add(ATTEMPT, _mark(ATTEMPT, "1"))
    history.add_mark("a1", _mark(ATTEMPT, "2"))

    assert [mark.result.engine.version for mark in history.marks("a1")] == ["1", "2"]
    assert history.lines()[0].engine_version == "2"


def test_a_mark_needs_its_attempt(history: History) -> None:
    with pytest.raises(NotFound):
        history.add_mark("a9", _mark(ATTEMPT))


def test_a_summary_keeps_the_best_and_the_last(history: History) -> None:
    for number, measures in enumerate(["", "landing-page redundancy", "landing-page"]):
        history.add(_attempt(number, measures), _mark(_attempt(number, measures)))

    (summary,) = history.summaries()

    assert (summary.attempts, summary.last_at) == (3, NOON + timedelta(minutes=2))
    assert (summary.best_points, summary.last_points) == (6, 4)


def test_an_unmarked_attempt_counts_without_points(history: History) -> None:
    history.add(ATTEMPT, None)

    (summary,) = history.summaries()
    (line,) = history.lines()

    assert (summary.attempts, summary.best_points, summary.last_points) == (1, None, None)
    assert (line.points, line.engine_name, line.ratings) == (None, None, None)


def test_a_withdrawn_claim_stays_in_the_log(history: History) -> None:
    history.add(ATTEMPT, None)
    claim = Claim(attempt="a1", measure="redundancy", made_at=NOON, comment="I said it")
    history.add_claim(claim)
    made = history.claims("a1"), history.lines()[0].claims
    history.withdraw_claim("a1", "redundancy", NOON)
    withdrawn = history.claims("a1"), history.lines()[0].claims
    history.add_claim(claim)

    assert made == ((claim,), 1)
    assert withdrawn == ((), 0)
    assert (history.claims("a1"), history.lines()[0].claims) == ((claim,), 1)
    with sqlite3.connect(history.path) as database:
        assert database.execute("SELECT count(*) FROM claims").fetchone() == (3,)
    database.close()


def test_attempts_are_found_by_the_beginning_of_their_id(history: History) -> None:
    for name in ("abc1", "abd2", "ab"):
        history.add(replace(ATTEMPT, id=name), None)

    assert [history.find(prefix) for prefix in ("abc", "ab", "abd2")] == ["abc1", "ab", "abd2"]
    with pytest.raises(NotFound, match="More than one"):
        history.find("a")
    with pytest.raises(NotFound):
        history.find("%")


def test_the_last_attempt_has_a_name(history: History) -> None:
    with pytest.raises(NotFound):
        history.find("last")
    history.add(_attempt(2, ""), None)
    history.add(_attempt(1, ""), None)

    assert history.find("last") == "a2"


def test_looking_at_a_history_that_does_not_exist_creates_nothing(tmp_path: Path) -> None:
    history = History(tmp_path / "home" / "history.db")

    assert (history.lines(), history.summaries()) == ((), ())
    assert not (tmp_path / "home").exists()


def test_the_history_is_private_and_durable(history: History) -> None:
    history.add(ATTEMPT, None)

    database = history._file.open()
    pragmas = {
        name: database.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "user_version")
    }

    assert history.path.stat().st_mode & 0o077 == 0
    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "user_version": len(migrations.MIGRATIONS),
    }


def test_a_newer_history_is_refused_and_left_alone(history: History) -> None:
    history.add(ATTEMPT, None)
    history.close()
    with sqlite3.connect(history.path) as database:
        database.execute("PRAGMA user_version = 99")
    database.close()

    with pytest.raises(StoreDamaged, match="newer version"):
        history.lines()


def test_the_database_of_another_program_is_refused(history: History) -> None:
    history.path.parent.mkdir()
    with sqlite3.connect(history.path) as database:
        database.execute("CREATE TABLE recipes (id)")
    database.close()

    with pytest.raises(StoreDamaged, match="another program"):
        history.add(ATTEMPT, None)


def test_a_damaged_history_can_be_moved_aside(history: History) -> None:
    history.path.parent.mkdir()
    history.path.write_bytes(b"rubbish " * 1000)
    with pytest.raises(StoreDamaged, match="not a readable history"):
        history.lines()

    kept = history.move_aside()
    history.add(ATTEMPT, None)

    assert kept.read_bytes().startswith(b"rubbish")
    assert history.has("a1")


def test_a_migration_that_fails_leaves_the_version_before(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    history.add(ATTEMPT, None)
    history.close()
    broken = ("CREATE TABLE extra (id) STRICT", "CREATE TABLE extra (id INTEGER) STRICT")
    with monkeypatch.context() as patch:
        patch.setattr("tutor.store.history.MIGRATIONS", (*migrations.MIGRATIONS, broken))
        with pytest.raises(Exception, match="extra"):
            History(history.path).lines()

    assert history.has("a1")
    tables = history._file.open().execute("SELECT name FROM sqlite_master").fetchall()
    assert "extra" not in {row["name"] for row in tables}


def test_a_history_held_by_another_program_says_so(history: History) -> None:
    history.add(ATTEMPT, None)
    other = sqlite3.connect(history.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreLocked, match="in use"):
        history.add(_attempt(2, ""), None)
    other.execute("ROLLBACK")
    other.close()

    assert history.add(_attempt(2, ""), None)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    history = History(tmp_path / "file" / "history.db")

    with pytest.raises(StoreReadOnly, match="TUTOR_HOME"):
        history.add(ATTEMPT, None)


def test_threads_may_share_a_history(history: History) -> None:
    def add(number: int) -> None:
        history.add(_attempt(number, "landing-page"), _mark(_attempt(number, "landing-page")))
        history.lines()

    threads = [threading.Thread(target=add, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(history.lines("outage")) == 12
