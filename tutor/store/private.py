"""Folders and files which only their owner can read: answers are nobody else's business."""

import os
from pathlib import Path

_FOLDER_MODE = 0o700
_FILE_MODE = 0o600


def make_folder(folder: Path) -> None:
    """Create the folder, and those above it, where they are missing; raises OSError."""
    if folder.is_dir():
        return
    # mkdir(parents=True) would give the folders above the mode of the umask.
    make_folder(folder.parent)
    folder.mkdir(mode=_FOLDER_MODE, exist_ok=True)


def touch(path: Path) -> None:
    """Create an empty file where there is none; raises OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, _FILE_MODE))


def write_new(path: Path, content: bytes) -> None:
    """Put a whole file in place at once, on disk before this returns; raises OSError.

    A crash leaves either no file or all of it.
    """
    part = path.with_name(path.name + ".part")
    descriptor = os.open(part, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, _FILE_MODE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Put the names in a folder on disk; Windows does that by itself and refuses the call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
