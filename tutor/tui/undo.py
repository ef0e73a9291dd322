"""Taking back changes of the whole answer: typing, moving, deleting, pasting, switching."""

from collections.abc import Hashable

from tutor.core.draft import Draft

# Drafts share the text that did not change, so a step costs little more than its own words.
MAX_STEPS = 500


class UndoStack:
    """The drafts that came before, so that one key takes back the last change of any kind.

    Letters typed one after the other in the same place are one step until a word begins.
    """

    def __init__(self) -> None:
        self._past: list[Draft] = []
        self._future: list[Draft] = []
        self._place: Hashable = None

    def record(self, before: Draft, place: Hashable = None, *, starts_word: bool = False) -> None:
        """Remember the draft as it was before a change; `place` is where letters were typed."""
        self._future.clear()
        if place is not None and place == self._place and not starts_word:
            return
        self._place = place
        self._past.append(before)
        del self._past[:-MAX_STEPS]

    def undo(self, now: Draft) -> Draft | None:
        """Return the draft before the last change, or None where there was none."""
        return self._step(self._past, self._future, now)

    def redo(self, now: Draft) -> Draft | None:
        """Return the draft that was taken back last, or None."""
        return self._step(self._future, self._past, now)

    def _step(self, source: list[Draft], target: list[Draft], now: Draft) -> Draft | None:
        self._place = None
        if not source:
            return None
        target.append(now)
        return source.pop()
