"""The one exception family of the tutor.

    TutorError
    ├── ContentError         a case, rubric or theory card that cannot be used
    ├── AnswersError         a line of answers that cannot be read or marked
    ├── UsageError           wrong arguments or configuration
    ├── EngineUnavailable    the text model that was asked for is not installed
    └── StoreError           the history or the journal
        ├── StoreLocked      another process holds it
        ├── StoreReadOnly    the folder cannot be written
        ├── StoreFull        the disk is full
        ├── StoreDamaged     the file is not a readable history
        └── NotFound         no attempt with this id

Each message is written for the person at the keyboard: what happened and what can be done.
"""

from collections.abc import Sequence

from tutor.core.problem import Problem


class TutorError(Exception):
    """Something a person can understand and act on; anything else is a bug."""


class ContentError(TutorError):
    """Content that cannot be used, with every problem that was found in it."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = tuple(problems)


class AnswersError(TutorError):
    """An answer that cannot be read or marked."""


class UsageError(TutorError):
    """A wrong argument or configuration value."""


class EngineUnavailable(TutorError):
    """The text model that was asked for cannot be loaded here."""


class StoreError(TutorError):
    """The history or the journal cannot be read or written."""


class StoreLocked(StoreError):
    """Another process holds the file."""


class StoreReadOnly(StoreError):
    """The folder or file cannot be written."""


class StoreFull(StoreError):
    """The disk is full."""


class StoreDamaged(StoreError):
    """The file is not a history this program can read."""


class NotFound(StoreError):
    """What was named is not there: an attempt, a class, an answer of one."""
