"""What the person at the keyboard is told when something understandable goes wrong."""

from tutor.core.errors import (
    ContentError,
    EngineUnavailable,
    NotFound,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
    TutorError,
)
from tutor.core.plaintext import clean
from tutor.locales import _


def failure_title(error: TutorError) -> str:
    """Return what happened, in a few words."""
    match error:
        case StoreFull():
            return _("The disk is full")
        case StoreLocked():
            return _("Another tutor is using this")
        case StoreReadOnly():
            return _("The folder cannot be written")
        case StoreDamaged():
            return _("The history cannot be read")
        case NotFound():
            return _("That is not there")
        case ContentError():
            return _("This case has mistakes")
        case EngineUnavailable():
            return _("The marking engine cannot be loaded")
        case StoreError():
            return _("The history cannot be used")
        case _other:
            return _("That did not work")


def way_on(error: TutorError) -> str:
    """Return what can be done about it."""
    match error:
        case StoreFull():
            return _("Free some space and try again; until then it is kept in memory only.")
        case StoreLocked():
            return _("Close the other tutor and try again.")
        case StoreReadOnly():
            return _("Make the folder writable, or choose another with TUTOR_HOME, and try again.")
        case StoreDamaged():
            return _("Move the file away and try again; a new one is begun.")
        case ContentError():
            return _("Correct the file (`tutor check` lists the mistakes) and try again.")
        case EngineUnavailable():
            return _("Install it with `pip install tutor[semantic]`, or choose another engine.")
        case _other:
            return _("You can try again or go on with something else.")


def failure_text(error: TutorError) -> str:
    """Return the error's own words, and the way on where they do not name it; safe to show."""
    said = clean(str(error))
    return (
        said if isinstance(error, StoreError | EngineUnavailable) else f"{said}\n\n{way_on(error)}"
    )
