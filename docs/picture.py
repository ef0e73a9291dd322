"""Makes docs/exam.svg from the real app: `python -m docs.picture`."""

import asyncio
import re
import tempfile
from pathlib import Path

from textual.events import Paste

from tests.fakes import FakeClock
from tutor.content.bundled import cases_dir, rubrics_dir
from tutor.content.library import Library
from tutor.locales import activate
from tutor.semantics import load_model
from tutor.session.practice import Practice
from tutor.store.history import History
from tutor.store.journal import Journals
from tutor.tui.app import TutorApp

PICTURE = Path(__file__).with_name("exam.svg")
ANSWER = (
    "Point the domain at a plain page that says what has happened and when we will be back",
    "Garages see more than an error and can plan for their own customers.",
    "Put an order form on that page: part number, quantity, delivery address",
    "Orders keep coming in although the shop is down.",
    "Publish a phone number for urgent orders",
)


async def draw(home: Path) -> str:
    """Sit the exam for a minute and a half and return the screen as SVG."""
    clock = FakeClock()
    practice = Practice(
        library=Library(cases_dir(), rubrics_dir()),
        history=History(home / "history.db"),
        journals=Journals(home / "journal"),
        clock=clock,
        new_id=lambda: "picture",
        load_model=lambda: load_model("lexical"),
    )
    app = TutorApp(practice, start_at=("it-outage", "en"))
    async with app.run_test(size=(116, 36)) as pilot:
        await _settle(app, pilot.pause)
        await pilot.press("enter")
        await _settle(app, pilot.pause)
        for field in ANSWER:
            app.post_message(Paste(field))
            await pilot.press("enter")
        clock.advance(94)
        await pilot.pause(1.2)
        picture = app.export_screenshot(title="tutor")
        await pilot.press("ctrl+q")
    return picture


async def _settle(app: TutorApp, pause: object) -> None:
    for _round in range(3):
        await app.workers.wait_for_complete()
        await pause()  # type: ignore[operator]  # Pilot.pause, bound


def without_web_fonts(svg: str) -> str:
    """Let the reader's own monospaced font stand in: a picture must not call other hosts."""
    return re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)


def main() -> None:
    """Write the picture."""
    activate("en")
    with tempfile.TemporaryDirectory() as home:
        picture = asyncio.run(draw(Path(home)))
    PICTURE.write_text(without_web_fonts(picture) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
