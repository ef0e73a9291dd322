"""One command with its arguments, as the commands receive it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tutor.cli.config import Config, Engine

if TYPE_CHECKING:
    from tutor.cli.classarguments import ClassArguments


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """One command with its arguments; `cases` and `rubrics` replace the bundled content."""

    command: str
    cases: Path | None
    rubrics: Path | None
    engine: Engine
    theme: str | None
    case: str = ""
    language: str | None = None
    json: bool = False
    paths: tuple[Path, ...] = ()
    answers: str = "-"
    out: str = "-"
    workers: int = 1
    resume: bool = False
    classes: ClassArguments | None = None
    attempt: str = ""
    format: str | None = None
    kind: str = ""
    schema: str = ""
    answer: Path | None = None
    watch: bool = False
    samples: bool = False
    reader: str = ""
    pack: Path = Path()
    time_factor: float = 1.0
    hidden_clock: bool = False
    count: int | None = None
    area: str | None = None
    only: str = ""
    seed: int | None = None
    exam: str | None = None
    retention: float = 0.9
    everything: bool = False
    yes: bool = False
    target: str = "last"
    minutes: int = 30
    team: str | None = None
    new: bool = False
    done: str | None = None


def parse(argv: Sequence[str], config: Config) -> Arguments:
    """Read the arguments; argparse prints help and exits with 0, or with 2 on wrong usage."""
    if not argv:
        # `tutor` alone is the common call: building the parser of every command, only to read
        # nothing with it, would cost a tenth of the time to the first frame.
        return Arguments(command="run", cases=None, rubrics=None, **defaults(config))
    from tutor.cli.parser import read

    return read(argv, config)


def defaults(config: Config) -> dict[str, Any]:
    """Return what the settings file decides where no argument does."""
    return {
        "engine": config.engine or "auto",
        "theme": config.theme,
        "time_factor": config.time_factor or 1.0,
        "hidden_clock": config.hidden_clock or False,
    }
