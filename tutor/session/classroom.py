"""Marking a class: answers come in, are marked by the machine, and judged by people."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from tutor.content.library import Library
from tutor.core.attempt import Attempt, ClosedBy
from tutor.core.case import Case
from tutor.core.classroom import (
    ClassInfo,
    Decision,
    Entry,
    Kind,
    Subject,
    draft_of,
    pseudonym,
    shuffled,
    subjects,
)
from tutor.core.clock import Clock
from tutor.core.debrief import Debrief
from tutor.core.plaintext import clean
from tutor.core.result import Result
from tutor.core.rubric import Rubric
from tutor.core.textmodel import TextModel
from tutor.session.arrivals import Arrivals, Repeats, arrivals
from tutor.session.examiner import explain
from tutor.session.finalmark import Sheet, sheet
from tutor.session.grading import content_for
from tutor.session.importing import Submission
from tutor.session.marking import Mark as MarkAnswer
from tutor.session.marking import mark_answer
from tutor.store.classbook import ClassBook, Forgotten
from tutor.store.rows import Mark

# Written together, because each commit waits for the disk; few enough to lose with the power.
_MARKS_PER_COMMIT = 50


class Classroom:
    """The use cases of one class. Methods raise StoreError and ContentError."""

    def __init__(
        self,
        *,
        book: ClassBook,
        library: Library,
        clock: Clock,
        load_model: Callable[[], TextModel],
        mark: MarkAnswer = mark_answer,
    ) -> None:
        self.book = book
        self.library = library
        self._clock = clock
        self._load_model = load_model
        self._mark = mark
        self._model: TextModel | None = None
        self._content: tuple[Case, Rubric] | None = None
        self._info: ClassInfo | None = None

    @property
    def info(self) -> ClassInfo:
        """What the class is about."""
        if self._info is None:
            self._info = self.book.info()
        return self._info

    @property
    def content(self) -> tuple[Case, Rubric]:
        """The case and the rubric in force: as they stood on disk when last read."""
        if self._content is None:
            self.reload()
        assert self._content is not None
        return self._content

    def reload(self) -> None:
        """Read case and rubric again; where that raises ContentError, what was read stays."""
        self._content = content_for(self.library, self.info.case, self.info.language)

    @property
    def case(self) -> Case:
        """The case the class answers."""
        return self.content[0]

    @property
    def rubric(self) -> Rubric:
        """The rubric in force."""
        return self.content[1]

    @property
    def model(self) -> TextModel:
        """The text model, loaded when first needed."""
        if self._model is None:
            self._model = self._load_model()
        return self._model

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """What is decided about each answer."""
        return subjects(self.case, [measure.id for measure in self.rubric.model_order()])

    def now(self) -> datetime:
        """The time of day, in UTC."""
        return self._clock.utc()

    # Answers come in

    def begin(self, name: str, case: Case, seed: str) -> None:
        """Begin a class; one that exists keeps its case, its seed and its answers."""
        self.book.begin(
            ClassInfo(
                name=name,
                case=case.id,
                language=case.language,
                seed=seed,
                created_at=self.now(),
            )
        )

    def arrivals(
        self, submissions: Iterable[Submission], case: Case, repeats: Repeats | None = None
    ) -> Arrivals:
        """Say what `add` would do, also where the class has not been begun yet."""
        begun = self.book.exists()
        return arrivals(
            submissions,
            self.book.every_entry() if begun else (),
            case=case.id,
            language=self.info.language if begun else case.language,
            at=self.now(),
            repeats=repeats,
        )

    def add(self, submissions: Iterable[Submission], repeats: Repeats | None = None) -> Arrivals:
        """Store what is not stored yet; returns what became of each submission."""
        found = self.arrivals(submissions, self.case, repeats)
        if found.to_store:
            self.book.add(found.to_store, replaced=found.replaced)
        return found

    # The machine's layer

    def mark(self, on_progress: Callable[[int, int], object] | None = None) -> int:
        """Mark what is unmarked; returns how many were.

        `on_progress` gets done and total; where it returns False, the rest stays unmarked.
        """
        marked = self.book.results()
        return self.store_marks(
            [entry for entry in self.book.entries() if entry.id not in marked], on_progress
        )

    def store_marks(
        self,
        entries: Sequence[Entry],
        on_progress: Callable[[int, int], object] | None = None,
    ) -> int:
        """Mark answers and store the marks beside earlier ones; returns how many."""
        for first in range(0, len(entries), _MARKS_PER_COMMIT):
            marks: dict[str, Mark] = {}
            try:
                for place, entry in enumerate(
                    entries[first : first + _MARKS_PER_COMMIT], first + 1
                ):
                    result = self.result_of(entry, self.rubric)
                    marks[entry.id] = Mark(marked_at=self.now(), result=result)
                    if on_progress is not None and on_progress(place, len(entries)) is False:
                        return place
            finally:
                # Also where somebody stops it: what is marked stays marked.
                self.book.add_marks(marks)
        return len(entries)

    def result_of(self, entry: Entry, rubric: Rubric) -> Result:
        """Mark one answer by a rubric and store nothing."""
        return self._mark(self.case, rubric, entry.answer, self.model)

    # All three layers

    def sheets(self, *, blind: bool = False) -> tuple[Sheet, ...]:
        """Return all answers with their layers; `blind` hides the names.

        They come by the name that is shown: the place of a hidden one gives nothing away.
        """
        results = self.book.results()
        decisions: dict[str, list[Decision]] = defaultdict(list)
        for decision in self.book.decisions():
            decisions[decision.answer].append(decision)
        sheets = [
            sheet(
                self.case,
                self.rubric,
                entry,
                self.pseudonym(entry) if blind else clean(entry.candidate),
                results.get(entry.id),
                decisions[entry.id],
            )
            for entry in self.book.entries()
        ]
        return tuple(sorted(sheets, key=lambda one: (one.shown_name, one.entry.attempt)))

    def pseudonym(self, entry: Entry) -> str:
        """Return the name of a candidate where names are hidden."""
        return pseudonym(self.info.seed, entry.candidate)

    def in_order_of(self, marker: str, sheets: Sequence[Sheet]) -> tuple[Sheet, ...]:
        """Return answers in the order in which a marker sees them."""
        by_id = {sheet.entry.id: sheet for sheet in sheets}
        entries = [sheet.entry for sheet in sheets]
        return tuple(by_id[entry.id] for entry in shuffled(entries, self.info.seed, marker))

    def debrief(self, entry: Entry, result: Result) -> Debrief:
        """Return everything that explains a mark of an answer."""
        attempt = Attempt(
            id=entry.id,
            case=entry.answer.case,
            language=entry.answer.language,
            rubric_sha256=result.rubric_sha256,
            started_at=entry.imported_at,
            deadline=entry.imported_at,
            limit_seconds=float(self.case.limit_seconds),
            draft=draft_of(entry.answer),
            handed_in_at=entry.imported_at,
            closed_by=ClosedBy.CANDIDATE,
        )
        return explain(self.library, attempt, self.case, self.rubric, result)

    # The human layer

    def decide(
        self,
        entry: Entry,
        values: Sequence[tuple[Subject, float | None]],
        marker: str,
        *,
        reason: str = "",
        is_settlement: bool = False,
    ) -> tuple[Decision, ...]:
        """Add decisions about one answer, and return them; None takes one back."""
        decisions = tuple(
            Decision(
                answer=entry.id,
                subject=subject,
                value=value,
                marker=marker,
                at=self.now(),
                reason=clean(reason),
                is_settlement=is_settlement,
            )
            for subject, value in values
        )
        self.book.decide(decisions)
        return decisions

    def forget(self, candidate: str) -> Forgotten:
        """Remove a person's data; raises NotFound."""
        return self.book.forget(candidate)


def machine_value(result: Result, subject: Subject) -> float:
    """Return what the machine gave for a subject; 0 where it does not know it."""
    if subject.kind is Kind.RATING:
        return float(result.ratings.get(subject.key, 0))
    mark = result.measures.get(subject.key)
    if mark is None:
        return 0.0
    return mark.credit if subject.kind is Kind.MEASURE else mark.reason
