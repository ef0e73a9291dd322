"""What comes in and goes out: stdin and stdout for `-`, else files."""

import json
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from tutor.core.errors import UsageError
from tutor.locales import _


def print_json(value: object) -> None:
    """Print a value as JSON for people and programs: indented, in its own letters."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def open_lines(stack: ExitStack, name: str) -> Iterable[bytes]:
    """Return the lines of stdin or of a file; raises UsageError where it cannot be read."""
    if name == "-":
        return sys.stdin.buffer
    try:
        return stack.enter_context(Path(name).open("rb"))
    except OSError as error:
        raise UsageError(
            _("{path}: cannot be read ({reason})").format(path=name, reason=error.strerror)
        ) from error


def open_text(stack: ExitStack, name: str, *, appends: bool = False) -> TextIO:
    """Return stdout or a file to write; raises UsageError where it cannot be written."""
    if name == "-":
        return sys.stdout
    path = Path(name)
    try:
        if appends:
            return stack.enter_context(path.open("a", encoding="utf-8", newline="\n"))
        return stack.enter_context(path.open("w", encoding="utf-8", newline="\n"))
    except OSError as error:
        raise UsageError(
            _("{path}: cannot be written ({reason})").format(path=name, reason=error.strerror)
        ) from error


def write_text(name: str, text: str) -> None:
    """Write a text to stdout or a file; raises UsageError where it cannot be written."""
    with ExitStack() as stack:
        open_text(stack, name).write(text)
