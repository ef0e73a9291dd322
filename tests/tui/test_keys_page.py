"""The page about the keys says what the screens do."""

from pathlib import Path

import pytest
from textual.binding import Binding

from tutor.tui.app import TutorApp
from tutor.tui.briefing import BriefingScreen
from tutor.tui.exam import ExamScreen
from tutor.tui.keyline import key_name
from tutor.tui.preview import PreviewScreen

PAGE = Path(__file__).parents[2] / "docs" / "keys.md"


def section(title: str) -> str:
    """Return one section of the page."""
    return PAGE.read_text(encoding="utf-8").split(f"## {title}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize(
    ("title", "screen"),
    [
        ("Everywhere", TutorApp),
        ("Briefing", BriefingScreen),
        ("Exam", ExamScreen),
        ("Preview", PreviewScreen),
    ],
)
def test_every_key_is_on_the_page(
    title: str, screen: type[TutorApp | BriefingScreen | ExamScreen | PreviewScreen]
) -> None:
    keys = {
        key_name(key)
        for binding in screen.BINDINGS
        if isinstance(binding, Binding)
        for key in binding.key.split(",")
    }

    assert {key for key in keys if key not in section(title)} == set()
