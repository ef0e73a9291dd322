"""The candidate's order beside the model's."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from tutor.core.damage import candidate_order
from tutor.core.debrief import Debrief
from tutor.core.plaintext import clean
from tutor.locales import _
from tutor.report import words
from tutor.report.evidence import AnswerStep

# A long sentence; a label has to name a step, not to repeat it.
LINE_CHARACTERS = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderNode:
    """One entry of a column; `label` is its number there, `text` one line of words."""

    label: str
    text: str
    is_faulty: bool = False
    is_joined: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderLink:
    """A line from a place on the left to a place on the right, both counted from 0."""

    left: int
    right: int
    is_faulty: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderView:
    """Two columns with the lines between them, and what is wrong in words."""

    left: tuple[OrderNode, ...]
    right: tuple[OrderNode, ...]
    links: tuple[OrderLink, ...]
    faults: tuple[str, ...]
    said: str

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The entries of both columns side by side, with their numbers."""
        pairs = zip_longest(self.left, self.right)
        return tuple((_entry(left), _entry(right)) for left, right in pairs)


def _entry(node: OrderNode | None) -> str:
    return f"{node.label} {node.text}" if node else ""


def order_view(debrief: Debrief, steps: Sequence[AnswerStep]) -> OrderView:
    """Set the credited measures, in the order of writing, against the model's order."""
    result = debrief.result
    model = debrief.rubric.model_order()
    own = candidate_order(debrief.rubric, result)
    faulty = {i for fault in result.order_faults for i in (fault.earlier, fault.later)}
    places = {measure.id: place for place, measure in enumerate(model)}
    links = tuple(
        OrderLink(left=left, right=places[measure.id], is_faulty=measure.id in faulty)
        for left, measure in enumerate(own)
    )
    joined = {link.right for link in links}
    texts = {measure.id: one_line(measure.text) for measure in model}
    return OrderView(
        left=tuple(
            OrderNode(
                label=str(place),
                text=_own_words(result.measures[measure.id].steps, steps) or texts[measure.id],
                is_faulty=measure.id in faulty,
            )
            for place, measure in enumerate(own, 1)
        ),
        right=tuple(
            OrderNode(
                label=str(place + 1),
                text=texts[measure.id],
                is_faulty=measure.id in faulty,
                is_joined=place in joined,
            )
            for place, measure in enumerate(model)
        ),
        links=links,
        faults=tuple(
            words.fault_words(
                fault, texts[fault.earlier].rstrip("."), texts[fault.later].rstrip(".")
            )
            for fault in result.order_faults
        ),
        said=_said(debrief, len(own)),
    )


def one_line(text: str) -> str:
    """Return a text, safe to show, on a single line which is cut where it would be a page."""
    line = " ".join(clean(text).split())
    return line if len(line) <= LINE_CHARACTERS else line[: LINE_CHARACTERS - 1] + "…"


def _own_words(numbers: Sequence[int], steps: Sequence[AnswerStep]) -> str:
    first = min(numbers, default=0)
    return one_line(steps[first - 1].measure) if 1 <= first <= len(steps) else ""


def _said(debrief: Debrief, credited: int) -> str:
    if credited < 2:
        return _("An order can be marked from two found measures on.")
    if not debrief.result.order_faults:
        return _("The order is sensible: nothing stands before what it needs.")
    return _("Lines that cross show measures in another order than the model's.")
