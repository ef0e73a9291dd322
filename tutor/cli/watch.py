"""Noticing that files were saved, by looking at them twice a second."""

import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

_SECONDS = 0.5

Stamp = dict[Path, tuple[int, int]]


def stamp(files: Iterable[Path]) -> Stamp:
    """Return when each file was last written, and its size."""
    found: Stamp = {}
    for file in files:
        try:
            state = file.stat()
        except OSError:
            continue  # just removed, being replaced by an editor, or not there yet
        found[file] = state.st_mtime_ns, state.st_size
    return found


def saves(find: Callable[[], Iterable[Path]], *, wait: float = _SECONDS) -> Iterator[None]:
    """Yield at once, and then again after every change of the files that are found, without end."""
    while True:
        # Taken before the work: a save during it is not missed.
        before = stamp(find())
        yield
        while stamp(find()) == before:
            time.sleep(wait)
