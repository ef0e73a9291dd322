"""The review screen: one key a decision, and nothing is lost or shown that should not be."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from tests.session.classes import BEN, CLEO, EVA, make_class, submission
from tests.tui.conftest import HOSTILE, press, settle, shown
from tutor.core.classroom import Kind, Subject
from tutor.core.errors import StoreFull
from tutor.session.classroom import Classroom
from tutor.session.reviewing import Review
from tutor.tui.review import ReviewScreen
from tutor.tui.screenapp import ScreenApp

PAGE = Subject(Kind.MEASURE, "landing-page")


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


def values(classroom: Classroom) -> list[tuple[str, float | None]]:
    return [(made.subject.key, made.value) for made in classroom.book.decisions()]


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
    assert (decision.subject, decision.value) == (Subject(Kind.REASON, "landing-page"), 1.0)


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
    classroom = make_class(tmp_path, EVA, BEN)
    classroom.mark()
    entry = classroom.book.entries()[0]
    classroom.decide(entry, [(PAGE, 1.0)], "anna")
    classroom.decide(entry, [(PAGE, 0.0)], "ben", reason="it is a shop page")

    async with opened(classroom, "cleo", settles=True) as pilot:
        before = shown(pilot)
        await press(pilot, "h")
        said = [notice.message for notice in pilot.app._notifications]

    assert "anna: ✓ found" in before
    assert "ben: ✗ missing" in before
    assert "it is a shop page" in before
    assert "machine · settled" in before
    assert said == ["Everything is settled."]
    assert "1 of 1" in before
    assert classroom.book.decisions()[-1].is_settlement


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
