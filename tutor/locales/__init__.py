"""The language of the user interface, through gettext.

Message ids are the English sentences, so English needs no catalogue; the others are complete.
The language of a case is independent of the language spoken here.
"""

import gettext
from collections.abc import Iterable, Sequence
from pathlib import Path

LANGUAGES = ("de", "en", "fr", "it")
DEFAULT_LANGUAGE = "de"

_active: gettext.NullTranslations = gettext.NullTranslations()
_active_language = "en"


def choose_language(wishes: Iterable[str | None]) -> str:
    """Return the first wish that is served, in any spelling (`de_CH.UTF-8`, `de-CH`, `de`).

    Wishes come in order of precedence: argument, config, locale. German where nothing fits.
    """
    for wish in wishes:
        language = (wish or "").replace("-", "_").split(".")[0].split("_")[0].lower()
        if language in LANGUAGES:
            return language
    return DEFAULT_LANGUAGE


def activate(language: str) -> None:
    """Speak this language from now on; raises ValueError for one that is not served."""
    global _active, _active_language
    if language not in LANGUAGES:
        raise ValueError(language)
    if language == "en":
        _active = gettext.NullTranslations()
    else:
        folder = Path(__file__).parent
        _active = gettext.translation("tutor", folder, languages=[language])
    _active_language = language


def active_language() -> str:
    """Return the language spoken at the moment."""
    return _active_language


def _(message: str) -> str:
    """Translate a message."""
    return _active.gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Translate a message that counts; `{count}` is left for the caller to fill in."""
    return _active.ngettext(singular, plural, count)


def pgettext(context: str, message: str) -> str:
    """Translate a message which means different things in different places."""
    return _active.pgettext(context, message)


__all__: Sequence[str] = (
    "DEFAULT_LANGUAGE",
    "LANGUAGES",
    "_",
    "activate",
    "active_language",
    "choose_language",
    "ngettext",
    "pgettext",
)
