"""Under which conditions an attempt was sat."""

from tutor.locales import _


def conditions_words(time_factor: float, *, hidden_clock: bool) -> str:
    """Say under which conditions an attempt was sat, or nothing for the usual ones."""
    parts = []
    if time_factor != 1:
        parts.append(_("time × {factor}").format(factor=f"{time_factor:g}"))
    if hidden_clock:
        parts.append(_("clock hidden"))
    return ", ".join(parts)
