"""The command that checks content: once, or again on every save."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor.cli.arguments import Arguments
from tutor.cli.clock import SystemClock
from tutor.cli.exitcode import ExitCode
from tutor.cli.home import Home
from tutor.cli.output import print_json
from tutor.cli.table import table
from tutor.cli.wiring import content_folders, load_engine, own_folders
from tutor.core.errors import StoreError, UsageError
from tutor.core.problem import Problem
from tutor.locales import _, ngettext

if TYPE_CHECKING:
    from tutor.core.textmodel import TextModel
    from tutor.session.checking import CheckReport
    from tutor.session.samples import SampleRun


def check(arguments: Arguments, home: Home) -> int:
    """Report every mistake of the content, the samples that fail and what could be better."""
    for path in arguments.paths:
        if not path.exists():
            raise UsageError(_("{path}: no such file or folder").format(path=path))
    paths = arguments.paths or own_folders(arguments) or content_folders(arguments)
    model = load_engine(arguments)
    if not arguments.watch:
        return _check_once(arguments, home, paths, model)
    from tutor.cli.watch import saves
    from tutor.session.checking import watched

    for _save in saves(lambda: watched(paths)):
        try:
            _check_once(arguments, home, paths, model)
        except UsageError as error:
            # An editor is about to put the file back.
            print(error, file=sys.stderr)
        # The time tells one round from the next where both say the same.
        said = _("Checked at {time}; watching, Ctrl+C ends it.")
        now = SystemClock().utc().astimezone()
        print(said.format(time=f"{now:%H:%M:%S}"), end="\n\n", file=sys.stderr)
    return ExitCode.DONE


def _check_once(
    arguments: Arguments, home: Home, paths: Iterable[Path], model: TextModel
) -> ExitCode:
    from tutor.scoring.mark import mark_answer
    from tutor.session.checking import check as check_content

    checked = check_content(
        tuple(paths),
        mark=lambda case, rubric, answer: mark_answer(case, rubric, answer, model),
        engine_name=model.name,
        model=model,
    )
    changed = _changes(checked.samples, home, model.name)
    if arguments.json:
        record: dict[str, Any] = {**checked.to_json(), "changed": list(changed)}
        print_json(record)
    else:
        for line in _lines(checked, show_samples=arguments.samples):
            print(line)
        for line in (*_differences(changed), *_summary(checked, model.name)):
            print(line, file=sys.stderr)
    return ExitCode.PROBLEMS if checked.has_errors else ExitCode.DONE


def _changes(runs: Iterable[SampleRun], home: Home, engine: str) -> tuple[str, ...]:
    """Return what was different in the last run with this engine, and remember this one."""
    from tutor.session.samples import differences, outcome_key
    from tutor.store.outcomes import Outcomes

    kept = Outcomes(home.outcomes)
    runs = tuple(runs)
    names = {outcome_key(run): f"{engine} {Path(run.rubric).absolute()} {run.name}" for run in runs}
    before = kept.read()
    changed = differences(
        {key: before[name] for key, name in names.items() if name in before}, runs
    )
    try:
        kept.remember({names[outcome_key(run)]: run.outcome() for run in runs})
    except StoreError as error:
        print(error, file=sys.stderr)
    return changed


def _lines(checked: CheckReport, *, show_samples: bool) -> Iterable[str]:
    if show_samples:
        for run in checked.samples:
            yield from _sample_lines(run)
    for problem in checked.problems:
        yield _line(problem)


def _line(problem: Problem) -> str:
    """Return a problem with the name of its rule, by which it is looked up or silenced."""
    return f"{problem} [{problem.rule}]"


def _sample_lines(run: SampleRun) -> Iterable[str]:
    from tutor.session.samples import in_words, outcome_key

    verdicts = {"fits": "", "missed": _("missed"), "false": _("false")}
    yield outcome_key(run)
    yield table(
        (_("Measure"), _("Expected"), _("Found"), "", _("Words")),
        [
            (
                measure.id,
                "-" if measure.expected is None else in_words(measure.expected),
                f"{measure.found:g}",
                verdicts[measure.verdict],
                " / ".join(measure.words)
                if measure.likely is None
                else _("nearest ({likely}): {words}").format(
                    likely=f"{measure.likely:.0%}", words=" / ".join(measure.words)
                ),
            )
            for measure in run.measures
        ],
    )
    yield ""


def _differences(changed: tuple[str, ...]) -> Iterable[str]:
    if changed:
        yield _("Different from the last run:")
        yield from (f"  {line}" for line in changed)


def _summary(checked: CheckReport, engine: str) -> Iterable[str]:
    """Say how much was looked at, so that silence is not mistaken for a clean result."""
    files, run, skipped = len(checked.files), checked.samples_run, checked.samples_skipped
    yield ngettext("{count} file checked", "{count} files checked", files).format(count=files)
    yield ngettext(
        "{count} sample marked with the {engine} engine",
        "{count} samples marked with the {engine} engine",
        run,
    ).format(count=run, engine=engine)
    if skipped:
        yield ngettext(
            "{count} sample skipped: it needs the semantic engine",
            "{count} samples skipped: they need the semantic engine",
            skipped,
        ).format(count=skipped)
    problems = len(checked.problems)
    if problems:
        yield ngettext("{count} problem", "{count} problems", problems).format(count=problems)
    else:
        yield _("no problem found")
