"""The two threads of a sitting: one puts the draft on disk, one marks it meanwhile."""

import threading
from collections.abc import Callable, Sequence

from tutor.core.attempt import Moment
from tutor.core.clock import Clock
from tutor.core.draft import Draft
from tutor.core.errors import AnswersError, EngineUnavailable, StoreError
from tutor.store.journal import Journal

# Keys that come together share one write. With the fsync (4 to 8 ms on a busy disk) a key is on
# disk well within the half second that is promised.
BATCH_SECONDS = 0.2
RETRY_SECONDS = 1.0

# A pause between words; marking earlier would mark half a word.
QUIET_SECONDS = 0.5
# Somebody who never pauses is marked this often all the same.
OVERDUE_SECONDS = 3.0


class DraftWriter:
    """Journals the newest draft from a thread of its own, and keeps trying when the disk fails."""

    def __init__(self, journal: Journal | None) -> None:
        self._journal = journal
        self._changed = threading.Condition()
        self._disk = threading.Lock()
        self._newest: tuple[float, Draft] | None = None
        self._moments: tuple[Moment, ...] = ()
        self._is_stopped = False
        self.error: StoreError | None = None
        if journal is not None:
            threading.Thread(target=self._run, name="journal", daemon=True).start()

    def submit(self, at: float, draft: Draft, moments: Sequence[Moment]) -> None:
        """Have a draft written, soon; a newer one takes its place."""
        if self._journal is None:
            return
        with self._changed:
            self._newest = (at, draft)
            self._moments += tuple(moments)
            self._changed.notify()

    def flush(self) -> None:
        """Write what is not written, at once; raises StoreError."""
        if self._journal is None:
            return
        with self._disk:
            with self._changed:
                job, moments = self._newest, self._moments
                self._newest, self._moments = None, ()
            if job is None:
                return
            try:
                self._journal.write(*job, moments)
            except BaseException as error:
                with self._changed:
                    self._newest = self._newest or job
                    self._moments = moments + self._moments
                self.error = error if isinstance(error, StoreError) else StoreError(repr(error))
                raise
            self.error = None

    def unwritten(self) -> tuple[Moment, ...]:
        """Return the moments that are not on disk."""
        with self._changed:
            return self._moments

    def forget(self) -> None:
        """Drop what is not written: it is safe elsewhere."""
        with self._changed:
            self._newest, self._moments, self.error = None, (), None

    def stop(self) -> None:
        """End the thread; what was submitted since the last flush stays unwritten."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify()

    def _run(self) -> None:
        while self._wait_for_work():
            try:
                self.flush()
            except Exception:  # noqa: BLE001, S112 -- kept in `error`, shown, and tried again
                continue

    def _wait_for_work(self) -> bool:
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopped or self._newest is not None)
            pause = BATCH_SECONDS if self.error is None else RETRY_SECONDS
            self._changed.wait_for(lambda: self._is_stopped, timeout=pause)
            return not self._is_stopped


class BackgroundMarker:
    """Marks the draft in the pauses of writing, so that the last mark costs only what is new."""

    def __init__(
        self, warm_up: Callable[[], object], mark: Callable[[Draft], object], clock: Clock
    ) -> None:
        self._warm_up = warm_up
        self._mark = mark
        self._clock = clock
        self._changed = threading.Condition()
        self._newest: Draft | None = None
        self._is_stopped = False
        threading.Thread(target=self._run, name="marker", daemon=True).start()

    def submit(self, draft: Draft) -> None:
        """Have a draft marked at the next pause; a newer one takes its place."""
        with self._changed:
            self._newest = draft
            self._changed.notify()

    def stop(self) -> None:
        """Begin no further mark."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify()

    def _run(self) -> None:
        try:
            self._warm_up()
            while (draft := self._next_draft()) is not None:
                self._mark(draft)
        except (EngineUnavailable, AnswersError):
            # Handing in meets the same error, and says it to somebody who can act on it.
            return

    def _next_draft(self) -> Draft | None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopped or self._newest is not None)
            began = self._clock.monotonic()
            while not self._is_stopped and self._changed.wait(QUIET_SECONDS):
                if self._clock.monotonic() - began >= OVERDUE_SECONDS:
                    break
            draft, self._newest = self._newest, None
            return None if self._is_stopped else draft
