"""One marker's way through a class: where they are, what they decide, what comes next."""

from collections.abc import Callable, Mapping, Sequence

from tutor.core.classroom import Decision, Kind, Subject
from tutor.core.debrief import Debrief
from tutor.session.classroom import Classroom, machine_value
from tutor.session.finalmark import Sheet, sheet


class Review:
    """The answers of a class in one marker's order; decisions of others stay unseen.

    With `settle` only what markers decided differently is shown, and a decision settles it. What
    is settled stays open to another decision.
    """

    def __init__(
        self, classroom: Classroom, marker: str, *, blind: bool = False, settle: bool = False
    ) -> None:
        self.classroom = classroom
        self.marker = marker
        self.is_blind = blind
        self.is_settling = settle
        self.name = ""
        self._sheets: list[Sheet] = []
        self._place = 0
        self.has_answers = False

    def load(self, on_progress: Callable[[int, int], object] | None = None) -> None:
        """Have the machine mark what it has not, and begin at the first answer left to do.

        `on_progress` is that of `Classroom.mark`. What is to be settled comes before what is.
        """
        self.classroom.mark(on_progress)
        self.name = self.classroom.info.name
        sheets = self.classroom.sheets(blind=self.is_blind)
        ordered = self.classroom.in_order_of(self.marker, sheets)
        self.has_answers = bool(ordered)
        if self.is_settling:
            ordered = tuple(
                sorted(
                    (one for one in ordered if one.differences or one.human.settled),
                    key=lambda one: not one.differences,
                )
            )
        self._sheets = list(ordered)
        self._place = 0
        if self._sheets and self.is_done:
            self.to_next_unmarked()

    @property
    def count(self) -> int:
        """How many answers there are."""
        return len(self._sheets)

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(self._is_done(one) for one in self._sheets)

    @property
    def number(self) -> int:
        """The place of the answer that is open, counted from 1."""
        return self._place + 1

    @property
    def sheet(self) -> Sheet:
        """The answer that is open."""
        return self._sheets[self._place]

    @property
    def debrief(self) -> Debrief:
        """What explains the machine's mark of the answer that is open."""
        machine = self.sheet.machine
        assert machine is not None
        return self.classroom.debrief(self.sheet.entry, machine)

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """What is to be decided about the answer that is open."""
        if not self.is_settling:
            return self.classroom.subjects
        human = self.sheet.human
        return tuple(
            sorted({difference.subject for difference in human.differences} | set(human.settled))
        )

    @property
    def is_done(self) -> bool:
        """True where nothing is left to decide about the answer that is open."""
        return self._is_done(self.sheet)

    def machine(self, subject: Subject) -> float:
        """Return what the machine gave."""
        assert self.sheet.machine is not None
        return machine_value(self.sheet.machine, subject)

    def decided(self, subject: Subject) -> float | None:
        """Return what this marker decided, or what the settlement is."""
        decision = self._own.get(subject)
        return None if decision is None else decision.value

    def latest(self, subject: Subject) -> Subject | None:
        """Return what the newest decision that stands is about: a measure or its reason.

        None where nothing is decided. A reason that is to be settled is a subject of its own.
        """
        about = {subject}
        if subject.kind is Kind.MEASURE and not self.is_settling:
            about.add(reason_of(subject))
        return next((one for one in reversed(tuple(self._own)) if one in about), None)

    @property
    def _own(self) -> Mapping[Subject, Decision]:
        """What this marker decided, or what is settled; the newest last."""
        human = self.sheet.human
        return human.settled if self.is_settling else human.by_marker.get(self.marker, {})

    def others(self, subject: Subject) -> tuple[tuple[str, float, str], ...]:
        """Return who decided what, and why; nothing while markers decide on their own."""
        human = self.sheet.human
        return tuple(
            (marker, value, human.by_marker[marker][subject].reason)
            for marker, value in (human.values(subject) if self.is_settling else ())
        )

    def next_open(self, after: int) -> int | None:
        """Return the place of the next subject without a decision, from a place on."""
        subjects = self.subjects
        places = [*range(after + 1, len(subjects)), *range(min(after + 1, len(subjects)))]
        return next((p for p in places if self.decided(subjects[p]) is None), None)

    def decide(self, values: Sequence[tuple[Subject, float | None]], *, reason: str = "") -> None:
        """Add decisions, on disk before this returns; raises StoreError.

        What is decided so already is left out, unless there is a reason to add.
        """
        values = [(key, value) for key, value in values if reason or value != self.decided(key)]
        one = self.sheet
        made = self.classroom.decide(
            one.entry, values, self.marker, reason=reason, is_settlement=self.is_settling
        )
        before = [d for own in one.human.by_marker.values() for d in own.values()]
        self._sheets[self._place] = sheet(
            self.classroom.case,
            self.classroom.rubric,
            one.entry,
            one.shown_name,
            one.machine,
            [*before, *one.human.settled.values(), *made],
        )

    def agree(self) -> None:
        """Take over what the machine gave wherever nothing is decided; raises StoreError."""
        self.decide(
            [
                (subject, self.machine(subject))
                for subject in self.subjects
                if self.decided(subject) is None
            ]
        )

    def reason(self, subject: Subject) -> str:
        """Return the reason that was given for a decision."""
        decision = self._own.get(subject)
        return "" if decision is None else decision.reason

    def move(self, by: int) -> None:
        """Go to another answer, round and round."""
        self._place = (self._place + by) % self.count

    def to_next_unmarked(self) -> bool:
        """Go to the next answer with something to decide; False where there is none."""
        for by in range(1, self.count + 1):
            place = (self._place + by) % self.count
            if not self._is_done(self._sheets[place]):
                self._place = place
                return True
        return False

    def _is_done(self, one: Sheet) -> bool:
        if self.is_settling:
            return not one.differences
        return one.is_marked_by(self.marker, self.classroom.subjects)


def reason_of(subject: Subject) -> Subject:
    """Return the subject of a measure's reason."""
    return Subject(Kind.REASON, subject.key)
