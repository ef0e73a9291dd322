"""Pictures of the library and the debrief: look at them before they are updated."""

import time
from collections.abc import Callable, Iterator

import pytest
from textual.pilot import Pilot

from tests.report.examples import example_debrief
from tests.tui.conftest import Desk, press, settle
from tutor.tui.debrief import DebriefScreen

Compare = Callable[..., bool]


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "UTC")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("size", [(60, 20), (120, 40)], ids=["narrow", "wide"])
def test_the_library(desk: Desk, snap_compare: Compare, size: tuple[int, int]) -> None:
    assert snap_compare(desk.app(), run_before=settle, terminal_size=size)


@pytest.mark.parametrize(
    ("section", "size", "theme"),
    [
        ("1", (80, 24), "textual-dark"),
        ("2", (120, 40), "textual-dark"),
        ("3", (80, 24), "textual-light"),
        ("4", (60, 20), "textual-dark"),
    ],
    ids=["result", "measures", "answer", "order"],
)
def test_the_debrief(
    desk: Desk,
    snap_compare: Compare,
    section: str,
    size: tuple[int, int],
    theme: str,
) -> None:
    app = desk.app(theme=theme)
    app.animation_level = "none"

    async def show(pilot: Pilot[None]) -> None:
        await settle(pilot)
        app.push_screen(DebriefScreen(app.practice, example_debrief()))
        await pilot.pause()
        await press(pilot, section)

    assert snap_compare(app, run_before=show, terminal_size=size)
