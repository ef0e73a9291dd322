"""Noticing that files were saved, by looking at them twice a second."""

import time
from collections.abc import Iterable, Iterator
from pathlib import Path

_SECONDS = 0.5

Stamp = dict[Path, tuple[int, int]]


def stamp(paths: Iterable[Path]) -> Stamp:
    """Return when each file was last written, and its size; a folder stands for its files."""
    found: Stamp = {}
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            try:
                state = file.stat()
            except OSError:
                continue  # just removed, or being replaced by an editor
            found[file] = state.st_mtime_ns, state.st_size
    return found


def saves(paths: Iterable[Path], *, wait: float = _SECONDS) -> Iterator[None]:
    """Yield at once, and then again after every change below these paths, without end."""
    paths = tuple(paths)
    while True:
        # Taken before the work: a save during it is not missed.
        before = stamp(paths)
        yield
        while stamp(paths) == before:
            time.sleep(wait)
