"""Lists of a drill that are brought up to date line by line while somebody works in them."""

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import OptionList

from tutor.core.injects import InjectPlace, InjectState
from tutor.core.plaintext import clean
from tutor.locales import _
from tutor.report.words import clock_words


class LiveList(OptionList):
    """A list whose lines change in place; the highlight stays where it is."""

    def show(self, lines: Sequence[Content]) -> None:
        """Show these lines."""
        if len(lines) == self.option_count:
            for place, line in enumerate(lines):
                if self.get_option_at_index(place).prompt != line:
                    self.replace_option_prompt_at_index(place, line)
            return
        before = self.highlighted
        self.set_options(lines)
        if lines:
            self.highlighted = min(before or 0, len(lines) - 1)


def inject_line(place: InjectPlace, elapsed: float) -> Content:
    """Return a line of the timeline: what became of it, when, and how it begins."""
    when = "" if place.seconds is None else clock_words(place.seconds)
    left = clock_words(max((place.seconds or 0) - elapsed, 0))
    said = {
        InjectState.RELEASED: f"✓ {when}",
        InjectState.SKIPPED: "✗ " + _("skipped"),
        InjectState.HELD: "‖ " + _("held back"),
        InjectState.TIMED: f"▸ {when} (−{left})",
        InjectState.CONDITIONAL: "? " + _("by {time}").format(time=when),
        InjectState.BY_HAND: "+ " + _("by hand"),
        InjectState.OFF: "✗ " + _("will not come"),
    }[place.state]
    is_past = place.state in {InjectState.RELEASED, InjectState.SKIPPED, InjectState.OFF}
    style = "dim" if is_past else "bold"
    return Content.assemble((said, style), "  ", clean(place.inject.text))
