"""Foreign errors of files and of SQLite, translated once into words a person can act on."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tutor.core.errors import (
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
)
from tutor.locales import _

# A file-size limit (EFBIG) and a quota stop a program just as a full disk does.
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_UNWRITABLE = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST, errno.ENOENT}

_UNWRITABLE_CODES = {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
_LOCKED_CODES = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
# SQLite tells only ENOSPC apart; a quota or a limit on file sizes ends in one of these two.
_UNROOMY_CODES = {sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}
_DAMAGED_CODES = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


@contextmanager
def file_errors(path: Path) -> Iterator[None]:
    """Turn an OSError about this path into a StoreError; the cause is kept."""
    try:
        yield
    except OSError as error:
        raise _of_file(path, error) from error


@contextmanager
def database_errors(path: Path) -> Iterator[None]:
    """Turn an error of SQLite about this file into a StoreError; the cause is kept."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        # A misuse by this program, such as a broken constraint, is a bug and stays one.
        if isinstance(error, sqlite3.IntegrityError | sqlite3.ProgrammingError):
            raise
        raise _of_database(path, error) from error


def _of_file(path: Path, error: OSError) -> StoreError:
    if error.errno in _FULL:
        return _full(path)
    if error.errno in _UNWRITABLE:
        return _read_only(path)
    return _failing(path, error.strerror or str(error))


def _of_database(path: Path, error: sqlite3.DatabaseError) -> StoreError:
    variant = getattr(error, "sqlite_errorcode", 0)
    code = variant & 0xFF
    if code in _LOCKED_CODES:
        return StoreLocked(
            _(
                "{path} is in use by another program. Close it, or wait a moment and try again."
            ).format(path=path)
        )
    if code == sqlite3.SQLITE_FULL or variant in _UNROOMY_CODES:
        return _full(path)
    if code in _UNWRITABLE_CODES:
        return _read_only(path)
    if code in _DAMAGED_CODES:
        return damaged(path, str(error))
    return _failing(path, str(error))


def damaged(path: Path, reason: str) -> StoreDamaged:
    """Return the error of a file that is no readable history."""
    return StoreDamaged(
        _(
            "{path} is not a readable history ({reason}). "
            "Move the file away to begin a new one, or put a backup in its place."
        ).format(path=path, reason=reason)
    )


def _full(path: Path) -> StoreFull:
    return StoreFull(
        _("There is no room left to write {path}. Free some space and try again.").format(path=path)
    )


def _read_only(path: Path) -> StoreReadOnly:
    return StoreReadOnly(
        _(
            "{path} cannot be written. Allow writing to {folder}, "
            "or set TUTOR_HOME to a folder that can be written."
        ).format(path=path, folder=path.parent)
    )


def _failing(path: Path, reason: str) -> StoreError:
    return StoreError(
        _("{path} cannot be used ({reason}). Check the disk and try again.").format(
            path=path, reason=reason
        )
    )
