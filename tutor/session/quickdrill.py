"""The quick drill: single measures asked back, a minute each, marked at once."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from tutor.core.answer import Answer, Step
from tutor.core.case import Case
from tutor.core.clock import Clock, Deadline
from tutor.core.memory import Memory, outcome_of
from tutor.core.plaintext import clean
from tutor.core.progress import MeasureProgress
from tutor.core.recall import RECALL_SECONDS, Recall
from tutor.core.result import MeasureMark
from tutor.core.rubric import Measure, Rubric
from tutor.session.marking import Marker
from tutor.store.history import History

# Two lines of the situation bring a case back to somebody who has sat it.
CUE_SENTENCES = 2

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One measure that is asked for.

    `situation` is its beginning, `done` are the other measures of the phase, which are taken
    as done so that only one is left to name.
    """

    case: Case
    measure: Measure
    phase: str
    situation: str
    done: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A marked answer, the mark of the measure, and the memory it has come to."""

    question: Question
    recall: Recall
    mark: MeasureMark
    memory: Memory | None


class QuickDrill:
    """Asks one measure after the other; the clock of each starts with `ask`."""

    def __init__(
        self,
        *,
        items: Sequence[MeasureProgress],
        contents: Mapping[str, tuple[Case, Rubric]],
        history: History,
        marker: Marker,
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        self._items = tuple(items)
        self._contents = contents
        self._history = history
        self._marker = marker
        self._clock = clock
        self._new_id = new_id
        self._deadline: Deadline | None = None
        self.replies: tuple[Reply, ...] = ()

    @property
    def count(self) -> int:
        """How many measures are asked in all."""
        return len(self._items)

    @property
    def is_over(self) -> bool:
        """True once every measure was answered."""
        return len(self.replies) == self.count

    def warm_up(self) -> None:
        """Load what marks, so that the first answer is marked at once; raises EngineUnavailable."""
        if self._items:
            self._marker.warm_up(*self._contents[self._items[0].case])

    def ask(self) -> Question:
        """Return the next question and start its clock."""
        item = self._items[len(self.replies)]
        case, rubric = self._contents[item.case]
        self._deadline = Deadline.start(self._clock, RECALL_SECONDS)
        return question_for(case, rubric, item.measure)

    def remaining_seconds(self) -> float:
        """Return the seconds left for the question that was asked."""
        assert self._deadline is not None
        return self._deadline.remaining_seconds(self._clock.monotonic())

    def reply(self, question: Question, step: Step) -> Reply:
        """Mark an answer and store it; a blank one is a measure given up.

        Raises EngineUnavailable, and StoreError where it could not be stored; it can be
        called again.
        """
        step = Step(clean(step.measure), clean(step.reason))
        case, rubric = self._contents[question.case.id]
        answer = Answer(
            id=self._new_id(),
            case=case.id,
            language=case.language,
            steps=() if step.is_blank else (step,),
        )
        result = self._marker.mark(case, rubric, answer)
        mark = result.measures[question.measure.id]
        recall = Recall(
            id=answer.id,
            case=case.id,
            language=case.language,
            measure=question.measure.id,
            answered_at=self._clock.utc(),
            step=step,
            outcome=outcome_of(mark, is_blank=step.is_blank),
            engine=result.engine,
            rubric_sha256=result.rubric_sha256,
        )
        self._history.add_recall(recall)
        memory = self._history.memories().get((case.id, question.measure.id))
        reply = Reply(question=question, recall=recall, mark=mark, memory=memory)
        self.replies += (reply,)
        return reply


def question_for(case: Case, rubric: Rubric, measure_id: str) -> Question:
    """Return what is shown when a measure is asked for; never its own words."""
    measure = rubric.measure(measure_id)
    plain = " ".join(case.situation.replace("**", "").split())
    return Question(
        case=case,
        measure=measure,
        phase=rubric.phases[rubric.phase_index(measure)].label,
        situation=" ".join(_SENTENCE_END.split(plain)[:CUE_SENTENCES]),
        done=tuple(
            other.text
            for other in rubric.model_order()
            if other.phase == measure.phase and other.id != measure_id
        ),
    )


def drill_order(measures: Sequence[MeasureProgress], count: int) -> tuple[MeasureProgress, ...]:
    """Return what to ask: due first, then the least remembered of what came up before.

    One measure a phase of a case, because the question shows the others of that phase.
    """
    asked = [measure for measure in measures if measure.memory is not None]
    asked.sort(key=lambda measure: (not measure.is_due, measure.recall, measure.measure))
    chosen: dict[tuple[str, str], MeasureProgress] = {}
    for measure in asked:
        chosen.setdefault((measure.case, measure.phase), measure)
    return tuple(chosen.values())[:count]
