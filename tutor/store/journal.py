"""The journal: every change of an open attempt, on disk before the next is asked for.

One append-only file an attempt, written by one process at a time. The lock is the operating
system's and is released when the process dies, however it dies.
"""

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.core.attempt import Attempt, ClosedBy, Moment
from tutor.core.draft import Draft
from tutor.core.errors import (
    NotFound,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
)
from tutor.locales import _
from tutor.store.appending import AppendFile, locked
from tutor.store.faults import file_errors
from tutor.store.private import make_folder, write_new
from tutor.store.replay import (
    Replay,
    change_line,
    handed_in_line,
    left_line,
    replay,
    resumed_line,
    start_line,
)

if TYPE_CHECKING:
    from filelock import BaseFileLock

# Room kept for the end of an exam on a disk that fills up: an answer of any usual length and the
# line that closes it. Written in random bytes, because a file system may store zeros as nothing.
_RESERVED_BYTES = 256 * 1024

# Ids become file names, and people type them.
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")


class Journal:
    """The open end of one journal; belongs to one thread at a time."""

    def __init__(self, path: Path, lock: "BaseFileLock", replayed: Replay) -> None:
        self._file = AppendFile(path, lock, replayed.intact_bytes)
        self._written = replayed.attempt.draft
        self._reserve = path.with_suffix(".reserve")
        self._end = path.with_suffix(".end")
        if replayed.attempt.is_open:
            _reserve(self._reserve)

    def write(self, at: float, draft: Draft, moments: Sequence[Moment]) -> None:
        """Put on disk what changed since the last call; raises StoreError and can be repeated."""
        line = change_line(at, self._written, draft, moments)
        if line is not None:
            self._file.append(line)
            self._written = draft

    def resumed(self, at: float, resumed_at: datetime) -> None:
        """Put on disk that the sitting goes on; raises StoreError."""
        self._file.append(resumed_line(at, resumed_at))

    def left(self, at: float) -> None:
        """Put on disk how much time was used when the sitting was left; raises StoreError."""
        self._file.append(left_line(at))

    def handed_in(self, at: float, handed_in_at: datetime, closed_by: ClosedBy) -> None:
        """Put on disk that the answer is closed; raises StoreError."""
        self._file.append(handed_in_line(at, handed_in_at, closed_by))

    def give_room(self) -> None:
        """Give the room that was kept for the end back to the disk; raises StoreError."""
        with file_errors(self._reserve):
            self._reserve.unlink(missing_ok=True)

    def end_apart(self, draft: Draft, moments: Sequence[Moment], end: bytes) -> None:
        """Put the end of the answer in a file of its own, where the journal cannot grow.

        Raises StoreError where that file cannot hold the draft; it then says at least, if it can
        be written at all, that the answer is closed.
        """
        changes = [
            change_line(0.0, self._written, draft, kept) or b"" for kept in (tuple(moments), ())
        ]
        problem: StoreError | None = None
        for change in (*changes, None):
            try:
                with file_errors(self._end):
                    write_new(self._end, (change or b"") + end)
            except StoreError as error:
                problem = problem or error
                continue
            if change is None and problem is not None:
                raise problem
            return
        assert problem is not None
        raise problem

    def close(self) -> None:
        """Let another process have the journal."""
        self._file.close()

    def delete(self) -> None:
        """Remove the journal and let go of it; raises StoreError."""
        self.give_room()
        self._file.delete()
        # After the journal: without its end, an answer that is closed would be open again.
        with file_errors(self._end):
            self._end.unlink(missing_ok=True)


class Journals:
    """The journals of a folder, one an attempt."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def create(self, attempt: Attempt) -> Journal:
        """Begin the journal of an attempt; raises StoreError."""
        path = self._path(attempt.id)
        with file_errors(path):
            make_folder(self._folder)
        lock = self._locked(attempt.id)
        line = start_line(attempt)
        try:
            with file_errors(path):
                write_new(path, line)
            started = Replay(
                attempt=attempt, elapsed_seconds=0.0, damaged_lines=0, intact_bytes=len(line)
            )
            return Journal(path, lock, started)
        except BaseException:
            lock.release()
            raise

    def resume(self, attempt_id: str) -> tuple[Journal, Replay]:
        """Take up the journal of an attempt.

        Raises NotFound, StoreLocked where another process writes it, or another StoreError.
        """
        path = self._path(attempt_id)
        if not path.is_file():
            raise NotFound(_("There is no open attempt {id}.").format(id=attempt_id))
        lock = self._locked(attempt_id)
        try:
            replayed = self.replay(attempt_id)
            return Journal(path, lock, replayed), replayed
        except BaseException:
            lock.release()
            raise

    def replay(self, attempt_id: str) -> Replay:
        """Return what the journal of an attempt says; raises NotFound or another StoreError."""
        path = self._path(attempt_id)
        if not path.is_file():
            raise NotFound(_("There is no open attempt {id}.").format(id=attempt_id))
        with file_errors(path):
            content = path.read_bytes()
            end = _content(path.with_suffix(".end"))
        replayed = replay(content, end)
        if replayed is None:
            raise StoreDamaged(
                _(
                    "{path} does not begin as a journal. The file is kept as it is; "
                    "it is plain text and can be read with any editor."
                ).format(path=path)
            )
        return replayed

    def replays(self) -> tuple[Replay, ...]:
        """Return all readable journals, the oldest attempt first; the others are left alone."""
        found = []
        for attempt_id in self._ids():
            try:
                found.append(self.replay(attempt_id))
            except (NotFound, StoreDamaged):
                continue
        return tuple(sorted(found, key=lambda replayed: replayed.attempt.started_at))

    def damaged(self) -> tuple[Path, ...]:
        """Return the journals whose start record cannot be read."""
        paths = []
        for attempt_id in self._ids():
            try:
                self.replay(attempt_id)
            except StoreDamaged:
                paths.append(self._path(attempt_id))
            except NotFound:
                continue
        return tuple(paths)

    def forget(self) -> tuple[Path, ...]:
        """Delete all journals; returns what was deleted.

        Raises StoreLocked, and deletes nothing, while one of them is being written.
        """
        if any(self.is_held(attempt_id) for attempt_id in self._ids()):
            raise StoreLocked(_("An exam is open in another window. Hand it in or leave it there."))
        with file_errors(self._folder):
            found = sorted(path for path in self._folder.glob("*") if path.is_file())
            for path in found:
                path.unlink(missing_ok=True)
        return tuple(path for path in found if path.suffix not in {".lock", ".reserve"})

    def is_held(self, attempt_id: str) -> bool:
        """True while a living process, this one included, writes the journal."""
        try:
            self._locked(attempt_id).release()
        except StoreLocked:
            return True
        except (StoreReadOnly, StoreFull):
            # Nobody can write here; taking the attempt up says why.
            return False
        return False

    def _ids(self) -> list[str]:
        with file_errors(self._folder):
            return sorted(
                path.stem for path in self._folder.glob("*.jsonl") if _ID.fullmatch(path.stem)
            )

    def _path(self, attempt_id: str) -> Path:
        if not _ID.fullmatch(attempt_id):
            raise NotFound(_("“{id}” is not the id of an attempt.").format(id=attempt_id))
        return self._folder / f"{attempt_id}.jsonl"

    def _locked(self, attempt_id: str) -> "BaseFileLock":
        return locked(
            self._path(attempt_id).with_suffix(".lock"),
            _("This attempt is open in another window. Close it there, or go on there."),
        )


def _reserve(path: Path) -> None:
    """Keep room; as much as there is, because an exam can be written without."""
    with suppress(OSError):
        if path.exists():
            return
        make_folder(path.parent)
        descriptor = os.open(path, os.O_CREAT | os.O_WRONLY, 0o600)
        try:
            os.write(descriptor, os.urandom(_RESERVED_BYTES))
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _content(path: Path) -> bytes:
    return path.read_bytes() if path.exists() else b""
