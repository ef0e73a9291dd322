from pathlib import Path

import pytest

from tests.fakes import FakeClock
from tests.session.classes import (
    BEN,
    CLEO,
    EVA,
    RUBRIC,
    make_class,
    make_real_class,
    submission,
)
from tutor.core.errors import UsageError
from tutor.core.rubric import Pitfall
from tutor.session.classroom import Classroom
from tutor.session.inbox import (
    accept,
    effect,
    effect_as_pitfall,
    extras,
    inbox,
    put_aside,
    take_back,
)
from tutor.session.regrading import apply, regrade


@pytest.fixture
def real(tmp_path: Path) -> Classroom:
    return make_real_class(tmp_path)


def texts(classroom: Classroom) -> list[list[str]]:
    return [[one.text for one in group.sentences] for group in inbox(classroom)]


def test_what_earned_something_is_not_in_the_inbox(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA, BEN, CLEO)
    classroom.mark()

    assert sorted(texts(classroom)) == [
        ["Buy new chairs for everybody"],
        ["Call the press office now"],
    ]


def test_the_largest_group_comes_first_and_counts_answers(tmp_path: Path) -> None:
    again = [submission(str(number), "Call the press office now") for number in range(3)]
    classroom = make_class(
        tmp_path, BEN, *again, submission("x", "Call the press office now please")
    )
    classroom.mark()

    groups = inbox(classroom)

    assert [group.size for group in groups] == [4, 1]
    assert [one.text for one in groups[0].sentences] == [
        "Call the press office now",
        "Call the press office now please",
    ]


def test_what_is_put_aside_comes_up_no_more(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, BEN)
    classroom.mark()

    put_aside(classroom, inbox(classroom)[0])

    assert inbox(classroom) == ()


def test_what_is_put_aside_is_listed_by_group_and_comes_back(tmp_path: Path) -> None:
    clock = FakeClock()
    classroom = make_class(tmp_path, BEN, CLEO, EVA, clock=clock)
    classroom.mark()
    before = texts(classroom)
    for group in inbox(classroom):
        clock.advance(60)
        put_aside(classroom, group)
    listed = extras(classroom)

    take_back(classroom, listed[1])

    assert [list(group) for group in listed] == before[::-1]
    assert texts(classroom) == before[:1]
    assert extras(classroom) == listed[:1]


def test_the_effect_is_shown_before_anything_is_written(real: Classroom) -> None:
    path = real.library.rubric_path("outage", "en")

    found = effect(real, inbox(real)[0], "page")

    assert path.read_text(encoding="utf-8") == RUBRIC
    assert [change.name for change in found.samples] == ["weak"]
    assert found.regrade.count == 2
    assert len(found.regrade.changes) == 2
    assert found.regrade.crossing == 2


def test_an_accepted_group_is_written_and_the_marks_wait_for_the_regrade(real: Classroom) -> None:
    accept(real, effect(real, inbox(real)[0], "page"))

    path = real.library.rubric_path("outage", "en")
    new = real.library.rubric("outage", "en")
    assert path.read_text(encoding="utf-8") == RUBRIC.replace(
        "  # short\n", '  # short\n      - "Light a candle beside the server."\n'
    )
    assert {result.measures["page"].credit for result in real.book.results().values()} == {0.0}
    assert regrade(real, new).crossing == 2


def test_applying_a_regrade_adds_marks_and_keeps_the_old(real: Classroom) -> None:
    accept(real, effect(real, inbox(real)[0], "page"))
    later = Classroom(
        book=real.book,
        library=real.library,
        clock=real._clock,
        load_model=lambda: real.model,
    )

    apply(later, regrade(later, later.rubric))

    assert {result.measures["page"].credit for result in real.book.results().values()} == {1.0}
    assert [real.book.mark_count(entry.id) for entry in real.book.entries()] == [2, 2]
    assert regrade(later, later.rubric).changes == ()


def test_a_regrade_brings_the_marks_that_stay_the_same_under_the_rubric_too(
    real: Classroom,
) -> None:
    path = real.library.rubric_path("outage", "en")
    path.write_text(RUBRIC + "# mine\n", encoding="utf-8")
    real.reload()

    found = regrade(real, real.rubric)
    added = apply(real, found)

    assert (found.changes, added) == ((), 2)
    assert {one.rubric_sha256 for one in real.book.results().values()} == {real.rubric.sha256}
    assert apply(real, regrade(real, real.rubric)) == 0


def test_a_group_becomes_a_pitfall_the_rubric_did_not_have(real: Classroom) -> None:
    path = real.library.rubric_path("outage", "en")
    candle = Pitfall(id="candle", text="Light a candle beside servers.", why="It burns.")

    found = effect_as_pitfall(real, inbox(real)[0], candle)

    assert path.read_text(encoding="utf-8") == RUBRIC
    assert [change.pitfalls for change in found.samples] == [(("candle", True),)]
    assert [change.pitfalls for change in found.regrade.changes] == [(("candle", True),)] * 2
    accept(real, found)
    assert real.rubric.pitfalls[0].why == "It burns."
    assert real.rubric.pitfalls[0].paraphrases == ("Light a candle beside the server.",)
    assert "# Written with care." in path.read_text(encoding="utf-8")
    assert inbox(real) == ()


@pytest.mark.parametrize("wanted", ["page", "Candle", "a b"])
def test_an_id_that_does_not_do_is_refused_by_name(real: Classroom, wanted: str) -> None:
    with pytest.raises(UsageError, match=wanted):
        effect_as_pitfall(real, inbox(real)[0], Pitfall(id=wanted, text="x", why="y"))


def test_what_was_written_by_somebody_else_meanwhile_is_not_overwritten(real: Classroom) -> None:
    path = real.library.rubric_path("outage", "en")
    found = effect(real, inbox(real)[0], "page")
    path.write_text(RUBRIC + "# mine\n", encoding="utf-8")

    with pytest.raises(UsageError, match="changed meanwhile"):
        accept(real, found)

    assert path.read_text(encoding="utf-8") == RUBRIC + "# mine\n"
    accept(real, effect(real, inbox(real)[0], "page"))
    assert path.read_text(encoding="utf-8").endswith("# mine\n")
