"""A program on a pseudo-terminal of its own: what it writes, when, and what its CPU time is.

Output is read as it comes and stamped before anything else is done with it. It is replayed
through a terminal emulator afterwards, so that "on the screen" means the emulated screen and
not some bytes; a synchronised frame (mode 2026) counts when it is closed.
"""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

_UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[P^_X][^\x1b]*\x1b\\|\x1b\[[<>=][0-?]*[ -/]*[@-~]"
    rb"|\x1b\[[0-?]*[ -/]+[@-~]"
)
_FRAME_BEGINS, _FRAME_ENDS = b"\x1b[?2026h", b"\x1b[?2026l"
_ASKS_FOR_FRAMES = b"\x1b[?2026$p"


def python(*arguments: str) -> list[str]:
    """Return a command for this interpreter."""
    return [sys.executable, *arguments]


class Terminal:
    """A running program; use it as a context manager, which ends the program."""

    def __init__(
        self, command: Sequence[str], *, columns: int = 80, rows: int = 24, **env: str
    ) -> None:
        self.columns, self.rows = columns, rows
        self.chunks: list[tuple[float, bytes]] = []
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            unwanted = {"NO_COLOR", "COLUMNS", "LINES", "TMUX"}
            kept = {key: value for key, value in os.environ.items() if key not in unwanted}
            size = struct.pack("HHHH", rows, columns, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.execvpe(
                command[0],
                list(command),
                {**kept, "TERM": "xterm-256color", "COLORTERM": "truecolor", **env},
            )
        os.set_blocking(self._fd, False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._fd)

    def send(self, keys: str) -> float:
        """Type keys and return the moment."""
        moment = time.perf_counter()
        os.write(self._fd, keys.encode())
        return moment

    def read(self, seconds: float, until: Callable[[], bool] | None = None) -> None:
        """Read output for some seconds, or until a chunk makes `until` true."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if not select.select([self._fd], [], [], left)[0]:
                return
            try:
                chunk = os.read(self._fd, 1 << 16)
            except OSError:
                return
            self.chunks.append((time.perf_counter(), chunk))
            if _ASKS_FOR_FRAMES in chunk:
                self.send("\x1b[?2026;2$y")
            if until is not None and until():
                return

    def wait_for(self, text: str, seconds: float = 20.0) -> float:
        """Read until a text is on the screen and return the moment it came.

        Raises TimeoutError with the screen as it is.
        """
        screen = Screen(self.columns, self.rows)
        moments: list[float] = []

        def is_there() -> bool:
            moment, chunk = self.chunks[-1]
            screen.feed(chunk)
            if screen.is_whole and text in screen.text:
                moments.append(moment)
            return bool(moments)

        self.read(seconds, is_there)
        if not moments:
            raise TimeoutError(f"{text!r} did not come:\n{screen.text}")
        return moments[0]

    def wait_for_calm(self, seconds: float = 60.0) -> None:
        """Read until the program has used next to no CPU time for a second."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            used = self.cpu_seconds
            self.read_for(1.0)
            if self.cpu_seconds - used < 0.05:
                return

    def read_for(self, seconds: float) -> None:
        """Read output for some seconds, however quiet the program is."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)

    @property
    def cpu_seconds(self) -> float:
        """CPU time used so far, in user and system mode, all threads."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


class Screen:
    """An emulated screen which output is replayed on."""

    def __init__(self, columns: int, rows: int) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self.is_whole = True

    def feed(self, chunk: bytes) -> None:
        """Write a chunk to the screen."""
        begins, ends = chunk.rfind(_FRAME_BEGINS), chunk.rfind(_FRAME_ENDS)
        if begins != ends:
            self.is_whole = ends > begins
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", chunk))

    @property
    def text(self) -> str:
        """The screen, line by line."""
        return "\n".join(self._screen.display)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share (0 to 1) of the values lies, by nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def machine() -> str:
    """Say on what the figures were taken."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores, Python {version}, load {load:.1f} (only ratios are comparable)"
