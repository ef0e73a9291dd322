import threading
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest

from tests.fakes import FakeClock, make_practice
from tutor.core.attempt import Moment
from tutor.core.draft import Card, Draft
from tutor.core.errors import EngineUnavailable, StoreFull
from tutor.session import background
from tutor.session.background import BackgroundMarker, DraftWriter
from tutor.store.journal import Journal, Journals

PATIENCE_SECONDS = 20.0


class MemoryJournal:
    """Takes drafts like a journal, and fails as often as it is told to."""

    def __init__(self, failures: int = 0) -> None:
        self.failures = failures
        self.written: list[tuple[Draft, int]] = []
        self.has_written = threading.Event()

    def write(self, at: float, draft: Draft, moments: Sequence[Moment]) -> None:
        if self.failures:
            self.failures -= 1
            raise StoreFull("no room")
        self.written.append((draft, len(moments)))
        self.has_written.set()


def _moment(number: int) -> Moment:
    return Moment(float(number), 1, number)


def test_a_draft_reaches_the_disk_without_being_asked(tmp_path: Path) -> None:
    sitting = make_practice(tmp_path, FakeClock()).start("outage", "en")
    journal = MemoryJournal()
    writer = DraftWriter(cast("Journal", journal))

    writer.submit(1.0, Draft(text="a"), [_moment(1)])

    assert journal.has_written.wait(PATIENCE_SECONDS)
    assert journal.written == [(Draft(text="a"), 1)]
    writer.stop()
    sitting.leave()


def test_keys_that_come_together_share_a_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "BATCH_SECONDS", PATIENCE_SECONDS)
    journal = MemoryJournal()
    writer = DraftWriter(cast("Journal", journal))
    for number in range(1, 4):
        writer.submit(float(number), Draft(text="a" * number), [_moment(number)])

    writer.flush()
    writer.stop()

    assert journal.written == [(Draft(text="aaa"), 3)]


def test_a_full_disk_is_tried_again_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "BATCH_SECONDS", 0.0)
    monkeypatch.setattr(background, "RETRY_SECONDS", 0.0)
    journal = MemoryJournal(failures=3)
    writer = DraftWriter(cast("Journal", journal))

    writer.submit(1.0, Draft(text="a"), [_moment(1)])

    assert journal.has_written.wait(PATIENCE_SECONDS)
    writer.flush()
    assert journal.written == [(Draft(text="a"), 1)]
    assert writer.error is None
    writer.stop()


def test_the_draft_is_marked_at_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "QUIET_SECONDS", 0.0)
    marked: list[Draft] = []
    done = threading.Event()

    def mark(draft: Draft) -> None:
        marked.append(draft)
        done.set()

    marker = BackgroundMarker(lambda: None, mark, FakeClock())
    marker.submit(Draft(text="a"))

    assert done.wait(PATIENCE_SECONDS)
    assert marked == [Draft(text="a")]
    marker.stop()


def test_somebody_who_never_pauses_is_marked_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(background, "QUIET_SECONDS", PATIENCE_SECONDS)
    clock = FakeClock()
    done = threading.Event()
    marker = BackgroundMarker(lambda: None, lambda _: done.set(), clock)

    marker.submit(Draft(text="a"))
    for number in range(1000):
        clock.advance(background.OVERDUE_SECONDS)
        marker.submit(Draft(text="a" * number))
        if done.wait(0.01):
            break

    assert done.is_set()
    marker.stop()


def test_a_missing_engine_is_left_for_the_hand_in_to_say() -> None:
    asked = threading.Event()

    def warm_up() -> None:
        asked.set()
        raise EngineUnavailable("not installed")

    marker = BackgroundMarker(warm_up, lambda _: None, FakeClock())

    assert asked.wait(PATIENCE_SECONDS)
    marker.submit(Draft(text="a"))
    marker.stop()


def test_what_was_typed_is_in_the_journal_after_a_flush(tmp_path: Path) -> None:
    sitting = make_practice(tmp_path, FakeClock()).start("outage", "en")
    draft = Draft(cards=(Card(1, "Repair"),))
    sitting.write(draft)
    sitting.flush()

    replayed = Journals(tmp_path / "journal").replay(sitting.attempt.id)

    assert replayed.attempt.draft == draft
    sitting.leave()
