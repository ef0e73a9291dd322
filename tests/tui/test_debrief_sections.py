import pytest

from tests.report.examples import example_debrief
from tests.tui.conftest import Desk, press
from tutor.locales import activate
from tutor.tui.debrief import DebriefScreen
from tutor.tui.sectionline import SectionLine, fitted

TITLES = ("Fazit", "Massnahmen", "Antwort", "Reihenfolge", "Muster", "Zeit", "Schaden")
SHORT = ("Fazit", "Massn.", "Antw.", "Folge", "Muster", "Zeit", "Schaden")


def test_titles_stay_whole_where_there_is_room() -> None:
    titles, gap = fitted(TITLES, SHORT, 0, 118)

    assert (titles[3], gap) == ("4 Reihenfolge", 2)


def test_titles_move_together_before_they_become_short_and_a_cut_is_seen() -> None:
    whole = sum(map(len, TITLES)) + 2 * len(TITLES)

    assert fitted(TITLES, SHORT, 0, whole + 6) == (fitted(TITLES, SHORT, 0, 118)[0], 1)
    assert fitted(TITLES, SHORT, 0, 62)[0][1] == "2 Massn."
    assert fitted(TITLES, SHORT, 0, 50)[0][1] == "2 Mas…"


def test_the_open_section_is_the_last_to_become_short() -> None:
    assert fitted(TITLES, SHORT, 1, 62)[0][1:4] == ("2 Massnahmen", "3 Antw.", "4 Folge")
    assert fitted(TITLES, SHORT, 1, 61)[0][1:4] == ("2 Massn.", "3 Antw.", "4 Folge")


@pytest.mark.parametrize("width", [58, 40, 30])
@pytest.mark.parametrize("active", range(7))
def test_the_open_section_keeps_its_title_and_every_number_stays(active: int, width: int) -> None:
    titles, gap = fitted(TITLES, SHORT, active, width)

    assert titles[active] in {f"{active + 1} {one[active]}" for one in (TITLES, SHORT)}
    assert [title[0] for title in titles] == list("1234567")
    assert sum(map(len, titles)) + 6 * gap <= width


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("key", "1234567")
async def test_no_title_is_cut_at_60_columns(desk: Desk, language: str, key: str) -> None:
    activate(language)
    async with desk.open((60, 24)) as pilot:
        pilot.app.push_screen(DebriefScreen(desk.practice(), example_debrief()))
        await press(pilot, key)
        line = str(pilot.app.screen.query_one(SectionLine).render())

    assert len(line.split()) == 14, "a number without its title"
    assert "…" not in line
    assert len(line) <= 58


async def test_a_click_on_a_title_opens_its_section(desk: Desk) -> None:
    async with desk.open() as pilot:
        screen = DebriefScreen(desk.practice(), example_debrief())
        pilot.app.push_screen(screen)
        await pilot.pause()
        await pilot.click(SectionLine, offset=(25, 0))
        await pilot.pause()

        assert screen.section == "answer"
