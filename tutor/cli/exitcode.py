"""The verdict of a command, for scripts."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the shell is told: 1 is about the content or answers, 2 about the command itself."""

    DONE = 0
    PROBLEMS = 1
    FAILED = 2
    INTERRUPTED = 130
