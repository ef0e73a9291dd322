"""Looks at the machine: what is installed, where data lives, what the terminal can show."""

import os
import platform
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from tutor import __version__
from tutor.cli.arguments import Arguments
from tutor.cli.exitcode import ExitCode
from tutor.cli.home import Home
from tutor.cli.output import print_json
from tutor.cli.table import table
from tutor.cli.wiring import load_engine, open_library
from tutor.core.errors import StoreError, TutorError
from tutor.locales import _, active_language

MIN_COLUMNS, MIN_ROWS = 60, 20


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the examination; `key` is stable, `topic` and `text` are for people."""

    key: str
    topic: str
    text: str
    is_fine: bool = True

    @property
    def sign(self) -> str:
        """A tick, or an exclamation mark where something needs attention."""
        return "✓" if self.is_fine else "!"

    def to_json(self) -> dict[str, Any]:
        """Return the finding under stable names."""
        return {"key": self.key, "text": self.text, "fine": self.is_fine}


def doctor(arguments: Arguments, home: Home) -> int:
    """Print what is installed, which engine is active and where data lives."""
    findings = examine(arguments, home, os.environ)
    if arguments.json:
        print_json([finding.to_json() for finding in findings])
    else:
        rows = [(finding.sign, finding.topic, finding.text) for finding in findings]
        print(table(("", _("Topic"), _("Finding")), rows))
    return ExitCode.DONE if all(finding.is_fine for finding in findings) else ExitCode.PROBLEMS


def examine(arguments: Arguments, home: Home, environ: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return all findings; nothing is changed on disk."""
    return (
        Finding("tutor", _("Tutor"), __version__),
        Finding("python", _("Python"), f"{platform.python_version()} ({sys.executable})"),
        *(_package(name) for name in ("textual", "rapidfuzz", "onnxruntime")),
        _engine(arguments),
        _home(home),
        _history(home),
        _content(arguments, home),
        Finding("language", _("Language"), active_language()),
        _terminal(environ),
        _colours(environ),
        _encoding(),
    )


def _package(name: str) -> Finding:
    try:
        return Finding(name, name, version(name))
    except PackageNotFoundError:
        return Finding(name, name, _("not installed"), is_fine=name == "onnxruntime")


def _engine(arguments: Arguments) -> Finding:
    try:
        model = load_engine(arguments)
    except TutorError as error:
        return Finding("engine", _("Engine"), str(error), is_fine=False)
    text = f"{model.name} {model.version}"
    if model.name == "lexical":
        text += _(" (compares words only; `pip install tutor[semantic]` adds the text model)")
    return Finding("engine", _("Engine"), text)


def _home(home: Home) -> Finding:
    place = home.folder
    while not place.exists() and place != place.parent:
        place = place.parent
    is_writable = place.is_dir() and os.access(place, os.W_OK)
    text = str(home.folder)
    if not is_writable:
        text += _(" (cannot be written; set TUTOR_HOME to a folder that can)")
    return Finding("home", _("Your data"), text, is_fine=is_writable)


def _history(home: Home) -> Finding:
    from tutor.store.database import check_file

    try:
        check_file(home.history)
    except StoreError as error:
        return Finding("history", _("History"), str(error), is_fine=False)
    text = str(home.history) if home.history.exists() else _("nothing handed in yet")
    return Finding("history", _("History"), text)


def _content(arguments: Arguments, home: Home) -> Finding:
    library = open_library(arguments, home)
    cases, problems = library.cases(), library.problems()
    text = _("{cases} case files in {folder}").format(cases=len(cases), folder=library.cases_dir)
    if problems:
        text += _("; {count} with problems, see `tutor check`").format(
            count=len({problem.path for problem in problems})
        )
    return Finding("content", _("Content"), text, is_fine=bool(cases) and not problems)


def _terminal(environ: Mapping[str, str]) -> Finding:
    if not sys.stdout.isatty():
        return Finding("terminal", _("Terminal"), _("stdout is not a terminal"))
    columns, rows = shutil.get_terminal_size()
    text = _("{term}, {columns}×{rows}").format(
        term=environ.get("TERM", "?"), columns=columns, rows=rows
    )
    is_fine = columns >= MIN_COLUMNS and rows >= MIN_ROWS
    if not is_fine:
        text += _(" (make it {columns}×{rows} or larger)").format(
            columns=MIN_COLUMNS, rows=MIN_ROWS
        )
    return Finding("terminal", _("Terminal"), text, is_fine=is_fine)


def _colours(environ: Mapping[str, str]) -> Finding:
    if "NO_COLOR" in environ:
        text = _("none, because NO_COLOR is set")
    elif environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        text = _("16 million")
    elif "256" in environ.get("TERM", ""):
        text = _("256")
    else:
        text = _("16 or fewer; everything is also said in words")
    return Finding("colours", _("Colours"), text)


def _encoding() -> Finding:
    encoding = (sys.__stdout__.encoding if sys.__stdout__ else None) or "?"
    is_fine = encoding.lower().replace("-", "") == "utf8"
    return Finding("encoding", _("Encoding"), encoding, is_fine=is_fine)
