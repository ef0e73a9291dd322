"""An author sees at once what a trial answer earns, whichever of the files changes."""

from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Static, TextArea

from tests.content.small import CASE, RUBRIC, write, write_pair
from tests.tui.conftest import HOSTILE, press
from tutor.semantics.lexical import LexicalModel
from tutor.session.preview import Preview
from tutor.tui.preview import PreviewScreen
from tutor.tui.screenapp import ScreenApp


def preview_in(root: Path, answer: str | None = None) -> Preview:
    write_pair(root)
    path = None
    if answer is not None:
        path = root / "answer.txt"
        path.write_text(answer, encoding="utf-8")
    return Preview(
        root / "cases/outage.en.yaml", root / "rubrics/outage.en.yaml", path, LexicalModel
    )


def screen(app: ScreenApp) -> PreviewScreen:
    """Return the preview, which is what the app opens on."""
    assert isinstance(app.screen, PreviewScreen)
    return app.screen


def shown(app: ScreenApp, name: str) -> str:
    return str(app.query_one(name, Static).content)


async def settled(pilot: Pilot[None]) -> None:
    """Wait for what is being marked, without waiting for a clock."""
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def test_the_case_stands_beside_the_trial_answer_and_its_marks(tmp_path: Path) -> None:
    app = ScreenApp(PreviewScreen(preview_in(tmp_path, "Restore the backup"), watch=False))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)

        assert "The server is gone." in shown(app, "#case-text")
        assert "«Restore the backup»" in shown(app, "#marks-text")
        assert "✓" in shown(app, "#marks-text")


async def test_a_measure_that_was_missed_says_how_near_the_words_came(tmp_path: Path) -> None:
    trial = preview_in(tmp_path).trial("Restore the backup")

    page, backup = trial.measures
    assert (page.credit, backup.credit) == (0, 1)
    assert page.likely < trial.half <= trial.full <= backup.likely


async def test_a_saved_rubric_marks_the_same_words_anew(tmp_path: Path) -> None:
    app = ScreenApp(PreviewScreen(preview_in(tmp_path, "Tell the press about frogs"), watch=False))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        before = shown(app, "#marks-text")
        better = RUBRIC.replace("Put up a page.", "Tell the press about frogs.")
        write(tmp_path, "rubrics/outage.en.yaml", better)
        await pilot.press("f5")
        await settled(pilot)

        assert "✓" not in before
        assert "✓" in shown(app, "#marks-text")


async def test_with_watch_a_save_needs_no_key(tmp_path: Path) -> None:
    preview = preview_in(tmp_path, "one")
    app = ScreenApp(PreviewScreen(preview, watch=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        (tmp_path / "answer.txt").write_text("Restore the backup", encoding="utf-8")
        screen(app)._look()
        await settled(pilot)

        assert app.query_one("#answer", TextArea).text == "Restore the backup"
        assert "✓" in shown(app, "#marks-text")


async def test_a_file_that_is_broken_while_it_is_written_is_named_and_ends_nothing(
    tmp_path: Path,
) -> None:
    app = ScreenApp(PreviewScreen(preview_in(tmp_path), watch=False))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        write(tmp_path, "cases/outage.en.yaml", CASE + "nonsense: [/x]\n")
        await pilot.press("f5")
        await settled(pilot)

        assert "unknown key `nonsense`" in shown(app, "#case-text")
        write(tmp_path, "cases/outage.en.yaml", CASE)
        await pilot.press("f5")
        await settled(pilot)
        assert "The server is gone." in shown(app, "#case-text")


async def test_hostile_words_are_shown_as_they_are(tmp_path: Path) -> None:
    app = ScreenApp(
        PreviewScreen(preview_in(tmp_path, f"Restore the backup {HOSTILE}"), watch=False)
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)

        assert "\x1b" not in shown(app, "#marks-text")
        assert "[/x]" in app.query_one("#answer", TextArea).text


async def test_what_was_typed_outlives_a_save_of_the_rubric_and_yields_to_its_own_file(
    tmp_path: Path,
) -> None:
    app = ScreenApp(PreviewScreen(preview_in(tmp_path, "one"), watch=False))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        area = app.query_one("#answer", TextArea)
        area.text = "typed here"
        write(tmp_path, "rubrics/outage.en.yaml", RUBRIC + "# saved\n")
        screen(app).action_reread()
        kept = area.text
        (tmp_path / "answer.txt").write_text("Restore the backup", encoding="utf-8")
        screen(app).action_reread()
        await settled(pilot)

        assert kept == "typed here"
        assert area.text == "Restore the backup"


async def test_an_unfinished_case_opens_with_its_mistakes_and_recovers_when_mended(
    tmp_path: Path,
) -> None:
    preview = preview_in(tmp_path, "Restore the backup")
    write(tmp_path, "cases/outage.en.yaml", CASE.replace("The server is gone.", '""'))
    app = ScreenApp(PreviewScreen(preview, watch=True))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        unfinished = shown(app, "#case-text"), shown(app, "#marks-text")
        write(tmp_path, "cases/outage.en.yaml", CASE)
        screen(app)._look()
        await settled(pilot)

        assert "outage.en.yaml:7:12: situation: the text is empty" in unfinished[0]
        assert unfinished[1] == "The trial answer is marked once the case has no mistakes."
        assert "The server is gone." in shown(app, "#case-text")
        assert "✓" in shown(app, "#marks-text")


async def test_the_mistakes_of_a_rubric_are_named_beside_those_of_its_case(tmp_path: Path) -> None:
    preview = preview_in(tmp_path)
    write(tmp_path, "cases/outage.en.yaml", CASE.replace("The server is gone.", '""'))
    write(tmp_path, "rubrics/outage.en.yaml", RUBRIC.replace("Customers know.", '""'))
    app = ScreenApp(PreviewScreen(preview, watch=False))
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)

        assert "situation: the text is empty" in shown(app, "#case-text")
        assert "measures.page.reason: the text is empty" in shown(app, "#marks-text")


async def test_help_and_the_palette_open_over_the_preview(tmp_path: Path) -> None:
    app = ScreenApp(PreviewScreen(preview_in(tmp_path), watch=False))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "f1")
        on_f1 = type(app.screen).__name__
        await press(pilot, "escape", "ctrl+p")

        assert on_f1 == "HelpScreen"
        assert type(app.screen).__name__ == "CommandPalette"


async def test_escape_leaves_a_trial_answer_that_its_file_holds(tmp_path: Path) -> None:
    app = ScreenApp(PreviewScreen(preview_in(tmp_path, "one"), watch=False))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "escape")

        assert not app.is_running


@pytest.mark.parametrize(("keys", "runs_on"), [(("enter",), True), (("right", "enter"), False)])
async def test_escape_asks_before_typed_words_are_lost(
    keys: tuple[str, ...], runs_on: bool, tmp_path: Path
) -> None:
    app = ScreenApp(PreviewScreen(preview_in(tmp_path), watch=False))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, *"words", "escape")
        asked = type(app.screen).__name__
        await press(pilot, *keys)

        assert asked == "Dialog"
        assert app.is_running is runs_on
        if runs_on:
            assert app.query_one("#answer", TextArea).text == "words"


async def test_f6_goes_round_the_panes(tmp_path: Path) -> None:
    app = ScreenApp(PreviewScreen(preview_in(tmp_path), watch=False))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        focused = []
        for _pane in range(3):
            focused.append(app.focused.id if app.focused else None)
            await press(pilot, "f6")

        assert focused == ["answer", "marks", "case"]
