import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.core.case import KeyQuestion
from tutor.core.grade import grade_of, max_points_of, points_of


@pytest.mark.parametrize(
    ("points", "max_points", "grade"),
    [(0, 6, 1.0), (6, 6, 6.0), (4, 6, 4.5), (2, 6, 2.5), (13, 20, 4.5), (3, 20, 2.0)],
    ids=["nothing", "all", "two thirds", "one third", "4.25 goes up", "1.75 goes up"],
)
def test_the_grade_is_one_plus_five_times_the_share_in_halves(
    points: int, max_points: int, grade: float
) -> None:
    assert grade_of(points, max_points) == grade


@given(st.integers(1, 100).flatmap(lambda top: st.tuples(st.integers(0, top), st.just(top))))
def test_a_grade_is_a_half_between_one_and_six_and_more_points_never_lower_it(
    pair: tuple[int, int],
) -> None:
    points, top = pair

    grade = grade_of(points, top)

    assert 1 <= grade <= 6
    assert (grade * 2).is_integer()
    assert points == 0 or grade_of(points - 1, top) <= grade


@pytest.mark.parametrize(("points", "top"), [(-1, 6), (7, 6), (0, 0)])
def test_impossible_points_are_refused(points: int, top: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        grade_of(points, top)


def test_a_key_question_counts_by_its_weight() -> None:
    questions = (KeyQuestion(id="procedure", text="?", weight=2), KeyQuestion(id="tone", text="?"))

    assert points_of({"procedure": 2, "tone": 3}, questions) == 7
    assert max_points_of(questions) == 9
