"""Builds the real things: content, history, clocks and the text model."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.cli.arguments import Arguments
from tutor.cli.clock import SystemClock
from tutor.cli.home import Home
from tutor.core.errors import UsageError
from tutor.locales import _

if TYPE_CHECKING:
    from tutor.content.library import Library
    from tutor.core.textmodel import TextModel
    from tutor.session.practice import Practice

# Where `tutor new` writes, below the current folder.
OWN_CASES, OWN_RUBRICS = Path("cases"), Path("rubrics")


def content_folders(arguments: Arguments) -> tuple[Path, Path]:
    """Return the folders of cases and rubrics: the ones asked for, else the bundled ones.

    Raises UsageError where a folder that was asked for does not exist.
    """
    from tutor.content.bundled import cases_dir, rubrics_dir

    for folder in (arguments.cases, arguments.rubrics):
        if folder is not None and not folder.is_dir():
            raise UsageError(_("{folder}: no such folder").format(folder=folder))
    return arguments.cases or cases_dir(), arguments.rubrics or rubrics_dir()


def open_library(arguments: Arguments, home: Home) -> Library:
    """Return the content the arguments name, else the bundled one and the installed packs."""
    from tutor.content.library import Library

    is_chosen = arguments.cases is not None or arguments.rubrics is not None
    packs = () if is_chosen else installed_packs(home)
    return Library(*content_folders(arguments), packs=packs)


def own_folders(arguments: Arguments) -> tuple[Path, Path] | None:
    """Return the folders of an author who works in the current one, which `tutor new` makes.

    None where either is missing, or where the arguments name other content.
    """
    if arguments.cases is not None or arguments.rubrics is not None:
        return None
    is_there = OWN_CASES.is_dir() and OWN_RUBRICS.is_dir()
    return (OWN_CASES, OWN_RUBRICS) if is_there else None


def open_authors_library(arguments: Arguments, home: Home) -> Library:
    """Return the author's own content where the case is there, else what all commands see."""
    from tutor.content.library import Library

    own = own_folders(arguments)
    if own is not None and Library(*own).case_files(arguments.case):
        return Library(*own)
    return open_library(arguments, home)


def installed_packs(home: Home) -> tuple[Path, ...]:
    """Return the folders of the installed packs, by name."""
    if not home.packs.is_dir():
        return ()
    return tuple(sorted(path for path in home.packs.iterdir() if not path.name.startswith(".")))


def load_engine(arguments: Arguments) -> TextModel:
    """Load the text model the arguments ask for; raises EngineUnavailable."""
    from tutor.semantics import load_model

    return load_model(arguments.engine)


def open_practice(arguments: Arguments, home: Home, library: Library | None = None) -> Practice:
    """Return the use cases of one candidate, on the real clock and the real home.

    The content is the `library` where it is open already, else the one the arguments name.
    """
    from tutor.core.mock import Conditions
    from tutor.session.practice import Practice
    from tutor.store.history import History
    from tutor.store.journal import Journals

    return Practice(
        library=library or open_library(arguments, home),
        history=History(home.history),
        journals=Journals(home.journals),
        clock=SystemClock(),
        new_id=lambda: uuid.uuid4().hex,
        load_model=lambda: load_engine(arguments),
        conditions=Conditions(
            time_factor=arguments.time_factor, hidden_clock=arguments.hidden_clock
        ),
    )
