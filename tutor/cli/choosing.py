"""Finding the case that a command names."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.core.case import Case
from tutor.core.errors import UsageError
from tutor.locales import _, active_language

if TYPE_CHECKING:
    from tutor.content.library import Library


def chosen_case(library: Library, case_id: str, language: str | None) -> Case:
    """Return the case in the language asked for, else in the interface's, else in any.

    Raises UsageError where there is none, and ContentError with the mistakes of its file.
    """
    from tutor.content.load import load_case

    return load_case(chosen_file(library, case_id, language))


def chosen_file(library: Library, case_id: str, language: str | None) -> Path:
    """Return the file of that case, which may have mistakes; raises UsageError for none.

    Files are told by their names, which cases without mistakes cannot differ from.
    """
    files = library.case_files(case_id)
    if not files:
        near = get_close_matches(case_id, library.case_ids(), n=1)
        advice = (
            _("did you mean {near}?").format(near=near[0])
            if near
            else _("`tutor list` shows the cases")
        )
        raise UsageError(_("no case {case}, {advice}").format(case=case_id, advice=advice))
    if language is not None and language not in files:
        raise UsageError(
            _("{case} is not written in {language}, only in {languages}").format(
                case=case_id, language=language, languages=", ".join(sorted(files))
            )
        )
    wish = language or active_language()
    return files.get(wish) or files[min(files)]
