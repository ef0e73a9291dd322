"""The inbox screen: nothing is written before its effect is shown and accepted."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.fakes import FakeClock
from tests.session.classes import RUBRIC, make_class, make_real_class, submission
from tests.tui.conftest import HOSTILE, press, settle, shown
from tutor.locales import activate
from tutor.session.classroom import Classroom
from tutor.session.inbox import inbox
from tutor.tui.inbox import InboxScreen
from tutor.tui.screenapp import ScreenApp


@pytest.fixture
def real(tmp_path: Path) -> Classroom:
    return make_real_class(tmp_path)


@asynccontextmanager
async def opened(
    classroom: Classroom, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[None]]:
    app = ScreenApp(InboxScreen(classroom))
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield pilot


def written(classroom: Classroom) -> str:
    return classroom.library.rubric_path("outage", "en").read_text(encoding="utf-8")


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_group_shows_its_sentences_and_what_is_nearest(
    real: Classroom,
    size: tuple[int, int],
) -> None:
    async with opened(real, size) as pilot:
        page = shown(pilot)

    assert "2 × Light a candle" in page
    assert "Put an information page online" in page


async def test_the_effect_comes_first_and_can_be_discarded(real: Classroom) -> None:
    async with opened(real) as pilot:
        await press(pilot, "p")
        await settle(pilot)
        page = shown(pilot)
        await press(pilot, "enter")

    assert "1 sample changes" in page
    assert "2 of 2 marks change, 2 across a rating border" in page
    assert written(real) == RUBRIC


async def test_an_accepted_group_is_written_and_leaves_the_list(real: Classroom) -> None:
    async with opened(real) as pilot:
        await press(pilot, "o", "enter")
        await settle(pilot)
        await press(pilot, "right", "enter")
        await settle(pilot)
        page = shown(pilot)

    assert "Light a candle beside the server." in written(real).split("samples:")[0]
    assert "0 groups" in page
    assert inbox(real) == ()


async def test_a_new_pitfall_is_written_once_its_effect_was_seen(real: Classroom) -> None:
    async with opened(real) as pilot:
        await press(pilot, "n")
        await press(pilot, *"page", "enter", "enter", *"It burns.", "enter")
        refused = shown(pilot)
        await press(pilot, *["backspace"] * 4, *"candle", "ctrl+s")
        await settle(pilot)
        effect = shown(pilot)
        assert written(real) == RUBRIC
        await press(pilot, "right", "enter")
        await settle(pilot)
        page = shown(pilot)

    assert "page: a measure or pitfall has this id already" in refused
    assert "pitfall candle" in effect
    assert "2 of 2 marks change" in effect
    assert 'why: "It burns."' in written(real)
    assert "0 groups" in page


async def test_a_pitfall_that_was_discarded_comes_back_as_it_was_typed(real: Classroom) -> None:
    async with opened(real) as pilot:
        await press(pilot, "n")
        await press(pilot, *"candle", "escape", "n")
        left = shown(pilot)
        await press(pilot, "enter", *"It burns.", "enter")
        await settle(pilot)
        await press(pilot, "enter", "n")
        discarded = shown(pilot)

    assert "candle" in left
    assert "It burns." in discarded
    assert written(real) == RUBRIC


async def test_an_extra_is_put_aside_and_an_empty_inbox_takes_every_key(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, submission("Eva", HOSTILE + " call the press"))

    async with opened(classroom) as pilot:
        before = shown(pilot)
        await press(pilot, "x")
        await settle(pilot)
        await press(pilot, "x", "p", "o", "enter")
        page = shown(pilot)

    assert "[/x] [b] {{y}} <i>" in before
    assert "Nothing is left" in page
    assert len(classroom.book.extras()) == 1


async def test_what_was_put_aside_comes_back_and_is_highlighted(tmp_path: Path) -> None:
    clock = FakeClock()
    classroom = make_class(
        tmp_path,
        submission("Eva", "Call the press office now", HOSTILE + " buy a boat"),
        submission("Ben", "Call the press office now"),
        submission("Cleo", "Buy new chairs for everybody"),
        clock=clock,
    )

    async with opened(classroom) as pilot:
        await press(pilot, "u")
        await settle(pilot)
        await press(pilot, "x")
        await settle(pilot)
        left = shown(pilot)
        clock.advance(60)
        await press(pilot, "down", "x")
        await settle(pilot)
        await press(pilot, "u")
        await settle(pilot)
        asked = shown(pilot)
        await press(pilot, "down", "enter")
        await settle(pilot)
        back = shown(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, InboxScreen)
        assert screen.group is not None
        assert screen.group.texts == ("Call the press office now",)

    assert "2 groups" in left
    assert asked.index("Bring what back?") < asked.index("Call the press")
    assert "2 groups" in back
    assert len(classroom.book.extras()) == 1


async def test_who_leaves_the_question_what_comes_back_brings_nothing_back(
    real: Classroom,
) -> None:
    async with opened(real) as pilot:
        await press(pilot, "x")
        await settle(pilot)
        await press(pilot, "u")
        await settle(pilot)
        await press(pilot, "escape")
        await settle(pilot)
        page = shown(pilot)

    assert "0 groups" in page
    assert len(real.book.extras()) == 1


async def test_blind_names_are_hidden_in_the_effect_too(real: Classroom) -> None:
    app = ScreenApp(InboxScreen(real, blind=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "p")
        await settle(pilot)
        page = shown(pilot)

    assert "• K-" in page
    assert "• B:" not in page


async def test_a_key_held_down_takes_one_group_at_a_time(tmp_path: Path) -> None:
    classroom = make_class(
        tmp_path,
        submission("Eva", "Call the press office now"),
        submission("Ben", "Buy new chairs for everybody"),
    )

    async with opened(classroom) as pilot:
        await press(pilot, "x", "x", "x", "p", "v")
        await settle(pilot)
        page = shown(pilot)

    assert "1 group" in page
    assert len(classroom.book.extras()) == 1


@pytest.mark.parametrize("language", ["en", "de"])
async def test_every_key_has_its_place_at_80_columns(real: Classroom, language: str) -> None:
    activate(language)
    async with opened(real) as pilot:
        keys = shown(pilot).splitlines()[-1]

    assert re.findall(r" (\w) \w", keys) == ["p", "o", "n", "x", "v"]
    assert keys.rstrip()[-1].isalpha(), "the line is cut"
