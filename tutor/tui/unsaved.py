"""An answer that was handed in or left while the disk was full, and how it is not lost."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.locales import _

if TYPE_CHECKING:
    from tutor.session.sitting import Sitting
    from tutor.tui.shell import Shell


class UnsavedAnswer:
    """Keeps the last such answer: it must not end with the process unasked."""

    def __init__(self, app: "Shell") -> None:
        self._app = app
        self._sitting: Sitting | None = None

    def keep(self, sitting: "Sitting") -> None:
        """Take an answer up; one that is saved meanwhile is none."""
        self._sitting = sitting

    @property
    def is_there(self) -> bool:
        """True where something would be lost."""
        return self._sitting is not None and self._sitting.is_unsaved

    def ask_before_quitting(self) -> None:
        """Offer to write the answer to a file; quit only where losing it was chosen."""
        from tutor.tui.dialogs import Choice, Dialog

        sitting = self._sitting
        assert sitting is not None

        def answered(choice: str | None) -> None:
            if choice == "copy":
                self.save_copy(sitting)
            elif choice == "quit":
                self._app.exit()

        self._app.push_screen(
            Dialog(
                _("Your answer is not saved"),
                _(
                    "There was no room to save “{title}”. It is lost when the tutor ends, "
                    "unless you write it to a file first."
                ).format(title=sitting.case.title),
                (
                    Choice("copy", _("Write the answer to a file")),
                    Choice("stay", _("Stay")),
                    Choice("quit", _("Quit and lose it")),
                ),
            ),
            answered,
        )

    def save_copy(self, sitting: "Sitting") -> None:
        """Ask for a file and write the answer to it."""
        from tempfile import gettempdir

        from tutor.tui.savecopy import SaveCopyDialog

        def saved(path: Path) -> None:
            self._sitting = None
            self._app.notify(_("Written to {path}").format(path=path), markup=False)

        def chosen(typed: str | None) -> None:
            if typed is not None:
                path = Path(typed).expanduser()
                self._app.in_background(
                    lambda: sitting.save_copy(path),
                    lambda _none: saved(path),
                    partial(self.save_copy, sitting),
                )

        name = f"tutor-{sitting.case.id}-{sitting.attempt.id[:8]}.txt"
        self._app.push_screen(SaveCopyDialog(str(Path(gettempdir()) / name)), chosen)
