"""The regrade screen: old and new marks side by side, and nothing counts before one key."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from tests.fakes import fake_mark
from tests.session.classes import EVA, RUBRIC, make_class, make_real_class
from tests.tui.conftest import press, settle, shown
from tutor.core.answer import Answer, Step
from tutor.core.case import Case
from tutor.core.classroom import Kind, Subject
from tutor.core.result import OrderFault, Result
from tutor.core.rubric import Rubric
from tutor.core.textmodel import TextModel
from tutor.session.classroom import Classroom
from tutor.session.importing import Submission
from tutor.session.marking import Mark
from tutor.session.regrading import apply, regrade
from tutor.session.reviewing import Review
from tutor.tui.inbox import InboxScreen
from tutor.tui.regrade import RegradeScreen
from tutor.tui.review import ReviewScreen
from tutor.tui.screen import TutorScreen
from tutor.tui.screenapp import ScreenApp

PAGE = Subject(Kind.MEASURE, "page")


@pytest.fixture
def changed(tmp_path: Path) -> Classroom:
    """A class of three, marked before a paraphrase came into the rubric that changes two."""
    classroom = make_real_class(tmp_path)
    steps = (Step("Put an information page online for all customers.", ""),)
    classroom.add([Submission(candidate="Zoe", place="b.csv:1", steps=steps)])
    classroom.mark()
    write(
        classroom, RUBRIC.replace("# short", "# short\n      - Light a candle beside the server.")
    )
    return classroom


def write(classroom: Classroom, rubric: str) -> None:
    classroom.library.rubric_path("outage", "en").write_text(rubric, encoding="utf-8")


def points(classroom: Classroom) -> list[int]:
    results = classroom.book.results()
    return [results[entry.id].points for entry in classroom.book.entries()]


@asynccontextmanager
async def opened(
    screen: TutorScreen, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[Pilot[None]]:
    app = ScreenApp(screen)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        yield pilot


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_only_changed_marks_are_listed_with_both_sides(
    changed: Classroom, size: tuple[int, int]
) -> None:
    async with opened(RegradeScreen(changed), size) as pilot:
        page = shown(pilot)
        await press(pilot, "t")
        everybody = shown(pilot)

    assert "2 of 3 marks change, 2 across a rating border" in page
    assert "!  0 →  2  B" in page
    assert "0/3 → 2/3   Points" in page
    assert "✗ → ✓     Put an information" in page
    assert "Light a candle" in page
    assert "Zoe" not in page
    assert "=  2 →  2  Zoe" in everybody


async def test_words_that_no_longer_count_are_shown_too(changed: Classroom) -> None:
    changed.reload()
    apply(changed, regrade(changed, changed.rubric))
    write(changed, RUBRIC)

    async with opened(RegradeScreen(changed)) as pilot:
        page = shown(pilot)

    assert "0/3" in page
    assert "Counted before" in page
    assert "Light a candle" in page
    assert "Counts now" not in page


async def test_one_key_applies_all_and_nothing_is_left(changed: Classroom) -> None:
    async with opened(RegradeScreen(changed)) as pilot:
        assert points(changed) == [0, 0, 2]
        await press(pilot, "a")
        await settle(pilot)
        page = shown(pilot)
        await press(pilot, "a", "t", "t", "down")

    assert points(changed) == [2, 2, 2]
    assert [changed.book.mark_count(entry.id) for entry in changed.book.entries()] == [2, 2, 2]
    assert "0 of 3 marks change" in page
    assert "No mark changes" in page


async def test_escape_discards(changed: Classroom) -> None:
    async with opened(RegradeScreen(changed)) as pilot:
        await press(pilot, "escape")

        assert not pilot.app.is_running
    assert points(changed) == [0, 0, 2]


async def test_what_people_decided_stays_and_the_screen_says_what_counts(
    changed: Classroom,
) -> None:
    changed.decide(changed.book.entries()[0], [(PAGE, 0.5)], "anna")

    async with opened(RegradeScreen(changed)) as pilot:
        page = shown(pilot)

    assert "People have decided here" in page


async def test_the_review_goes_on_with_the_marks_that_were_applied(changed: Classroom) -> None:
    review = Review(changed, "anna")

    async with opened(ReviewScreen(review)) as pilot:
        await press(pilot, "v")
        await settle(pilot)
        side_by_side = shown(pilot)
        await press(pilot, "a")
        await settle(pilot)

        assert isinstance(pilot.app.screen, ReviewScreen)
    assert "0 →  2" in side_by_side
    assert points(changed) == [2, 2, 2]
    assert review.machine(PAGE) == 1.0


async def test_the_inbox_shows_the_marks_and_stays_where_they_are_discarded(
    changed: Classroom,
) -> None:
    async with opened(InboxScreen(changed)) as pilot:
        await press(pilot, "v")
        await settle(pilot)
        await press(pilot, "escape")
        await settle(pilot)

        assert isinstance(pilot.app.screen, InboxScreen)
    assert points(changed) == [0, 0, 2]


async def test_a_rubric_that_cannot_be_read_is_a_dialog_with_a_way_back(
    changed: Classroom,
) -> None:
    async with opened(ReviewScreen(Review(changed, "anna"))) as pilot:
        write(changed, "measures: [")
        await press(pilot, "v")
        await settle(pilot)
        said = shown(pilot)
        write(changed, RUBRIC)
        await press(pilot, "escape")
        await settle(pilot)
        page = shown(pilot)

    assert "outage.en.yaml" in said
    assert "machine · you" in page


async def test_a_measure_the_rubric_lost_is_called_by_its_id(changed: Classroom) -> None:
    write(changed, RUBRIC.replace("id: page", "id: sheet").replace("{page: 0}", "{sheet: 0}"))

    async with opened(RegradeScreen(changed)) as pilot:
        await press(pilot, "end")
        page = shown(pilot)

    assert re.search(r"[✗✓] → – +page", page)


async def test_a_marker_learns_neither_names_nor_what_others_decided(changed: Classroom) -> None:
    changed.decide(changed.book.entries()[0], [(PAGE, 0.5)], "ben")

    async with opened(ReviewScreen(Review(changed, "anna", blind=True))) as pilot:
        await press(pilot, "v")
        await settle(pilot)
        page = shown(pilot)

    assert "K-" in page
    assert "2  B" not in page
    assert "People have decided" not in page


async def test_leaving_while_the_marks_are_added_waits_for_them(changed: Classroom) -> None:
    review = Review(changed, "anna")

    async with opened(ReviewScreen(review)) as pilot:
        await press(pilot, "v")
        await settle(pilot)
        screen = pilot.app.screen
        assert isinstance(screen, RegradeScreen)
        screen.action_apply()
        screen.action_discard()
        await settle(pilot)

        assert isinstance(pilot.app.screen, ReviewScreen)
    assert review.machine(PAGE) == 1.0


async def test_the_review_outlives_a_rubric_that_stays_broken(changed: Classroom) -> None:
    async with opened(ReviewScreen(Review(changed, "anna"))) as pilot:
        write(changed, "measures: [")
        await press(pilot, "v")
        await settle(pilot)
        await press(pilot, "escape")
        await settle(pilot)
        await press(pilot, "f")
        page = shown(pilot)

    assert "1 of 3" in page
    assert [decision.value for decision in changed.book.decisions()] == [1.0]


def marking(*, order: float, rating: int, reason: float = 0.0) -> Mark:
    """Return what marks like `fake_mark`, but for the order, the reasons and the rating."""

    def mark(case: Case, rubric: Rubric, answer: Answer, model: TextModel) -> Result:
        found = fake_mark(case, rubric, answer, model)
        fault = OrderFault(earlier="landing-page", later="redundancy", because="after")
        return replace(
            found,
            order=order,
            order_faults=() if order else (fault,),
            measures={key: replace(one, reason=reason) for key, one in found.measures.items()},
            justification=reason,
            ratings={"procedure": rating},
            points=2 * rating,
        )

    return mark


async def test_an_order_that_alone_costs_a_rating_is_shown_old_against_new(tmp_path: Path) -> None:
    make_class(tmp_path, EVA, mark=marking(order=1.0, rating=1)).mark()
    later = make_class(tmp_path, mark=marking(order=0.0, rating=0))

    async with opened(RegradeScreen(later)) as pilot:
        page = shown(pilot)

    assert "!  2 →  0  Eva" in page
    assert re.search(r"100 % → 0 % +Order", page)
    assert re.search(r"0 % → 0 % +Justification", page)
    assert "Only this changes: Order\n" in re.sub(r" *│ *|  +", "", page)
    assert "Out of order now" in page
    assert "“Build a redundant system” needs" in page
    assert "reasons" not in page


async def test_a_reason_that_changes_is_shown_old_against_new(tmp_path: Path) -> None:
    make_class(tmp_path, EVA, mark=marking(order=1.0, rating=1)).mark()
    later = make_class(tmp_path, mark=marking(order=1.0, rating=2, reason=0.5))

    async with opened(RegradeScreen(later)) as pilot:
        page = shown(pilot)

    assert re.search(r"0 % → 50 % +Justification", page)
    assert re.search(r"✗ → ◐ +Reason: Show a landing page", page)
    assert "Only this changes: Justification" in page


async def test_an_order_that_changes_no_rating_is_a_change_too(tmp_path: Path) -> None:
    make_class(tmp_path, EVA, mark=marking(order=1.0, rating=1)).mark()
    later = make_class(tmp_path, mark=marking(order=0.5, rating=1))

    async with opened(RegradeScreen(later)) as pilot:
        page = shown(pilot)

    assert "1 of 1 marks change, 0 across a rating border" in page
    assert re.search(r"100 % → 50 % +Order", page)


async def test_both_marks_scroll_while_the_list_keeps_the_focus(tmp_path: Path) -> None:
    make_class(tmp_path, EVA, mark=marking(order=1.0, rating=1)).mark()
    later = make_class(tmp_path, mark=marking(order=0.0, rating=0, reason=0.5))

    async with opened(RegradeScreen(later), (60, 20)) as pilot:
        scroll = pilot.app.screen.query_one("#marks-scroll")
        await press(pilot, "d")
        below = scroll.scroll_offset.y
        await press(pilot, "e")

        assert below > 0
        assert scroll.scroll_offset.y == 0
        assert pilot.app.focused is pilot.app.screen.query_one("#groups")


async def test_a_rating_that_changes_on_its_own_is_another_rule_s(tmp_path: Path) -> None:
    make_class(tmp_path, EVA, mark=marking(order=1.0, rating=1)).mark()
    later = make_class(tmp_path, mark=marking(order=1.0, rating=2))

    async with opened(RegradeScreen(later)) as pilot:
        page = shown(pilot)

    assert "All parts of the mark stay; they are" in page
