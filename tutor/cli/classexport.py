"""`tutor class export`: marks for spreadsheets, reports for people."""

import sys

from tutor.cli import classes
from tutor.cli.arguments import Arguments
from tutor.cli.classarguments import FORMATS
from tutor.cli.exitcode import ExitCode
from tutor.cli.home import Home
from tutor.core.errors import UsageError
from tutor.locales import _


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
    return ExitCode.DONE
