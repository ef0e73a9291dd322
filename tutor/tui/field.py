"""The one kind of text field in which an answer is written."""

import unicodedata
from typing import Any, ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import TextArea

from tutor.core.plaintext import clean
from tutor.locales import _
from tutor.tui.keyline import N_

# Each key lays the changed line out again; up to here that stays below the time of one frame.
MAX_EDITABLE = 20_000
# As much of a longer text is shown as tells which one it is.
EXCERPT = 400


class Field(TextArea):
    """A borderless text area which grows with its text, and cleans what is pasted into it.

    A text above MAX_EDITABLE is kept whole in `value`, but only its beginning is shown and it
    can no longer be edited, because laying it out at every key would stop the clock line.
    `single` fields hold one paragraph: Enter leaves them, and pasted line ends become spaces.
    """

    # TextArea binds these too, without an id and in English.
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+z",
            "undo",
            N_("Undo"),
            id="field.undo",
            show=False,
            priority=True,
            tooltip=N_("Take back the last change, whatever it was."),
        ),
        Binding(
            "ctrl+y",
            "redo",
            N_("Redo"),
            id="field.redo",
            show=False,
            priority=True,
            tooltip=N_("Make it again."),
        ),
    ]

    class Pasted(Message):
        """More than a line was pasted; the answer decides what becomes of it."""

        def __init__(self, field: "Field", text: str) -> None:
            super().__init__()
            self.field = field
            self.text = text

    class EdgeReached(Message):
        """The cursor wants to leave upwards (-1) or downwards (1)."""

        def __init__(self, field: "Field", direction: int) -> None:
            super().__init__()
            self.field = field
            self.direction = direction

    class StepWanted(Message):
        """Undo (-1) or redo (1), of the whole answer."""

        def __init__(self, direction: int) -> None:
            super().__init__()
            self.direction = direction

    def __init__(self, value: str = "", *, single: bool, **options: Any) -> None:
        super().__init__(compact=True, highlight_cursor_line=False, max_checkpoints=1, **options)
        self.single = single
        self.is_closed = False
        self._whole: str | None = None
        self._seen = ""
        self.put(value)

    @property
    def value(self) -> str:
        """The whole text, also where only its beginning is shown."""
        return self.text if self._whole is None else self._whole

    def put(self, value: str) -> None:
        """Replace the text, and leave the cursor where the change ends."""
        before, self._seen = self._seen, value
        self._load(value, before)

    def _load(self, value: str, before: str) -> None:
        if len(value) > MAX_EDITABLE:
            self._whole = value
            note = _(
                "[{count} more characters are kept and not shown. Backspace empties this field.]"
            )
            self.load_text(f"{value[:EXCERPT]}…\n{note.format(count=len(value) - EXCERPT)}")
            self.read_only = True
            return
        self._whole = None
        self.read_only = self.is_closed
        self.load_text(value)
        self.move_cursor(self._location(len(value) - _common_suffix(before, value)))

    def close(self) -> None:
        """Let the text stand as it is."""
        self.is_closed = self.read_only = True

    def changed_from(self) -> tuple[str, bool]:
        """Return the text before the last change, and whether that change began a word."""
        before, self._seen = self._seen, self.value
        row, column = self.cursor_location
        left = self.document.get_line(row)[:column] if row < self.document.line_count else ""
        typed, previous = left[-1:], left[-2:-1]
        return before, not typed.isspace() and (not previous or previous.isspace())

    def insert_pasted(self, text: str) -> None:
        """Insert text at the cursor, in place of what is selected."""
        start, end = sorted(self.selection)
        before = self.get_text_range((0, 0), start)
        after = self.get_text_range(end, self.document.end)
        if len(before) + len(text) + len(after) > MAX_EDITABLE:
            self._load(before + text + after, self.value)
            self.post_message(self.Changed(self))
        elif result := self._replace_via_keyboard(text, start, end):
            self.move_cursor(result.end_location)

    def _location(self, offset: int) -> tuple[int, int]:
        before = self.text[: max(offset, 0)]
        return before.count("\n"), len(before) - (before.rfind("\n") + 1)

    def paste(self, text: str) -> None:
        """Take text from outside: cleaned, and by way of the answer where it has several lines."""
        text = clean(text)
        if not text or self.read_only:
            return
        if self.single and "\n" in text.strip():
            self.post_message(self.Pasted(self, text))
        else:
            self.insert_pasted(" ".join(text.split("\n")) if self.single else text)

    def on_key(self, event: events.Key) -> None:
        """Take characters that join others into one emoji, which Textual takes for keys."""
        character = event.character
        if self.read_only or character is None or len(character) != 1:
            return
        if unicodedata.category(character) == "Cf" and clean(character):
            event.stop()
            event.prevent_default()
            self._replace_via_keyboard(character, *self.selection)

    def on_paste(self, event: events.Paste) -> None:
        """Clean what the terminal hands over."""
        event.stop()
        event.prevent_default()
        self.paste(event.text)

    def action_paste(self) -> None:
        """Paste what was copied inside the app."""
        self.paste(self.app.clipboard)

    def action_delete_left(self) -> None:
        """Delete to the left; a text that is too long to be edited goes as a whole."""
        if self._whole is None or self.is_closed:
            super().action_delete_left()
        else:
            self._load("", self.value)
            self.post_message(self.Changed(self))

    def action_undo(self) -> None:
        """Take back the last change of the answer, wherever it was made."""
        self.post_message(self.StepWanted(-1))

    def action_redo(self) -> None:
        """Make the change again that was taken back last."""
        self.post_message(self.StepWanted(1))

    def action_cursor_up(self, select: bool = False) -> None:
        """Move up, and out of the field from its first line."""
        if self.single and not select and self.navigator.is_first_wrapped_line(self.selection.end):
            self.post_message(self.EdgeReached(self, -1))
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Move down, and out of the field from its last line."""
        if self.single and not select and self.navigator.is_last_wrapped_line(self.selection.end):
            self.post_message(self.EdgeReached(self, 1))
        else:
            super().action_cursor_down(select)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave F6 and F7, which TextArea takes for selecting, to the exam."""
        if action in {"select_line", "select_all"}:
            return False
        return super().check_action(action, parameters)


def _common_suffix(left: str, right: str) -> int:
    """Return how many characters two texts share at their end, beyond what they share before."""
    most = min(len(left), len(right))
    start = 0
    while start < most and left[start] == right[start]:
        start += 1
    end = 0
    while end < most - start and left[-1 - end] == right[-1 - end]:
        end += 1
    return end
