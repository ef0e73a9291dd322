"""The commands of an author: from the first draft of a case to the pack that is handed on."""

import os
import sys
from pathlib import Path

from tutor.cli.arguments import Arguments
from tutor.cli.choosing import chosen_case, chosen_file
from tutor.cli.exitcode import ExitCode
from tutor.cli.home import Home
from tutor.cli.wiring import (
    OWN_CASES,
    OWN_RUBRICS,
    load_engine,
    open_authors_library,
    open_library,
)
from tutor.core.case import Kind
from tutor.core.errors import UsageError
from tutor.locales import _, active_language


def new(arguments: Arguments, _home: Home) -> int:
    """Write the skeletons of a case and its rubric, below the current folder unless told."""
    from tutor.session.authoring import new_case

    files = new_case(
        arguments.case,
        arguments.language or active_language(),
        Kind(arguments.kind),
        cases_dir=arguments.cases or OWN_CASES,
        rubrics_dir=arguments.rubrics or OWN_RUBRICS,
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


def handout(arguments: Arguments, home: Home) -> int:
    """Write a case to print, for candidates or for markers, and print the names of the files."""
    from tutor.report.handout import handout as write_handout

    library = open_authors_library(arguments, home)
    case = chosen_case(library, arguments.case, arguments.language)
    is_for_marker = arguments.reader == "marker"
    rubric = library.rubric(case.id, case.language) if is_for_marker else None
    for name in dict.fromkeys((arguments.format or "html").split(",")):
        path = Path(arguments.out) / f"{case.id}.{case.language}.{arguments.reader}.{name}"
        text = write_handout(case, rubric, "md" if name == "md" else "html")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise UsageError(
                _("{path}: cannot be written ({reason})").format(path=path, reason=error.strerror)
            ) from error
        print(path)
    return ExitCode.DONE


def pack(arguments: Arguments, _home: Home) -> int:
    """Put the cases of a folder into one file, and print its name."""
    from tutor.session.packing import pack as write_pack

    out = Path(arguments.out) if arguments.out else None
    # A path does not keep the mark at its end by which a folder is meant.
    print(write_pack(arguments.pack, out, into_folder=arguments.out.endswith(("/", os.sep))))
    return ExitCode.DONE


def install(arguments: Arguments, home: Home) -> int:
    """Add the cases of a pack to the library."""
    from tutor.session.packing import install as install_pack

    manifest = install_pack(arguments.pack, home.packs, open_library(arguments, home))
    print(
        _("{name} {version} is installed ({licence}; {authors}).").format(
            name=manifest.name,
            version=manifest.version,
            licence=manifest.licence,
            authors=", ".join(manifest.authors),
        )
    )
    return ExitCode.DONE


def preview(arguments: Arguments, home: Home) -> int:
    """Open a case beside a trial answer that is marked live; either file may be unfinished."""
    from tutor.content.load import load_case

    library = open_authors_library(arguments, home)
    case_path = chosen_file(library, arguments.case, arguments.language)
    name, _dot, language = case_path.stem.partition(".")
    if not language:
        # No rubric goes with such a name; the case's own mistakes say what to call the file.
        load_case(case_path)
    rubric_path = library.rubric_path(name, language)
    if arguments.answer is not None and not arguments.answer.is_file():
        raise UsageError(_("{path}: no such file").format(path=arguments.answer))
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(_("needs a terminal; `tutor --help` lists the commands that do not"))
    from tutor.session.preview import Preview
    from tutor.tui.preview import PreviewScreen
    from tutor.tui.screenapp import ScreenApp

    shown = Preview(case_path, rubric_path, arguments.answer, lambda: load_engine(arguments))
    app = ScreenApp(PreviewScreen(shown, watch=arguments.watch), theme=arguments.theme)
    app.run()
    return app.return_code or ExitCode.DONE
