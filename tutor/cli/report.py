"""`tutor report`: an attempt's debrief or a drill's after-action report, as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, cast

from tutor.cli.arguments import Arguments
from tutor.cli.drill import open_drills
from tutor.cli.exitcode import ExitCode
from tutor.cli.home import Home
from tutor.cli.output import write_text
from tutor.cli.wiring import open_practice
from tutor.core.errors import NotFound, UsageError
from tutor.locales import _

# `last` is the newest attempt; the newest drill has a word of its own.
LAST_DRILL = "last-drill"


def report(arguments: Arguments, home: Home) -> int:
    """Write the report of an attempt, or of a drill where no attempt has this id."""
    name = arguments.format or Path(arguments.out).suffix.lstrip(".").lower() or "md"
    if name not in ("html", "md", "json"):
        raise UsageError(
            _("{out}: no format for this ending, add --format html, md or json").format(
                out=arguments.out
            )
        )
    write_text(arguments.out, _report(arguments, home, cast("Literal['html', 'md', 'json']", name)))
    return ExitCode.DONE


def _report(arguments: Arguments, home: Home, name: Literal["html", "md", "json"]) -> str:
    if arguments.attempt == LAST_DRILL:
        return _of_drill(arguments, home, "last", name)
    from tutor.report.render import render

    try:
        return render(open_practice(arguments, home).debrief(arguments.attempt), name)
    except NotFound:
        try:
            return _of_drill(arguments, home, arguments.attempt, name)
        except NotFound:
            pass
        raise


def _of_drill(
    arguments: Arguments, home: Home, drill_id: str, name: Literal["html", "md", "json"]
) -> str:
    from tutor.report.drillrender import render_drill

    review = open_drills(arguments, home).review(drill_id)
    if name == "json":
        raise UsageError(_("a drill's report is HTML or Markdown; its log is JSON already"))
    return render_drill(review, name)
