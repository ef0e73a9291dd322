"""The progress in words and figures, for the screen, the command line, HTML and JSON.

The keys of JSON: `as_of`, `attempts`, `weeks_in_a_row`, `due`, `performances`, `cases`, `areas`,
`ideas`, `measures`, `grade_assumption`. Shares and recalls run from 0 to 1; a figure is null
where nothing was marked. docs/progress.md explains each.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from tutor.core.memory import Outcome
from tutor.core.plaintext import clean
from tutor.core.progress import MeasureProgress, Performance, Progress, mean
from tutor.locales import _, ngettext
from tutor.report.conditions import conditions_words
from tutor.report.section import NONE, Section
from tutor.report.words import (
    area_name,
    clock_words,
    date_words,
    grade_figure,
    percent,
)

# The measures that are least remembered; more is a list nobody works through.
WEAKEST = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One figure from attempt to attempt, in per cent; None where there is none."""

    name: str
    values: tuple[float | None, ...]


def section_titles() -> dict[str, str]:
    """Return the titles of the sections by id, in their order."""
    return {
        "course": _("Course"),
        "cases": _("Cases"),
        "areas": _("Areas"),
        "ideas": _("Ideas"),
        "measures": _("Measures"),
        "time": _("Time"),
    }


def progress_sections(progress: Progress) -> tuple[Section, ...]:
    """Return the parts of the progress in their order."""
    return (
        _course(progress),
        _cases(progress),
        _areas(progress),
        _ideas(progress),
        _measures(progress),
        _time(progress),
    )


def courses(performances: Sequence[Performance]) -> tuple[Course, ...]:
    """Return points and sub-scores from attempt to attempt."""
    return (
        Course(name=_("Points"), values=tuple(100 * one.share for one in performances)),
        Course(name=_("Completeness"), values=tuple(100 * p.completeness for p in performances)),
        Course(
            name=_("Order"),
            values=tuple(None if p.order is None else 100 * p.order for p in performances),
        ),
        Course(name=_("Justification"), values=tuple(100 * p.justification for p in performances)),
    )


def outcome_words(outcome: Outcome | None) -> str:
    """Say what an answer showed of a measure."""
    if outcome is None:
        return _("not asked yet")
    return {
        Outcome.FOUND_WITH_REASON: _("found with reason"),
        Outcome.FOUND: _("found"),
        Outcome.HALF: _("half found"),
        Outcome.MISSED: _("missed"),
        Outcome.GIVEN_UP: _("given up"),
    }[outcome]


def due_words(due: int) -> str:
    """Say how much is to be repeated today."""
    if not due:
        return _("Nothing is due today.")
    return ngettext("{count} measure is due today.", "{count} measures are due today.", due).format(
        count=due
    )


def weeks_words(weeks: int) -> str:
    """Say for how many weeks somebody has been practising, or nothing for the first."""
    return _("Week {count} in a row.").format(count=weeks) if weeks > 1 else ""


def progress_record(progress: Progress) -> dict[str, Any]:
    """Return the progress as an object of JSON, under stable names."""
    return {
        "as_of": progress.as_of.isoformat(),
        "attempts": progress.attempts,
        "weeks_in_a_row": progress.weeks_in_a_row,
        "due": progress.due,
        "performances": [_plain(asdict(one)) for one in progress.performances],
        "cases": [_plain(asdict(case)) for case in progress.cases],
        "areas": [_plain(asdict(area)) for area in progress.areas],
        "ideas": [
            {
                "idea": idea.idea,
                "title": idea.title,
                "recall": idea.recall,
                "answers": idea.answers,
                "missed": idea.missed,
                "measures": [[measure.case, measure.measure] for measure in idea.measures],
            }
            for idea in progress.ideas
        ],
        "measures": [_measure_record(measure) for measure in progress.measures],
        "grade_assumption": "1 + 5 * points / max_points, rounded to halves",
    }


def _course(progress: Progress) -> Section:
    said = [
        ngettext("{count} attempt.", "{count} attempts.", progress.attempts).format(
            count=progress.attempts
        ),
        weeks_words(progress.weeks_in_a_row),
        due_words(progress.due),
    ]
    lines = [" ".join(filter(None, said))]
    if progress.performances:
        best = max(progress.performances, key=lambda one: (one.share, one.handed_in_at))
        lines.append(
            _("First attempts: {first} of the points on average; repeats: {repeats}.").format(
                first=_percent(mean(one.share for one in progress.firsts)),
                repeats=_percent(mean(one.share for one in progress.repeats)),
            )
        )
        lines.append(
            _("Personal best: {points}/{most} in “{title}”, {day}. Last ten: {mean}.").format(
                points=best.points,
                most=best.max_points,
                title=clean(best.title),
                day=date_words(best.handed_in_at),
                mean=_percent(mean(one.share for one in progress.last)),
            )
        )
    return Section(
        id="course",
        title=section_titles()["course"],
        said=tuple(lines),
        header=(
            _("When"),
            _("Case"),
            _("Try"),
            _("Rating"),
            _("Points"),
            _("Grade*"),
            _("Compl."),
            _("Order"),
            _("Just."),
        ),
        rows=tuple(_performance_row(one) for one in reversed(progress.last)),
        wide=1,
    )


def _performance_row(one: Performance) -> tuple[str, ...]:
    return (
        date_words(one.handed_in_at),
        clean(one.title),
        _("first") if one.is_first else _("repeat"),
        str(one.rating),
        f"{one.points}/{one.max_points}",
        f"{grade_figure(one.grade)}*",
        _percent(one.completeness),
        _percent(one.order),
        _percent(one.justification),
    )


def _cases(progress: Progress) -> Section:
    return Section(
        id="cases",
        title=section_titles()["cases"],
        said=(_("“First” is what you could do without having seen the solution."),),
        header=(_("Case"), _("Area"), _("Attempts"), _("First"), _("Best"), _("Last"), _("When")),
        rows=tuple(
            (
                clean(case.title),
                case.area.value if case.area else "",
                str(case.attempts),
                _percent(case.first),
                _percent(case.best),
                _percent(case.last),
                NONE if case.last_at is None else date_words(case.last_at),
            )
            for case in progress.cases
        ),
    )


def _areas(progress: Progress) -> Section:
    return Section(
        id="areas",
        title=section_titles()["areas"],
        said=(_("Mean points of the first and of the last attempt at each case of an area."),),
        header=(_("Area"), _("Cases"), _("Tried"), _("Attempts"), _("First"), _("Last")),
        rows=tuple(
            (
                f"{area.area.value} {area_name(area.area)}",
                str(area.cases),
                str(area.tried),
                str(area.attempts),
                _percent(area.first),
                _percent(area.last),
            )
            for area in progress.areas
        ),
    )


def _ideas(progress: Progress) -> Section:
    return Section(
        id="ideas",
        title=section_titles()["ideas"],
        said=(_("The same idea stands behind measures of several cases; the weakest is first."),),
        header=(_("Idea"), _("Asked"), _("Missed"), _("Remembered now")),
        rows=tuple(
            (clean(idea.title), str(idea.answers), str(idea.missed), _percent(idea.recall))
            for idea in progress.ideas
        ),
    )


def _measures(progress: Progress) -> Section:
    return Section(
        id="measures",
        title=section_titles()["measures"],
        said=(_("What you remember least. The quick drill asks for it."), due_words(progress.due)),
        header=(_("Measure"), _("Last time"), _("Missed"), _("Remembered now"), _("Due")),
        rows=tuple(
            (
                f"{clean(measure.text)} ({clean(measure.case_title)})",
                outcome_words(measure.outcome),
                f"{measure.memory.missed}/{measure.memory.answers}",
                _percent(measure.recall),
                _("today") if measure.is_due else date_words(measure.memory.due_at()),
            )
            for measure in progress.weakest[:WEAKEST]
            if measure.memory is not None
        ),
    )


def _time(progress: Progress) -> Section:
    return Section(
        id="time",
        title=section_titles()["time"],
        said=(
            _("When the first word came, how long you stopped, what you wrote in the last minute."),
        ),
        header=(
            _("When"),
            _("Case"),
            _("First word"),
            _("Pauses"),
            _("Paused"),
            _("Late words"),
            _("Conditions"),
        ),
        rows=tuple(_time_row(one) for one in reversed(progress.last)),
        wide=1,
    )


def _time_row(one: Performance) -> tuple[str, ...]:
    time = one.time
    return (
        date_words(one.handed_in_at),
        clean(one.title),
        NONE if time.first_word_seconds is None else clock_words(time.first_word_seconds),
        str(time.pauses),
        clock_words(time.pause_seconds),
        str(time.late_words),
        conditions_words(one.time_factor, hidden_clock=one.hidden_clock),
    )


def _percent(share: float | None) -> str:
    return NONE if share is None else percent(share)


def _measure_record(measure: MeasureProgress) -> dict[str, Any]:
    memory = measure.memory
    record: dict[str, Any] = {
        "case": measure.case,
        "measure": measure.measure,
        "text": measure.text,
        "idea": measure.idea,
        "recall": measure.recall if memory else None,
        "due": measure.is_due,
        "memory": None,
    }
    if memory is not None:
        record["memory"] = _plain(asdict(memory)) | {"due_at": memory.due_at().isoformat()}
    return record


def _plain(record: dict[str, Any]) -> dict[str, Any]:
    return {key: _value(value) for key, value in record.items()}


def _value(value: Any) -> Any:
    match value:
        case StrEnum():
            return value.value
        case datetime():
            return value.isoformat()
        case dict():
            return _plain(value)
    return value


def plot_points(values: Iterable[float | None]) -> tuple[tuple[int, float], ...]:
    """Return number (from 1) and value of each attempt that has one."""
    return tuple((n, value) for n, value in enumerate(values, 1) if value is not None)
