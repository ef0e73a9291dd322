"""The progress, the quick drill and the theory cards on the screen."""

from dataclasses import replace
from threading import Event

import pytest
from textual import events
from textual.pilot import Pilot

from tests.fakes import FakeLibrary, sample_case
from tests.tui.conftest import HOSTILE, HOSTILE_CLEAN, Desk, press, settle, shown
from tutor.core.attempt import ClosedBy
from tutor.core.draft import Draft
from tutor.session.quickdrill import QuickDrill

DAY = 24 * 3600


def sat(desk: Desk, *answers: str) -> None:
    """Sit the case once a day."""
    practice = desk.practice()
    for answer in answers:
        sitting = practice.start("outage", "en")
        sitting.write(Draft(text=answer))
        sitting.hand_in(ClosedBy.CANDIDATE)
        desk.clock.advance(DAY)


async def go(pilot: Pilot[None], *keys: str) -> str:
    for key in keys:
        await press(pilot, key)
        await settle(pilot)
    return shown(pilot)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_every_section_of_the_progress_fits(desk: Desk, size: tuple[int, int]) -> None:
    sat(desk, "", "landing-page", "landing-page redundancy")
    async with desk.open(size) as pilot:
        text = await go(pilot, "f4")
        others = [await go(pilot, str(number)) for number in range(2, 7)]

    assert "3 attempts." in text
    assert "First attempts: 0 % of the points on average;" in text
    for section, words in zip(
        others, ("First", "F Man", "An idea", "Last time", "First word"), strict=True
    ):
        assert words in section


async def test_the_plot_goes_from_figure_to_figure(desk: Desk) -> None:
    sat(desk, "", "landing-page", "landing-page redundancy")
    async with desk.open() as pilot:
        first = await go(pilot, "f4")
        second = await go(pilot, "p")

    assert "Points in per cent, by attempt: ● first, ○ repeat" in first
    assert "Completeness in per cent" in second


async def test_the_progress_says_where_to_begin(desk: Desk) -> None:
    async with desk.open() as pilot:
        text = await go(pilot, "f4", "5")

    assert "Nothing here yet: sit a case first." in text


async def test_the_library_says_what_is_due(desk: Desk) -> None:
    sat(desk, "landing-page")
    async with desk.open((120, 40)) as pilot:
        text = shown(pilot)

    assert "1 case · 1 measure due today" in text


async def test_a_drill_goes_from_measure_to_reason_to_mark_to_the_end(desk: Desk) -> None:
    sat(desk, "")
    async with desk.open() as pilot:
        asked = await go(pilot, "f5")
        await go(pilot, *"redundancy", "enter", *"why [/x]", "enter")
        marked = shown(pilot)
        last = await go(pilot, "enter", "f8")
        library = await go(pilot, "enter")

    assert "What do you do, and why?" in asked
    assert "1:00" in asked
    assert "because: why [/x]" in marked
    assert "✗ given up" in last
    assert "That was all:" in last
    assert "1 case" in library


async def test_keys_pressed_before_the_first_question_start_no_clock(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    sat(desk, "")
    gate = Event()
    monkeypatch.setattr(QuickDrill, "warm_up", lambda drill: gate.wait(5))
    async with desk.open() as pilot:
        await press(pilot, "f5")
        while getattr(pilot.app.screen, "_drill", None) is None:
            await pilot.pause()
        await press(pilot, "enter", "enter")
        early = shown(pilot)
        gate.set()
        await settle(pilot)
        text = shown(pilot)

    assert "What do you do, and why?" not in early
    assert "What do you do, and why?" in text


async def test_what_is_typed_fast_lands_in_its_field(desk: Desk) -> None:
    sat(desk, "landing-page")
    async with desk.open() as pilot:
        await go(pilot, "f5")
        for key in (*"redundancy", "enter", *"abc", "enter"):
            pilot.app.post_message(events.Key(key, key if len(key) == 1 else None))
        await settle(pilot)
        text = shown(pilot)

    assert "You: redundancy" in text
    assert "because: abc" in text


async def test_a_question_closes_as_it_stands_when_its_minute_is_over(desk: Desk) -> None:
    sat(desk, "landing-page")
    async with desk.open() as pilot:
        await go(pilot, "f5", *"redundancy")
        desk.clock.advance(61)
        pilot.app.screen.tick()  # type: ignore[attr-defined]
        await settle(pilot)
        text = shown(pilot)

    assert "✓ found" in text


async def test_with_nothing_to_ask_the_drill_says_so(desk: Desk) -> None:
    async with desk.open() as pilot:
        text = await go(pilot, "f5", "enter", "f8")

    assert "There is nothing to ask yet." in text


async def test_the_theory_opens_at_the_idea_of_the_measure_and_says_how_it_went(
    desk: Desk,
) -> None:
    sat(desk, "redundancy")
    async with desk.open() as pilot:
        text = await go(pilot, "f2", "enter", "2", "t")

    assert "Why it helps." in text
    assert "Outage of the shop: Show a landing page" in text
    assert "missed; remembered now:" in text


async def test_the_search_looks_into_the_cards(desk: Desk) -> None:
    async with desk.open() as pilot:
        found = await go(pilot, "f6", *"helps")
        nothing = await go(pilot, *"zzz")
        again = await go(pilot, "escape")
        library = await go(pilot, "escape")

    assert "An idea" in found
    assert "No card matches." in nothing
    assert "An idea" in again
    assert "1 case" in library


@pytest.mark.parametrize("keys", [("f4",), ("f4", "2"), ("f4", "5"), ("f5",), ("f6",)])
async def test_titles_from_files_are_shown_as_they_are(desk: Desk, keys: tuple[str, ...]) -> None:
    desk.library = FakeLibrary(shelf=(replace(sample_case(), title=HOSTILE),))
    sat(desk, "landing-page")
    async with desk.open((120, 40)) as pilot:
        text = await go(pilot, *keys)

    assert "\x1b" not in text
    assert HOSTILE_CLEAN.split(" ")[0] in text or keys == ("f6",)
