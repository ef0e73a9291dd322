"""`tutor grade`: a file of answers in, a file of results out."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

from tutor.cli.arguments import Arguments
from tutor.cli.clock import SystemClock
from tutor.cli.exitcode import ExitCode
from tutor.cli.home import Home
from tutor.cli.output import open_lines, open_text
from tutor.cli.progressline import Progress
from tutor.cli.wiring import open_library
from tutor.core.errors import UsageError
from tutor.locales import _


def grade(arguments: Arguments, home: Home) -> int:
    """Mark a file of answers, one result a line."""
    from tutor.session.grading import grade as grade_lines
    from tutor.session.resuming import Done, results_so_far

    library = open_library(arguments, home)
    _refuse_same_file(arguments)
    before = Done()
    if arguments.resume:
        before = results_so_far(*_resumable(arguments))
    with ExitStack() as stack:
        lines = open_lines(stack, arguments.answers)
        total = None if arguments.answers == "-" else _count(Path(arguments.answers))
        out = open_text(stack, arguments.out, appends=arguments.resume)
        progress = Progress(SystemClock(), None if total is None else total - before.lines)
        stack.callback(progress.end)
        try:
            counts = grade_lines(
                lines,
                out.write,
                library=library,
                engine=arguments.engine,
                workers=arguments.workers,
                done=before,
                on_progress=progress.show,
            )
        except KeyboardInterrupt:
            progress.end()
            print(_stopped(arguments), file=sys.stderr)
            return ExitCode.INTERRUPTED
    if before.lines:
        print(_("{count} were there already").format(count=before.lines), file=sys.stderr)
    print(
        _("{marked} marked, {failed} with problems").format(
            marked=counts.marked, failed=counts.failed
        ),
        file=sys.stderr,
    )
    return ExitCode.PROBLEMS if counts.failed or before.failed else ExitCode.DONE


def _refuse_same_file(arguments: Arguments) -> None:
    """Opening the results would empty the answers, by whatever name they go."""
    if "-" in (arguments.answers, arguments.out):
        return
    answers, out = Path(arguments.answers), Path(arguments.out)
    if answers.exists() and out.exists() and answers.samefile(out):
        raise UsageError(_("--out names the file of answers: take another"))


def _resumable(arguments: Arguments) -> tuple[Path, Path]:
    if "-" in (arguments.answers, arguments.out):
        raise UsageError(_("--resume needs a file of answers and --out FILE"))
    return Path(arguments.answers), Path(arguments.out)


def _stopped(arguments: Arguments) -> str:
    if "-" in (arguments.answers, arguments.out):
        return _("stopped")
    return _("stopped; the same command with --resume goes on from here")


def _count(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for line in file if line.strip())
