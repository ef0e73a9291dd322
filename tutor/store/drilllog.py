"""The logs of drills: one append-only file a drill, kept for good and readable while written."""

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tutor.core.drill import DrillState, states
from tutor.core.drillevent import DrillEvent, DrillOpened
from tutor.core.errors import NotFound, StoreDamaged, StoreError, StoreLocked
from tutor.locales import _
from tutor.store.appending import AppendFile, locked
from tutor.store.drillrecord import DrillLines, event_line, read_lines
from tutor.store.faults import file_errors
from tutor.store.private import make_folder, write_new

if TYPE_CHECKING:
    from filelock import BaseFileLock

# Ids become file names, and people type them.
_ID = re.compile(r"[0-9A-Za-z][0-9A-Za-z_-]{0,63}")


class DrillLog:
    """The open end of one log; belongs to one thread at a time."""

    def __init__(self, path: Path, lock: "BaseFileLock", end: int) -> None:
        self._file = AppendFile(path, lock, end)

    def append(self, event: DrillEvent) -> None:
        """Put an event on disk; raises StoreError and can be repeated."""
        self._file.append(event_line(event))

    def close(self) -> None:
        """Let another process have the log."""
        self._file.close()


class LogReader:
    """Follows a log that somebody else writes, and never writes itself."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read_bytes = 0

    def news(self) -> tuple[DrillEvent, ...]:
        """Return the events since the last call; raises StoreError.

        Asking the size first makes a call without news cost next to nothing.
        """
        with file_errors(self._path):
            if self._path.stat().st_size <= self._read_bytes:
                return ()
            with self._path.open("rb") as file:
                file.seek(self._read_bytes)
                lines = read_lines(file.read())
        self._read_bytes += lines.intact_bytes
        return lines.events


class DrillLogs:
    """The logs of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def create(self, event: DrillOpened) -> DrillLog:
        """Begin the log of a drill; raises StoreError."""
        path = self._path(event.drill)
        with file_errors(path):
            make_folder(self._folder)
        lock = self._locked(path)
        line = event_line(event)
        try:
            with file_errors(path):
                write_new(path, line)
            return DrillLog(path, lock, len(line))
        except BaseException:
            lock.release()
            raise

    def resume(self, drill_id: str) -> tuple[DrillLog, DrillLines]:
        """Take up the log of a drill.

        Raises NotFound, StoreLocked where another process writes it, or another StoreError.
        """
        path = self.path(drill_id)
        lock = self._locked(path)
        try:
            lines = read_log(path)
            return DrillLog(path, lock, lines.intact_bytes), lines
        except BaseException:
            lock.release()
            raise

    def path(self, drill_id: str) -> Path:
        """Return the log of a drill; raises NotFound."""
        path = self._path(drill_id)
        if not path.is_file():
            raise NotFound(_("There is no drill {drill}.").format(drill=drill_id))
        return path

    def all(self) -> tuple[DrillState, ...]:
        """Return the state of every readable drill, the oldest first."""
        with file_errors(self._folder):
            paths = [p for p in self._folder.glob("*.jsonl") if _ID.fullmatch(p.stem)]
        found = []
        for path in paths:
            try:
                found.append(states(read_log(path).events)[-1])
            except StoreError:
                continue
        return tuple(sorted(found, key=lambda state: state.opened.at_utc))

    def refuse_if_held(self) -> None:
        """Raise StoreLocked while one of the logs is being written."""
        with file_errors(self._folder):
            ids = [path.stem for path in self._folder.glob("*.jsonl") if _ID.fullmatch(path.stem)]
        if any(self.is_held(drill_id) for drill_id in ids):
            raise StoreLocked(_("A drill is open in another window. Leave it there."))

    def forget(self) -> tuple[Path, ...]:
        """Delete all logs; returns what was deleted.

        Raises StoreLocked, and deletes nothing, while one of them is being written.
        """
        self.refuse_if_held()
        with file_errors(self._folder):
            found = sorted(path for path in self._folder.glob("*") if path.is_file())
            for path in found:
                path.unlink(missing_ok=True)
        return tuple(path for path in found if path.suffix != ".lock")

    def is_held(self, drill_id: str) -> bool:
        """True while a living process writes the log."""
        try:
            self._locked(self._path(drill_id)).release()
        except StoreLocked:
            return True
        return False

    def _path(self, drill_id: str) -> Path:
        if not _ID.fullmatch(drill_id):
            raise NotFound(_("{drill} is not the id of a drill.").format(drill=repr(drill_id)))
        return self._folder / f"{drill_id}.jsonl"

    def _locked(self, path: Path) -> "BaseFileLock":
        return locked(
            path.with_suffix(".lock"),
            _("This drill is open in another window. Close it there, or go on there."),
        )


def read_log(path: Path) -> DrillLines:
    """Return what a log says; raises StoreDamaged where it does not begin as one."""
    with file_errors(path):
        content = path.read_bytes()
    lines = read_lines(content)
    first = read_lines(content[: content.find(b"\n") + 1])
    if not (first.events and isinstance(first.events[0], DrillOpened)):
        raise StoreDamaged(
            _("{path} does not begin as the log of a drill. It is kept as it is.").format(path=path)
        )
    return lines
