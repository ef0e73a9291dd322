"""Results on their way out: JSON on stdout, text into a file."""

import json
from pathlib import Path

from tutor.core.errors import UsageError
from tutor.locales import _


def print_json(value: object) -> None:
    """Print a value; what is not ASCII is escaped, so that no control character gets through."""
    print(json.dumps(value, ensure_ascii=True, indent=2))


def write_text(name: str, text: str) -> None:
    """Write a file, or stdout for `-`; raises UsageError where it cannot be written."""
    if name == "-":
        print(text, end="")
        return
    try:
        Path(name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(
            _("{path}: cannot be written ({reason})").format(path=name, reason=error.strerror)
        ) from error
