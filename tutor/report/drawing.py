"""Where the lines of a report's drawings run, so that its template need not calculate."""

from dataclasses import dataclass

from tutor.report.damage import DamageView
from tutor.report.order import OrderView
from tutor.report.words import hours_words, money_words

# Drawing units; the page scales them. An entry of the order has the height of three small lines.
ROW_HEIGHT = 44
BAND_WIDTH = 120
PLOT_WIDTH, PLOT_HEIGHT = 640, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 90, 10, 10, 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A path in SVG's own notation, and the class that styles it."""

    path: str
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A label on an axis, and where it stands."""

    x: str
    y: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDrawing:
    """The lines between the two columns; both have rows of `row_height`."""

    width: int
    height: int
    row_height: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DamageDrawing:
    """The curves with their axes."""

    width: int
    height: int
    axes: str
    lines: tuple[Line, ...]
    hours: tuple[Tick, ...]
    losses: tuple[Tick, ...]


def order_drawing(order: OrderView) -> OrderDrawing:
    """Join the middle of each entry on the left with the middle of its entry on the right."""
    rows = max(len(order.left), len(order.right))
    lines = []
    for link in order.links:
        start, end = (int((place + 0.5) * ROW_HEIGHT) for place in (link.left, link.right))
        bend = BAND_WIDTH // 2
        lines.append(
            Line(
                path=f"M0 {start} C{bend} {start} {bend} {end} {BAND_WIDTH} {end}",
                style="faulty" if link.is_faulty else "sound",
            )
        )
    return OrderDrawing(
        width=BAND_WIDTH, height=rows * ROW_HEIGHT, row_height=ROW_HEIGHT, lines=tuple(lines)
    )


def damage_drawing(damage: DamageView) -> DamageDrawing:
    """Lay the curves out over the whole horizon, up to the highest loss."""
    right, bottom = PLOT_WIDTH - _RIGHT, PLOT_HEIGHT - _BOTTOM

    def across(hour: float) -> str:
        return f"{_LEFT + (right - _LEFT) * hour / damage.horizon_hours:.1f}"

    def up(loss: float) -> str:
        return f"{bottom - (bottom - _TOP) * loss / (damage.highest or 1):.1f}"

    quarters = [damage.horizon_hours * part / 4 for part in range(5)]
    halves = [damage.highest * part / 2 for part in range(3)]
    return DamageDrawing(
        width=PLOT_WIDTH,
        height=PLOT_HEIGHT,
        axes=f"M{_LEFT} {_TOP} V{bottom} H{right}",
        lines=tuple(
            Line(
                path="M" + " L".join(f"{across(hour)} {up(loss)}" for hour, loss in curve.points),
                style=curve.kind,
            )
            for curve in damage.curves
        ),
        hours=tuple(
            Tick(
                x=across(hour),
                y=str(PLOT_HEIGHT - 6),
                text=hours_words(hour),
                # The last label would be cut off at the edge.
                anchor="end" if hour == quarters[-1] else "middle",
            )
            for hour in quarters
        ),
        losses=tuple(
            Tick(x=str(_LEFT - 6), y=up(loss), text=money_words(loss, damage.unit), anchor="end")
            for loss in halves
        ),
    )
