import json
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes import (
    NOON,
    FakeClock,
    FakeLibrary,
    FakeModel,
    fake_mark,
    make_practice,
    sample_rubric,
)
from tutor.core.attempt import ClosedBy
from tutor.core.draft import Card, Draft
from tutor.core.errors import (
    AnswersError,
    ContentError,
    EngineUnavailable,
    NotFound,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    UsageError,
)
from tutor.core.textmodel import TextModel
from tutor.session.practice import Practice
from tutor.session.sitting import Sitting
from tutor.store.history import History
from tutor.store.journal import Journal

ONE_CARD = Draft(cards=(Card(1, "landing-page", "so that customers know"),))


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def practice(tmp_path: Path, clock: FakeClock) -> Practice:
    return make_practice(tmp_path, clock)


def _abandon(practice: Practice, draft: Draft = ONE_CARD) -> str:
    """Sit a case and leave it open, as a crash does; returns the attempt's id."""
    sitting = practice.start("outage", "en")
    sitting.write(draft)
    sitting.leave()
    return sitting.attempt.id


def _hand_in(practice: Practice, draft: Draft = ONE_CARD) -> str:
    sitting = practice.start("outage", "en")
    sitting.write(draft)
    return sitting.hand_in(ClosedBy.CANDIDATE).attempt.id


# The library


def test_a_case_nobody_sat_has_no_figures(practice: Practice) -> None:
    (entry,) = practice.entries()

    assert (entry.id, entry.attempts, entry.best_points, entry.last_at) == ("outage", 0, None, None)


def test_an_entry_shows_the_best_and_the_last_result(practice: Practice) -> None:
    _hand_in(practice, Draft(text="landing-page redundancy"))
    _hand_in(practice, Draft())
    open_id = _abandon(practice)

    (entry,) = practice.entries()

    assert (entry.attempts, entry.max_points, entry.open_attempt) == (2, 6, open_id)
    assert (entry.best_points, entry.best_rating) == (6, 3)
    assert (entry.last_points, entry.last_rating) == (0, 0)


def test_the_cases_are_there_when_the_history_is_not(tmp_path: Path, practice: Practice) -> None:
    (tmp_path / "history.db").write_bytes(b"rubbish " * 1000)

    entries = practice.entries()

    assert [entry.id for entry in entries] == ["outage"]
    assert "not a readable history" in str(practice.storage_error)


def test_a_history_that_is_well_again_is_not_complained_about(
    tmp_path: Path, practice: Practice
) -> None:
    (tmp_path / "history.db").write_bytes(b"rubbish " * 1000)
    practice.entries()
    (tmp_path / "history.db").unlink()

    practice.entries()

    assert practice.storage_error is None


# Open attempts


def test_an_open_attempt_is_offered_with_the_time_that_is_left(
    practice: Practice, clock: FakeClock
) -> None:
    attempt_id = _abandon(practice)
    clock.advance(100)

    (found,) = practice.open_sittings()

    assert (found.attempt.id, found.title) == (attempt_id, "Outage of the shop")
    assert (found.remaining_seconds, found.held_elsewhere) == (320, False)


def test_an_attempt_is_open_in_one_tutor_only(
    tmp_path: Path, practice: Practice, clock: FakeClock
) -> None:
    sitting = practice.start("outage", "en")
    other = make_practice(tmp_path, clock)

    (found,) = other.open_sittings()

    assert found.held_elsewhere
    assert not practice.open_sittings()[0].held_elsewhere
    with pytest.raises(StoreLocked, match="another window"):
        other.resume(sitting.attempt.id)
    clock.advance(1000)
    assert other.close_overdue() == ()
    sitting.leave()


def test_what_ran_out_of_time_is_handed_in_once(practice: Practice, clock: FakeClock) -> None:
    attempt_id = _abandon(practice)
    clock.advance(420)
    (found,) = practice.open_sittings()

    (debrief,) = practice.close_overdue()

    assert found.remaining_seconds == 0
    assert debrief.attempt.id == attempt_id
    assert debrief.attempt.closed_by is ClosedBy.TIME_WHILE_AWAY
    assert debrief.attempt.handed_in_at == debrief.attempt.deadline
    assert debrief.result.measures["landing-page"].credit == 1.0
    assert practice.close_overdue() == ()
    assert practice.open_sittings() == ()
    assert len(practice.history()) == 1


def test_an_attempt_taken_up_too_late_closes_as_it_stood(
    practice: Practice, clock: FakeClock
) -> None:
    sitting = practice.resume(_abandon(practice))
    sitting.leave()
    clock.advance(500)
    late = practice.resume(sitting.attempt.id)
    late.write(Draft(text="too late"))

    debrief = late.hand_in(ClosedBy.TIME)

    assert debrief.attempt.closed_by is ClosedBy.TIME_WHILE_AWAY
    assert debrief.attempt.draft == ONE_CARD


def test_a_closed_attempt_cannot_be_gone_on_with(practice: Practice) -> None:
    attempt_id = _hand_in(practice)

    with pytest.raises(NotFound):
        practice.resume(attempt_id)


def test_overdue_answers_to_a_case_that_is_gone_are_kept(tmp_path: Path, clock: FakeClock) -> None:
    attempt_id = _abandon(make_practice(tmp_path, clock))
    clock.advance(500)
    practice = make_practice(tmp_path, clock, library=FakeLibrary(shelf=(), rubrics=()))

    debriefs = practice.close_overdue()

    assert debriefs == ()
    assert practice.history()[0].attempt_id == attempt_id
    with pytest.raises(ContentError):
        practice.debrief(attempt_id)
    assert make_practice(tmp_path, clock).debrief(attempt_id).attempt.draft == ONE_CARD


# The clock


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["pass", "write", "set clock", "leave", "crash"]),
            st.floats(0, 200),
            st.floats(-9999, 9999),
        ),
        max_size=8,
    )
)
@settings(max_examples=60, deadline=None)
def test_the_time_left_never_rises(
    tmp_path_factory: pytest.TempPathFactory, events: list[tuple[str, float, float]]
) -> None:
    clock = FakeClock()
    home = tmp_path_factory.mktemp("home")
    practice = make_practice(home, clock)
    sitting = practice.start("outage", "en")
    left = on_disk = sitting.remaining_seconds()
    for number, (event, seconds, jump) in enumerate(events):
        if event == "pass":
            clock.advance(seconds)
        if event == "write":
            sitting.write(Draft(text=str(number)))
            on_disk = sitting.remaining_seconds() or on_disk
        if event in ("set clock", "leave", "crash"):
            clock.set_utc(clock.utc() + timedelta(seconds=jump))
        if event == "leave":
            sitting.leave()
            sitting = practice.resume(sitting.attempt.id)
        if event == "crash":
            sitting.flush()
            _pull_the_plug(sitting)
            left = on_disk
            practice = make_practice(home, clock)
            sitting = practice.resume(sitting.attempt.id)

        assert 0 <= sitting.remaining_seconds() <= left + 0.001
        left = sitting.remaining_seconds()
        on_disk = left if event in ("leave", "crash") else on_disk
    sitting.leave()


def test_more_time_is_granted_by_a_factor(practice: Practice) -> None:
    sitting = practice.start("outage", "en", time_factor=1.5)

    assert sitting.remaining_seconds() == 630
    sitting.leave()
    with pytest.raises(UsageError):
        practice.start("outage", "en", time_factor=0.5)


# A disk that fails


def test_a_debrief_comes_though_the_history_is_locked_and_is_stored_later(
    tmp_path: Path, practice: Practice, clock: FakeClock
) -> None:
    first = _hand_in(practice)
    other = sqlite3.connect(tmp_path / "history.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    sitting = practice.start("outage", "en")
    sitting.write(ONE_CARD)

    debrief = sitting.hand_in(ClosedBy.CANDIDATE)
    error = sitting.storage_error
    sitting.leave()
    other.execute("ROLLBACK")
    other.close()
    (stored,) = make_practice(tmp_path, clock).close_overdue()

    assert isinstance(error, StoreLocked)
    assert debrief.result.measures["landing-page"].credit == 1.0
    assert stored.attempt == debrief.attempt
    assert {past.attempt_id for past in practice.history()} == {first, debrief.attempt.id}


def test_handing_in_again_tries_to_store_again(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = practice.start("outage", "en")
    sitting.write(ONE_CARD)
    with monkeypatch.context() as patch:
        patch.setattr(History, "add", _raise_full)
        sitting.hand_in(ClosedBy.CANDIDATE)
        while_full = sitting.storage_error

    debrief = sitting.hand_in(ClosedBy.CANDIDATE)

    assert isinstance(while_full, StoreFull)
    assert sitting.storage_error is None
    assert practice.debrief("last") == debrief


def test_an_answer_that_is_closed_in_memory_only_is_not_offered_again(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = practice.start("outage", "en")
    monkeypatch.setattr(History, "add", _raise_full)
    monkeypatch.setattr(Journal, "handed_in", _raise_full)

    sitting.hand_in(ClosedBy.CANDIDATE)

    assert practice.open_sittings() == ()
    sitting.leave()


def test_a_draft_that_cannot_be_saved_says_so_and_is_saved_when_there_is_room(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = practice.start("outage", "en")
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "write", _raise_full)
        sitting.write(ONE_CARD)
        with pytest.raises(StoreFull):
            sitting.flush()
        while_full = sitting.storage_error

    sitting.flush()

    assert isinstance(while_full, StoreFull)
    assert sitting.storage_error is None
    assert practice.open_sittings()[0].attempt.draft == ONE_CARD
    sitting.leave()


def test_leaving_with_a_full_disk_loses_nothing(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = practice.start("outage", "en")
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "write", _raise_full)
        sitting.write(ONE_CARD)
        with pytest.raises(StoreFull):
            sitting.leave()
        again = practice.resume(sitting.attempt.id)

    again.write(Draft(text="more"))
    again.leave()

    assert again is sitting
    assert practice.open_sittings()[0].attempt.draft == Draft(text="more")


def test_a_journal_that_failed_is_forgotten_once_the_history_has_the_answer(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = practice.start("outage", "en")
    monkeypatch.setattr(Journal, "write", _raise_full)
    sitting.write(ONE_CARD)

    debrief = sitting.hand_in(ClosedBy.CANDIDATE)

    assert sitting.storage_error is None
    assert practice.debrief("last") == debrief
    assert debrief.attempt.draft == ONE_CARD


def test_a_home_that_cannot_be_written_offers_to_sit_without_saving(
    tmp_path: Path, clock: FakeClock
) -> None:
    (tmp_path / "file").touch()
    practice = make_practice(tmp_path / "file", clock)
    with pytest.raises(StoreReadOnly):
        practice.start("outage", "en")

    sitting = practice.start("outage", "en", keep=False)
    sitting.write(ONE_CARD)
    debrief = sitting.hand_in(ClosedBy.CANDIDATE)

    assert not sitting.is_kept
    assert sitting.storage_error is None
    assert debrief.result.measures["landing-page"].credit == 1.0
    assert practice.entries()[0].attempts == 0


def test_a_crash_between_history_and_journal_hands_nothing_in_twice(
    tmp_path: Path, practice: Practice, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "delete", Journal.close)
        _hand_in(practice)
    left_behind = list((tmp_path / "journal").glob("*.jsonl"))

    debriefs = make_practice(tmp_path, clock).close_overdue()

    assert len(left_behind) == 1
    assert debriefs == ()
    assert len(practice.history()) == 1
    assert list((tmp_path / "journal").glob("*.jsonl")) == []


def test_a_crash_between_journal_and_history_hands_in_at_the_next_start(
    tmp_path: Path, practice: Practice, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    sitting = practice.start("outage", "en")
    sitting.write(ONE_CARD)
    with monkeypatch.context() as patch:
        patch.setattr(History, "add", _raise_full)
        sitting.hand_in(ClosedBy.CANDIDATE)
    sitting.leave()

    (debrief,) = make_practice(tmp_path, clock).close_overdue()

    assert debrief.attempt.closed_by is ClosedBy.CANDIDATE
    assert debrief.attempt.draft == ONE_CARD
    assert practice.open_sittings() == ()


# An engine that fails


@pytest.mark.parametrize("error", [EngineUnavailable("gone"), ZeroDivisionError("bug")])
def test_an_answer_that_cannot_be_marked_is_stored_and_marked_later(
    tmp_path: Path, clock: FakeClock, error: Exception
) -> None:
    practice = make_practice(tmp_path, clock, load_model=_raising(error))
    sitting = practice.start("outage", "en")
    sitting.write(ONE_CARD)
    with pytest.raises((EngineUnavailable, AnswersError)):
        sitting.hand_in(ClosedBy.CANDIDATE)
    (past,) = practice.history()

    debrief = make_practice(tmp_path, clock).debrief("last")

    assert (past.points, past.grade, past.engine) == (None, None, None)
    assert debrief.attempt.draft == ONE_CARD
    assert practice.history()[0].points == debrief.result.points


# Debriefs and claims


def test_a_claim_stands_beside_the_mark(practice: Practice, clock: FakeClock) -> None:
    attempt_id = _hand_in(practice)
    claim = practice.claim(attempt_id, "redundancy", "I \x1b[2Jsaid it")

    claimed = practice.debrief(attempt_id[:4])
    practice.withdraw_claim(attempt_id, "redundancy")

    assert claim.comment == "I said it"
    assert claimed.claims == (claim,)
    assert claimed.result.measures["redundancy"].credit == 0.0
    assert practice.debrief("last").claims == ()


def test_a_claim_needs_an_attempt(practice: Practice) -> None:
    with pytest.raises(NotFound):
        practice.claim("nowhere", "redundancy")


def test_an_edited_rubric_changes_no_mark(tmp_path: Path, clock: FakeClock) -> None:
    attempt_id = _hand_in(make_practice(tmp_path, clock))
    rubric = sample_rubric(sha256="1" * 64)
    other = replace(rubric.measures[1], id="hot-standby")
    edited = replace(rubric, measures=(rubric.measures[0], other))
    practice = make_practice(tmp_path, clock, library=FakeLibrary(rubrics=(edited,)))

    debrief = practice.debrief(attempt_id)

    assert debrief.rubric_changed
    assert debrief.result.points == 4
    assert set(debrief.result.measures) == {"landing-page"}
    assert [measure.id for measure in debrief.rubric.measures] == ["landing-page"]


def test_the_damage_and_the_theory_explain_the_mark(practice: Practice) -> None:
    debrief = practice.debrief(_hand_in(practice))

    assert debrief.damage is not None
    assert debrief.damage.procedure[-1].loss < debrief.damage.nothing[-1].loss
    assert set(debrief.theory) == {"landing-page"}
    assert debrief.step_seconds == (0.0,)


HOSTILE = "[/x] [b] {{y}} <script> \x1b[2J \u202e \0 \ud800 🙂 e\u0301"


def test_hostile_text_is_kept_as_text(tmp_path: Path, practice: Practice) -> None:
    attempt_id = _hand_in(practice, Draft(cards=(Card(1, HOSTILE, HOSTILE),), origin=HOSTILE))

    card = practice.debrief(attempt_id).attempt.draft.cards[0]

    assert card.measure == card.reason == "[/x] [b] {{y}} <script>     🙂 e\u0301"
    assert json.dumps(HOSTILE) not in (tmp_path / "history.db").read_text("latin-1")


def test_a_megabyte_is_an_answer(practice: Practice) -> None:
    text = "landing-page " * 80_000

    attempt_id = _hand_in(practice, Draft(text=text))

    assert practice.debrief(attempt_id).attempt.draft.text == text


def test_the_marker_is_asked_while_the_candidate_writes(tmp_path: Path, clock: FakeClock) -> None:
    marked: list[str] = []

    def mark(case: object, rubric: object, answer: object, model: TextModel) -> object:
        marked.append(getattr(answer, "id", ""))
        return fake_mark(case, rubric, answer, model)  # type: ignore[arg-type]

    practice = make_practice(tmp_path, clock, mark=mark, load_model=FakeModel)
    sitting = practice.start("outage", "en")
    sitting.write(ONE_CARD)
    first = sitting.hand_in(ClosedBy.CANDIDATE)
    practice.debrief(first.attempt.id)

    assert marked.count(first.attempt.id) == 1


def _pull_the_plug(sitting: Sitting) -> None:
    """End a sitting as a crash does: the system lets go of the journal, and nothing is said."""
    assert sitting._journal is not None
    sitting._stop_threads()
    sitting._journal.close()


def _raise_full(*_: object, **__: object) -> None:
    raise StoreFull("no room")


def _raising(error: Exception) -> Callable[[], TextModel]:
    def load() -> TextModel:
        raise error

    return load


def test_every_store_error_is_a_message_for_a_person(tmp_path: Path, practice: Practice) -> None:
    (tmp_path / "history.db").mkdir()

    with pytest.raises(StoreError, match=r"history\.db"):
        practice.history()


def test_the_attempt_knows_when_it_began_and_ends(practice: Practice) -> None:
    sitting = practice.start("outage", "en")
    attempt = sitting.attempt
    sitting.leave()

    assert (attempt.started_at, attempt.deadline) == (NOON, NOON + timedelta(minutes=7))
    assert attempt.rubric_sha256 == "0" * 64
