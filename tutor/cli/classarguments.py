"""The arguments of `tutor class …` and `tutor review`."""

import argparse
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from tutor.locales import _

# Words that also other commands could use for something else stand behind this in a namespace.
_PREFIX = "class_"

REPEATS = ("attempts", "newest")
FORMATS = ("csv", "xlsx", "jsonl", "zip", "html")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassArguments:
    """What is done with which class."""

    action: str
    name: str = ""
    path: Path = Path()
    case: str = ""
    language: str | None = None
    dry_run: bool = False
    repeats: str | None = None
    marker: str | None = None
    blind: bool = False
    settle: bool = False
    inbox: bool = False
    regrade: bool = False
    candidate: str = ""
    yes: bool = False
    apply: bool = False
    out: Path | None = None
    format: str | None = None
    pseudonyms: bool = False
    bom: bool = False
    group: int | None = None
    extras: bool = False
    target: str = ""
    text: str = ""
    why: str = ""
    write: bool = False
    json: bool = False

    @classmethod
    def taken_from(cls, values: dict[str, Any]) -> "ClassArguments | None":
        """Take these arguments out of all that were read; None for another command."""
        own = {
            field.name: values.pop(_PREFIX + field.name)
            for field in fields(cls)
            if _PREFIX + field.name in values
        }
        return cls(**own) if own else None


def add_class_commands(
    command: Callable[[str, str], argparse.ArgumentParser], common: argparse.ArgumentParser
) -> None:
    """Add `class` with its actions, and `review`."""
    group = command("class", _("mark a class: import, judge, analyse, export"))
    actions = group.add_subparsers(title=_("actions"), metavar=_("ACTION"), required=True)

    def action(name: str, help_text: str, *, names_class: bool = True) -> argparse.ArgumentParser:
        sub = actions.add_parser(name, parents=[common], help=help_text, description=help_text)
        sub.set_defaults(class_action=name)
        if names_class:
            _add(sub, "name", "CLASS", _("name of the class, such as autumn-2026"))
        return sub

    action("list", _("list the classes"), names_class=False)

    importing = action("import", _("read answers from a file or a folder"))
    _add(importing, "path", "PATH", _("JSONL, CSV, TSV, or a folder of TXT, MD, DOCX"), type=Path)
    _add(importing, "--case", "CASE", _("the case they answer; needed for the first import"))
    _add(importing, "--language", "LANG", _("language of the answers, such as de"))
    _add(
        importing,
        "--repeats",
        None,
        _("a candidate's further answer is an attempt of its own, or the newest one counts"),
        choices=REPEATS,
    )
    _flag(importing, "--dry-run", _("show what was understood and store nothing"))

    action("mark", _("let the machine mark what is unmarked"))

    review = command("review", _("judge the answers of a class on the screen"))
    review.set_defaults(class_action="review")
    _add(review, "name", "CLASS", _("name of the class, such as autumn-2026"))
    _add(review, "--marker", "NAME", _("who decides; default: your name on this machine"))
    _flag(review, "--blind", _("hide the candidates' names"))
    other = review.add_mutually_exclusive_group()
    _flag(other, "--settle", _("show only what markers decided differently"))
    _flag(other, "--inbox", _("go through what earned nothing, and accept it into the rubric"))
    _flag(other, "--regrade", _("see old and new marks side by side after a change of the rubric"))

    log = action("log", _("print every decision that was made"))
    _flag(log, "--json", _("print JSON"))
    agreement = action("agreement", _("compare machine and people, and people among themselves"))
    _flag(agreement, "--json", _("print JSON"))
    items = action("items", _("say how each measure fared"))
    _flag(items, "--json", _("print JSON"))

    inbox = action("inbox", _("list what candidates wrote and nothing earned, by meaning"))
    _add(inbox, "--group", "N", _("show this group and what accepting it would do"), type=int)
    _add(
        inbox,
        "--as",
        "ID",
        _("accept the group as a paraphrase of this measure or pitfall, or as extra"),
        dest="class_target",
    )
    _add(
        inbox, "--why", "TEXT", _("make ID a new pitfall of the group, which hurts for this reason")
    )
    _add(inbox, "--text", "TEXT", _("what the new pitfall is; default: the first sentence"))
    _flag(inbox, "--extras", _("list what was taken for extras, or with --group bring it back"))
    _flag(inbox, "--write", _("do it; without this it is only shown"))

    regrade = action("regrade", _("compare the marks with those the present rubric gives"))
    _flag(regrade, "--apply", _("add the new marks"))

    export = action("export", _("write the marks for a spreadsheet, or reports"))
    _add(export, "--out", "FILE", _("its ending says the format"), type=Path, required=True)
    _add(export, "--format", None, _("default: by --out"), choices=FORMATS)
    _flag(export, "--pseudonyms", _("write no candidate's name"))
    _flag(export, "--bom", _("begin a CSV with a byte order mark, for old spreadsheets"))

    forget = action("forget", _("remove all that is known of a candidate"))
    _add(forget, "candidate", "CANDIDATE", _("the name as it was imported"))
    _flag(forget, "--yes", _("do it; without this it is only shown"))


def _add(
    parser: argparse.ArgumentParser, name: str, metavar: str | None, text: str, **how: Any
) -> None:
    if name.startswith("-"):
        how.setdefault("dest", _PREFIX + name.lstrip("-").replace("-", "_"))
        how.setdefault("default", argparse.SUPPRESS)
        parser.add_argument(name, metavar=metavar, help=text, **how)
    else:
        parser.add_argument(_PREFIX + name, metavar=metavar, help=text, **how)


def _flag(parser: argparse._ActionsContainer, name: str, text: str) -> None:
    dest = _PREFIX + name.lstrip("-").replace("-", "_")
    parser.add_argument(name, dest=dest, action="store_true", help=text)
