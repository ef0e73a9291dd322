"""One factory for the real app, on a throw-away folder and a clock that stands still."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pytest
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.widgets import TextArea

from tests.fakes import FakeClock, FakeLibrary, FakeModel, fake_mark, ids
from tutor.core.textmodel import TextModel
from tutor.locales import activate, active_language
from tutor.session.practice import Practice
from tutor.store.history import History
from tutor.store.journal import Journals
from tutor.tui.app import TutorApp

HOSTILE = "[/x] [b] {{y}} <i> \x1b[2J \u202e \\["
HOSTILE_CLEAN = "[/x] [b] {{y}} <i>   \\["


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = active_language()
    activate("en")
    yield
    activate(before)


@pytest.fixture(autouse=True)
def _still_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TextArea.cursor_blink, "_default", False)


@dataclass
class Desk:
    """A candidate's desk: a home folder, a clock, content; apps come and go."""

    home: Path
    clock: FakeClock = field(default_factory=FakeClock)
    library: FakeLibrary = field(default_factory=FakeLibrary)
    load_model: Callable[[], TextModel] = FakeModel
    new_id: Callable[[], str] = field(default_factory=lambda: partial(next, ids()))

    def practice(self) -> Practice:
        """Open the practice as a fresh process would."""
        return Practice(
            library=self.library,  # type: ignore[arg-type]  # the same methods, from memory
            history=History(self.home / "history.db"),
            journals=Journals(self.home / "journals"),
            clock=self.clock,
            new_id=self.new_id,
            load_model=self.load_model,
            mark=fake_mark,
        )

    def app(self, *, start_at: tuple[str, str] | None = None, theme: str | None = None) -> TutorApp:
        """Build the real app."""
        return TutorApp(self.practice(), start_at=start_at, theme=theme)

    @asynccontextmanager
    async def open(
        self,
        size: tuple[int, int] = (80, 24),
        *,
        start_at: tuple[str, str] | None = None,
        theme: str | None = None,
    ) -> AsyncIterator[Pilot[None]]:
        """Run the app until everything it does at its start is done."""
        app = self.app(start_at=start_at, theme=theme)
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            yield pilot
            if app.exam is not None and app.is_running:
                sitting = getattr(app.exam, "sitting")  # noqa: B009 - a TutorScreen to mypy
                sitting.leave()

    @asynccontextmanager
    async def exam(
        self, size: tuple[int, int] = (80, 24), theme: str | None = None
    ) -> AsyncIterator[Pilot[None]]:
        """Run the app at the start of the exam, before anything is written."""
        async with self.open(size, start_at=("outage", "en"), theme=theme) as pilot:
            await press(pilot, "enter")
            await settle(pilot)
            yield pilot


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys as a fast typist does: letters all at once, others one at a time.

    `Pilot.press` rests for a twelfth of a second after every key.
    """
    for key in keys:
        is_letter = len(key) == 1
        name = _character_to_key(key) if is_letter else key
        pilot.app.post_message(events.Key(name, key if is_letter else None))
        if not is_letter:
            await pilot.pause()
    await pilot.pause()


async def settle(pilot: Pilot[None]) -> None:
    """Wait until threads have delivered and the screen shows it; no sleeping."""
    for _round in range(3):
        await pilot.app.workers.wait_for_complete()
        await pilot.pause()


def shown(pilot: Pilot[None]) -> str:
    """Return the screen as text, line by line."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(part.text for part in strip).rstrip() for strip in strips)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A fresh desk."""
    return Desk(tmp_path)
