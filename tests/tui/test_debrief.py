from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Static

from tests.report.examples import (
    empty_debrief,
    example_debrief,
    free_text_debrief,
    hostile_debrief,
)
from tests.tui.conftest import HOSTILE, Desk, press, settle, shown
from tutor.core.attempt import ClosedBy
from tutor.core.debrief import Debrief
from tutor.core.draft import Card, Draft
from tutor.core.errors import StoreError
from tutor.tui.briefing import BriefingScreen
from tutor.tui.debrief import SECTIONS, DebriefScreen, write_report
from tutor.tui.library import LibraryScreen

SIZES = [(60, 20), (80, 24), (120, 40)]


@asynccontextmanager
async def opened(
    desk: Desk, debrief: Debrief, size: tuple[int, int] = (80, 24), **extra: Any
) -> AsyncIterator[Pilot[None]]:
    """Run the app with a debrief on top."""
    async with desk.open(size) as pilot:
        pilot.app.animation_level = "none"
        pilot.app.push_screen(DebriefScreen(desk.practice(), debrief, **extra))
        await pilot.pause()
        yield pilot


def sat(desk: Desk, *measures: str) -> Debrief:
    """Hand in an answer with these measures."""
    sitting = desk.practice().start("outage", "en")
    sitting.write(Draft(cards=tuple(Card(key, text) for key, text in enumerate(measures, 1))))
    return sitting.hand_in(ClosedBy.CANDIDATE)


def words(pilot: Pilot[None]) -> str:
    """Return the screen as running text."""
    return " ".join(shown(pilot).split())


async def all_sections(pilot: Pilot[None]) -> dict[str, str]:
    """Return what each section shows, scrolled to its end."""
    seen = {}
    for number, section in enumerate(SECTIONS, 1):
        await press(pilot, str(number))
        seen[section] = shown(pilot)
        await press(pilot, "end")
        seen[section] += shown(pilot)
    return seen


@pytest.mark.parametrize(
    ("debrief", "size"),
    [
        (example_debrief(), (80, 24)),
        (free_text_debrief(), (60, 20)),
        (empty_debrief(), (60, 20)),
        (hostile_debrief(), (60, 20)),
        (hostile_debrief(), (120, 40)),
    ],
    ids=["cards", "text", "empty", "hostile", "hostile-wide"],
)
async def test_every_section_can_be_reached_by_its_number_at_every_size(
    desk: Desk, debrief: Debrief, size: tuple[int, int]
) -> None:
    async with opened(desk, debrief, size) as pilot:
        seen = await all_sections(pilot)

        assert all(text.strip() for text in seen.values())
        assert "\x1b" not in "".join(seen.values())
        assert "\u202e" not in "".join(seen.values())


@pytest.mark.parametrize("size", SIZES)
async def test_the_result_shows_rating_points_and_the_grade_with_its_assumption(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with opened(desk, example_debrief(), size) as pilot:
        text = shown(pilot)

        assert "2 of 3" in text
        assert "4 of 6 points" in text
        assert "Grade 4.5 (assumed: 1 + 5 × points / max, in halves)" in text
        assert "63 %" in text


async def test_left_and_right_go_round_the_sections(desk: Desk) -> None:
    async with opened(desk, example_debrief()) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, DebriefScreen)
        visited = []
        for key in ("right", "right", "left", "left", "left"):
            await press(pilot, key)
            visited.append(screen.section)

        assert visited == ["measures", "answer", "measures", "result", "damage"]


@pytest.mark.parametrize("size", SIZES)
async def test_each_measure_is_explained_as_the_list_moves(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with opened(desk, example_debrief(), size) as pilot:
        await press(pilot, "2")
        first = words(pilot)
        await press(pilot, "down", "down", "down")

        assert "✓ found" in first
        assert "Customers know at once where they stand." in first
        assert "✗ missing" in shown(pilot)
        assert "Nothing in your answer says this." in shown(pilot)


async def test_a_measure_the_engine_is_unsure_about_is_marked_so(desk: Desk) -> None:
    async with opened(desk, example_debrief()) as pilot:
        await press(pilot, "2")
        await press(pilot, "down")

        assert "◐? 2 Set up a telephone number" in shown(pilot)
        assert "unsure: please check this one yourself (55 % sure)" in shown(pilot)


async def test_evidence_is_underlined_so_that_it_shows_without_colour(desk: Desk) -> None:
    async with opened(desk, example_debrief()) as pilot:
        await press(pilot, "3")
        strips = pilot.app.screen._compositor.render_strips()
        underlined = [
            part.text for strip in strips for part in strip if part.style and part.style.underline
        ]

        assert "Restore the shop from the latest backup" in underlined
        assert "quicker" in underlined


async def test_pitfalls_and_extra_steps_are_named_in_the_answer(desk: Desk) -> None:
    async with opened(desk, example_debrief(), (120, 60)) as pilot:
        await press(pilot, "3")

        assert "▲ pitfall: Conceal the disruption" in shown(pilot)
        assert "+ sensible, but not in the model solution; it costs nothing" in shown(pilot)
        assert "! This says that the measure is not taken" in shown(pilot)


async def test_the_damage_is_told_in_words_and_plotted(desk: Desk) -> None:
    async with opened(desk, example_debrief(), (120, 40)) as pilot:
        await press(pilot, "7")

        assert "doing nothing CHF 504’000." in shown(pilot)
        assert "Loss in thousands" in shown(pilot)


async def test_a_case_without_figures_says_so_instead_of_an_empty_plot(desk: Desk) -> None:
    async with opened(desk, empty_debrief()) as pilot:
        await press(pilot, "7")

        assert "This case states no figures for the damage." in shown(pilot)


async def test_a_claim_is_kept_with_its_comment_and_can_be_taken_back(desk: Desk) -> None:
    debrief = sat(desk, "a page that says it")
    async with opened(desk, debrief) as pilot:
        await press(pilot, "2", "c")
        await press(pilot, *"In step 1", "enter")
        await settle(pilot)
        kept = desk.practice().debrief("last").claims
        shown_then = words(pilot)
        await press(pilot, "c")
        await settle(pilot)

        assert [(claim.measure, claim.comment) for claim in kept] == [("landing-page", "In step 1")]
        assert "You say that you wrote this" in shown_then
        assert desk.practice().debrief("last").claims == ()
        assert "You say that you wrote this" not in words(pilot)


async def test_leaving_the_claim_dialog_changes_nothing(desk: Desk) -> None:
    debrief = sat(desk, "a page that says it")
    async with opened(desk, debrief) as pilot:
        await press(pilot, "2", "c")
        await press(pilot, "escape")
        await settle(pilot)

        assert desk.practice().debrief("last").claims == ()


async def test_a_claim_comment_is_cleaned_before_it_is_kept(desk: Desk) -> None:
    debrief = sat(desk, "a page that says it")
    async with opened(desk, debrief) as pilot:
        await press(pilot, "2", "c")
        pilot.app.screen.query_one("#claim-comment", Input).value = HOSTILE
        await press(pilot, "enter")
        await settle(pilot)

        (claim,) = desk.practice().debrief("last").claims
        assert "\x1b" not in claim.comment
        assert "[/x]" in claim.comment


async def test_a_claim_is_offered_only_in_the_list_of_measures(desk: Desk) -> None:
    async with opened(desk, example_debrief()) as pilot:
        offered = ["I did say that" in shown(pilot)]
        await press(pilot, "2")
        offered.append("I did say that" in shown(pilot))

        assert offered == [False, True]


async def test_the_report_is_written_where_the_app_is_told_and_its_path_is_said(
    desk: Desk, tmp_path: Path
) -> None:
    async with opened(desk, example_debrief(), report_folder=tmp_path) as pilot:
        await press(pilot, "e")
        await settle(pilot)

        (written,) = tmp_path.glob("tutor-it-outage-*.html")
        assert written.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
        (notice,) = pilot.app._notifications
        assert notice.message == str(written)


def test_a_folder_that_cannot_be_written_is_an_error_with_the_path(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"missing.*cannot be written"):
        write_report(example_debrief(), tmp_path / "missing")


async def test_sitting_again_opens_the_briefing_over_the_library(desk: Desk) -> None:
    debrief = sat(desk, "landing-page")
    async with opened(desk, debrief) as pilot:
        await press(pilot, "a")
        await settle(pilot)

        assert [type(screen) for screen in pilot.app.screen_stack] == [
            LibraryScreen,
            BriefingScreen,
        ]


async def test_an_answer_of_a_megabyte_is_cut_on_the_screen_and_whole_in_the_report(
    desk: Desk, tmp_path: Path
) -> None:
    debrief = free_text_debrief()
    text = (debrief.attempt.draft.text or "") + "one [b] line\n" * 80_000
    debrief = replace(debrief, attempt=replace(debrief.attempt, draft=Draft(text=text)))
    async with opened(desk, debrief) as pilot:
        await press(pilot, "3")
        answer = pilot.app.screen.query_one("#answer Static", Static)

        assert "(The report shows the whole text.)" in str(answer.content)
        assert len(str(answer.content)) < 25_000
        assert write_report(debrief, tmp_path).stat().st_size > 1_000_000


async def test_escape_leads_back_to_the_library(desk: Desk) -> None:
    async with opened(desk, example_debrief()) as pilot:
        await press(pilot, "escape")
        await settle(pilot)

        assert isinstance(pilot.app.screen, LibraryScreen)


async def test_paging_scrolls_the_explanation_while_the_list_keeps_its_place(desk: Desk) -> None:
    async with opened(desk, hostile_debrief(), (60, 20)) as pilot:
        await press(pilot, "2")
        await press(pilot, "pagedown")

        assert pilot.app.screen.query_one("#measure-scroll").scroll_offset.y > 0
        assert pilot.app.screen.query_one("#measure-list", OptionList).highlighted == 0


async def test_the_key_of_the_claim_says_why_a_measure_found_in_full_has_none(desk: Desk) -> None:
    async with opened(desk, example_debrief()) as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, DebriefScreen)
        await press(pilot, "2")
        found = replace(screen._view.measures[0], state="found", reason_state="found", claim=None)
        screen._view = replace(screen._view, measures=(found, *screen._view.measures[1:]))
        await press(pilot, "c")
        await pilot.pause()

        assert "nothing to claim" in " ".join(n.message for n in pilot.app._notifications)
