"""Marking for a person who waits: one model, loaded when first needed, one answer at a time."""

import threading
from collections.abc import Callable

from tutor.core.answer import Answer, Step
from tutor.core.case import Case
from tutor.core.errors import AnswersError, EngineUnavailable
from tutor.core.result import Result
from tutor.core.rubric import Rubric
from tutor.core.textmodel import TextModel
from tutor.locales import _

Mark = Callable[[Case, Rubric, Answer, TextModel], Result]


def mark_answer(case: Case, rubric: Rubric, answer: Answer, model: TextModel) -> Result:
    """Mark an answer; the rules are imported with the first one, not with the first screen."""
    from tutor.scoring.mark import mark_answer as mark

    return mark(case, rubric, answer, model)


class Marker:
    """Marks answers from any thread, and remembers the last mark."""

    def __init__(self, load_model: Callable[[], TextModel], mark: Mark = mark_answer) -> None:
        self._load_model = load_model
        self._mark = mark
        self._lock = threading.Lock()
        self._model: TextModel | None = None
        self._last: tuple[Case, Rubric, Answer, Result] | None = None

    def warm_up(self, case: Case, rubric: Rubric) -> None:
        """Load the model and let it read the rubric; raises as `mark` does."""
        first = rubric.model_order()[0]
        sentence = Step(first.text, first.reason)
        answer = Answer(id="", case=case.id, language=case.language, steps=(sentence,))
        self.mark(case, rubric, answer)

    def mark(self, case: Case, rubric: Rubric, answer: Answer) -> Result:
        """Return the mark of an answer.

        Raises EngineUnavailable where there is no model, AnswersError where marking fails.
        """
        with self._lock:
            if self._last is not None and self._last[:3] == (case, rubric, answer):
                return self._last[3]
            try:
                if self._model is None:
                    self._model = self._load_model()
                result = self._mark(case, rubric, answer, self._model)
            except (EngineUnavailable, AnswersError):
                raise
            except Exception as error:
                # Whatever fails in there, the answer must still be stored.
                raise AnswersError(
                    _("The answer could not be marked ({reason}). It can be marked later.").format(
                        reason=repr(error)
                    )
                ) from error
            self._last = (case, rubric, answer, result)
            return result
