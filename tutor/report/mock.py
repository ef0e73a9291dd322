"""A mock exam in words and figures, for the screen, the command line, HTML and JSON."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tutor.core.case import Case
from tutor.core.mock import Mock
from tutor.core.plaintext import clean
from tutor.core.result import Result
from tutor.core.rubric import Rubric
from tutor.locales import _, active_language, ngettext
from tutor.report.conditions import conditions_words
from tutor.report.section import NONE, Section
from tutor.report.words import (
    credit_word,
    day_words,
    grade_figure,
    grade_words,
    percent,
    reason_word,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class MockPart:
    """One case of a mock exam as it is told; `result` is None where it was not sat or marked."""

    case: Case
    rubric: Rubric
    result: Result | None
    max_points: int


def total_section(
    mock: Mock, parts: Sequence[MockPart], points: int, max_points: int, grade: float
) -> Section:
    """Return the total, with the assumption its grade rests on, and a line for each case."""
    said = [
        _("{points} of {most} points.").format(points=points, most=max_points)
        + f" {grade_words(grade)}",
    ]
    missing = sum(part.result is None for part in parts)
    if missing:
        said.append(
            ngettext(
                "{count} case was not sat or not marked and counts nothing.",
                "{count} cases were not sat or not marked and count nothing.",
                missing,
            ).format(count=missing)
        )
    conditions = conditions_words(
        mock.conditions.time_factor, hidden_clock=mock.conditions.hidden_clock
    )
    if conditions:
        said.append(_("Conditions: {conditions}").format(conditions=conditions))
    if mock.seed is not None:
        said.append(_("Seed: {seed}").format(seed=mock.seed))
    return Section(
        id="total",
        title=_("Total"),
        said=tuple(said),
        header=(_("Case"), _("Points"), _("Grade*"), _("Compl."), _("Order"), _("Just.")),
        rows=tuple(_row(part) for part in parts),
    )


def case_section(part: MockPart) -> Section:
    """Return what was found of a case, measure by measure."""
    result = part.result
    return Section(
        id=f"case-{part.case.id}",
        title=clean(part.case.title),
        said=() if result else (_("Not sat or not marked."),),
        header=(_("Measure"), _("Result"), _("Reason")),
        rows=tuple(
            (clean(measure.text), credit_word(mark.credit), reason_word(mark.reason))
            for measure in part.rubric.model_order()
            if result and (mark := result.measures.get(measure.id))
        ),
    )


def mock_page(mock: Mock, sections: Sequence[Section]) -> str:
    """Return the report of a mock exam as one HTML file."""
    from tutor.report.render import environment

    return (
        environment()
        .get_template("progress.html.j2")
        .render(
            language=active_language(),
            title=_("Mock exam"),
            day=day_words(mock.ended_at or mock.started_at),
            sections=sections,
            drawings=[],
            dots="",
            assumption=_("* Grades are assumed: 1 + 5 × points / max, in halves."),
        )
    )


def mock_record(
    mock: Mock, parts: Sequence[MockPart], points: int, max_points: int, grade: float
) -> dict[str, Any]:
    """Return a mock exam as an object of JSON, under stable names."""
    return {
        "id": mock.id,
        "started_at": mock.started_at.isoformat(),
        "ended_at": mock.ended_at and mock.ended_at.isoformat(),
        "seed": mock.seed,
        "time_factor": mock.conditions.time_factor,
        "hidden_clock": mock.conditions.hidden_clock,
        "points": points,
        "max_points": max_points,
        "grade": grade,
        "grade_assumption": "1 + 5 * points / max_points, rounded to halves",
        "cases": [
            {
                "case": part.case.id,
                "language": part.case.language,
                "max_points": part.max_points,
                "result": None if part.result is None else part.result.to_json(),
            }
            for part in parts
        ],
    }


def _row(part: MockPart) -> tuple[str, ...]:
    title, result = clean(part.case.title), part.result
    if result is None:
        return (title, f"0/{part.max_points}", NONE, NONE, NONE, NONE)
    return (
        title,
        f"{result.points}/{result.max_points}",
        f"{grade_figure(result.grade)}*",
        percent(result.completeness),
        NONE if result.order is None else percent(result.order),
        percent(result.justification),
    )
