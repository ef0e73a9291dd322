"""The commands of an author: start a case, and see what an editor needs to check it."""

import sys
from pathlib import Path

from tutor.cli.arguments import Arguments
from tutor.cli.exitcode import ExitCode
from tutor.cli.home import Home
from tutor.core.case import Kind
from tutor.locales import _, active_language


def new(arguments: Arguments, _home: Home) -> int:
    """Write the skeletons of a case and its rubric, below the current folder unless told."""
    from tutor.session.authoring import new_case

    files = new_case(
        arguments.case,
        arguments.language or active_language(),
        Kind(arguments.kind),
        cases_dir=arguments.cases or Path("cases"),
        rubrics_dir=arguments.rubrics or Path("rubrics"),
    )
    for path in files:
        print(path)
    print(
        _("Fill in the empty texts; `tutor check {paths}` names those that are left.").format(
            paths=" ".join(str(path) for path in files)
        ),
        file=sys.stderr,
    )
    return ExitCode.DONE


def schema(arguments: Arguments, _home: Home) -> int:
    """Print the JSON Schema of a file format."""
    from tutor.content.jsonschema import schema_text

    print(schema_text("case" if arguments.schema == "case" else "rubric"), end="")
    return ExitCode.DONE
