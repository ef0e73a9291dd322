"""One open exam, without a terminal: the clock, the draft, and what becomes of it."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from tutor.core.attempt import Attempt, ClosedBy, Moment
from tutor.core.case import Case
from tutor.core.clock import Clock, Deadline
from tutor.core.debrief import Debrief
from tutor.core.draft import Card, Draft
from tutor.core.errors import StoreError
from tutor.core.plaintext import clean
from tutor.core.rubric import Rubric
from tutor.locales import _
from tutor.session.background import BackgroundMarker, DraftWriter
from tutor.session.conversion import cards_to_text
from tutor.session.examiner import Examiner
from tutor.session.marking import Marker
from tutor.store.faults import file_errors
from tutor.store.journal import Journal
from tutor.store.private import write_new
from tutor.store.replay import handed_in_line


class Sitting:
    """An open exam; every method may be called from any thread.

    None waits for the disk or the text model except `flush`, `hand_in` and `leave`. Without a
    journal nothing is kept: neither the draft nor the attempt.
    """

    def __init__(
        self,
        *,
        case: Case,
        rubric: Rubric,
        attempt: Attempt,
        deadline: Deadline,
        journal: Journal | None,
        examiner: Examiner,
        marker: Marker,
        clock: Clock,
        on_end: Callable[["Sitting"], None],
    ) -> None:
        self.case = case
        self._attempt = attempt
        self._moments = list(attempt.moments)
        self._deadline = deadline
        self._rubric = rubric
        self._journal = journal
        self._is_kept = journal is not None
        self._examiner = examiner
        self._clock = clock
        self._on_end = on_end
        self._raw = attempt.draft
        self._has_begun_late = deadline.has_passed(clock.monotonic())
        self._is_over = False
        self._debrief: Debrief | None = None
        self._store_error: StoreError | None = None
        self._is_closed_on_disk = False
        self._state = threading.RLock()
        self._ending = threading.Lock()
        self._writer = DraftWriter(journal)
        self._marking = BackgroundMarker(
            lambda: marker.warm_up(case, rubric),
            lambda draft: marker.mark(
                case, rubric, draft.answer(attempt.id, case.id, case.language)
            ),
            clock,
        )

    @property
    def attempt(self) -> Attempt:
        """The attempt as it stands."""
        with self._state:
            return replace(self._attempt, moments=tuple(self._moments))

    @property
    def draft(self) -> Draft:
        """The answer as it stands, without control characters."""
        return self._attempt.draft

    @property
    def is_kept(self) -> bool:
        """False where this sitting is not saved."""
        return self._is_kept

    @property
    def storage_error(self) -> StoreError | None:
        """Why the answer is not on disk at the moment, or None; it is tried again by itself."""
        return self._store_error or self._writer.error

    @property
    def is_unsaved(self) -> bool:
        """True while something that was written would be lost with this process."""
        if self._journal is None:
            return False
        if self._attempt.is_open:
            return self._writer.error is not None
        return self._store_error is not None and not self._is_closed_on_disk

    def save_copy(self, path: Path) -> None:
        """Write the answer as plain text to a new file; raises StoreError."""
        with file_errors(path):
            if path.exists():
                raise StoreError(_("{path} is there already; choose another.").format(path=path))
            write_new(path, (cards_to_text(self.draft).text or "").encode("utf-8") + b"\n")

    def remaining_seconds(self) -> float:
        """Return the seconds left, within 0 and the limit."""
        return self._deadline.remaining_seconds(self._clock.monotonic())

    def has_expired(self) -> bool:
        """True once no time is left."""
        return self._deadline.has_passed(self._clock.monotonic())

    def write(self, draft: Draft) -> None:
        """Take over the answer as it is on the screen; ignored once the time is up."""
        with self._state:
            if self._is_over or self.has_expired():
                return
            before, after = self._attempt.draft, self._cleaned(draft)
            if after == before:
                return
            at = round(self._elapsed_seconds(), 3)
            moments = [Moment(at, key, length) for key, length in _changed(before, after)]
            self._moments += moments
            self._attempt = replace(self._attempt, draft=after)
            self._writer.submit(at, after, moments)
        self._marking.submit(after)

    def flush(self) -> None:
        """Wait until everything is on disk; raises StoreError."""
        self._writer.flush()

    def hand_in(self, closed_by: ClosedBy) -> Debrief:
        """Close the answer, mark it and store it; a second call returns the same debrief.

        Where it cannot be stored `storage_error` says why, the journal keeps the answer, and a
        second call tries again. Raises EngineUnavailable or AnswersError where the answer is
        stored but cannot be marked.
        """
        with self._ending:
            attempt = self._close(closed_by)
            if self._debrief is not None and self._store_error is None:
                return self._debrief
            self._journal_the_end(attempt)
            closing = self._examiner.close(attempt, self.case, self._rubric, keep=self._is_kept)
            self._store_error = closing.storage_error
            if closing.storage_error is None:
                self._drop_journal()
            if closing.debrief is None:
                assert closing.marking_error is not None
                raise closing.marking_error
            self._debrief = closing.debrief
            return closing.debrief

    def leave(self) -> None:
        """Stop and let go of the attempt, which stays open.

        Raises StoreError where the answer is not on disk: then the sitting goes on, keeps
        trying, and can be left again or resumed.
        """
        with self._ending:
            was_over = self._is_over
            # From here on nothing is taken that would miss the flush.
            self._is_over = True
            try:
                self._journal_the_break()
            except StoreError:
                self._is_over = was_over
                raise
            self._stop_threads()
            if self._journal is not None:
                self._journal.close()
                self._journal = None
            self._on_end(self)

    def _journal_the_break(self) -> None:
        self._writer.flush()
        if self._journal is not None:
            self._journal.left(self._elapsed_seconds())

    def _close(self, closed_by: ClosedBy) -> Attempt:
        with self._state:
            if self._attempt.is_open:
                if self._has_begun_late:
                    closed_by = ClosedBy.TIME_WHILE_AWAY
                elif self.has_expired():
                    closed_by = ClosedBy.TIME
                self._is_over = True
                # From the monotonic clock: the time of day may have been set meanwhile.
                elapsed = timedelta(seconds=self._elapsed_seconds())
                self._attempt = replace(
                    self._attempt,
                    handed_in_at=min(self._attempt.started_at + elapsed, self._attempt.deadline),
                    closed_by=closed_by,
                )
            attempt = self.attempt
        self._stop_threads()
        return attempt

    def _journal_the_end(self, attempt: Attempt) -> None:
        if self._journal is None:
            return
        assert attempt.handed_in_at is not None
        assert attempt.closed_by is not None
        end = (self._elapsed_seconds(), attempt.handed_in_at, attempt.closed_by)
        try:
            self._close_journal(self._journal, attempt, end)
        except StoreError:
            # The history may have room, or be on another disk; if not, its error is the one shown.
            return
        self._is_closed_on_disk = True

    def _close_journal(
        self, journal: Journal, attempt: Attempt, end: tuple[float, datetime, ClosedBy]
    ) -> None:
        """Bring the answer and its end to disk: into the journal, or beside it; raises StoreError.

        The room that was kept for this is given up where there is no other.
        """
        for _round in range(2):
            try:
                self._writer.flush()
                journal.handed_in(*end)
            except StoreError:
                journal.give_room()
            else:
                return
        journal.end_apart(attempt.draft, self._writer.unwritten(), handed_in_line(*end))

    def _drop_journal(self) -> None:
        if self._journal is not None:
            with suppress(StoreError):
                # The history has the attempt; a journal that stays is recognised by its id.
                self._journal.delete()
            self._journal = None
            self._writer.forget()
        self._on_end(self)

    def _stop_threads(self) -> None:
        self._writer.stop()
        self._marking.stop()

    def _elapsed_seconds(self) -> float:
        return self._attempt.limit_seconds - self.remaining_seconds()

    def _cleaned(self, draft: Draft) -> Draft:
        """Return the draft without control characters, looking only at what has changed."""
        raw, cleaned = self._raw, self._attempt.draft
        self._raw = draft
        known = dict(zip(raw.cards, cleaned.cards, strict=True))
        return Draft(
            cards=tuple(known.get(card) or _clean_card(card) for card in draft.cards),
            text=cleaned.text if draft.text == raw.text else _clean_text(draft.text),
            origin=cleaned.origin if draft.origin == raw.origin else _clean_text(draft.origin),
        )


def _clean_card(card: Card) -> Card:
    return Card(card.key, clean(card.measure), clean(card.reason))


def _clean_text(text: str | None) -> str | None:
    return None if text is None else clean(text)


def _changed(before: Draft, after: Draft) -> list[tuple[int | None, int]]:
    """Return the key and the length of each card that changed; no key for the free text."""
    if after.text is not None:
        return [] if after.text == before.text else [(None, len(after.text))]
    known = {card.key: card for card in before.cards}
    written = [
        (card.key, len(card.measure) + len(card.reason))
        for card in after.cards
        if known.pop(card.key, Card(card.key)) != card
    ]
    removed = [(key, 0) for key, card in known.items() if not card.is_blank]
    return [*written, *removed]
