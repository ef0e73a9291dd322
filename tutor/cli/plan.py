"""`tutor plan`: what comes when until the exam."""

from __future__ import annotations

import random
from datetime import date
from typing import TYPE_CHECKING

from tutor.cli.arguments import Arguments
from tutor.cli.exitcode import ExitCode
from tutor.cli.home import Home
from tutor.cli.output import print_json
from tutor.cli.table import table
from tutor.cli.wiring import open_practice
from tutor.core.errors import UsageError
from tutor.locales import _, ngettext

if TYPE_CHECKING:
    from tutor.core.plan import Plan, Promise

# Enough to tell 1 % from 2 %, in well under a second.
RUNS = 100


def plan(arguments: Arguments, home: Home) -> int:
    """Print the days until the exam, and what a simulation says of the promise."""
    try:
        exam = date.fromisoformat(arguments.exam or "")
    except ValueError as error:
        raise UsageError(
            _("--exam: found {day}, write a day such as 2027-05-12").format(day=arguments.exam)
        ) from error
    if not 0.7 <= arguments.retention <= 0.97:
        raise UsageError(_("--retention: write a share from 0.7 to 0.97"))
    study = open_practice(arguments, home).study
    # The same dice every time: the same history gives the same figures.
    made, promise = study.plan(exam, arguments.retention, random.Random(0).random, RUNS)  # noqa: S311 -- no secret
    if arguments.json:
        print_json(_record(made, promise))
    else:
        _print(made, promise)
    return ExitCode.DONE


def _record(made: Plan, promise: Promise) -> dict[str, object]:
    return {
        "exam": made.exam.isoformat(),
        "retention": made.retention,
        "known": made.known,
        "unknown": made.unknown,
        "expected": made.expected,
        "simulated": {
            "runs": promise.runs,
            "mean": promise.mean,
            "worst_tenth": promise.worst_tenth,
        },
        "days": [
            {"day": day.day.isoformat(), "cases": list(day.cases), "measures": day.measures}
            for day in made.days
        ],
    }


def _print(made: Plan, promise: Promise) -> None:
    cases = sum(len(day.cases) for day in made.days)
    repeats = sum(day.measures for day in made.days)
    print(
        " ".join(
            (
                ngettext(
                    "{count} case to sit for the first time.",
                    "{count} cases to sit for the first time.",
                    cases,
                ).format(count=cases),
                ngettext(
                    "{count} repetition of a measure.", "{count} repetitions of measures.", repeats
                ).format(count=repeats),
            )
        )
    )
    rows = [
        (day.day.isoformat(), ", ".join(day.cases) or "-", str(day.measures)) for day in made.days
    ]
    if rows:
        print()
        print(table((_("Day"), _("New cases"), _("Measures")), rows))
    print()
    print(
        _(
            "Wanted on the day: {wanted}. If every repetition succeeds: {expected}. "
            "Simulated {runs} times, with repetitions that fail: {mean}; worst tenth {worst}."
        ).format(
            wanted=f"{made.retention:.0%}",
            expected=f"{made.expected:.0%}",
            runs=promise.runs,
            mean=f"{promise.mean:.0%}",
            worst=f"{promise.worst_tenth:.0%}",
        )
    )
    if promise.mean < made.retention:
        print(_("There is too little time left for what is wanted; keep to the plan all the same."))
