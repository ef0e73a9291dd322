"""Rounds of typing and killing: what a crash at a random moment leaves behind."""

import os
import random
import re
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.crash.terminal import Terminal
from tutor.core.attempt import Attempt
from tutor.store.history import History
from tutor.store.journal import Journals

LETTERS = "abcdefghijklmnopqrstuvwxyzäöüss[]/ "
LIMIT_SECONDS = 420
# Restarting takes so long that a shown clock can be this far behind.
CLOCK_TOLERANCE_SECONDS = 3.0


@dataclass
class Report:
    """What the rounds found, for people who like figures."""

    kills: int = 0
    typed: int = 0
    lost: int = 0
    worst_loss_seconds: float = 0.0
    worst_clock_error_seconds: float = 0.0


@dataclass
class Candidate:
    """Sits one exam in the real tutor, and is killed again and again.

    `longest_seconds` is for how long it types at most before it is killed,
    `allowed_loss_seconds` how old a key may be and still be lost.
    """

    home: Path
    dice: random.Random
    longest_seconds: float = 2.0
    allowed_loss_seconds: float = 1.0
    report: Report = field(default_factory=Report)
    _text: str = ""
    _started_at: float = 0.0

    def begin(self) -> Terminal:
        """Start the tutor at a case, and the clock."""
        terminal = self._open("start", "it-outage", "--language", "en")
        terminal.wait_for(lambda text: "Start the clock" in text)
        terminal.type("\r")
        terminal.wait_for(_is_ready)
        self._started_at = time.monotonic() - (LIMIT_SECONDS - self._shown_seconds(terminal))
        return terminal

    def write_and_be_killed(self, terminal: Terminal) -> None:
        """Type for a random time, be killed, and find on disk all but the last moment."""
        if self.dice.random() < 0.4:
            self._open_card(terminal)
        typed = self._type(terminal)
        killed_at = time.monotonic()
        terminal.kill()
        self.report.kills += 1
        self.report.typed += len(typed)

        kept = _written(self._only_journal())
        everything = self._text + "".join(key for _, key in typed)
        assert everything.startswith(kept), f"kept {kept!r} of {everything!r}"
        lost = typed[max(len(kept) - len(self._text), 0) :]
        age = killed_at - lost[0][0] if lost else 0.0
        self.report.lost += len(lost)
        self.report.worst_loss_seconds = max(self.report.worst_loss_seconds, age)
        assert age <= self.allowed_loss_seconds, f"lost {age:.2f} s: {lost!r}"
        assert len(kept) >= len(self._text)
        self._text = kept

    def go_on(self) -> Terminal:
        """Start the tutor again, take up its offer, and find text and clock as they must be."""
        terminal = self._open()
        terminal.wait_for(lambda text: "An exam is still open" in text and "Go on" in text)
        terminal.type("\r")
        terminal.wait_for(_is_ready)
        expected = LIMIT_SECONDS - (time.monotonic() - self._started_at)
        error = abs(self._shown_seconds(terminal) - expected)
        self.report.worst_clock_error_seconds = max(self.report.worst_clock_error_seconds, error)
        assert error <= CLOCK_TOLERANCE_SECONDS, terminal.text
        assert _written(self._only_journal()) == self._text
        return terminal

    def hand_in(self, terminal: Terminal) -> Attempt:
        """Hand in, be killed at the debrief, and find one attempt and no journal."""
        terminal.type("\x1b[20~")
        terminal.wait_for(lambda text: "Hand in" in text and "Keep writing" in text)
        terminal.type("\x1b[D\r")
        terminal.wait_for(lambda text: _clock(text) is None and "Measures" in text)
        terminal.kill()

        history = History(self.home / "history.db")
        (line,) = history.lines()
        attempt = history.attempt(line.attempt_id)
        history.close()
        assert "".join(c.measure + c.reason for c in attempt.draft.cards) == self._text
        assert list((self.home / "journal").glob("*.jsonl")) == []
        return attempt

    def _open_card(self, terminal: Terminal) -> None:
        """Go on to the card behind the last one that was begun."""
        cards = self._only_journal().draft.cards
        begun = [number for number, card in enumerate(cards, 1) if not card.is_blank]
        if begun:
            terminal.type("\r")
            terminal.wait_for(lambda text: f" {begun[-1] + 1} ──" in text)

    def _type(self, terminal: Terminal) -> list[tuple[float, str]]:
        """Type and return the letters with their times."""
        typed: list[tuple[float, str]] = []
        end = time.monotonic() + self.dice.uniform(0.05, self.longest_seconds)
        while time.monotonic() < end:
            key = self.dice.choice(LETTERS)
            terminal.type(key)
            typed.append((time.monotonic(), key))
            terminal.watch(self.dice.uniform(0.005, 0.08))
        return typed

    def _open(self, *arguments: str) -> Terminal:
        # COLUMNS and LINES, which a test runner may set, would overrule the terminal's own size.
        environ = {
            **{
                name: value
                for name, value in os.environ.items()
                if name not in ("COLUMNS", "LINES")
            },
            "TUTOR_HOME": str(self.home),
            "TERM": "xterm-256color",
            "TEXTUAL_ANIMATIONS": "none",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
        }
        words = ["--ui-language", "en", "--engine", "lexical", *arguments]
        return Terminal(["-m", "tutor", *words], environ)

    def _only_journal(self) -> Attempt:
        (replayed,) = Journals(self.home / "journal").replays()
        assert replayed.damaged_lines == 0
        return replayed.attempt

    def _shown_seconds(self, terminal: Terminal) -> float:
        match = _clock(terminal.text)
        assert match is not None
        return int(match[1]) * 60 + int(match[2])


def _clock(text: str) -> re.Match[str] | None:
    return re.search(r"(\d):(\d\d) left", text.split("\n", 1)[0])


def _is_ready(text: str) -> bool:
    """True once the cursor stands in a field, which the keys at the bottom say."""
    return _clock(text) is not None and "F5" in text.rsplit("\n", 1)[-1]


def _written(attempt: Attempt) -> str:
    return "".join(card.measure + card.reason for card in attempt.draft.cards)
