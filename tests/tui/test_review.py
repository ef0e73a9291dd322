"""The review screen: one key a decision, and nothing is lost or shown that should not be."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from tests.session.classes import BEN, CLEO, EVA, make_class, submission
from tests.tui.conftest import HOSTILE, press, settle, shown
from tutor.core.classroom import Kind, Subject
from tutor.core.errors import StoreFull
from tutor.session.classroom import Classroom
from tutor.session.importing import Submission
from tutor.session.reviewing import Review
from tutor.tui.review import ReviewScreen
from tutor.tui.screenapp import ScreenApp

PAGE = Subject(Kind.MEASURE, "landing-page")
REASON = Subject(Kind.REASON, "landing-page")


@asynccontextmanager
async def opened(
    classroom: Classroom,
    marker: str = "anna",
    *,
    blind: bool = False,
    settles: bool = False,
    size: tuple[int, int] = (80, 24),
) -> AsyncIterator[Pilot[None]]:
    app = ScreenApp(ReviewScreen(Review(classroom, marker, blind=blind, settle=settles)))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield pilot


def panel(pilot: Pilot[None]) -> str:
    """Return what is said about the highlighted subject."""
    return str(pilot.app.screen.query_one("#detail", Static).content)


def notices(pilot: Pilot[None]) -> list[str]:
    return [notice.message for notice in pilot.app._notifications]


def values(classroom: Classroom) -> list[tuple[str, float | None]]:
    return [(made.subject.key, made.value) for made in classroom.book.decisions()]


def disputed_class(home: Path, *submissions: Submission) -> Classroom:
    """Return a marked class in which anna and ben differ about a measure of every answer."""
    classroom = make_class(home, *(submissions or (EVA,)))
    classroom.mark()
    for entry in classroom.book.entries():
        classroom.decide(entry, [(PAGE, 1.0)], "anna")
        classroom.decide(entry, [(PAGE, 0.0)], "ben")
    return classroom


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_answer_and_rubric_stand_side_by_side(tmp_path: Path, size: tuple[int, int]) -> None:
    async with opened(make_class(tmp_path, EVA), size=size) as pilot:
        page = shown(pilot)

    assert "A landing-page at once" in page
    assert "✓ ·  Show a landing page" in page
    assert "Eva · 1 of 1, 0 done · anna" in page


async def test_one_key_decides_and_the_next_is_highlighted(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA)

    async with opened(classroom) as pilot:
        await press(pilot, "m", "h", "2")

    assert values(classroom) == [("landing-page", 0.0), ("redundancy", 0.5), ("procedure", 2.0)]


async def test_agreeing_to_all_goes_on_to_the_next_unmarked_answer(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA, BEN, CLEO)

    async with opened(classroom) as pilot:
        await press(pilot, "a", "a", "a")
        page = shown(pilot)

    assert len(classroom.book.decisions()) == 9
    assert "3 done" in page


async def test_arrows_go_from_answer_to_answer(tmp_path: Path) -> None:
    async with opened(make_class(tmp_path, EVA, BEN, CLEO)) as pilot:
        await press(pilot, "right", "right", "left")
        page = shown(pilot)

    assert "2 of 3" in page


async def test_help_tells_small_letters_from_capital_ones(tmp_path: Path) -> None:
    async with opened(make_class(tmp_path, EVA), size=(100, 40)) as pilot:
        await press(pilot, "f1")
        page = shown(pilot)

    assert re.search(r"\bf +The measure is in the answer", page)
    assert re.search(r"Shift\+F +The reason for the measure is sound", page)
    assert re.search(r"0–3 +Rate", page)


async def test_taking_back_adds_to_the_log(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA)

    async with opened(classroom) as pilot:
        await press(pilot, "f", "up", "u")

    assert values(classroom) == [("landing-page", 1.0), ("landing-page", None)]


async def test_a_reason_of_the_candidate_is_decided_with_shift(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA)

    async with opened(classroom) as pilot:
        await press(pilot, "F")

    decision = classroom.book.decisions()[0]
    assert (decision.subject, decision.value) == (REASON, 1.0)


@pytest.mark.parametrize(
    ("keys", "taken_back"),
    [
        pytest.param("fH", [REASON, PAGE], id="the reason came last"),
        pytest.param("Hf", [PAGE, REASON], id="the measure came last"),
        pytest.param("HfM", [REASON, PAGE], id="the reason was decided anew"),
    ],
)
async def test_measure_and_reason_are_taken_back_one_a_press_the_latest_first(
    tmp_path: Path, keys: str, taken_back: list[Subject]
) -> None:
    classroom = make_class(tmp_path, EVA)

    async with opened(classroom) as pilot:
        for key in keys:
            await press(pilot, key, "home")
        await press(pilot, "u", "u", "u")

    made = classroom.book.decisions()[len(keys) :]
    assert [(one.subject, one.value) for one in made] == [(one, None) for one in taken_back]


async def test_the_machine_s_reason_stays_beside_the_marker_s(tmp_path: Path) -> None:
    async with opened(make_class(tmp_path, EVA)) as pilot:
        before = panel(pilot)
        await press(pilot, "H")
        after = panel(pilot)
        await press(pilot, "u")
        taken_back = panel(pilot)

    reason = "Its reason\nMachine: ✗ missing\n"
    assert before.startswith(f"Machine: ✓ found\n{reason}\n")
    assert after.startswith(f"Machine: ✓ found\n{reason}You: ◐ half given\n\n")
    assert taken_back == before


async def test_a_measure_that_is_missing_has_no_reason_until_somebody_says_so(
    tmp_path: Path,
) -> None:
    async with opened(make_class(tmp_path, CLEO)) as pilot:
        before = panel(pilot)
        await press(pilot, "F")
        after = panel(pilot)

    assert "Its reason" not in before
    assert "Its reason\nMachine: ✗ missing\nYou: ✓ sound" in after


async def test_why_is_also_said_about_a_reason_that_was_decided_last(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA)

    async with opened(classroom) as pilot:
        await press(pilot, "f", "home", "H", "r")
        asked = shown(pilot)
        pilot.app.screen.query_one("#why", Input).value = "only half of it"
        await press(pilot, "enter")
        said = panel(pilot)

    made = classroom.book.decisions()[-1]
    assert "◐ half given: Reason: Show a landing page" in asked
    assert (made.subject, made.value, made.reason) == (REASON, 0.5, "only half of it")
    assert "You: ◐ half given\nonly half of it\n" in said


async def test_why_is_kept_with_the_decision(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA)

    async with opened(classroom) as pilot:
        await press(pilot, "r")
        pilot.app.screen.query_one("#why", Input).value = "the page is named"
        await press(pilot, "enter")
        page = shown(pilot)

    assert classroom.book.decisions()[0].reason == "the page is named"
    assert "the page is named" in page


async def test_blind_names_show_nobody(tmp_path: Path) -> None:
    async with opened(make_class(tmp_path, EVA), blind=True) as pilot:
        page = shown(pilot)

    assert "Eva" not in page
    assert "K-" in page


async def test_differences_come_up_for_settlement_with_what_each_decided(tmp_path: Path) -> None:
    classroom = disputed_class(tmp_path)
    classroom.decide(classroom.book.entries()[0], [(PAGE, 0.0)], "ben", reason="it is a shop page")

    async with opened(classroom, "cleo", settles=True) as pilot:
        before = shown(pilot)
        await press(pilot, "h")
        said = notices(pilot)

    assert "anna: ✓ found" in before
    assert "ben: ✗ missing" in before
    assert "it is a shop page" in before
    assert "machine · settled" in before
    assert said == ["Everything is settled."]
    assert "1 of 1" in before
    assert classroom.book.decisions()[-1].is_settlement


async def test_a_settlement_is_corrected_and_taken_back_another_day(tmp_path: Path) -> None:
    classroom = disputed_class(tmp_path)
    classroom.decide(
        classroom.book.entries()[0], [(PAGE, 0.5)], "cleo", reason="why", is_settlement=True
    )

    async with opened(classroom, "cleo", settles=True) as pilot:
        said, settled = notices(pilot), panel(pilot)
        await press(pilot, "f")
        corrected = panel(pilot)
        await press(pilot, "u")
        where = shown(pilot)

    assert said == ["Everything is settled; what you decide here settles it anew."]
    assert "anna: ✓ found\nben: ✗ missing\nSettled: ◐ half found\nwhy\n" in settled
    assert "Settled: ✓ found\n" in corrected
    assert "1 of 1, 0 done" in where
    assert [one.value for one in classroom.book.decisions()[-2:]] == [1.0, None]
    assert all(one.is_settlement for one in classroom.book.decisions()[-3:])


async def test_what_is_not_settled_comes_before_what_is(tmp_path: Path) -> None:
    classroom = disputed_class(tmp_path, EVA, BEN, CLEO)
    by_marker = Review(classroom, "cleo", settle=True)
    by_marker.load()
    first = by_marker.sheet.entry
    classroom.decide(first, [(PAGE, 0.5)], "cleo", is_settlement=True)

    again = Review(classroom, "cleo", settle=True)
    again.load()

    assert (again.count, again.done) == (3, 1)
    assert again.sheet.entry != first
    again.move(-1)
    assert again.sheet.entry == first


async def test_a_settlement_nobody_needs_any_longer_goes_when_it_is_taken_back(
    tmp_path: Path,
) -> None:
    classroom = disputed_class(tmp_path)
    entry = classroom.book.entries()[0]
    classroom.decide(entry, [(PAGE, 0.5)], "cleo", is_settlement=True)
    classroom.decide(entry, [(PAGE, 1.0)], "ben")

    async with opened(classroom, "cleo", settles=True) as pilot:
        await press(pilot, "u")
        left = panel(pilot)
        await press(pilot, "u", "f", "space", "r", "a", "right", "2")
        page = shown(pilot)

    assert left == ""
    assert "1 of 1, 1 done" in page
    assert classroom.book.decisions()[-1].value is None


async def test_a_settlement_of_a_question_the_case_has_lost_can_be_seen(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA)
    gone = [Subject(Kind.RATING, "gone"), Subject(Kind.MEASURE, "lost")]
    entry = classroom.book.entries()[0]
    classroom.decide(entry, [(one, 1.0) for one in gone], "cleo", is_settlement=True)

    async with opened(classroom, "cleo", settles=True) as pilot:
        await press(pilot, "down", "up")
        page = shown(pilot)

    assert "Rating: gone" in page
    assert "lost" in page


async def test_settling_a_class_without_answers_says_that_there_are_none(tmp_path: Path) -> None:
    async with opened(make_class(tmp_path), settles=True) as pilot:
        page = shown(pilot)

    assert "This class has no answers." in page


async def test_the_reason_of_a_measure_is_settled_on_its_own(tmp_path: Path) -> None:
    classroom = disputed_class(tmp_path)
    entry = classroom.book.entries()[0]
    classroom.decide(entry, [(REASON, 1.0)], "anna")
    classroom.decide(entry, [(REASON, 0.5)], "ben")

    async with opened(classroom, "cleo", settles=True) as pilot:
        await press(pilot, "f", "h", "home", "u")
        measure = panel(pilot)

    assert [(one.subject, one.value) for one in classroom.book.decisions()[-3:]] == [
        (PAGE, 1.0),
        (REASON, 0.5),
        (PAGE, None),
    ]
    assert "anna: ✓ sound\nben: ◐ half given\nSettled: ◐ half given\n" in measure


async def test_where_nothing_differs_nothing_is_to_be_settled(tmp_path: Path) -> None:
    async with opened(make_class(tmp_path, EVA), settles=True) as pilot:
        await press(pilot, "f", "space", "a", "u", "r", "g", "right", "2")
        page = shown(pilot)

    assert "Nothing to settle" in page


async def test_hostile_words_are_shown_as_they_are(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, submission(HOSTILE, HOSTILE, "landing-page"))

    async with opened(classroom, HOSTILE) as pilot:
        page = shown(pilot)

    assert "[/x] [b] {{y}} <i>" in page
    assert "\x1b[2J" not in page


async def test_a_full_disk_is_a_dialog_and_the_key_can_be_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    classroom = make_class(tmp_path, EVA)
    decide = classroom.book.decide
    broken = [True]

    def fails_once(decisions: object) -> None:
        if broken.pop() if broken else False:
            raise StoreFull("no room")
        decide(decisions)  # type: ignore[arg-type]  # passed through

    async with opened(classroom) as pilot:
        monkeypatch.setattr(classroom.book, "decide", fails_once)
        await press(pilot, "f")
        assert "The disk is full" in shown(pilot)
        await press(pilot, "enter")

    assert values(classroom) == [("landing-page", 1.0)]


async def test_an_answer_that_was_forgotten_meanwhile_is_a_dialog(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA)

    async with opened(classroom) as pilot:
        classroom.forget("Eva")
        await press(pilot, "f")
        await settle(pilot)
        said = shown(pilot)
        await press(pilot, "escape", "v")
        await settle(pilot)
        await press(pilot, "escape")
        await settle(pilot)
        await press(pilot, "f", "a", "g", "n", "2")
        page = shown(pilot)

    assert "removed from the class meanwhile" in said
    assert "This class has no answers." in page


async def test_escape_leaves(tmp_path: Path) -> None:
    async with opened(make_class(tmp_path, EVA)) as pilot:
        assert isinstance(pilot.app.screen, ReviewScreen)
        await press(pilot, "escape")

        assert not pilot.app.is_running
