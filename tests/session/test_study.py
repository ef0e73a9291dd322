import json
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes import (
    FakeClock,
    FakeLibrary,
    make_practice,
    sample_case,
    sample_rubric,
)
from tutor.core.answer import Step
from tutor.core.attempt import ClosedBy
from tutor.core.draft import Draft
from tutor.core.memory import Outcome
from tutor.report.progress import progress_record, progress_sections
from tutor.report.progresspage import render_progress
from tutor.session.practice import Practice
from tutor.session.quickdrill import question_for


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def practice(tmp_path: Path, clock: FakeClock) -> Practice:
    return make_practice(tmp_path, clock)


def sit(practice: Practice, said: str) -> str:
    sitting = practice.start("outage", "en")
    sitting.write(Draft(text=said))
    return sitting.hand_in(ClosedBy.CANDIDATE).attempt.id


def test_first_attempts_and_repeats_are_told_apart(practice: Practice) -> None:
    sit(practice, "")
    sit(practice, "landing-page redundancy")

    progress = practice.study.progress()

    assert [one.points for one in progress.firsts] == [0]
    assert [one.points for one in progress.repeats] == [6]
    (case,) = progress.cases
    assert (case.attempts, case.first, case.best, case.last) == (2, 0.0, 1.0, 1.0)
    assert (progress.attempts, progress.weeks_in_a_row) == (2, 1)


def test_a_missed_measure_is_due_the_next_day_and_shows_in_the_library(
    practice: Practice, clock: FakeClock
) -> None:
    sit(practice, "landing-page")
    today = practice.entries()[0].due
    clock.advance(24 * 3600)

    assert today == 0
    assert practice.entries()[0].due == 1
    assert [m.measure for m in practice.study.progress().measures if m.is_due] == ["redundancy"]


def test_measures_are_grouped_by_the_idea_behind_them(practice: Practice) -> None:
    sit(practice, "redundancy")

    (idea,) = practice.study.progress().ideas

    assert (idea.idea, idea.title, idea.answers, idea.missed) == (
        "customer-communication",
        "An idea",
        1,
        1,
    )


def test_without_attempts_the_progress_is_empty_and_creates_nothing(
    practice: Practice, tmp_path: Path
) -> None:
    progress = practice.study.progress()

    assert (progress.performances, progress.due, progress.weakest) == ((), 0, ())
    assert not (tmp_path / "history.db").exists()


def test_the_progress_is_written_as_html_and_json_without_a_byte_of_markup_from_cases(
    tmp_path: Path, clock: FakeClock
) -> None:
    case = sample_case()
    object.__setattr__(case, "title", "<b>[/x] \x1b[2J</b>")
    practice = make_practice(tmp_path, clock, library=FakeLibrary(shelf=(case,)))
    sit(practice, "landing-page")
    progress = practice.study.progress()

    page = render_progress(progress)
    record = json.loads(json.dumps(progress_record(progress)))

    assert "<b>[" not in page
    assert "\x1b" not in page
    assert record["performances"][0]["is_first"] is True
    assert record["measures"][0]["memory"]["outcome"] == "found"
    assert next(iter(progress_sections(progress))).id == "course"


# The quick drill


def test_the_quick_drill_asks_what_was_missed_and_marks_it_at_once(
    practice: Practice, clock: FakeClock
) -> None:
    sit(practice, "landing-page")
    clock.advance(24 * 3600)
    drill = practice.study.quick_drill(10)
    question = drill.ask()
    clock.advance(20)

    left = drill.remaining_seconds()
    reply = drill.reply(question, Step("redundancy", "\x1b[2Jbecause"))

    assert (question.measure.id, left) == ("redundancy", 40)
    assert reply.recall.outcome is Outcome.FOUND
    assert reply.recall.step.reason == "because"
    assert reply.memory is not None
    assert reply.memory.due_at() > clock.utc() + timedelta(hours=23)


def test_an_empty_answer_is_a_measure_given_up(practice: Practice, clock: FakeClock) -> None:
    sit(practice, "")
    clock.advance(24 * 3600)
    drill = practice.study.quick_drill(1)

    reply = drill.reply(drill.ask(), Step("  "))

    assert reply.recall.outcome is Outcome.GIVEN_UP
    assert drill.is_over


def test_what_never_came_up_is_not_asked(practice: Practice) -> None:
    assert practice.study.quick_drill(10).count == 0


def test_a_question_shows_the_other_measures_of_the_phase_and_never_its_own_words() -> None:
    rubric = sample_rubric()

    question = question_for(sample_case(), rubric, "redundancy")

    assert question.phase == "Prevent"
    assert question.situation.startswith("You are the deputy.")
    assert rubric.measure("redundancy").text not in (question.situation, *question.done)
