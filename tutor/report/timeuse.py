"""How the minutes were spent, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from tutor.core.debrief import Debrief
from tutor.locales import _, ngettext
from tutor.report.words import clock_words

# One cell is ten seconds of a seven-minute case: fits 60 columns, and a pause is seen.
STRIP_CELLS = 42


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeView:
    """The line of use and its figures; each cell of `strip` is true where something was written.

    `is_known` is false for an answer that was not written here.
    """

    limit: str
    strip: tuple[bool, ...]
    lines: tuple[str, ...]
    steps: tuple[str, ...]
    is_known: bool = True

    @property
    def strip_text(self) -> str:
        """The strip as characters."""
        return "".join("█" if was_written else "·" for was_written in self.strip)


def time_view(debrief: Debrief, steps: Sequence[str]) -> TimeView:
    """Say when the writing began, stopped and paused, and when each of the steps was begun."""
    use, limit = debrief.time_use, debrief.attempt.limit_seconds
    lines = []
    if use.first_word_seconds is None:
        lines.append(_("Nothing was written."))
    else:
        lines.append(_("First word after {time}.").format(time=clock_words(use.first_word_seconds)))
    if use.last_word_seconds is not None:
        left = clock_words(max(limit - use.last_word_seconds, 0))
        lines.append(
            _("Last change at {time}, {left} before the end.").format(
                time=clock_words(use.last_word_seconds), left=left
            )
        )
        lines.append(_pauses(debrief))
    return TimeView(
        limit=clock_words(limit),
        strip=_strip([moment.elapsed_seconds for moment in debrief.attempt.moments], limit),
        lines=tuple(lines),
        steps=tuple(
            _("{time} step {number}: {text}").format(
                time=clock_words(begun), number=number, text=text
            )
            for number, (begun, text) in enumerate(
                zip(debrief.step_seconds, steps, strict=False), 1
            )
            if begun is not None
        ),
        is_known=not debrief.candidate,
    )


def _pauses(debrief: Debrief) -> str:
    pauses = debrief.time_use.pauses
    if not pauses:
        return _("No long pause while writing.")
    said = ", ".join(
        _("{start} to {end}").format(
            start=clock_words(pause.start_seconds), end=clock_words(pause.end_seconds)
        )
        for pause in pauses
    )
    counted = ngettext("{count} long pause: {said}.", "{count} long pauses: {said}.", len(pauses))
    return counted.format(count=len(pauses), said=said)


def _strip(times: list[float], limit: float) -> tuple[bool, ...]:
    cells = [False] * STRIP_CELLS
    for time in times:
        cells[min(int(time / limit * STRIP_CELLS), STRIP_CELLS - 1)] = True
    return tuple(cells)
