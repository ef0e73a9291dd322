from dataclasses import dataclass, field, replace

import pytest
from textual.widgets import DataTable, Input

from tests.fakes import FakeLibrary, sample_case, sample_rubric
from tests.tui.conftest import HOSTILE, HOSTILE_CLEAN, Desk, press, settle, shown
from tutor.core.attempt import ClosedBy
from tutor.core.case import Case, CompetenceArea, Kind
from tutor.core.draft import Card, Draft
from tutor.core.errors import StoreError
from tutor.core.problem import Problem, Severity
from tutor.session.caseentry import CaseEntry, case_entry
from tutor.tui.entries import arrange, matches
from tutor.tui.library import LibraryScreen

OUTAGE_EN = sample_case()
OUTAGE_DE = replace(sample_case(language="de"), title="Ausfall des Shops")
FIRE_EN = replace(
    sample_case("fire"),
    title="Fire in the data centre",
    kind=Kind.MINI_CASE,
    competence_area=CompetenceArea.A,
)


@dataclass
class Shelf(FakeLibrary):
    """A library with these cases and these problems."""

    shelf: tuple[Case, ...] = (OUTAGE_EN, OUTAGE_DE, FIRE_EN)
    wrong: tuple[Problem, ...] = field(default=())

    def problems(self) -> tuple[Problem, ...]:
        return self.wrong


@pytest.fixture
def shelf(desk: Desk) -> Desk:
    """A desk with three cases, one of them in two languages."""
    desk.library = Shelf()
    return desk


def entry(case: Case) -> CaseEntry:
    return case_entry(case)


def titles(screen: object) -> list[str]:
    assert isinstance(screen, LibraryScreen)
    table = screen.query_one("#cases", DataTable)
    return [str(table.get_row_at(row)[0]) for row in range(table.row_count)]


@pytest.mark.parametrize(
    ("preferred", "expected"),
    [
        ("en", [("fire", "en"), ("outage", "en"), ("outage", "de")]),
        ("de", [("outage", "de"), ("fire", "en"), ("outage", "en")]),
    ],
)
def test_each_case_stands_once_in_the_readers_language_before_its_translations(
    preferred: str, expected: list[tuple[str, str]]
) -> None:
    arranged = arrange([entry(OUTAGE_EN), entry(FIRE_EN), entry(OUTAGE_DE)], preferred)

    assert [(e.id, e.language) for e in arranged] == expected


@pytest.mark.parametrize(
    ("wish", "is_found"),
    [
        ("", True),
        ("FIRE", True),
        ("data fire", True),
        ("mini", True),
        ("digital platform", True),
        ("english", True),
        ("outage", False),
    ],
)
def test_the_filter_looks_at_title_kind_area_and_language(wish: str, is_found: bool) -> None:
    assert matches(entry(FIRE_EN), wish, None) is is_found


async def test_typing_filters_and_enter_opens_what_is_left(shelf: Desk) -> None:
    async with shelf.open() as pilot:
        await press(pilot, *"fire", "enter")
        await settle(pilot)

        assert "Fire in the data centre" in shown(pilot)
        assert not isinstance(pilot.app.screen, LibraryScreen)


async def test_the_arrow_keys_move_through_the_list_while_one_types(shelf: Desk) -> None:
    async with shelf.open() as pilot:
        await press(pilot, "down", "down")
        screen = pilot.app.screen

        assert isinstance(screen, LibraryScreen)
        assert screen.chosen is not None
        assert screen.chosen.title == "Ausfall des Shops"


async def test_f3_goes_through_the_languages_and_escape_shows_all_again(shelf: Desk) -> None:
    async with shelf.open() as pilot:
        seen = [titles(pilot.app.screen)]
        for key in ("f3", "f3", "escape"):
            await press(pilot, key)
            seen.append(titles(pilot.app.screen))

        everything = ["Fire in the data centre", "Outage of the shop", "Ausfall des Shops"]
        assert seen == [everything, everything[2:], everything[:2], everything]


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)])
async def test_neither_situation_nor_solution_is_shown_before_the_clock_starts(
    shelf: Desk, size: tuple[int, int]
) -> None:
    async with shelf.open(size) as pilot:
        text = " ".join(shown(pilot).split())

        assert "Fire in the data centre" in text
        assert "Mini-case" in text
        assert "7 minutes" in text
        assert "deputy" not in text
        assert "landing page" not in text


async def test_results_appear_beside_the_case_after_an_exam(desk: Desk) -> None:
    sitting = desk.practice().start("outage", "en")
    sitting.write(Draft(cards=(Card(1, "landing-page", "why"),)))
    debrief = sitting.hand_in(ClosedBy.CANDIDATE)

    async with desk.open((120, 40)) as pilot:
        text = shown(pilot)

        assert f"{debrief.result.points}/{debrief.result.max_points}" in text
        assert f"Last: {debrief.result.points} of {debrief.result.max_points} points" in text


async def test_cases_are_listed_even_where_the_results_cannot_be_read(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = desk.app()

    def entries() -> tuple[CaseEntry, ...]:
        app.practice.storage_error = StoreError("the history is locked")
        return (entry(OUTAGE_EN),)

    monkeypatch.setattr(app.practice, "entries", entries)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)

        assert "Outage of the shop" in shown(pilot)
        assert "The results cannot be read: the history is locked" in shown(pilot)


async def test_an_empty_library_says_what_to_do_and_what_is_wrong(desk: Desk) -> None:
    problem = Problem(path="cases/x.yaml", line=3, column=1, key="", what="a tab", rule="tab")
    desk.library = Shelf(shelf=(), wrong=(problem,))
    async with desk.open() as pilot:
        text = " ".join(shown(pilot).split())

        assert "There are no cases here." in text
        assert "--cases DIR" in text
        assert "cases/x.yaml:3:1: a tab" in text


async def test_files_left_out_are_named_below_the_list_and_warnings_are_not(desk: Desk) -> None:
    bad = Problem(path="cases/x.yaml", line=3, column=1, key="", what="a tab", rule="tab")
    warning = replace(bad, path="cases/y.yaml", severity=Severity.WARNING)
    desk.library = Shelf(wrong=(bad, warning))
    async with desk.open() as pilot:
        text = " ".join(shown(pilot).split())

        assert "1 content file cannot be read and is left out (cases/x.yaml)" in text


async def test_a_filter_that_finds_nothing_says_how_to_clear_it(shelf: Desk) -> None:
    async with shelf.open() as pilot:
        await press(pilot, *"zzz", "enter")

        assert "No case matches." in shown(pilot)
        assert isinstance(pilot.app.screen, LibraryScreen)


@pytest.mark.parametrize("size", [(60, 20), (120, 40)])
async def test_a_hostile_title_and_filter_are_shown_as_text(
    desk: Desk, size: tuple[int, int]
) -> None:
    desk.library = Shelf(shelf=(replace(OUTAGE_EN, title=HOSTILE),), rubrics=(sample_rubric(),))
    async with desk.open(size) as pilot:
        before = shown(pilot)
        pilot.app.screen.query_one("#filter", Input).value = HOSTILE_CLEAN
        await pilot.pause()

        assert HOSTILE_CLEAN in before
        assert "\x1b" not in before + shown(pilot)


async def test_the_palette_and_help_know_the_keys_of_the_library(shelf: Desk) -> None:
    async with shelf.open() as pilot:
        await press(pilot, "f1")

        assert "See your attempts and how they went." in shown(pilot)


async def test_a_click_previews_a_case_and_another_opens_it(shelf: Desk) -> None:
    async with shelf.open() as pilot:
        screen = pilot.app.screen
        assert isinstance(screen, LibraryScreen)
        await pilot.click(DataTable, offset=(4, 2))
        await pilot.pause()
        previewed = screen.chosen
        await pilot.click(DataTable, offset=(4, 2))
        await settle(pilot)

        assert previewed is not None
        assert previewed.title == "Outage of the shop"
        assert pilot.app.screen is not screen


async def test_after_a_click_typing_still_filters(shelf: Desk) -> None:
    async with shelf.open() as pilot:
        await pilot.click(DataTable, offset=(4, 2))
        await press(pilot, *"fire")

        assert titles(pilot.app.screen) == ["Fire in the data centre"]


async def test_the_help_says_in_sentences_what_the_keys_of_the_list_do(desk: Desk) -> None:
    async with desk.open((80, 40)) as pilot:
        await press(pilot, "f1")

        assert "Go up a line in the list." in shown(pilot)
        assert "Go down ten lines in the list." in shown(pilot)
