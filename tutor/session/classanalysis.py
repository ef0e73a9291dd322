"""What a marked class says about its markers, and about the case."""

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import combinations
from statistics import fmean

from tutor.core.agreement import MACHINE, PEOPLE, AgreementRow, agreement_of
from tutor.core.case import Case
from tutor.core.classroom import CREDITS, Kind, Subject
from tutor.core.items import ClassItems, item_of
from tutor.core.rubric import Rubric
from tutor.session.classroom import machine_value
from tutor.session.finalmark import Sheet

_Judge = Callable[[Sheet, Subject], float | None]


def agreements(sheets: Sequence[Sheet], subjects: Sequence[Subject]) -> tuple[AgreementRow, ...]:
    """Compare the machine with people, and every two markers with each other.

    Only what both decided is compared. Markers who decided nothing in common are left out; so
    is, of the machine with people, what `unsettled` counts.
    """
    disputed = unsettled(sheets, subjects)
    markers = sorted({marker for sheet in sheets for marker in sheet.human.by_marker})
    pairs: list[tuple[str, _Judge, str, _Judge]] = [(MACHINE, _machine, PEOPLE, _people)]
    pairs += [(one, _of(one), other, _of(other)) for one, other in combinations(markers, 2)]
    rows: list[AgreementRow] = []
    for one, first, other, second in pairs:
        judged = {subject: _both(sheets, subject, first, second) for subject in subjects}
        measures = [
            pair
            for subject, values in judged.items()
            if subject.kind is Kind.MEASURE
            for pair in values
        ]
        # Where all is disputed, the rows say so: n is 0.
        if not any(judged.values()) and not (other == PEOPLE and disputed):
            continue
        rows += [
            _row(one, other, subject, values, subject.scale) for subject, values in judged.items()
        ]
        rows.append(_row(one, other, None, measures, CREDITS))
    return tuple(rows)


def unsettled(sheets: Sequence[Sheet], subjects: Sequence[Subject]) -> Counter[Subject]:
    """Return about which of these subjects markers differ, and in how many answers each.

    Until it is settled, nobody knows what people say there.
    """
    return Counter(
        difference.subject
        for sheet in sheets
        for difference in sheet.differences
        if difference.subject in subjects
    )


def disputed_answers(sheets: Sequence[Sheet], subjects: Sequence[Subject]) -> int:
    """Return in how many answers markers differ about one of these subjects."""
    return sum(bool(unsettled([sheet], subjects)) for sheet in sheets)


def _row(
    one: str,
    other: str,
    subject: Subject | None,
    values: Sequence[tuple[float, float]],
    scale: Sequence[float],
) -> AgreementRow:
    left, right = [pair[0] for pair in values], [pair[1] for pair in values]
    return AgreementRow(
        one=one, other=other, subject=subject, agreement=agreement_of(left, right, scale)
    )


def _both(
    sheets: Sequence[Sheet], subject: Subject, first: _Judge, second: _Judge
) -> list[tuple[float, float]]:
    pairs = ((first(sheet, subject), second(sheet, subject)) for sheet in sheets)
    return [(one, other) for one, other in pairs if one is not None and other is not None]


def _machine(sheet: Sheet, subject: Subject) -> float | None:
    return None if sheet.machine is None else machine_value(sheet.machine, subject)


def _people(sheet: Sheet, subject: Subject) -> float | None:
    return sheet.human.verdict(subject)


def _of(marker: str) -> _Judge:
    return lambda sheet, subject: sheet.human.of(marker).get(subject)


def class_items(case: Case, rubric: Rubric, sheets: Sequence[Sheet]) -> ClassItems:
    """Analyse the answers whose marks are final and know the rubric's measures."""
    wanted = {measure.id for measure in rubric.measures}
    counted = [
        (sheet.entry.candidate, sheet.final)
        for sheet in sheets
        if sheet.final is not None and set(sheet.final.measures) >= wanted
    ]
    finals = [final for _candidate, final in counted]
    rows = [{key: final.measures[key].credit for key in wanted} for final in finals]
    stepped = Counter(key for final in finals for key in {mark.id for mark in final.pitfalls})
    ratings = Counter(rating for final in finals for rating in final.ratings.values())
    return ClassItems(
        count=len(finals),
        candidates=len({candidate for candidate, _final in counted}),
        unsettled=(unsettled := sum(bool(sheet.differences) for sheet in sheets)),
        outdated=sum(sheet.machine is not None for sheet in sheets) - len(finals) - unsettled,
        items=tuple(
            item_of(measure.id, rows, [final.measures[measure.id].position for final in finals])
            for measure in rubric.model_order()
        ),
        pitfalls=tuple((pitfall.id, stepped[pitfall.id]) for pitfall in rubric.pitfalls),
        area=case.competence_area.value if case.competence_area else "",
        points=fmean(final.points / final.max_points for final in finals) if finals else None,
        ratings=tuple((rating, ratings[rating]) for rating in range(4)),
    )
