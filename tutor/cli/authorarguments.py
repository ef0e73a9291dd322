"""The arguments of the commands for people who write cases."""

import argparse
from collections.abc import Callable
from pathlib import Path

from tutor.core.case import Kind
from tutor.locales import _

AddCommand = Callable[[str, str], argparse.ArgumentParser]


def add_author_commands(command: AddCommand) -> None:
    """Add the commands from the first draft of a case to the pack that is handed on."""
    new = command("new", _("start a case: write its skeleton and its rubric's"))
    new.add_argument("case", metavar="CASE-ID", help=_("id of the case, such as it-outage"))
    _add_language(new)
    new.add_argument(
        "--kind",
        choices=[kind.value for kind in Kind],
        default=Kind.CRITICAL_INCIDENT.value,
        help=_("task type; default: critical-incident"),
    )

    schema = command("schema", _("print the JSON Schema of a file format"))
    schema.add_argument("schema", choices=("case", "rubric"), help=_("the format"))

    preview = command("preview", _("see a case as candidates do, and try answers on its rubric"))
    _add_case(preview)
    preview.add_argument(
        "--answer", metavar="FILE", type=Path, help=_("a text file with the trial answer")
    )
    preview.add_argument("--watch", action="store_true", help=_("mark anew when a file changes"))

    handout = command("handout", _("write a sheet to print: the case alone, or with its solution"))
    _add_case(handout)
    handout.add_argument(
        "--for",
        dest="reader",
        choices=("candidate", "marker"),
        default="candidate",
        help=_("who gets it; default: candidate"),
    )
    handout.add_argument(
        "--format", type=_formats, default="html", help=_("html, md or both: html,md")
    )
    handout.add_argument("--out", metavar="DIR", default=".", help=_("default: this folder"))

    pack = command("pack", _("put the cases of a folder into one file to hand on"))
    pack.add_argument("pack", metavar="FOLDER", type=Path, help=_("the folder with pack.yaml"))
    pack.add_argument(
        "--out",
        metavar="PATH",
        default="",
        help=_("a file or a folder; default: NAME-VERSION.zip"),
    )

    install = command("install", _("add the cases of a pack to the library"))
    install.add_argument("pack", metavar="PACK", type=Path, help=_("a zip file or a folder"))


def _add_case(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", metavar="CASE", help=_("id of the case, such as it-outage"))
    _add_language(parser)


def _add_language(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--language", metavar="LANG", help=_("language of the case, such as de"))


def _formats(text: str) -> str:
    if not set(text.split(",")) <= {"html", "md"}:
        raise argparse.ArgumentTypeError(_("write html, md or html,md"))
    return text
