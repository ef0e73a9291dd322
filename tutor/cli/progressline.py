"""How far a long job has come: one line on stderr, with rate and time left."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from tutor.core.clock import Clock, clock_face
from tutor.locales import _

# Often enough to see it move; a log gets a line now and then.
_SECONDS_ON_A_TERMINAL = 0.2
_SECONDS_IN_A_LOG = 10.0


class Progress:
    """Says how far a job is; `total` is None where nobody knows."""

    def __init__(self, clock: Clock, total: int | None, stream: TextIO | None = None) -> None:
        self._clock = clock
        self._total = total
        self._stream = stream or sys.stderr
        self._is_terminal = self._stream.isatty()
        self._started = self._said = clock.monotonic()
        self._width = 0

    def show(self, done: int) -> None:
        """Say that so many are done, unless that was said a moment ago."""
        now = self._clock.monotonic()
        if now - self._said < (_SECONDS_ON_A_TERMINAL if self._is_terminal else _SECONDS_IN_A_LOG):
            return
        self._said = now
        line = progress_words(done, self._total, now - self._started)
        if self._is_terminal:
            self._stream.write("\r" + line.ljust(self._width))
            self._width = len(line)
        else:
            self._stream.write(line + "\n")
        self._stream.flush()

    def end(self) -> None:
        """Clear the line, so that what follows begins at the margin."""
        if self._is_terminal and self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()


@contextmanager
def progress(clock: Clock) -> Iterator[Callable[[int, int], None]]:
    """Give what takes done and total of a job; the line is cleared when the job has ended."""
    lines: list[Progress] = []

    def show(done: int, total: int) -> None:
        if not lines:
            lines.append(Progress(clock, total))
        lines[0].show(done)

    try:
        yield show
    finally:
        for line in lines:
            line.end()


def progress_words(done: int, total: int | None, seconds: float) -> str:
    """Return how far a job is after so many seconds."""
    rate = done / seconds if seconds > 0 else 0.0
    said = _("{done} marked, {rate} a second").format(done=done, rate=f"{rate:.1f}")
    if total is None or not rate:
        return said
    left = clock_face(max(total - done, 0) / rate)
    return _("{done} of {total} marked, {rate} a second, {left} left").format(
        done=done, total=total, rate=f"{rate:.1f}", left=left
    )
