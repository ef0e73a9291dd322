"""`tutor progress`: the screen, or the same as text, JSON or HTML."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tutor.cli.arguments import Arguments
from tutor.cli.exitcode import ExitCode
from tutor.cli.home import Home
from tutor.cli.output import print_json, write_text
from tutor.cli.table import table
from tutor.cli.wiring import open_practice
from tutor.locales import _

if TYPE_CHECKING:
    from tutor.core.progress import Progress

# The longest texts are measures; whole they would push the figures off the screen.
WIDE = 60


def progress(arguments: Arguments, home: Home) -> int:
    """Show the progress on the screen where there is one and nothing else was asked for."""
    practice = open_practice(arguments, home)
    if arguments.json:
        from tutor.report.progress import progress_record

        print_json(progress_record(practice.study.progress()))
    elif arguments.out != "-":
        from tutor.report.progresspage import render_progress

        write_text(arguments.out, render_progress(practice.study.progress()))
    elif sys.stdin.isatty() and sys.stdout.isatty():
        from tutor.tui.app import TutorApp
        from tutor.tui.intents import ProgressRequested

        app = TutorApp(practice, start_with=ProgressRequested(), theme=arguments.theme)
        app.run()
        return app.return_code or ExitCode.DONE
    else:
        _print(practice.study.progress())
    return ExitCode.DONE


def _print(progress: Progress) -> None:
    from tutor.report.progress import progress_sections

    for section in progress_sections(progress):
        print(f"{section.title}\n")
        for line in section.said:
            print(line)
        if section.rows:
            print(f"\n{table(section.header, [_cut(row, section.wide) for row in section.rows])}")
        print()
    print(_("* Grades are assumed: 1 + 5 × points / max, in halves."))


def _cut(row: tuple[str, ...], wide: int) -> tuple[str, ...]:
    cell = row[wide]
    if len(cell) > WIDE:
        cell = f"{cell[: WIDE - 1]}…"
    return (*row[:wide], cell, *row[wide + 1 :])
