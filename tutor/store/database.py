"""A SQLite file that is opened at its first use and brought to its newest shape."""

import sqlite3
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tutor.store.faults import damaged, database_errors, file_errors
from tutor.store.migrations import migrate
from tutor.store.private import make_folder, touch

# A review on one screen and an import in another wait for each other's commit, not longer.
_BUSY_SECONDS = 2.0


class Database:
    """One file; safe to call from any thread. Every method raises StoreError.

    Reading a file that does not exist finds nothing and creates nothing.
    """

    def __init__(
        self,
        path: Path,
        migrations: Sequence[Sequence[str]],
        application: int,
        *,
        busy_seconds: float = _BUSY_SECONDS,
        repair: Callable[[sqlite3.Connection], None] | None = None,
    ) -> None:
        """Name the file; `repair` puts derived data right whenever it was opened.

        `busy_seconds` is how long another program's commit is waited for.
        """
        self.path = path
        self._busy_seconds = busy_seconds
        self._repair = repair
        self._migrations = migrations
        self._application = application
        self.lock = threading.RLock()
        self._opened: sqlite3.Connection | None = None

    def rows(self, query: str, *values: str | int | float | None) -> list[sqlite3.Row]:
        """Return what a query finds."""
        with self.lock, database_errors(self.path):
            if self._opened is None and not self.path.exists():
                return []
            return self.open().execute(query, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction: all of it is stored, or nothing."""
        with self.lock, database_errors(self.path):
            database = self.open()
            database.execute("BEGIN IMMEDIATE")
            try:
                yield database
                database.execute("COMMIT")
            except BaseException:
                if database.in_transaction:
                    database.execute("ROLLBACK")
                raise

    def compact(self) -> None:
        """Write the file anew, so that nothing deleted can be read from it."""
        with self.lock, database_errors(self.path):
            database = self.open()
            database.execute("VACUUM")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        with self.lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    def open(self) -> sqlite3.Connection:
        """Return the connection; whoever uses it holds `lock` meanwhile."""
        if self._opened is None:
            with file_errors(self.path):
                make_folder(self.path.parent)
                touch(self.path)
            database = sqlite3.connect(
                self.path, timeout=self._busy_seconds, isolation_level=None, check_same_thread=False
            )
            try:
                self._prepare(database)
            except BaseException:
                database.close()
                raise
            self._opened = database
        return self._opened

    def _prepare(self, database: sqlite3.Connection) -> None:
        settings: dict[str, Any] = {
            "journal_mode": "WAL",
            "synchronous": "FULL",
            "foreign_keys": "ON",
            "secure_delete": "ON",
        }
        database.row_factory = sqlite3.Row
        for name, value in settings.items():
            database.execute(f"PRAGMA {name} = {value}")
        migrate(database, str(self.path), self._migrations, self._application)
        if self._repair is not None:
            self._repair(database)


def check_file(path: Path) -> None:
    """Read through a SQLite file, if there is one, and change nothing.

    Raises StoreDamaged where it is no database or a page does not fit, or another StoreError.
    """
    if not path.exists():
        return
    with database_errors(path):
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
        try:
            (finding,) = database.execute("PRAGMA quick_check(1)").fetchone()
        finally:
            database.close()
        if finding != "ok":
            raise damaged(path, finding)
