from datetime import UTC, datetime, timedelta

from tutor.core.attempt import Attempt, Moment, Pause, step_seconds, time_use
from tutor.core.draft import Card, Draft

START = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)


def attempt(draft: Draft, *moments: Moment) -> Attempt:
    return Attempt(
        id="a",
        case="it-outage",
        language="de",
        rubric_sha256="0",
        started_at=START,
        deadline=START + timedelta(minutes=7),
        limit_seconds=420,
        draft=draft,
        moments=moments,
    )


def test_reading_before_the_first_word_is_not_a_pause() -> None:
    moments = [Moment(60, 1, 5), Moment(65, 1, 9), Moment(100, 2, 4), Moment(103, 2, 8)]

    use = time_use(moments)

    assert use.first_word_seconds == 60
    assert use.last_word_seconds == 103
    assert use.pauses == (Pause(65, 100),)


def test_an_empty_answer_has_no_first_word() -> None:
    assert time_use([]).first_word_seconds is None
    assert time_use([Moment(5, 1, 0)]).first_word_seconds is None


def test_a_moved_card_keeps_the_moment_it_was_begun() -> None:
    draft = Draft(cards=(Card(2, "zweite"), Card(3), Card(1, "erste")))

    seconds = step_seconds(attempt(draft, Moment(30, 1, 1), Moment(50, 2, 1), Moment(70, 1, 5)))

    assert seconds == (50, 30)


def test_a_step_of_free_text_begins_when_the_text_reaches_it() -> None:
    draft = Draft(text="Erstens A. Zweitens B.")
    moments = (Moment(20, None, 4), Moment(30, None, 10), Moment(45, None, 22))

    assert step_seconds(attempt(draft, *moments), starts=(0, 11)) == (20, 45)


def test_blank_cards_are_not_handed_in() -> None:
    draft = Draft(cards=(Card(1, "  "), Card(2, "Backup einspielen", "")))

    answer = attempt(draft).answer

    assert [step.measure for step in answer.steps] == ["Backup einspielen"]
    assert answer.text is None
