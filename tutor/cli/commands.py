"""What each command does: it asks a use case and prints the answer."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tutor.cli import authoring, classes
from tutor.cli.arguments import Arguments
from tutor.cli.check import check
from tutor.cli.choosing import chosen_case
from tutor.cli.drill import drill, drills
from tutor.cli.exitcode import ExitCode
from tutor.cli.grade import grade
from tutor.cli.home import Home
from tutor.cli.mock import mock
from tutor.cli.output import print_json
from tutor.cli.plan import plan
from tutor.cli.progress import progress
from tutor.cli.report import report
from tutor.cli.table import table
from tutor.cli.wiring import content_folders, open_library, open_practice
from tutor.cli.yourdata import export, forget, import_
from tutor.core.errors import UsageError
from tutor.core.problem import Severity
from tutor.locales import _

if TYPE_CHECKING:
    from tutor.session.practice import PastAttempt


def run(arguments: Arguments, home: Home) -> int:
    """Run the command and return its exit code; raises TutorError where it could not run."""
    commands: dict[str, Callable[[Arguments, Home], int]] = {
        "run": open_tui,
        "start": open_tui,
        "calibrate": open_tui,
        "list": list_cases,
        "check": check,
        "new": authoring.new,
        "schema": authoring.schema,
        "preview": authoring.preview,
        "handout": authoring.handout,
        "pack": authoring.pack,
        "install": authoring.install,
        "grade": grade,
        "class": classes.run,
        "review": classes.review,
        "report": report,
        "history": history,
        "progress": progress,
        "mock": mock,
        "plan": plan,
        "export": export,
        "import": import_,
        "forget": forget,
        "drill": drill,
        "drills": drills,
        "doctor": doctor,
    }
    return commands[arguments.command](arguments, home)


def open_tui(arguments: Arguments, home: Home) -> int:
    """Open the terminal UI, at the briefing of a case where one is named."""
    content_folders(arguments)  # a folder that is missing is said before the screen opens
    library = None
    chosen = None
    if arguments.command != "run":
        library = open_library(arguments, home)
        case = chosen_case(library.cases(), arguments.case, arguments.language)
        chosen = (case.id, case.language)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(_("needs a terminal; `tutor --help` lists the commands that do not"))
    # Importing frees nothing; the app switches the collector on again after the first frame.
    gc.disable()
    from tutor.tui.app import TutorApp
    from tutor.tui.intents import CalibrationRequested

    is_calibrating = arguments.command == "calibrate"
    app = TutorApp(
        lambda: open_practice(arguments, home, library),
        start_at=None if is_calibrating else chosen,
        start_with=CalibrationRequested(*chosen) if is_calibrating and chosen else None,
        theme=arguments.theme,
    )
    app.run()
    return app.return_code or ExitCode.DONE


def list_cases(arguments: Arguments, home: Home) -> int:
    """Print the cases found, with the last result of each."""
    library = open_library(arguments, home)
    entries = open_practice(arguments, home, library).entries()
    for problem in library.problems():
        print(problem, file=sys.stderr)
    if arguments.json:
        print_json(
            [
                {
                    "id": entry.id,
                    "language": entry.language,
                    "title": entry.title,
                    "kind": entry.kind.value,
                    "competence_area": entry.competence_area and entry.competence_area.value,
                    "minutes": entry.minutes,
                    "attempts": entry.attempts,
                    "best_rating": entry.best_rating,
                    "last_rating": entry.last_rating,
                    "best_points": entry.best_points,
                    "last_points": entry.last_points,
                    "max_points": entry.max_points,
                    "last_at": entry.last_at and entry.last_at.isoformat(),
                }
                for entry in entries
            ]
        )
    else:
        header = (_("Case"), _("Language"), _("Area"), _("Minutes"), _("Last result"), _("Title"))
        rows = [
            (
                entry.id,
                entry.language,
                entry.competence_area.value if entry.competence_area else "-",
                str(entry.minutes),
                "-" if entry.last_points is None else f"{entry.last_points}/{entry.max_points}",
                entry.title,
            )
            for entry in entries
        ]
        print(table(header, rows))
    has_errors = any(problem.severity is Severity.ERROR for problem in library.problems())
    return ExitCode.PROBLEMS if has_errors else ExitCode.DONE


def history(arguments: Arguments, home: Home) -> int:
    """Print the attempts, newest first, and how the results of each case run."""
    from tutor.session.trend import trends

    attempts = open_practice(arguments, home).history()
    if arguments.json:
        print_json(
            {
                "attempts": [_attempt_json(attempt) for attempt in attempts],
                "trends": [trend.to_json() for trend in trends(attempts)],
            }
        )
        return ExitCode.DONE
    if not attempts:
        print(_("No attempt yet; `tutor` opens the library."), file=sys.stderr)
        return ExitCode.DONE
    header = (
        _("Attempt"),
        _("Date"),
        _("Case"),
        _("Points"),
        _("Grade*"),
        _("Completeness"),
        _("Order"),
        _("Justification"),
    )
    print(table(header, [_attempt_row(attempt) for attempt in attempts]))
    print()
    trend_header = (_("Case"), _("Attempts"), _("First"), _("Best"), _("Last"), _("Trend"))
    print(table(trend_header, [trend.row() for trend in trends(attempts)]))
    print()
    print(
        _(
            "* an assumption: 1 + 5 × points / maximum, rounded to halves; "
            "the official formula is not public"
        )
    )
    return ExitCode.DONE


def _attempt_row(attempt: PastAttempt) -> tuple[str, ...]:
    return (
        attempt.attempt_id[:8],
        f"{attempt.handed_in_at.astimezone():%Y-%m-%d %H:%M}",
        f"{attempt.case} ({attempt.language})",
        "-" if attempt.points is None else f"{attempt.points}/{attempt.max_points}",
        "-" if attempt.grade is None else f"{attempt.grade:.1f}",
        *(
            "-" if share is None else f"{share:.0%}"
            for share in (attempt.completeness, attempt.order, attempt.justification)
        ),
    )


def _attempt_json(attempt: PastAttempt) -> dict[str, Any]:
    return {
        "id": attempt.attempt_id,
        "case": attempt.case,
        "language": attempt.language,
        "title": attempt.title,
        "handed_in_at": attempt.handed_in_at.isoformat(),
        "closed_by": attempt.closed_by.value,
        "engine": None
        if attempt.engine is None
        else {"name": attempt.engine.name, "version": attempt.engine.version},
        "ratings": None if attempt.ratings is None else dict(attempt.ratings),
        "points": attempt.points,
        "max_points": attempt.max_points,
        "grade": attempt.grade,
        "completeness": attempt.completeness,
        "order": attempt.order,
        "justification": attempt.justification,
        "claims": attempt.claims,
    }


def doctor(arguments: Arguments, home: Home) -> int:
    """Print what is installed, which engine is active and where data lives."""
    from tutor.cli.doctor import examine

    findings = examine(arguments, home, os.environ)
    if arguments.json:
        print_json([finding.to_json() for finding in findings])
    else:
        rows = [(finding.sign, finding.topic, finding.text) for finding in findings]
        print(table(("", _("Topic"), _("Finding")), rows))
    return ExitCode.DONE if all(finding.is_fine for finding in findings) else ExitCode.PROBLEMS
