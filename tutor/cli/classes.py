"""`tutor class …` and `tutor review`: a class from its answers to its marks."""

from __future__ import annotations

import getpass
import re
import secrets
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tutor.cli.arguments import Arguments
from tutor.cli.classarguments import ClassArguments
from tutor.cli.clock import SystemClock
from tutor.cli.exitcode import ExitCode
from tutor.cli.home import Home
from tutor.cli.progressline import progress
from tutor.cli.table import table
from tutor.cli.wiring import load_engine, open_library
from tutor.core.errors import NotFound, UsageError
from tutor.core.plaintext import clean
from tutor.locales import _, ngettext

if TYPE_CHECKING:
    from tutor.session.arrivals import Arrival, Arrivals
    from tutor.session.classroom import Classroom
    from tutor.session.importing import Submission
    from tutor.store.classbook import ClassBook
    from tutor.tui.screen import TutorScreen

# It becomes a file's name on every system.
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}")
# An example is enough to see whether the columns were understood.
_SHOWN_CHARACTERS = 60


def run(arguments: Arguments, home: Home) -> int:
    """Do what the action says."""
    from tutor.cli import classexport, classjudging

    actions: dict[str, Callable[[Arguments, Home], int]] = {
        "list": list_classes,
        "import": import_answers,
        "mark": mark,
        "log": classjudging.log,
        "agreement": classjudging.agreement,
        "items": classjudging.items,
        "inbox": classjudging.inbox,
        "regrade": classjudging.regrade,
        "export": classexport.export,
        "forget": forget,
    }
    return actions[options(arguments).action](arguments, home)


def options(arguments: Arguments) -> ClassArguments:
    """Return the arguments of this group."""
    assert arguments.classes is not None
    return arguments.classes


def open_book(name: str, home: Home) -> ClassBook:
    """Return the file of a class, which need not be there yet; raises UsageError."""
    from tutor.store.classbook import ClassBook

    if not _NAME.fullmatch(name):
        raise UsageError(
            _("{name}: name a class with letters, digits, dots, dashes and underscores").format(
                name=name
            )
        )
    return ClassBook(home.classes / f"{name}.db")


def open_class(arguments: Arguments, home: Home) -> Classroom:
    """Return the use cases of the class that is named; raises NotFound where there is none."""
    classroom = _classroom(arguments, home)
    classroom.book.info()
    return classroom


def say_unmarked(classroom: Classroom) -> None:
    """Say how many answers have no mark yet, where there are some."""
    left = len(classroom.book.entries()) - len(classroom.book.results())
    if left:
        said = ngettext(
            "{count} answer is not marked yet; `tutor class mark` does it.",
            "{count} answers are not marked yet; `tutor class mark` does it.",
            left,
        )
        print(said.format(count=left), file=sys.stderr)


def say_by_another_rubric(classroom: Classroom) -> None:
    """Say how many marks the rubric in force did not give, where there are some."""
    results = classroom.book.results().values()
    others = sum(result.rubric_sha256 != classroom.rubric.sha256 for result in results)
    if others:
        said = ngettext(
            "{count} mark was given by another rubric than this one: "
            "--rubrics names its folder, `tutor class regrade` compares.",
            "{count} marks were given by another rubric than this one: "
            "--rubrics names its folder, `tutor class regrade` compares.",
            others,
        )
        print(said.format(count=others), file=sys.stderr)


def _classroom(arguments: Arguments, home: Home) -> Classroom:
    from tutor.session.classroom import Classroom

    return Classroom(
        book=open_book(options(arguments).name, home),
        library=open_library(arguments, home),
        clock=SystemClock(),
        load_model=lambda: load_engine(arguments),
    )


def list_classes(_arguments: Arguments, home: Home) -> int:
    """Print the classes with their case and how far they are."""
    rows = []
    for path in sorted(home.classes.glob("*.db")) if home.classes.is_dir() else ():
        book = open_book(path.stem, home)
        if book.exists():
            info = book.info()
            entries = book.entries()
            counts = len(entries), len({one.candidate for one in entries}), len(book.results())
            rows.append((info.name, f"{info.case} ({info.language})", *map(str, counts)))
    if rows:
        print(table((_("Class"), _("Case"), _("Answers"), _("Candidates"), _("Marked")), rows))
    else:
        print(_("No class yet; `tutor class import` begins one."), file=sys.stderr)
    return ExitCode.DONE


def import_answers(arguments: Arguments, home: Home) -> int:
    """Read answers and store what is not stored yet."""
    from tutor.session.arrivals import Fate, Repeats
    from tutor.session.grading import content_for, must_be_language_tag
    from tutor.session.importing import read_submissions

    wish = options(arguments)
    classroom = _classroom(arguments, home)
    is_new = not classroom.book.exists()
    if is_new and not wish.case:
        raise UsageError(_("name the case of this new class with --case CASE"))
    case_id = wish.case or classroom.info.case
    if not is_new and case_id != classroom.info.case:
        raise UsageError(
            _("the class {name} answers {case}; another case is another class").format(
                name=wish.name, case=classroom.info.case
            )
        )
    if not wish.path.exists():
        raise UsageError(_("{path}: no such file or folder").format(path=wish.path))
    if wish.language:
        must_be_language_tag(wish.language)
    # A class keeps the language it began with.
    language = wish.language or "de" if is_new else classroom.info.language
    case, rubric = content_for(classroom.library, case_id, language)
    _say_other_language(wish, case_id, rubric.language, is_new=is_new)
    reading = read_submissions(wish.path, case_id)
    _count_other_languages(reading.submissions, rubric.language)
    for problem in reading.problems:
        print(problem, file=sys.stderr)
    repeats = None if wish.repeats is None else Repeats(wish.repeats)
    if wish.dry_run:
        found = classroom.arrivals(reading.submissions, case, repeats)
        print(table(*_understood(found.arrivals)))
    else:
        classroom.begin(wish.name, case, seed=secrets.token_hex(16))
        found = classroom.add(reading.submissions, repeats)
    _name_repeats(found)
    said = (
        _("{count} understood, nothing stored").format(count=len(reading.submissions))
        if wish.dry_run
        else _("{new} added, {known} there already, {problems} with problems").format(
            new=len(found.to_store),
            known=len(found.of(Fate.KNOWN)),
            problems=len(reading.problems) + len(found.of(Fate.LEFT_OUT)),
        )
    )
    print(said, file=sys.stderr)
    return ExitCode.PROBLEMS if reading.problems or found.of(Fate.LEFT_OUT) else ExitCode.DONE


def _say_other_language(wish: ClassArguments, case_id: str, language: str, *, is_new: bool) -> None:
    """Say where the answers are marked by a rubric in another language than was asked for."""
    from tutor.session.grading import primary_language

    if not wish.language or primary_language(wish.language) == primary_language(language):
        return
    said = (
        _(
            "{case} has no rubric in {wanted} that can be used; "
            "the one in {language} marks this class."
        )
        if is_new
        else _(
            "The rubric in {language} marks the class {name}, not one in {wanted}: "
            "another language is another class."
        )
    )
    print(
        said.format(case=case_id, name=wish.name, wanted=wish.language, language=language),
        file=sys.stderr,
    )


def _count_other_languages(submissions: Sequence[Submission], language: str) -> None:
    """Say how many answers name a language which the rubric of the class is not in."""
    from tutor.session.grading import primary_language

    own = primary_language(language)
    named = (primary_language(one.language or own) for one in submissions)
    for other, count in sorted(Counter(tag for tag in named if tag != own).items()):
        said = ngettext(
            "{count} answer is in {other}; the rubric in {language} marks it.",
            "{count} answers are in {other}; the rubric in {language} marks them.",
            count,
        )
        print(said.format(count=count, other=other, language=language), file=sys.stderr)


def _name_repeats(found: Arrivals) -> None:
    """Say who answers more than once, and what becomes of it."""
    from tutor.session.arrivals import Fate

    said = {
        Fate.LEFT_OUT: _("{name}: {place} is another answer than {earlier}, and is left out"),
        Fate.ATTEMPT: _("{name}: {place} is attempt {attempt}, after {earlier}"),
        Fate.REPLACES: _("{name}: {place} takes the place of {earlier}, which counts no more"),
    }
    for one in found.of(*said):
        line = said[one.fate].format(
            name=one.entry.candidate,
            place=one.entry.source,
            earlier=one.earlier,
            attempt=one.entry.attempt,
        )
        print(clean(line), file=sys.stderr)
    if found.of(Fate.LEFT_OUT):
        print(
            _(
                "--repeats attempts keeps both answers of a candidate, --repeats newest counts the "
                "one that comes last; two people of one name need two names in the file."
            ),
            file=sys.stderr,
        )


def _understood(arrivals: Sequence[Arrival]) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    from tutor.session.arrivals import Fate

    fates = {
        Fate.NEW: _("new"),
        Fate.KNOWN: _("there already"),
        Fate.ATTEMPT: _("attempt {number}"),
        Fate.REPLACES: _("replaces"),
        Fate.LEFT_OUT: _("left out"),
    }
    header = (_("Candidate"), _("Steps"), _("Becomes"), _("Found in"), _("Begins with"))
    rows: list[tuple[str, ...]] = []
    for arrival in arrivals:
        one, fate = arrival.submission, fates[arrival.fate]
        becomes = fate.format(number=arrival.entry.attempt)
        first = one.text if one.text is not None else (one.steps[0].measure if one.steps else "")
        words = " ".join(first.split())
        steps = _("text") if one.text is not None else str(len(one.steps))
        rows.append((one.candidate, steps, becomes, one.place, words[:_SHOWN_CHARACTERS]))
    return header, rows


def mark(arguments: Arguments, home: Home) -> int:
    """Mark what is unmarked, and say how far it is."""
    classroom = open_class(arguments, home)
    with progress(SystemClock()) as show:
        count = classroom.mark(show)
    print(
        ngettext("{count} answer marked", "{count} answers marked", count).format(count=count),
        file=sys.stderr,
    )
    return ExitCode.DONE


def review(arguments: Arguments, home: Home) -> int:
    """Open the screen on which a marker decides."""
    wish = options(arguments)
    classroom = open_class(arguments, home)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError(_("needs a terminal; `tutor --help` lists the commands that do not"))
    if not classroom.book.entries():
        raise NotFound(_("This class has no answers; `tutor class import` reads them."))
    from tutor.tui.screenapp import ScreenApp

    app = ScreenApp(_screen(wish, classroom), theme=arguments.theme)
    app.run()
    return app.return_code or ExitCode.DONE


def _screen(wish: ClassArguments, classroom: Classroom) -> TutorScreen:
    if wish.inbox:
        from tutor.tui.inbox import InboxScreen

        return InboxScreen(classroom, blind=wish.blind)
    if wish.regrade:
        from tutor.tui.regrade import RegradeScreen

        return RegradeScreen(classroom, blind=wish.blind)
    from tutor.session.reviewing import Review
    from tutor.tui.review import ReviewScreen

    marker = clean(wish.marker or getpass.getuser()).strip()
    return ReviewScreen(Review(classroom, marker, blind=wish.blind, settle=wish.settle))


def forget(arguments: Arguments, home: Home) -> int:
    """Remove a person's data and say what was removed."""
    wish = options(arguments)
    classroom = open_class(arguments, home)
    if not wish.yes:
        every = classroom.book.every_entry()
        own = [entry for entry in every if entry.candidate == wish.candidate]
        if not own:
            raise NotFound(
                _("There is no candidate “{name}” in this class.").format(name=wish.candidate)
            )
        said = ngettext(
            "{count} answer of {name}, with all marks and decisions; --yes removes it",
            "{count} answers of {name}, with all marks and decisions; --yes removes them",
            len(own),
        )
        print(said.format(count=len(own), name=wish.candidate))
        return ExitCode.DONE
    gone = classroom.forget(wish.candidate)
    print(
        _("removed: {answers}, {marks}, {decisions}").format(
            answers=ngettext("{count} answer", "{count} answers", gone.answers).format(
                count=gone.answers
            ),
            marks=ngettext("{count} mark", "{count} marks", gone.marks).format(count=gone.marks),
            decisions=ngettext("{count} decision", "{count} decisions", gone.decisions).format(
                count=gone.decisions
            ),
        )
    )
    print(_("Exported files and the files you imported from are yours to delete."))
    return ExitCode.DONE
