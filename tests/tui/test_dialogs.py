"""Dialogs, and the words for what can go wrong."""

import pytest

from tests.tui.conftest import HOSTILE, Desk, press, settle, shown
from tutor.core.errors import (
    ContentError,
    EngineUnavailable,
    NotFound,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    TutorError,
    UsageError,
)
from tutor.core.problem import Problem
from tutor.tui.dialogs import Choice, Dialog
from tutor.tui.failures import failure_text, failure_title, way_on

ERRORS: list[TutorError] = [
    StoreFull("x"),
    StoreLocked("x"),
    StoreReadOnly("x"),
    StoreDamaged("x"),
    NotFound("x"),
    StoreError("x"),
    EngineUnavailable("x"),
    UsageError("x"),
    ContentError([Problem(path="a.yaml", line=3, column=1, key="k", what="x", rule="r")]),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_every_failure_has_a_title_its_own_words_and_a_way_on(error: TutorError) -> None:
    title, text = failure_title(error), failure_text(error)

    assert title
    assert text.startswith(str(error))
    assert way_on(error)


def test_each_failure_is_named_differently() -> None:
    assert len({failure_title(error) for error in ERRORS}) == len(ERRORS)


async def test_a_dialog_comes_back_with_the_choice(desk: Desk) -> None:
    answers: list[str | None] = []
    async with desk.open() as pilot:
        choices = (Choice("a", "First"), Choice("b", "Second"))
        pilot.app.push_screen(Dialog("Which?", "Choose.", choices), answers.append)
        await pilot.pause()
        await press(pilot, "right", "enter")
        await pilot.pause()

    assert answers == ["b"]


async def test_escape_comes_back_with_nothing(desk: Desk) -> None:
    answers: list[str | None] = []
    async with desk.open() as pilot:
        pilot.app.push_screen(Dialog("Which?", "Choose."), answers.append)
        await pilot.pause()
        await press(pilot, "escape")
        await pilot.pause()

    assert answers == [None]


@pytest.mark.parametrize("size", [(60, 20), (80, 24)], ids=str)
async def test_hostile_words_in_a_dialog_are_text(desk: Desk, size: tuple[int, int]) -> None:
    async with desk.open(size) as pilot:
        error = StoreFull(HOSTILE)
        pilot.app.push_screen(
            Dialog("[/x]", failure_text(error), (Choice("a", "[/y]"),)),
        )
        await pilot.pause()

        screen = shown(pilot)
        assert "[/x] [b] {{y}} <i>" in screen
        assert "[/y]" in screen
        assert "\x1b" not in screen


async def test_a_long_list_of_problems_leaves_the_choices_in_reach(desk: Desk) -> None:
    async with desk.open((60, 20)) as pilot:
        text = "\n".join(f"problem {number}" for number in range(100))
        pilot.app.push_screen(Dialog("Mistakes", text))
        await pilot.pause()

        assert "Close" in shown(pilot)


async def test_a_failure_in_the_background_offers_another_try(desk: Desk) -> None:
    tries: list[int] = []

    def work() -> str:
        tries.append(1)
        if len(tries) < 2:
            raise StoreLocked("held by another")
        return "done"

    results: list[str] = []
    async with desk.open() as pilot:
        in_background = getattr(pilot.app, "in_background")  # noqa: B009 - only a Shell has it
        in_background(work, results.append)
        await settle(pilot)
        assert "held by another" in shown(pilot)

        await press(pilot, "enter")
        await settle(pilot)

    assert results == ["done"]


async def test_giving_up_is_a_way_on_too(desk: Desk) -> None:
    def work() -> str:
        raise StoreReadOnly("no")

    given_up: list[bool] = []
    async with desk.open() as pilot:
        in_background = getattr(pilot.app, "in_background")  # noqa: B009 - only a Shell has it
        in_background(work, lambda _result: None, lambda: given_up.append(True))
        await settle(pilot)
        await press(pilot, "escape")
        await settle(pilot)

    assert given_up == [True]


async def test_three_long_choices_are_all_in_reach(desk: Desk) -> None:
    labels = ("Nochmals versuchen", "Ohne Speichern weiterfahren", "Schliessen")
    async with desk.open((80, 24)) as pilot:
        choices = [Choice(str(number), label) for number, label in enumerate(labels)]
        pilot.app.push_screen(Dialog("Which?", "Choose.", choices))
        await pilot.pause()

        assert all(label in shown(pilot) for label in labels)
