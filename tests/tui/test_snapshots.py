"""How the briefing and the exam look, in German; look at the report before updating one."""

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.tui.conftest import Desk, press, settle
from tutor.content.bundled import cases_dir, rubrics_dir
from tutor.content.library import Library
from tutor.locales import activate
from tutor.tui.exam import ExamScreen

Compare = Callable[..., bool]


@pytest.fixture
def german_desk(tmp_path: Path) -> Desk:
    """A desk with the bundled cases, spoken to in German."""
    activate("de")
    desk = Desk(tmp_path)
    desk.library = Library(cases_dir(), rubrics_dir())  # type: ignore[assignment]  # the real one
    return desk


@pytest.mark.parametrize("size", [(60, 20), (80, 24)], ids=["60x20", "80x24"])
def test_briefing(snap_compare: Compare, german_desk: Desk, size: tuple[int, int]) -> None:
    app = german_desk.app(start_at=("it-outage", "de"))

    assert snap_compare(app, run_before=settle, terminal_size=size)


@pytest.mark.parametrize(
    ("size", "theme"),
    [
        ((60, 20), "textual-dark"),
        ((80, 24), "textual-light"),
        ((120, 40), "textual-dark"),
    ],
    ids=["60x20 dark", "80x24 light", "120x40 dark"],
)
def test_exam(snap_compare: Compare, german_desk: Desk, size: tuple[int, int], theme: str) -> None:
    async def write(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        await press(pilot, *"Landing Page mit Hinweis auf die Störung aufschalten", "enter")
        await press(pilot, *"damit Kundinnen und Kunden wissen, woran sie sind", "enter")
        await press(pilot, *"Telefon und Mail besetzen")
        german_desk.clock.advance(365)
        screen = pilot.app.screen
        assert isinstance(screen, ExamScreen)
        screen.tick()
        await settle(pilot)
        screen.sitting.leave()

    app = german_desk.app(start_at=("it-outage", "de"), theme=theme)

    assert snap_compare(app, run_before=write, terminal_size=size)


def test_exam_reading_without_colours(
    snap_compare: Compare, german_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def start(pilot: Pilot[None]) -> None:
        await settle(pilot)
        await press(pilot, "enter")
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, ExamScreen)
        screen.sitting.leave()

    monkeypatch.setenv("NO_COLOR", "1")
    app = german_desk.app(start_at=("it-outage", "de"))

    assert snap_compare(app, run_before=start, terminal_size=(80, 24))
