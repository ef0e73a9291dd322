"""What a candidate has learnt, what is due, and what there is to read about it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from tutor.core.case import Case
from tutor.core.clock import Clock
from tutor.core.errors import ContentError, UsageError
from tutor.core.grade import MAX_RATING
from tutor.core.memory import Memory
from tutor.core.plan import Plan, Promise, make_plan, simulate
from tutor.core.progress import (
    CaseProgress,
    MeasureProgress,
    Performance,
    Progress,
    area_progress,
    end_of_day,
    idea_progress,
    time_spent,
    weeks_in_a_row,
)
from tutor.core.rubric import Rubric
from tutor.core.theory import TheoryCard
from tutor.locales import _, active_language
from tutor.session.marking import Marker
from tutor.session.quickdrill import QuickDrill, drill_order
from tutor.store.history import History
from tutor.store.outings import Outing
from tutor.store.rows import Summary

if TYPE_CHECKING:
    from tutor.content.library import Library

# As many as a plot of 80 columns tells apart; the aggregates count all.
SHOWN_ATTEMPTS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TheoryEntry:
    """A theory card, the label of the phase it first matters in, and how it went.

    `phase` is empty where no case at hand points at the card; `measures` are those that do.
    """

    card: TheoryCard
    phase: str
    measures: tuple[MeasureProgress, ...]


class Study:
    """Learning over the weeks, without a terminal; every method may take a while."""

    def __init__(
        self,
        library: "Library",
        history: History,
        marker: Marker,
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        self._library = library
        self._history = history
        self._marker = marker
        self._clock = clock
        self._new_id = new_id

    def progress(self) -> Progress:
        """Return everything the progress shows; raises StoreError."""
        now = self.now()
        summaries = self._history.summaries()
        contents = self._contents(summaries)
        titles = {case.id: case for case, _rubric in contents}
        measures = self._measures(contents)
        cases = self._cases(contents, summaries)
        ideas = self._idea_titles(measures)
        return Progress(
            as_of=now,
            attempts=sum(summary.attempts for summary in summaries),
            performances=tuple(
                _performance(outing, titles.get(outing.attempt.case))
                for outing in self._history.recent(SHOWN_ATTEMPTS)
            ),
            cases=cases,
            areas=area_progress(cases),
            ideas=idea_progress(measures, ideas),
            measures=measures,
            weeks_in_a_row=weeks_in_a_row(self._history.has_attempt_between, now),
        )

    def measures(self) -> tuple[MeasureProgress, ...]:
        """Return every measure of every case with its memory; raises StoreError."""
        return self._measures(self._contents(self._history.summaries()))

    def quick_drill(self, count: int) -> QuickDrill:
        """Ask back up to `count` measures: those that are due first, then the weakest.

        Raises StoreError.
        """
        contents = self._contents(self._history.summaries())
        return QuickDrill(
            items=drill_order(self._measures(contents), count),
            contents={case.id: (case, rubric) for case, rubric in contents},
            history=self._history,
            marker=self._marker,
            clock=self._clock,
            new_id=self._new_id,
        )

    def plan(
        self, exam: date, retention: float, dice: Callable[[], float], runs: int
    ) -> tuple[Plan, Promise]:
        """Return the plan until a day, and what simulated candidates make of it.

        Raises UsageError for a day that is not to come, StoreError.
        """
        now = self.now()
        morning = datetime.combine(exam, time(), now.tzinfo)
        if morning <= now:
            raise UsageError(_("the exam must be on a day to come"))
        measures = self.measures()
        memories = {(m.case, m.measure): m.memory for m in measures if m.memory is not None}
        sat = {case for case, _measure in memories}
        unseen: dict[str, list[str]] = {}
        for measure in measures:
            if measure.case not in sat:
                unseen.setdefault(measure.case, []).append(measure.measure)
        start = now.astimezone(UTC)
        end = morning.astimezone(UTC)
        return (
            make_plan(memories, unseen, now=start, exam=end, retention=retention),
            simulate(
                memories,
                unseen,
                now=start,
                exam=end,
                retention=retention,
                dice=dice,
                runs=runs,
            ),
        )

    def theory(self) -> tuple[TheoryEntry, ...]:
        """Return the theory cards in the order of the phases they matter in; raises StoreError."""
        measures = self.measures()
        phases: dict[str, tuple[int, str]] = {}
        labels: dict[str, int] = {}
        by_idea: dict[str, list[MeasureProgress]] = {}
        for measure in measures:
            place = labels.setdefault(measure.phase, len(labels))
            if measure.idea is not None:
                by_idea.setdefault(measure.idea, []).append(measure)
                phases[measure.idea] = min(
                    phases.get(measure.idea, (place, measure.phase)), (place, measure.phase)
                )
        last = len(labels)
        entries = [
            TheoryEntry(
                card=card,
                phase=phases.get(card.id, (last, ""))[1],
                measures=tuple(by_idea.get(card.id, ())),
            )
            for card in self._library.theories(active_language())
        ]
        entries.sort(key=lambda entry: (phases.get(entry.card.id, (last, ""))[0], entry.card.title))
        return tuple(entries)

    def now(self) -> datetime:
        """Return the time of day where the candidate is."""
        return self._clock.utc().astimezone()

    def _contents(self, summaries: tuple[Summary, ...]) -> list[tuple[Case, Rubric]]:
        """Return each case once, in the language it was sat in last, else in the interface's."""
        latest = {s.case: s.language for s in sorted(summaries, key=lambda s: s.last_at)}
        by_id: dict[str, list[Case]] = {}
        for case in self._library.cases():
            by_id.setdefault(case.id, []).append(case)
        contents = []
        for case_id, cases in by_id.items():
            wishes = (latest.get(case_id), active_language())
            best = min(cases, key=lambda case: [case.language != wish for wish in wishes])
            try:
                contents.append((best, self._library.rubric(best.id, best.language)))
            except ContentError:
                continue  # `tutor check` tells; the other cases go on
        return contents

    def _measures(self, contents: list[tuple[Case, Rubric]]) -> tuple[MeasureProgress, ...]:
        memories, now = self._history.memories(), self.now()
        return tuple(
            _measure(case, rubric, place, memories, now)
            for case, rubric in contents
            for place in range(len(rubric.measures))
        )

    def _cases(
        self, contents: list[tuple[Case, Rubric]], summaries: tuple[Summary, ...]
    ) -> tuple[CaseProgress, ...]:
        firsts = {outing.attempt.case: outing for outing in self._history.firsts()}
        found = []
        for case, _rubric in contents:
            sums = [summary for summary in summaries if summary.case == case.id]
            last = max(sums, key=lambda summary: summary.last_at, default=None)
            bests = [_share(s.best_points, s.best_max_points) for s in sums]
            first = firsts.get(case.id)
            found.append(
                CaseProgress(
                    case=case.id,
                    title=case.title,
                    area=case.competence_area,
                    attempts=sum(summary.attempts for summary in sums),
                    first=None if first is None else _share(first.points, first.max_points),
                    best=max((best for best in bests if best is not None), default=None),
                    last=None if last is None else _share(last.last_points, last.last_max_points),
                    last_at=None if last is None else last.last_at,
                )
            )
        return tuple(found)

    def _idea_titles(self, measures: tuple[MeasureProgress, ...]) -> Mapping[str, str]:
        ideas = {measure.idea for measure in measures if measure.idea is not None}
        cards = (self._library.theory(idea, active_language()) for idea in sorted(ideas))
        return {card.id: card.title for card in cards if card is not None}


def _measure(
    case: Case,
    rubric: Rubric,
    place: int,
    memories: Mapping[tuple[str, str], Memory],
    now: datetime,
) -> MeasureProgress:
    measure = rubric.model_order()[place]
    memory = memories.get((case.id, measure.id))
    return MeasureProgress(
        case=case.id,
        language=case.language,
        case_title=case.title,
        measure=measure.id,
        phase=rubric.phases[rubric.phase_index(measure)].label,
        text=measure.text,
        idea=measure.theory,
        memory=memory,
        recall=0.0 if memory is None else memory.recall(now),
        is_due=memory is not None and memory.due_at() < end_of_day(now),
    )


def _performance(outing: Outing, case: Case | None) -> Performance:
    attempt = outing.attempt
    assert attempt.handed_in_at is not None
    share = _share(outing.points, outing.max_points) or 0.0
    return Performance(
        attempt_id=attempt.id,
        case=attempt.case,
        title=attempt.case if case is None else case.title,
        area=None if case is None else case.competence_area,
        handed_in_at=attempt.handed_in_at,
        is_first=outing.is_first,
        rating=int(share * MAX_RATING + 0.5),
        points=outing.points,
        max_points=outing.max_points,
        grade=outing.grade,
        completeness=outing.completeness,
        order=outing.order,
        justification=outing.justification,
        time_factor=attempt.time_factor,
        hidden_clock=attempt.hidden_clock,
        time=time_spent(attempt),
    )


def _share(points: int | None, max_points: int | None) -> float | None:
    return points / max_points if points is not None and max_points else None
