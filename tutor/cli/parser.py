"""Reads the arguments of every command, in the language of the user interface."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tutor import __version__
from tutor.cli.argparsewords import speak
from tutor.cli.arguments import Arguments, defaults
from tutor.cli.authorarguments import add_author_commands
from tutor.cli.classarguments import ClassArguments, add_class_commands
from tutor.cli.config import ENGINES, TIME_FACTORS, Config
from tutor.locales import LANGUAGES, _


def read(argv: Sequence[str], config: Config) -> Arguments:
    """Return the arguments; argparse prints help and exits with 0, or with 2 on wrong usage."""
    speak()
    values = vars(_parser(config).parse_args(argv))
    values.pop("ui_language", None)
    if "paths" in values:
        values["paths"] = tuple(values["paths"])
    classes = ClassArguments.taken_from(values)
    return Arguments(**{"cases": None, "rubrics": None, **values}, classes=classes)


def _parser(config: Config) -> argparse.ArgumentParser:
    common = _common()
    parser = _Parser(
        prog="tutor",
        # Of its own: a default set on the parser would reach the commands through shared options.
        parents=[_common()],
        description=_("Practise critical incidents against the clock and be marked at once."),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"tutor {__version__}",
        help=_("show the version and exit"),
    )
    parser.set_defaults(command="run", **defaults(config))
    commands = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"))

    def command(name: str, help_text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(
            name,
            # Of another class on purpose: argparse joins groups by their English titles.
            parents=[common],  # type: ignore[list-item]
            help=help_text,
            description=help_text,
        )
        sub.set_defaults(command=name)
        return sub

    start = command("start", _("open the briefing of one case"))
    start.add_argument("case", metavar="CASE", help=_("id of the case, such as it-outage"))
    start.add_argument("--language", metavar="LANG", help=_("language of the case, such as de"))

    listing = command("list", _("list the cases"))
    _add_json(listing)

    check = command("check", _("find mistakes in cases and rubrics and run the sample answers"))
    check.add_argument("paths", metavar="PATH", nargs="*", type=Path, help=_("files or folders"))
    check.add_argument(
        "--samples", action="store_true", help=_("show each sample: expected against found")
    )
    check.add_argument("--watch", action="store_true", help=_("check again on every save"))
    _add_json(check)

    grade = command("grade", _("mark many answers"))
    grade.add_argument("answers", metavar="ANSWERS.jsonl", help=_("one answer a line; - is stdin"))
    grade.add_argument("--out", metavar="RESULTS.jsonl", default="-", help=_("default: stdout"))
    grade.add_argument("--workers", metavar="N", type=_positive, default=1, help=_("processes"))
    grade.add_argument(
        "--resume", action="store_true", help=_("go on where an interrupted run stopped")
    )

    report = command("report", _("write the debrief of an attempt or the report of a drill"))
    report.add_argument(
        "attempt",
        metavar="ATTEMPT|DRILL",
        help=_("its id or the start of it, last, or last-drill"),
    )
    report.add_argument("--format", choices=("html", "md", "json"), help=_("default: by --out"))
    report.add_argument("--out", metavar="FILE", default="-", help=_("default: stdout"))

    history = command("history", _("list the attempts and their trend"))
    _add_json(history)

    add_author_commands(command)
    progress = command("progress", _("show how you get on, and what you remember least"))
    _add_json(progress)
    progress.add_argument("--out", metavar="FILE.html", default="-", help=_("write it as HTML"))

    mock = command("mock", _("sit several cases in a row, with one total"))
    mock.add_argument("--count", metavar="N", type=_positive, help=_("default: 3"))
    mock.add_argument("--area", choices=tuple("ABCDEFG"), help=_("only cases of this area"))
    mock.add_argument("--only", metavar="CASE,CASE", default="", help=_("these, in this order"))
    mock.add_argument(
        "--seed", metavar="N", type=int, help=_("the same number draws the same cases")
    )
    mock.add_argument("--language", metavar="LANG", help=_("language of the cases, such as de"))
    mock.add_argument("--out", metavar="FILE.html", default="-", help=_("write the last report"))
    _add_json(mock)

    calibrate = command("calibrate", _("mark sample answers yourself, then compare"))
    calibrate.add_argument("case", metavar="CASE", help=_("id of the case, such as it-outage"))
    calibrate.add_argument("--language", metavar="LANG", help=_("language of the case, such as de"))

    plan = command("plan", _("say what to do when until the exam"))
    plan.add_argument("--exam", metavar="DATE", required=True, help=_("such as 2027-05-12"))
    plan.add_argument(
        "--retention",
        metavar="SHARE",
        type=float,
        default=0.9,
        help=_("what you want to remember on the day, default 0.9"),
    )
    _add_json(plan)

    export = command("export", _("write all your data, as JSONL and as tables"))
    export.add_argument("--all", action="store_true", dest="everything", help=_("everything"))
    export.add_argument("--out", metavar="FOLDER", default="-", help=_("default: JSONL on stdout"))

    importing = command("import", _("add data that `tutor export --all` wrote"))
    importing.add_argument("paths", metavar="FILE.jsonl", nargs=1, type=Path, help=_("- is stdin"))

    forget = command("forget", _("delete all your data"))
    forget.add_argument("--everything", action="store_true", help=_("everything"))
    forget.add_argument("--yes", action="store_true", help=_("do not ask"))
    drill = command("drill", _("run an exercise with a team"))
    drill.add_argument(
        "case",
        metavar="CASE|join|go-on|replay",
        help=_(
            "run a case, show it to the team in a second terminal, go on with a drill, "
            "or show one again"
        ),
    )
    drill.add_argument(
        "target",
        metavar="DRILL",
        nargs="?",
        default="last",
        help=_("a drill's id or the start of it, or last; for replay also a file"),
    )
    drill.add_argument("--minutes", metavar="N", type=_positive, default=30, help=_("default: 30"))
    drill.add_argument("--team", metavar="NAME", help=_("name of the team, for its series"))
    drill.add_argument("--language", metavar="LANG", help=_("language of the case, such as de"))
    drill.add_argument(
        "--new", action="store_true", help=_("begin again even where this case is not ended")
    )

    drills = command("drills", _("list the drills, their figures and what is still to be done"))
    drills.add_argument("--team", metavar="NAME", help=_("of this team only"))
    drills.add_argument(
        "--done", metavar="DRILL:NUMBER", help=_("note that an action is carried out")
    )
    _add_json(drills)

    add_class_commands(command, common)

    doctor = command("doctor", _("say what is installed and where data lives"))
    _add_json(doctor)
    return parser


def _common() -> argparse.ArgumentParser:
    """Options that may stand before or after the command.

    SUPPRESS keeps the command's own parser from overwriting what stood before it.
    """
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--cases", metavar="DIR", type=Path, help=_("use these cases"))
    common.add_argument("--rubrics", metavar="DIR", type=Path, help=_("use these rubrics"))
    common.add_argument("--engine", choices=ENGINES, help=_("what marks the answers"))
    common.add_argument("--theme", metavar="NAME", help=_("colours, such as textual-light"))
    common.add_argument(
        "--time-factor", type=float, choices=TIME_FACTORS, help=_("more time for every case")
    )
    common.add_argument(
        "--hidden-clock",
        action=argparse.BooleanOptionalAction,
        help=_("announce the time, show no clock"),
    )
    common.add_argument(
        "--ui-language", choices=LANGUAGES, help=_("language of the user interface")
    )
    return common


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("print JSON"))


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(_("must be 1 or more"))
    return int(text)


class _Parser(argparse.ArgumentParser):
    """Names its groups in the language of the interface; argparse itself speaks English."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._positionals.title = _("arguments")
        self._optionals.title = _("options")

    def _print_message(self, message: str, file: Any = None) -> None:
        # argparse passes over a full disk in silence.
        (file or sys.stderr).write(message)
