"""`tutor list`: the cases, with the last result of each."""

from __future__ import annotations

import sys

from tutor.cli.arguments import Arguments
from tutor.cli.exitcode import ExitCode
from tutor.cli.home import Home
from tutor.cli.output import print_json
from tutor.cli.table import table
from tutor.cli.wiring import open_library, open_practice
from tutor.core.problem import Severity
from tutor.locales import _


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
