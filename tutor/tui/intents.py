"""What a screen asks the app for: requests travel up, the app decides what opens.

A screen posts one of these (`self.post_message(DebriefRequested(attempt_id))`) and opens no
other screen itself. Its own reading and writing runs through `TutorScreen.in_background`.
"""

from typing import TYPE_CHECKING

from textual.message import Message

if TYPE_CHECKING:
    from tutor.core.mock import MockWish
    from tutor.session.mockexam import MockState


class CaseRequested(Message):
    """Open a case: its briefing, or the open attempt at it where there is one."""

    def __init__(self, case_id: str, language: str) -> None:
        super().__init__()
        self.case_id = case_id
        self.language = language


class StartRequested(Message):
    """Start the clock of a case: the briefing has been read."""

    def __init__(self, case_id: str, language: str) -> None:
        super().__init__()
        self.case_id = case_id
        self.language = language


class DebriefRequested(Message):
    """Show the debrief of an attempt that was handed in."""

    def __init__(self, attempt_id: str) -> None:
        super().__init__()
        self.attempt_id = attempt_id


class HistoryRequested(Message):
    """Show the attempts of the past."""


class ProgressRequested(Message):
    """Show how the candidate gets on."""


class QuickDrillRequested(Message):
    """Ask back what is due."""


class TheoryRequested(Message):
    """Show the theory cards, from the one with this id where there is one."""

    def __init__(self, card_id: str | None = None) -> None:
        super().__init__()
        self.card_id = card_id


class MockRequested(Message):
    """Go on with the mock exam that was begun, or show a new one as it is wished for."""

    def __init__(self, wish: "MockWish") -> None:
        super().__init__()
        self.wish = wish


class MockCaseRequested(Message):
    """Start the clock of the next case of a mock exam."""

    def __init__(self, state: "MockState") -> None:
        super().__init__()
        self.state = state


class CalibrationRequested(Message):
    """Mark the sample answers of a case oneself."""

    def __init__(self, case_id: str, language: str) -> None:
        super().__init__()
        self.case_id = case_id
        self.language = language
