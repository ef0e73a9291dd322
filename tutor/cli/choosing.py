"""Finding the case that a command names."""

from collections.abc import Iterable
from difflib import get_close_matches

from tutor.core.case import Case
from tutor.core.errors import UsageError
from tutor.locales import _, active_language


def chosen_case(cases: Iterable[Case], case_id: str, language: str | None) -> Case:
    """Return the case in the language asked for, else in the interface's, else in any."""
    by_language = {case.language: case for case in cases if case.id == case_id}
    if not by_language:
        known = sorted({case.id for case in cases})
        near = get_close_matches(case_id, known, n=1)
        advice = (
            _("did you mean {near}?").format(near=near[0])
            if near
            else _("`tutor list` shows the cases")
        )
        raise UsageError(_("no case {case}, {advice}").format(case=case_id, advice=advice))
    if language is not None and language not in by_language:
        raise UsageError(
            _("{case} is not written in {language}, only in {languages}").format(
                case=case_id, language=language, languages=", ".join(sorted(by_language))
            )
        )
    wish = language or active_language()
    return by_language.get(wish) or by_language[min(by_language)]
