"""The marks of a class in all the forms in which they leave it."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from io import BytesIO

from tutor.core.classroom import Kind, Subject
from tutor.core.plaintext import clean
from tutor.report.classreport import render_class
from tutor.report.classtable import ClassLine, to_csv, to_jsonl, to_xlsx
from tutor.report.render import render
from tutor.report.words import attempt_name
from tutor.session.classanalysis import agreements, class_items
from tutor.session.classroom import Classroom
from tutor.session.finalmark import Sheet

# Files in an archive carry a date; a fixed one keeps equal reports equal.
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def export(
    classroom: Classroom, wanted: str, *, pseudonyms: bool = False, bom: bool = False
) -> bytes:
    """Return the class as `csv`, `xlsx`, `jsonl`, `zip` (a report each) or `html` (one in all)."""
    sheets = classroom.sheets(blind=pseudonyms)
    if wanted == "html":
        return _report(classroom, sheets).encode("utf-8")
    if wanted == "zip":
        return _reports(classroom, sheets)
    lines = [_line(sheet) for sheet in sheets]
    measures = [measure.id for measure in classroom.rubric.model_order()]
    questions = [question.id for question in classroom.case.key_questions]
    if wanted == "xlsx":
        return to_xlsx(lines, measures, questions)
    text = to_jsonl(lines) if wanted == "jsonl" else to_csv(lines, measures, questions, bom=bom)
    return text.encode("utf-8")


def _line(sheet: Sheet) -> ClassLine:
    human: dict[str, Mapping[str, float]] = {
        marker: _named(sheet.human.of(marker)) for marker in sheet.human.by_marker
    }
    settled = {
        subject: decision.value
        for subject, decision in sheet.human.settled.items()
        if decision.value is not None
    }
    if settled:
        human["(settled)"] = _named(settled)
    return ClassLine(
        name=sheet.shown_name,
        attempt=sheet.entry.attempt,
        state=_state(sheet),
        machine=sheet.machine,
        human={marker: values for marker, values in human.items() if values},
        final=sheet.final,
    )


def _named(values: Mapping[Subject, float]) -> dict[str, float]:
    return {f"{subject.kind.value}:{subject.key}": value for subject, value in values.items()}


def _state(sheet: Sheet) -> str:
    if sheet.machine is None:
        return "unmarked"
    if sheet.final is not None:
        return "final"
    return "to settle" if sheet.differences else "outdated"


def _report(classroom: Classroom, sheets: Sequence[Sheet]) -> str:
    return render_class(
        classroom.info.name,
        classroom.case,
        classroom.rubric,
        class_items(classroom.case, classroom.rubric, sheets),
        agreements(sheets, classroom.subjects),
    )


def _reports(classroom: Classroom, sheets: Sequence[Sheet]) -> bytes:
    """Return a zip with the debrief of every answer whose mark is final."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        used: set[str] = set()
        for sheet in sheets:
            if sheet.final is None:
                continue
            debrief = replace(
                classroom.debrief(sheet.entry, sheet.final),
                candidate=attempt_name(sheet.shown_name, sheet.entry.attempt),
                judged=_judged(sheet),
            )
            name = _file_name(sheet.shown_name, used)
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, render(debrief, "html"))
    return out.getvalue()


def _judged(sheet: Sheet) -> frozenset[str]:
    subjects = {subject for own in sheet.human.by_marker.values() for subject in own}
    return frozenset(
        subject.key
        for subject in subjects | set(sheet.human.settled)
        if subject.kind is not Kind.RATING and sheet.human.verdict(subject) is not None
    )


def _file_name(shown_name: str, used: set[str]) -> str:
    """Return a name that is safe on every system and not yet in the archive."""
    stem = re.sub(r"[^\w-]+", "-", clean(shown_name)).strip("-")[:80] or "candidate"
    name, number = f"{stem}.html", 1
    while name.casefold() in used:
        number += 1
        name = f"{stem}-{number}.html"
    used.add(name.casefold())
    return name
