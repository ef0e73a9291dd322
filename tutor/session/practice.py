"""Practising alone: the cases, the sittings that are open, and what has been handed in."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from tutor.core.attempt import Attempt, Claim, ClosedBy
from tutor.core.case import Case
from tutor.core.clock import Clock, Deadline
from tutor.core.debrief import Debrief
from tutor.core.errors import ContentError, NotFound, StoreError, StoreLocked, UsageError
from tutor.core.mock import Conditions
from tutor.core.plaintext import clean
from tutor.core.progress import end_of_day
from tutor.core.rubric import Rubric
from tutor.core.textmodel import TextModel
from tutor.locales import _
from tutor.session.caseentry import CaseEntry, case_entry
from tutor.session.examiner import Examiner
from tutor.session.marking import Mark, Marker, mark_answer
from tutor.session.mockexam import MockExams
from tutor.session.pastattempt import PastAttempt, past_attempt
from tutor.session.sitting import Sitting
from tutor.session.study import Study
from tutor.store.history import History
from tutor.store.journal import Journal, Journals
from tutor.store.replay import Replay

if TYPE_CHECKING:
    from tutor.content.library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSitting:
    """An attempt that is not handed in.

    `remaining_seconds` is 0 where its time ran out while nobody was there; `held_elsewhere` is
    true while another tutor has it on the screen.
    """

    attempt: Attempt
    title: str
    remaining_seconds: float
    held_elsewhere: bool


class Practice:
    """Everything a candidate can do, without a terminal.

    `library` holds the cases that can be sat, `study` what was learnt of them, `mocks` the mock
    exams; `conditions` are what is granted to the candidate. `storage_error` says why the
    history could not be read or written the last time, or is None: the cases can be looked at
    and sat all the same.
    """

    def __init__(
        self,
        *,
        library: "Library",
        history: History,
        journals: Journals,
        clock: Clock,
        new_id: Callable[[], str],
        load_model: Callable[[], TextModel],
        mark: Mark = mark_answer,
        conditions: Conditions = Conditions(),  # noqa: B008 -- frozen
    ) -> None:
        self.storage_error: StoreError | None = None
        self.library = library
        self._history = history
        self._journals = journals
        self._clock = clock
        self._new_id = new_id
        self.marker = Marker(load_model, mark)
        self._examiner = Examiner(library, history, self.marker, clock)
        self.conditions = conditions
        self.mocks = MockExams(self, history, clock, new_id)
        self.study = Study(library, history, self.marker, clock, new_id)
        self._sittings: dict[str, Sitting] = {}
        self._told: set[str] = set()

    def entries(self) -> tuple[CaseEntry, ...]:
        """Return the cases with their results; without results where the history is unreadable."""
        try:
            summaries = {(s.case, s.language): s for s in self._history.summaries()}
            open_attempts = {
                (r.attempt.case, r.attempt.language): r.attempt.id
                for r in self._journals.replays()
                if r.attempt.is_open
            }
            due = self._history.due(end_of_day(self.study.now()))
            self.storage_error = None
        except StoreError as error:
            summaries, open_attempts, due = {}, {}, {}
            self.storage_error = error
        return tuple(
            case_entry(
                case,
                summaries.get((case.id, case.language)),
                open_attempts.get((case.id, case.language)),
                due.get(case.id, 0),
            )
            for case in self.library.cases()
        )

    def case(self, case_id: str, language: str) -> Case:
        """Return a case; raises ContentError."""
        return self.library.case(case_id, language)

    def open_sittings(self) -> tuple[OpenSitting, ...]:
        """Return the attempts which are not handed in, the oldest first; raises StoreError."""
        return tuple(
            OpenSitting(
                attempt=replayed.attempt,
                title=self._title(replayed.attempt.case, replayed.attempt.language),
                remaining_seconds=self._remaining_seconds(replayed),
                held_elsewhere=self._is_held_elsewhere(replayed.attempt.id),
            )
            for replayed in self._journals.replays()
            if replayed.attempt.is_open and not self._is_handed_in_here(replayed.attempt.id)
        )

    def start(
        self,
        case_id: str,
        language: str,
        *,
        time_factor: float | None = None,
        conditions: Conditions | None = None,
        attempt_id: str | None = None,
        keep: bool = True,
    ) -> Sitting:
        """Begin a case; the clock runs when this returns.

        `conditions` and `time_factor` stand above what is granted to the candidate otherwise;
        `attempt_id` is given where the attempt belongs to a mock exam. Raises ContentError,
        UsageError, and StoreError where the answer could not be saved: `keep=False` sits the
        case without saving anything.
        """
        if attempt_id is not None and self._has_journal(attempt_id):
            raise NotFound(_("This attempt is handed in already."))
        granted = conditions or self.conditions
        if time_factor is None:
            time_factor = granted.time_factor
        if not 1.0 <= time_factor <= 10.0:
            raise UsageError(_("The time can be multiplied by 1 to 10."))
        case = self.library.case(case_id, language)
        rubric = self.library.rubric(case_id, language)
        limit_seconds = case.limit_seconds * time_factor
        deadline = Deadline.start(self._clock, limit_seconds)
        attempt = Attempt(
            id=attempt_id or self._new_id(),
            case=case.id,
            language=case.language,
            rubric_sha256=rubric.sha256,
            started_at=deadline.utc - timedelta(seconds=limit_seconds),
            deadline=deadline.utc,
            limit_seconds=limit_seconds,
            time_factor=time_factor,
            hidden_clock=granted.hidden_clock,
        )
        journal = self._journals.create(attempt) if keep else None
        return self._sitting(case, rubric, attempt, deadline, journal)

    def resume(self, attempt_id: str) -> Sitting:
        """Go on with an open attempt, with the time that is left.

        Raises StoreLocked where another tutor has it, NotFound where it is not open, another
        StoreError or ContentError.
        """
        here = self._sittings.get(attempt_id)
        if here is not None and here.attempt.is_open:
            # Left while the disk was full: it has been trying to save ever since.
            return here
        journal, replayed = self._journals.resume(attempt_id)
        try:
            attempt = replayed.attempt
            if not attempt.is_open or self._history.has(attempt_id):
                raise NotFound(_("This attempt is handed in already."))
            case = self.library.case(attempt.case, attempt.language)
            rubric = self.library.rubric(attempt.case, attempt.language)
            deadline = self._deadline(replayed)
            elapsed = attempt.limit_seconds - deadline.remaining_seconds(self._clock.monotonic())
            journal.resumed(elapsed, self._clock.utc())
            attempt = replace(attempt, interruptions=attempt.interruptions + 1)
            return self._sitting(case, rubric, attempt, deadline, journal)
        except BaseException:
            journal.close()
            raise

    def close_overdue(self) -> tuple[Debrief, ...]:
        """Hand in what ran out of time while nobody was there, as it stood, and mark it.

        Stores what an earlier run could not. Each attempt comes back once; one that cannot be
        marked at the moment does not, and is in the history.
        """
        debriefs = []
        for replayed in self._journals.replays():
            is_due = not replayed.attempt.is_open or self._remaining_seconds(replayed) <= 0.0
            if is_due and replayed.attempt.id not in self._sittings:
                debriefs.append(self._close_journal(replayed.attempt.id))
        fresh = [debrief for debrief in debriefs if debrief is not None]
        fresh = [debrief for debrief in fresh if debrief.attempt.id not in self._told]
        self._told.update(debrief.attempt.id for debrief in fresh)
        return tuple(fresh)

    def debrief(self, attempt_id: str) -> Debrief:
        """Return the debrief of an attempt, by its id, the beginning of it, or `last`.

        Raises NotFound or another StoreError, ContentError, EngineUnavailable, AnswersError.
        """
        return self._examiner.debrief(self._history.find(attempt_id))

    def history(self, case_id: str | None = None) -> tuple[PastAttempt, ...]:
        """Return what was handed in, the newest first; raises StoreError."""
        lines = self._history.lines(case_id)
        cases = {(line.case, line.language) for line in lines}
        titles = {case: self._title(*case) for case in cases}
        return tuple(past_attempt(line, titles[line.case, line.language]) for line in lines)

    def claim(self, attempt_id: str, measure: str, comment: str = "") -> Claim:
        """Keep an "I did say that" beside the mark; raises NotFound or another StoreError."""
        claim = Claim(
            attempt=attempt_id,
            measure=measure,
            made_at=self._clock.utc(),
            comment=clean(comment),
        )
        self._history.add_claim(claim)
        return claim

    def withdraw_claim(self, attempt_id: str, measure: str) -> None:
        """Take a claim back; raises NotFound or another StoreError."""
        self._history.withdraw_claim(attempt_id, measure, self._clock.utc())

    def _sitting(
        self,
        case: Case,
        rubric: Rubric,
        attempt: Attempt,
        deadline: Deadline,
        journal: Journal | None,
    ) -> Sitting:
        sitting = Sitting(
            case=case,
            rubric=rubric,
            attempt=attempt,
            deadline=deadline,
            journal=journal,
            examiner=self._examiner,
            marker=self.marker,
            clock=self._clock,
            on_end=self._forget,
        )
        self._sittings[attempt.id] = sitting
        return sitting

    def _forget(self, ended: Sitting) -> None:
        self._sittings.pop(ended.attempt.id, None)

    def _close_journal(self, attempt_id: str) -> Debrief | None:
        try:
            journal, replayed = self._journals.resume(attempt_id)
        except (NotFound, StoreLocked):
            # Another tutor has just done it, or has it on the screen and will.
            return None
        try:
            attempt = replayed.attempt
            if attempt.is_open:
                attempt = replace(
                    attempt, handed_in_at=attempt.deadline, closed_by=ClosedBy.TIME_WHILE_AWAY
                )
            return self._store(attempt, journal)
        except StoreError as error:
            self.storage_error = error
            return None
        finally:
            journal.close()

    def _store(self, attempt: Attempt, journal: Journal) -> Debrief | None:
        if self._history.has(attempt.id):
            journal.delete()
            return None
        try:
            case = self.library.case(attempt.case, attempt.language)
            rubric = self.library.rubric(attempt.case, attempt.language)
        except ContentError:
            # The case is gone; the answer is still the candidate's.
            debrief, error = None, self._examiner.store(attempt, None)
        else:
            closing = self._examiner.close(attempt, case, rubric, keep=True)
            debrief, error = closing.debrief, closing.storage_error
        self.storage_error = error
        if error is None:
            journal.delete()
        return debrief

    def _deadline(self, replayed: Replay) -> Deadline:
        """Return the end of an attempt; setting the clock back gives no second that was used."""
        left = max(replayed.attempt.limit_seconds - replayed.elapsed_seconds, 0.0)
        return Deadline.resume(self._clock, replayed.attempt.deadline, left)

    def _remaining_seconds(self, replayed: Replay) -> float:
        sitting = self._sittings.get(replayed.attempt.id)
        if sitting is not None:
            return sitting.remaining_seconds()
        return self._deadline(replayed).remaining_seconds(self._clock.monotonic())

    def _is_held_elsewhere(self, attempt_id: str) -> bool:
        return attempt_id not in self._sittings and self._journals.is_held(attempt_id)

    def _is_handed_in_here(self, attempt_id: str) -> bool:
        """True where only the disk does not know yet that the answer is closed."""
        sitting = self._sittings.get(attempt_id)
        return sitting is not None and not sitting.attempt.is_open

    def _has_journal(self, attempt_id: str) -> bool:
        return any(replayed.attempt.id == attempt_id for replayed in self._journals.replays())

    def _title(self, case_id: str, language: str) -> str:
        try:
            return self.library.case(case_id, language).title
        except ContentError:
            # The case is gone or broken; its attempts are still there.
            return case_id
