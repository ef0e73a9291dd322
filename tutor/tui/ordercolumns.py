"""The candidate's order and the model's, as two columns joined by lines."""

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from tutor.locales import _
from tutor.report.order import OrderLink, OrderNode, OrderView

_UP, _DOWN, _LEFT, _RIGHT = 1, 2, 4, 8
# By the directions in which a cell is joined to its neighbours.
_STROKES = {
    _UP: "│",
    _DOWN: "│",
    _LEFT: "─",
    _RIGHT: "─",
    _UP | _DOWN: "│",
    _LEFT | _RIGHT: "─",
    _UP | _RIGHT: "└",
    _UP | _LEFT: "┘",
    _DOWN | _RIGHT: "┌",
    _DOWN | _LEFT: "┐",
    _UP | _DOWN | _RIGHT: "├",
    _UP | _DOWN | _LEFT: "┤",
    _LEFT | _RIGHT | _UP: "┴",
    _LEFT | _RIGHT | _DOWN: "┬",
    _UP | _DOWN | _LEFT | _RIGHT: "┼",
}
# From this width on there is room for an empty column between two vertical lines.
_ROOMY = 76
_FAULTY, _SOUND, _LOOSE = "$text-warning", "$text-success", "$text-error"


def draw(order: OrderView, width: int) -> Content:
    """Return the two columns in `width` cells, two rows an entry.

    A line leaves the first row of its entry and arrives at the second, so that two lines never
    share a stretch and only ever cross; a line that goes straight stays on the first row.
    """
    band = _Band(order.links, max(len(order.left), len(order.right)), width)
    left_width = (width - band.width) // 2
    right_width = width - band.width - left_width
    left_titles, right_titles = (_("Your order"), _("Model")), (left_width, right_width)
    head = [
        Content.styled(title, "bold").truncate(room, ellipsis=True, pad=True)
        for title, room in zip(left_titles, right_titles, strict=True)
    ]
    lines = [head[0] + Content(" " * band.width) + head[1]]
    starting = {link.left for link in order.links}
    for entry in range(band.entries):
        left = _rows(order.left[entry : entry + 1], left_width - 1, lead=entry in starting)
        right = _rows(order.right[entry : entry + 1], right_width - 1, lead=False)
        lines.extend(
            left[row] + band.row(2 * entry + row) + Content(" ") + right[row] for row in (0, 1)
        )
    return Content("\n").join(line.rstrip() for line in lines)


def _rows(nodes: Sequence[OrderNode], width: int, *, lead: bool) -> tuple[Content, Content]:
    """Return the two rows of an entry, padded; `lead` draws a line from the text to the band."""
    if not nodes:
        blank = Content(" " * (width + (1 if lead else 0)))
        return Content(" " * width) + Content(" "), blank + Content(" ")
    node = nodes[0]
    mark = "!" if node.is_faulty else " " if node.is_joined else "✗"
    style = _style(node)
    label = f"{node.label}{mark}".rjust(3) + " "
    room = max(width - len(label), 4)
    wrapped = Content(node.text).wrap(room)
    first = wrapped[0].rstrip() if wrapped else Content("")
    second = Content(" ").join(wrapped[1:]).truncate(room, ellipsis=True)
    first_row = Content.assemble((label, f"bold {style}"), first)
    stroke = "─" if lead else " "
    gap = width + 1 - first_row.cell_length
    first_row += Content.styled(" " + stroke * (gap - 1) if gap > 0 else "", style)
    second_row = Content(" " * len(label)) + second
    return first_row, second_row.extend_right(width + 1 - second_row.cell_length)


def _style(node: OrderNode | OrderLink) -> str:
    if node.is_faulty:
        return _FAULTY
    return _LOOSE if isinstance(node, OrderNode) and not node.is_joined else _SOUND


@dataclass
class _Cell:
    joined: int = 0
    is_faulty: bool = False


class _Band:
    """The lines between the columns, on a grid of cells."""

    def __init__(self, links: Sequence[OrderLink], entries: int, width: int) -> None:
        self.entries = entries
        lanes = _lanes(links)
        step = 2 if width >= _ROOMY else 1
        self.width = max(max(lanes.values(), default=-1) * step + 4, 4)
        self._cells = [[_Cell() for _x in range(self.width)] for _y in range(2 * entries)]
        self._arrows = {}
        for link in links:
            end = 2 * link.right + (0 if link.left == link.right else 1)
            self._arrows[end] = link
            self._draw(link, lanes.get(link, 0) * step + 1, end)

    def _draw(self, link: OrderLink, lane: int, end: int) -> None:
        start = 2 * link.left
        if start == end:
            for x in range(self.width):
                self._join(x, start, _LEFT | _RIGHT, link)
            return
        down = end > start
        for x in range(lane):
            self._join(x, start, _LEFT | _RIGHT, link)
        self._join(lane, start, _LEFT | (_DOWN if down else _UP), link)
        for y in range(min(start, end) + 1, max(start, end)):
            self._join(lane, y, _UP | _DOWN, link)
        self._join(lane, end, _RIGHT | (_UP if down else _DOWN), link)
        for x in range(lane + 1, self.width):
            self._join(x, end, _LEFT | _RIGHT, link)

    def _join(self, x: int, y: int, directions: int, link: OrderLink) -> None:
        cell = self._cells[y][x]
        cell.joined |= directions
        cell.is_faulty |= link.is_faulty

    def row(self, y: int) -> Content:
        """Return one row of the band, with an arrow head where a line arrives."""
        parts = [
            (_STROKES.get(cell.joined, " "), _FAULTY if cell.is_faulty else _SOUND)
            for cell in self._cells[y]
        ]
        if y in self._arrows:
            parts[-1] = ("▸", _style(self._arrows[y]))
        return Content.assemble(*parts)


def _lanes(links: Sequence[OrderLink]) -> dict[OrderLink, int]:
    """Give each line that is not straight the first lane in which no other is on its rows."""
    lanes: dict[OrderLink, int] = {}
    taken: list[list[tuple[int, int]]] = []
    for link in links:
        if link.left == link.right:
            continue
        ends = sorted((2 * link.left, 2 * link.right + 1))
        free = (
            lane
            for lane, spans in enumerate(taken)
            if all(ends[1] < start or end < ends[0] for start, end in spans)
        )
        lanes[link] = lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append((ends[0], ends[1]))
    return lanes
