"""The real tutor in a pseudo-terminal, with its screen read back as text."""

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping

import pyte

ROWS, COLUMNS = 40, 120


class Terminal:
    """A process in a pseudo-terminal of its own."""

    def __init__(self, arguments: list[str], environ: Mapping[str, str]) -> None:
        self.screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self.screen)
        self.process, self._terminal = pty.fork()
        if self.process == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execve(sys.executable, [sys.executable, *arguments], dict(environ))

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._terminal, keys.encode())

    def watch(self, seconds: float) -> None:
        """Follow the screen for so long."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)

    def wait_for(self, is_there: Callable[[str], object], seconds: float = 30.0) -> str:
        """Follow the screen until something is on it; raises AssertionError with the screen."""
        end = time.monotonic() + seconds
        while not is_there(self.text):
            left = end - time.monotonic()
            if left <= 0 or not self._read(left):
                raise AssertionError(f"waited in vain; the screen shows\n{self.text}")
        return self.text

    def kill(self) -> None:
        """End the process as a power cut does."""
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self._terminal)

    def _read(self, seconds: float) -> bool:
        """Take over output for at most so long; False once the process is gone."""
        if not select.select([self._terminal], [], [], seconds)[0]:
            return True
        try:
            content = os.read(self._terminal, 65536)
        except OSError:
            return False
        self._stream.feed(content)
        return bool(content)
