"""`tutor class export`: marks for spreadsheets, reports for people."""

import sys
from collections.abc import Sequence

from tutor.cli import classes
from tutor.cli.arguments import Arguments
from tutor.cli.classarguments import FORMATS
from tutor.cli.exitcode import ExitCode
from tutor.cli.home import Home
from tutor.core.classroom import Entry
from tutor.core.errors import UsageError
from tutor.locales import _, ngettext


def export(arguments: Arguments, home: Home) -> int:
    """Write a class to a file in the format its ending says."""
    wish = classes.options(arguments)
    assert wish.out is not None
    wanted = wish.format or wish.out.suffix.lstrip(".").lower()
    if wanted not in FORMATS:
        raise UsageError(
            _("{out}: no format for this ending, add --format {formats}").format(
                out=wish.out, formats=", ".join(FORMATS)
            )
        )
    from tutor.session.exporting import export as exported

    classroom = classes.open_class(arguments, home)
    content = exported(classroom, wanted, pseudonyms=wish.pseudonyms, bom=wish.bom)
    try:
        wish.out.write_bytes(content)
    except OSError as error:
        raise UsageError(
            _("{path}: cannot be written ({reason})").format(path=wish.out, reason=error.strerror)
        ) from error
    print(_("written to {path}").format(path=wish.out), file=sys.stderr)
    _say_who_counts_how(classroom.book.every_entry())
    classes.say_unmarked(classroom)
    classes.say_by_another_rubric(classroom)
    return ExitCode.DONE


def _say_who_counts_how(every: Sequence[Entry]) -> None:
    """Say where the answers are not one a candidate."""
    further = len(
        {entry.candidate for entry in every if entry.attempt > 1 and not entry.is_replaced}
    )
    if further:
        print(
            ngettext(
                "{count} candidate has several attempts, and stands there with each",
                "{count} candidates have several attempts, and stand there with each",
                further,
            ).format(count=further),
            file=sys.stderr,
        )
    replaced = sum(entry.is_replaced for entry in every)
    if replaced:
        print(
            ngettext(
                "{count} answer was replaced by a newer one, and is left out",
                "{count} answers were replaced by newer ones, and are left out",
                replaced,
            ).format(count=replaced),
            file=sys.stderr,
        )
