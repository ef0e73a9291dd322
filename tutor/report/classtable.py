"""The marks of a class as a table: CSV, XLSX, and one JSON object a line."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import Any

from tutor.core.plaintext import clean
from tutor.core.result import Result

Cell = str | float | int | None

# Spreadsheets read a cell that begins so as a formula, whoever wrote it (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassLine:
    """One answer: who wrote it, what the machine gave, who decided what, and what counts.

    `attempt` tells several answers of one person apart, counted from 1.
    `state` is `final`, `to settle`, `unmarked`, or `outdated` where the rubric has changed under
    people's decisions. `human` maps each marker to decisions by
    subject, such as `measure:landing-page`.
    """

    name: str
    attempt: int
    state: str
    machine: Result | None
    human: Mapping[str, Mapping[str, float]]
    final: Result | None


def columns(measures: Sequence[str], questions: Sequence[str]) -> tuple[str, ...]:
    """Return the names of the columns; they are the same in every language, for formulas."""
    return (
        "candidate",
        "attempt",
        "state",
        *(f"rating:{question}" for question in questions),
        "points",
        "max_points",
        "grade_assumed",
        "completeness",
        "order",
        "justification",
        *(f"measure:{measure}" for measure in measures),
        *(f"reason:{measure}" for measure in measures),
        "pitfalls",
        *(f"machine_rating:{question}" for question in questions),
        *(f"machine:{measure}" for measure in measures),
        "markers",
        "engine",
        "rubric_sha256",
    )


def cells(line: ClassLine, measures: Sequence[str], questions: Sequence[str]) -> tuple[Cell, ...]:
    """Return the cells of one answer; what is not known is None."""
    final, machine = line.final, line.machine
    return (
        line.name,
        line.attempt,
        line.state,
        *(final.ratings.get(question) if final else None for question in questions),
        final.points if final else None,
        final.max_points if final else None,
        final.grade if final else None,
        final.completeness if final else None,
        final.order if final else None,
        final.justification if final else None,
        *(_credit(final, measure) for measure in measures),
        *(_reason(final, measure) for measure in measures),
        " ".join(sorted({mark.id for mark in final.pitfalls})) if final else None,
        *(machine.ratings.get(question) if machine else None for question in questions),
        *(_credit(machine, measure) for measure in measures),
        " ".join(sorted(line.human)),
        f"{machine.engine.name} {machine.engine.version}" if machine else None,
        machine.rubric_sha256 if machine else None,
    )


def _credit(result: Result | None, measure: str) -> float | None:
    mark = result.measures.get(measure) if result else None
    return mark.credit if mark else None


def _reason(result: Result | None, measure: str) -> float | None:
    mark = result.measures.get(measure) if result else None
    return mark.reason if mark else None


def defused(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; an apostrophe stands before it."""
    text = clean(text)
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def to_csv(
    lines: Sequence[ClassLine],
    measures: Sequence[str],
    questions: Sequence[str],
    *,
    bom: bool = False,
) -> str:
    """Return the table as CSV (RFC 4180); `bom` begins it with a byte order mark."""
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns(measures, questions))
    for line in lines:
        writer.writerow(
            [
                defused(cell) if isinstance(cell, str) else cell
                for cell in cells(line, measures, questions)
            ]
        )
    return ("\ufeff" if bom else "") + out.getvalue()


def to_xlsx(lines: Sequence[ClassLine], measures: Sequence[str], questions: Sequence[str]) -> bytes:
    """Return the table as a workbook with one sheet; texts are texts, never formulas."""
    import xlsxwriter

    out = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("marks")
        bold = book.add_format({"bold": True})
        names = columns(measures, questions)
        for column, name in enumerate(names):
            sheet.write_string(0, column, name, bold)
        for row, line in enumerate(lines, 1):
            for column, cell in enumerate(cells(line, measures, questions)):
                if isinstance(cell, str):
                    sheet.write_string(row, column, clean(cell))
                elif cell is not None:
                    sheet.write_number(row, column, cell)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, len(lines), len(names) - 1)
        sheet.autofit()
    return out.getvalue()


def to_jsonl(lines: Sequence[ClassLine]) -> str:
    """Return one JSON object a line, with the three layers side by side."""
    return "".join(json.dumps(_record(line)) + "\n" for line in lines)


def _record(line: ClassLine) -> dict[str, Any]:
    def layer(result: Result | None) -> dict[str, Any] | None:
        # The id is made from the candidate's name; the name that is shown takes its place.
        name = line.name if line.attempt == 1 else f"{line.name} ({line.attempt})"
        return None if result is None else {**result.to_json(), "id": name}

    return {
        "candidate": line.name,
        "attempt": line.attempt,
        "state": line.state,
        "machine": layer(line.machine),
        "human": {marker: dict(values) for marker, values in line.human.items()},
        "final": layer(line.final),
    }
