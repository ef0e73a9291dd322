"""A file that only ever grows, written by one process, on disk before the next line is asked for.

The lock is the operating system's and is released when the process dies, however it dies.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.core.errors import StoreLocked
from tutor.store.faults import file_errors

if TYPE_CHECKING:
    from filelock import BaseFileLock


class AppendFile:
    """The open end of a file; belongs to one thread at a time."""

    def __init__(self, path: Path, lock: "BaseFileLock", end: int) -> None:
        """Open a file whose intact lines end at the byte `end`; raises StoreError."""
        self._path = path
        self._lock = lock
        self._end = end
        with file_errors(path):
            self._file = path.open("r+b", buffering=0)
        self._has_torn_tail = True

    def append(self, line: bytes) -> None:
        """Put a line on disk; raises StoreError and can be repeated."""
        with file_errors(self._path):
            if self._has_torn_tail:
                self._file.truncate(self._end)
            self._has_torn_tail = True
            self._file.seek(self._end)
            _write_all(self._file.fileno(), line)
            os.fsync(self._file.fileno())
        self._has_torn_tail = False
        self._end += len(line)

    def close(self) -> None:
        """Let another process have the file."""
        self._file.close()
        self._lock.release()

    def delete(self) -> None:
        """Remove the file and let go of it; raises StoreError."""
        self._file.close()
        try:
            with file_errors(self._path):
                self._path.unlink(missing_ok=True)
        finally:
            self._lock.release()
        Path(self._lock.lock_file).unlink(missing_ok=True)


def _write_all(descriptor: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def locked(path: Path, advice: str) -> "BaseFileLock":
    """Take a lock; raises StoreLocked with the advice where another process has it."""
    # 40 ms to import, and the library screen needs it only where an attempt is open.
    from filelock import FileLock, Timeout

    lock = FileLock(path, timeout=0, mode=0o600, thread_local=False)
    with file_errors(path):
        try:
            lock.acquire()
        except Timeout as error:
            raise StoreLocked(advice) from error
    return lock
