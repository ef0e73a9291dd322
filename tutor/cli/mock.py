"""`tutor mock`: sit one, or print and write the total of the last."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tutor.cli.arguments import Arguments
from tutor.cli.exitcode import ExitCode
from tutor.cli.home import Home
from tutor.cli.output import print_json, write_text
from tutor.cli.wiring import open_practice
from tutor.core.errors import UsageError
from tutor.locales import _

if TYPE_CHECKING:
    from tutor.session.practice import Practice


def mock(arguments: Arguments, home: Home) -> int:
    """Go on with the mock exam, or begin one; `--json` and `--out` tell of the last.

    Without a terminal nothing can be sat.
    """
    practice = open_practice(arguments, home)
    if arguments.json or arguments.out != "-":
        state = practice.mocks.last()
        if not state.is_over:
            raise UsageError(_("the mock exam is not over; `tutor mock` goes on with it"))
        if arguments.json:
            print_json(practice.mocks.record(state))
        else:
            write_text(arguments.out, practice.mocks.page(state))
        return ExitCode.DONE
    _refuse_another_draw(arguments, practice)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(_("needs a terminal; `tutor --help` lists the commands that do not"))
    from tutor.core.case import CompetenceArea
    from tutor.core.mock import DEFAULT_COUNT, MockWish
    from tutor.tui.app import TutorApp
    from tutor.tui.intents import MockRequested

    wish = MockWish(
        count=arguments.count or DEFAULT_COUNT,
        seed=arguments.seed,
        area=CompetenceArea(arguments.area) if arguments.area else None,
        case_ids=tuple(filter(None, arguments.only.split(","))),
        language=arguments.language,
    )
    app = TutorApp(practice, start_with=MockRequested(wish), theme=arguments.theme)
    app.run()
    return app.return_code or ExitCode.DONE


def _refuse_another_draw(arguments: Arguments, practice: Practice) -> None:
    """Raise UsageError where options draw cases while a mock exam has its own."""
    draws = {
        "--count": arguments.count,
        "--area": arguments.area,
        "--only": arguments.only or None,
        "--seed": arguments.seed,
        "--language": arguments.language,
    }
    given = [option for option, value in draws.items() if value is not None]
    if given and practice.mocks.open() is not None:
        raise UsageError(
            _(
                "{options}: a mock exam is open and keeps its cases; `tutor mock` goes on with it, "
                "and x ends it there"
            ).format(options=", ".join(given))
        )
