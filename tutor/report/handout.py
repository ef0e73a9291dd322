"""A case on paper: for candidates without, for markers with its solution."""

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from tutor.core.case import Case
from tutor.core.grade import MAX_RATING, max_points_of
from tutor.core.rubric import Measure, Rubric
from tutor.locales import _, active_language, ngettext
from tutor.report.prose import blocks
from tutor.report.render import environment
from tutor.report.words import area_name, kind_name, minutes_words, rating_word

Reader: TypeAlias = Literal["candidate", "marker"]
HandoutFormat: TypeAlias = Literal["html", "md"]

# Cards on the candidate's sheet: a full answer of the bundled cases has six to nine measures.
_CARDS = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class _MeasureLine:
    """A measure as the marking sheet shows it; `notes` say weight, order and near misses."""

    number: int
    text: str
    reason: str
    notes: tuple[str, ...]
    near_misses: tuple[str, ...]


def handout(case: Case, rubric: Rubric | None, format: HandoutFormat) -> str:  # noqa: A002 - the word of the command line
    """Return a sheet to print on A4: for markers where there is a rubric, else for candidates.

    The candidate's sheet holds nothing that only markers or drill leaders may know. HTML is one
    file without script or anything to load.
    """
    template = environment().get_template(f"handout.{format}.j2")
    facts = [kind_name(case.kind), minutes_words(case.minutes)]
    if case.competence_area is not None:
        facts.append(f"{case.competence_area.value} {area_name(case.competence_area)}")
    written = template.render(
        say=_labels(),
        case=case,
        rubric=rubric,
        facts=facts,
        origin=" · ".join(part for part in (case.licence, *case.sources) if part),
        situation=blocks(case.situation),
        task=blocks(case.task),
        cards=range(1, _CARDS + 1),
        phases=_phases(rubric) if rubric is not None else (),
        ratings=[f"{number} {rating_word(number)}" for number in range(MAX_RATING, -1, -1)],
        figures=range(MAX_RATING + 1),
        points=ngettext("of {count} point", "of {count} points", most).format(count=most)
        if (most := max_points_of(case.key_questions))
        else "",
        language=active_language(),
    )
    return re.sub(r"\n{3,}", "\n\n", written)


def _labels() -> dict[str, str]:
    """Return the fixed words of the sheets, by the names the templates call them."""
    return {
        "marking_sheet": _("Marking sheet"),
        "exam_sheet": _("Exam sheet"),
        "name": _("Name"),
        "date": _("Date"),
        "situation": _("Situation"),
        "task": _("Task"),
        "your_answer": _("Your answer"),
        "measure": _("Measure"),
        "reason": _("Reason"),
        "model_solution": _("Model solution"),
        "measure_and_reason": _("Measure and reason"),
        "not": _("Not:"),
        "pitfalls": _("Pitfalls"),
        "rating": _("Ratings"),
        "points": _("Points"),
        "marked_by": _("Marked by"),
    }


def _phases(rubric: Rubric) -> tuple[tuple[str, tuple[_MeasureLine, ...]], ...]:
    """Return the measures by phase, numbered through in the model order."""
    order = rubric.model_order()
    numbers = {measure.id: number for number, measure in enumerate(order, start=1)}
    return tuple(
        (
            phase.label,
            tuple(_line(m, numbers) for m in order if m.phase == phase.id),
        )
        for phase in rubric.phases
    )


def _line(measure: Measure, numbers: dict[str, int]) -> _MeasureLine:
    notes = []
    if measure.weight != 1:
        notes.append(_("weight {weight}").format(weight=f"{measure.weight:g}"))
    if measure.after:
        before = ", ".join(str(numbers[name]) for name in measure.after)
        notes.append(_("after {numbers}").format(numbers=before))
    return _MeasureLine(
        number=numbers[measure.id],
        text=measure.text,
        reason=measure.reason,
        notes=tuple(notes),
        near_misses=measure.near_misses,
    )
