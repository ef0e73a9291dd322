"""The commands for exercises with a team."""

from __future__ import annotations

import sys
import uuid
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor.cli.arguments import Arguments
from tutor.cli.choosing import chosen_case
from tutor.cli.clock import SystemClock
from tutor.cli.exitcode import ExitCode
from tutor.cli.home import Home
from tutor.cli.output import print_json
from tutor.cli.table import table
from tutor.cli.wiring import load_engine, open_library
from tutor.core.errors import UsageError
from tutor.locales import _

if TYPE_CHECKING:
    from textual.screen import Screen

    from tutor.core.publicstate import PublicState
    from tutor.session.drill import Drill, Follower
    from tutor.session.drills import Drills, OpenAction, PastDrill


def drill(arguments: Arguments, home: Home) -> int:
    """Do what the first word says: any word that is none of these is a case."""
    words = {"join": _join, "go-on": _go_on, "replay": _replay}
    return words.get(arguments.case, _run)(arguments, home)


def _run(arguments: Arguments, home: Home) -> int:
    library = open_library(arguments, home)
    case = chosen_case(library, arguments.case, arguments.language)
    _need_terminal()
    opened = open_drills(arguments, home)
    team = (arguments.team or "").strip()
    unfinished = None if arguments.new else opened.unfinished(case.id, case.language, team)
    if unfinished is not None:
        return _facilitate(arguments, opened.resume(unfinished))
    return _facilitate(arguments, opened.start(case, minutes=arguments.minutes, team=team))


def _go_on(arguments: Arguments, home: Home) -> int:
    _need_terminal()
    return _facilitate(arguments, open_drills(arguments, home).resume(arguments.target))


def _facilitate(arguments: Arguments, running: Drill) -> int:
    from tutor.tui.facilitator import FacilitatorScreen
    from tutor.tui.hotwash import HotWashScreen

    screen = HotWashScreen if running.state.is_over else FacilitatorScreen
    try:
        return _show(arguments, screen(running))
    finally:
        running.leave()
        name = running.state.opened.drill[:8]
        if running.state.is_over:
            print(_("tutor report {drill} --out report.html writes the report").format(drill=name))
        else:
            print(_("tutor drill go-on {drill} goes on with this drill").format(drill=name))


def _join(arguments: Arguments, home: Home) -> int:
    _need_terminal()
    follower = open_drills(arguments, home).follow(arguments.target)
    from tutor.tui.projector import ProjectorScreen

    return _show(arguments, ProjectorScreen(partial(_public, follower)))


def _public(follower: Follower) -> PublicState:
    follower.poll()
    return follower.public()


def _replay(arguments: Arguments, home: Home) -> int:
    _need_terminal()
    opened = open_drills(arguments, home)
    file = Path(arguments.target)
    recording = opened.recording(file if file.is_file() else opened.path(arguments.target))
    from tutor.tui.drillreplay import ReplayScreen

    return _show(arguments, ReplayScreen(recording))


def drills(arguments: Arguments, home: Home) -> int:
    """Print the drills of a team, their five figures as rows and bars, and open actions."""
    from tutor.session.drills import open_actions

    opened = open_drills(arguments, home)
    if arguments.done is not None:
        name, _colon, number = arguments.done.rpartition(":")
        if not (name and number.isascii() and number.isdigit()):
            raise UsageError(
                _("{text}: write the drill and the number, such as 1a2b3c4d:2").format(
                    text=arguments.done
                )
            )
        opened.carry_out(name, int(number))
    past = opened.past(arguments.team)
    actions = open_actions(past)
    if arguments.json:
        print_json(
            {
                "drills": [_drill_json(entry) for entry in past],
                "open_actions": [_action_json(entry) for entry in actions],
            }
        )
        return ExitCode.DONE
    if not past:
        print(_("No drill has ended yet; `tutor drill CASE` runs one."), file=sys.stderr)
        return ExitCode.DONE
    _print_series(past, actions)
    return ExitCode.DONE


def _print_series(past: tuple[PastDrill, ...], actions: tuple[OpenAction, ...]) -> None:
    from tutor.report.drillseries import figure_plots, series_row
    from tutor.report.drillwords import due_words

    header = (
        _("Drill"),
        _("Date"),
        _("Team"),
        _("Case"),
        _("Reaction"),
        _("Recovery"),
        _("Idle"),
        _("Parallel"),
        _("Reasoned"),
        _("Customers"),
    )
    rows = [series_row(entry.state, entry.title, entry.figures) for entry in past]
    print(table(header, rows))
    print()
    figures = [entry.figures for entry in past if entry.figures is not None]
    print(table((_("Figure"), _("From the first drill to the last")), figure_plots(figures)))
    print()
    if not actions:
        print(_("Nothing is left to be done."))
        return
    print(
        table(
            (_("Open action"), _("Due"), _("Owner"), _("What")),
            [
                (
                    f"{entry.drill.drill[:8]}:{entry.action.number}",
                    due_words(entry.action.due),
                    entry.action.owner or "-",
                    entry.action.action,
                )
                for entry in actions
            ],
        )
    )


def _drill_json(entry: PastDrill) -> dict[str, Any]:
    from dataclasses import asdict

    opened = entry.state.opened
    return {
        "id": opened.drill,
        "opened_at": opened.at_utc.isoformat(),
        "team": opened.team,
        "case": opened.case,
        "language": opened.language,
        "title": entry.title,
        "figures": None if entry.figures is None else asdict(entry.figures),
    }


def _action_json(entry: OpenAction) -> dict[str, Any]:
    return {
        "drill": entry.drill.drill,
        "number": entry.action.number,
        "action": entry.action.action,
        "owner": entry.action.owner,
        "due": entry.action.due and entry.action.due.isoformat(),
    }


def open_drills(arguments: Arguments, home: Home) -> Drills:
    """Return the drills of this home."""
    from tutor.session.drills import Drills
    from tutor.store.drilllog import DrillLogs

    return Drills(
        library=open_library(arguments, home),
        logs=DrillLogs(home.drills),
        clock=SystemClock(),
        new_id=lambda: uuid.uuid4().hex,
        load_model=lambda: load_engine(arguments),
    )


def _need_terminal() -> None:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(_("needs a terminal; `tutor --help` lists the commands that do not"))


def _show(arguments: Arguments, screen: Screen[Any]) -> int:
    from tutor.tui.screenapp import ScreenApp

    app = ScreenApp(screen, theme=arguments.theme)
    app.run()
    return app.return_code or ExitCode.DONE
