import pytest

from tests.report.examples import example_debrief
from tests.tui.conftest import Desk
from tutor.tui.debrief import DebriefScreen
from tutor.tui.sectionline import SectionLine, fitted

TITLES = ("Ergebnis", "Massnahmen", "Antwort", "Reihenfolge", "Musterlösung", "Zeit", "Schaden")


def test_titles_stay_whole_where_there_is_room() -> None:
    titles, gap = fitted(TITLES, 0, 118)

    assert (titles[4], gap) == ("5 Musterlösung", 2)


def test_titles_move_together_before_they_are_cut_and_a_cut_is_seen() -> None:
    whole = sum(map(len, TITLES)) + 2 * len(TITLES)

    assert fitted(TITLES, 0, whole + 6) == (fitted(TITLES, 0, 118)[0], 1)
    assert fitted(TITLES, 0, 58)[0][1] == "2 Mass…"


@pytest.mark.parametrize("width", [58, 40, 30])
@pytest.mark.parametrize("active", range(7))
def test_the_open_section_keeps_its_title_and_every_number_stays(active: int, width: int) -> None:
    titles, gap = fitted(TITLES, active, width)

    assert titles[active] == f"{active + 1} {TITLES[active]}"
    assert [title[0] for title in titles] == list("1234567")
    assert sum(map(len, titles)) + 6 * gap <= width


async def test_a_click_on_a_title_opens_its_section(desk: Desk) -> None:
    async with desk.open() as pilot:
        screen = DebriefScreen(desk.practice(), example_debrief())
        pilot.app.push_screen(screen)
        await pilot.pause()
        await pilot.click(SectionLine, offset=(25, 0))
        await pilot.pause()

        assert screen.section == "answer"
