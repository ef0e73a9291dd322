import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.examples import empty_debrief, example_debrief, hostile_debrief
from tutor.report.order import OrderLink, OrderNode, OrderView
from tutor.report.view import debrief_view
from tutor.tui.ordercolumns import draw

LEFT, RIGHT, UP, DOWN = (-1, 0), (1, 0), (0, -1), (0, 1)
STROKES = {
    "─": {LEFT, RIGHT},
    "│": {UP, DOWN},
    "┌": {DOWN, RIGHT},
    "┐": {DOWN, LEFT},
    "└": {UP, RIGHT},
    "┘": {UP, LEFT},
    "▸": {LEFT},
}


def order_of(places: list[int]) -> OrderView:
    """Build the columns in which the n-th on the left belongs to `places[n]` on the right."""
    nodes = tuple(OrderNode(label=str(place + 1), text="abc") for place in range(len(places)))
    links = tuple(
        OrderLink(left=left, right=right, is_faulty=False) for left, right in enumerate(places)
    )
    return OrderView(left=nodes, right=nodes, links=links, faults=(), said="")


def follow(lines: list[str], row: int, column: int) -> int:
    """Walk along a line from its first stroke and return the row in which it arrives."""
    heading = RIGHT
    while lines[row][column] != "▸":
        stroke = lines[row][column]
        if stroke != "┼":
            back = (-heading[0], -heading[1])
            assert back in STROKES[stroke], (stroke, heading)
            (heading,) = STROKES[stroke] - {back}
        column, row = column + heading[0], row + heading[1]
    return row


@given(st.permutations(range(9)), st.sampled_from([56, 76, 110]))
def test_every_line_leads_from_its_measure_to_the_same_measure_of_the_model(
    places: list[int], width: int
) -> None:
    lines = [line.ljust(width) for line in draw(order_of(places), width).plain.split("\n")]

    for left, right in enumerate(places):
        start = re.search(r"abc ─", lines[1 + 2 * left])
        assert start
        arrival = follow(lines, 1 + 2 * left, start.end() - 1)
        assert (arrival - 1) // 2 == right


def test_an_order_like_the_models_is_drawn_without_a_crossing() -> None:
    assert "┼" not in draw(order_of([0, 1, 2, 3]), 56).plain


def test_two_measures_the_wrong_way_round_cross() -> None:
    assert draw(order_of([1, 0]), 56).plain.count("┼") == 1


@pytest.mark.parametrize("width", [40, 56, 76, 118])
@pytest.mark.parametrize(
    "debrief", [example_debrief(), empty_debrief(), hostile_debrief()], ids=["all", "none", "bad"]
)
def test_no_row_is_wider_than_the_screen(debrief: object, width: int) -> None:
    drawn = draw(debrief_view(debrief).order, width)  # type: ignore[arg-type]  # from the table

    assert all(line.cell_length <= width for line in drawn.split("\n"))


def test_a_missing_measure_is_marked_and_no_line_leads_to_it() -> None:
    last = draw(debrief_view(example_debrief()).order, 76).plain.split("\n")[-2]

    assert "4✗ Create redundancy" in last
    assert "▸" not in last
