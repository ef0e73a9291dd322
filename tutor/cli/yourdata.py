"""`tutor export`, `tutor import` and `tutor forget`: the data is the candidate's."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from tutor.cli.arguments import Arguments
from tutor.cli.exitcode import ExitCode
from tutor.cli.home import Home
from tutor.core.errors import UsageError
from tutor.locales import _, ngettext

if TYPE_CHECKING:
    from tutor.store.history import History

# The shape of the records in `tutor.store.transfer`.
FORMAT = 1
DATA, ATTEMPTS, MEASURES = "tutor-data.jsonl", "attempts.csv", "measures.csv"

_ATTEMPT_KEYS = (
    "id",
    "case_id",
    "language",
    "started_at",
    "handed_in_at",
    "closed_by",
    "limit_seconds",
    "time_factor",
    "hidden_clock",
    "interruptions",
)
_MARK_KEYS = (
    "marked_at",
    "engine_name",
    "engine_version",
    "points",
    "max_points",
    "grade",
    "completeness",
    "order_score",
    "justification",
)


def export(arguments: Arguments, home: Home) -> int:
    """Write everything: JSONL on stdout, or into a folder together with two tables."""
    from tutor.store.history import History

    if not arguments.everything:
        raise UsageError(_("say what to export: `tutor export --all`"))
    history = History(home.history)
    if arguments.out == "-":
        for line in _lines(history):
            print(line)
        return ExitCode.DONE
    folder = Path(arguments.out)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            _write_all(history, lambda name: stack.enter_context(_created(folder / name)))
    except OSError as error:
        raise UsageError(
            _("{path}: cannot be written ({reason})").format(path=folder, reason=error.strerror)
        ) from error
    for name in (DATA, ATTEMPTS, MEASURES):
        print(folder / name)
    return ExitCode.DONE


def import_(arguments: Arguments, home: Home) -> int:
    """Add what another tutor has exported; what is there already stays as it is."""
    from tutor.store.history import History

    name = str(arguments.paths[0])
    try:
        if name == "-":
            added = History(home.history).take_in(_records(sys.stdin, name))
        else:
            with Path(name).open(encoding="utf-8") as file:
                added = History(home.history).take_in(_records(file, name))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            _("{path}: cannot be read ({reason})").format(path=name, reason=error)
        ) from error
    print(
        ngettext("{count} record imported", "{count} records imported", added).format(count=added),
        file=sys.stderr,
    )
    return ExitCode.DONE


def forget(arguments: Arguments, home: Home) -> int:
    """Delete the history and the open answers, after a question; settings stay."""
    from tutor.store.drilllog import DrillLogs
    from tutor.store.history import History
    from tutor.store.journal import Journals

    if not arguments.everything:
        raise UsageError(_("say what to forget: `tutor forget --everything`"))
    if not arguments.yes:
        if not sys.stdin.isatty():
            raise UsageError(_("needs a terminal to ask, or --yes"))
        word = _("forget")
        question = _("Delete all attempts, marks and drills in {folder}? Type “{word}”: ")
        if input(question.format(folder=home.folder, word=word)).strip() != word:
            print(_("Nothing was deleted."), file=sys.stderr)
            return ExitCode.DONE
    drills = DrillLogs(home.drills)
    drills.refuse_if_held()  # before anything is deleted
    for path in (
        *Journals(home.journals).forget(),
        *drills.forget(),
        *History(home.history).forget(),
    ):
        print(path)
    return ExitCode.DONE


def _lines(history: History) -> Iterator[str]:
    # ASCII: lone surrogates, which answers may hold, have no UTF-8.
    yield json.dumps({"kind": "tutor", "format": FORMAT})
    for record in history.export():
        yield json.dumps(record, separators=(",", ":"))


def _write_all(history: History, create: Callable[[str], TextIO]) -> None:
    data = create(DATA)
    attempts, measures = csv.writer(create(ATTEMPTS)), csv.writer(create(MEASURES))
    attempts.writerow((*_ATTEMPT_KEYS, *_MARK_KEYS))
    measures.writerow(("attempt", "case_id", "measure", "credit", "reason", "confidence"))
    sat: dict[str, Mapping[str, Any]] = {}
    marks: dict[str, Mapping[str, Any]] = {}
    data.write(json.dumps({"kind": "tutor", "format": FORMAT}) + "\n")
    for record in history.export():
        data.write(json.dumps(record, separators=(",", ":")) + "\n")
        if record["kind"] == "attempt":
            sat[record["id"]] = {key: record[key] for key in _ATTEMPT_KEYS}
        elif record["kind"] == "mark":
            marks[record["attempt"]] = record  # the newest comes last
    for attempt_id, attempt in sat.items():
        mark = marks.get(attempt_id)
        figures = [None if mark is None else mark[key] for key in _MARK_KEYS]
        attempts.writerow((*attempt.values(), *figures))
        for measure, found in (mark["result"]["measures"] if mark else {}).items():
            shown = (found["credit"], found["reason"], found["confidence"])
            measures.writerow((attempt_id, attempt["case_id"], measure, *shown))


def _created(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8", newline="")


def _records(lines: TextIO, name: str) -> Iterator[Mapping[str, Any]]:
    for number, line in enumerate(lines, 1):
        try:
            record = json.loads(line)
        except ValueError as error:
            raise UsageError(
                _("{path}:{line}: not a line of JSON; nothing was imported").format(
                    path=name, line=number
                )
            ) from error
        if number == 1:
            if not isinstance(record, dict) or record.get("kind") != "tutor":
                raise UsageError(_("{path}: not a file of `tutor export --all`").format(path=name))
            if record.get("format") != FORMAT:
                raise UsageError(
                    _("{path}: written by another version of tutor; update to read it").format(
                        path=name
                    )
                )
            continue
        yield record
