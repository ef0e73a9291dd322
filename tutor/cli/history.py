"""`tutor history`: the attempts and how the results of each case run."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from tutor.cli.arguments import Arguments
from tutor.cli.exitcode import ExitCode
from tutor.cli.home import Home
from tutor.cli.output import print_json
from tutor.cli.table import table
from tutor.cli.wiring import open_practice
from tutor.locales import _

if TYPE_CHECKING:
    from tutor.session.pastattempt import PastAttempt


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
