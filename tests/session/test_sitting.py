from pathlib import Path

from tests.fakes import FakeClock, make_practice
from tutor.core.attempt import ClosedBy, Moment
from tutor.core.draft import Card, Draft

ONE_CARD = Draft(cards=(Card(1, "landing-page", "so that customers know"),))


def test_a_sitting_ends_with_its_mark_in_the_history(tmp_path: Path) -> None:
    clock = FakeClock()
    practice = make_practice(tmp_path, clock)
    sitting = practice.start("outage", "en")
    clock.advance(100)
    sitting.write(ONE_CARD)
    clock.advance(20)

    debrief = sitting.hand_in(ClosedBy.CANDIDATE)

    assert debrief.result.measures["landing-page"].credit == 1.0
    assert debrief.attempt.moments == (Moment(100.0, 1, 34),)
    assert practice.debrief("last") == debrief
    assert practice.open_sittings() == ()
    assert list((tmp_path / "journal").iterdir()) == []


def test_an_answer_is_taken_up_again_with_the_time_that_is_left(tmp_path: Path) -> None:
    clock = FakeClock()
    practice = make_practice(tmp_path, clock)
    sitting = practice.start("outage", "en")
    sitting.write(ONE_CARD)
    sitting.leave()
    clock.advance(60)

    again = practice.resume(sitting.attempt.id)

    assert again.draft == ONE_CARD
    assert again.remaining_seconds() == 360
    assert again.attempt.interruptions == 1
    again.leave()


def test_handing_in_twice_is_handing_in_once(tmp_path: Path) -> None:
    practice = make_practice(tmp_path, FakeClock())
    sitting = practice.start("outage", "en")

    first = sitting.hand_in(ClosedBy.CANDIDATE)
    second = sitting.hand_in(ClosedBy.TIME)

    assert first is second
    assert len(practice.history()) == 1


def test_text_typed_after_the_end_is_not_taken(tmp_path: Path) -> None:
    clock = FakeClock()
    sitting = make_practice(tmp_path, clock).start("outage", "en")
    clock.advance(420)
    sitting.write(ONE_CARD)

    debrief = sitting.hand_in(ClosedBy.CANDIDATE)

    assert debrief.attempt.draft == Draft()
    assert debrief.attempt.closed_by is ClosedBy.TIME
    assert debrief.attempt.handed_in_at == debrief.attempt.deadline
