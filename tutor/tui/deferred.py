"""Something that is made when it is first used."""

from collections.abc import Callable
from threading import Lock
from typing import Any


class Deferred:
    """Stands for an object; the first thread that uses it has it made.

    What the session and the store import costs a third of the time to the first frame, and
    nothing of it is on that frame.
    """

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make
        self._made: object = None
        self._lock = Lock()

    def __getattr__(self, name: str) -> Any:
        with self._lock:
            if self._made is None:
                self._made = self._make()
        return getattr(self._made, name)
