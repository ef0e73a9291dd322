"""What an earlier run left, open or out of time, and what is asked about it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tutor.core.attempt import ClosedBy
from tutor.core.clock import clock_face
from tutor.core.debrief import Debrief
from tutor.locales import _, ngettext
from tutor.tui.dialogs import Choice, Dialog

if TYPE_CHECKING:
    from tutor.session.practice import OpenSitting


def overdue_dialog(debriefs: Sequence[Debrief]) -> Dialog:
    """Tell of exams that were handed in meanwhile; comes back with `show` or `later`."""
    titles = "\n".join(f"• {debrief.case.title}" for debrief in debriefs)
    title = _("Handed in while you were away")
    text = ngettext(
        "The time of this exam ran out while you were away. "
        "It was handed in as it stood and is marked:",
        "The time of these {count} exams ran out while you were away. "
        "They were handed in as they stood and are marked:",
        len(debriefs),
    ).format(count=len(debriefs))
    if all(d.attempt.closed_by is not ClosedBy.TIME_WHILE_AWAY for d in debriefs):
        title = _("Stored now")
        text = _("There was no room to store this when it was handed in. It is marked now:")
    return Dialog(
        title,
        f"{text}\n\n{titles}",
        (Choice("show", _("Show the debrief")), Choice("later", _("Later"))),
    )


def elsewhere_dialog(sitting: "OpenSitting") -> Dialog:
    """Tell of an exam that somebody has on another screen."""
    return Dialog(
        _("This exam is open elsewhere"),
        _("“{title}” is open in another running tutor. Go on there.").format(title=sitting.title),
    )


def open_dialog(sitting: "OpenSitting") -> Dialog:
    """Offer an exam that is open; comes back with `go-on` or `later`."""
    text = _("“{title}”: go on with {time} left? The clock is running.")
    if sitting.attempt.hidden_clock:
        text = _("“{title}”: go on? The clock is running.")
    return Dialog(
        _("An exam is still open"),
        text.format(title=sitting.title, time=clock_face(sitting.remaining_seconds)),
        (Choice("go-on", _("Go on")), Choice("later", _("Not now"))),
    )
