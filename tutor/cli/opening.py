"""`tutor`, `tutor start` and `tutor calibrate`: open the screens."""

from __future__ import annotations

import gc
import sys

from tutor.cli.arguments import Arguments
from tutor.cli.choosing import chosen_case
from tutor.cli.exitcode import ExitCode
from tutor.cli.home import Home
from tutor.cli.wiring import content_folders, open_library, open_practice
from tutor.core.errors import UsageError
from tutor.locales import _


def open_tui(arguments: Arguments, home: Home) -> int:
    """Open the terminal UI, at the briefing of a case where one is named."""
    content_folders(arguments)  # a folder that is missing is said before the screen opens
    library = None
    chosen = None
    if arguments.command != "run":
        library = open_library(arguments, home)
        case = chosen_case(library, arguments.case, arguments.language)
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
