"""Trying a case out while it is written: what a trial answer would earn, and how near it came."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tutor.content.load import load_case, load_rubric
from tutor.core.answer import Answer, Step
from tutor.core.case import Case
from tutor.core.errors import ContentError, UsageError
from tutor.core.plaintext import clean
from tutor.core.result import Evidence
from tutor.core.rubric import Rubric
from tutor.core.textmodel import TextModel
from tutor.locales import _
from tutor.scoring.decision import decision_for
from tutor.scoring.mark import mark_answer
from tutor.scoring.nearness import nearest

# The candidate's own limit for free text is far below; a file may be anything.
_MAX_ANSWER = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class TriedMeasure:
    """One measure of the rubric and the words of the trial answer that came nearest to it.

    `likely` (0 to 1) is how likely they mean it; half credit begins at the trial's `half`,
    whole at its `full`.
    `credit` and `reason` are 0, 0.5 or 1.
    """

    id: str
    text: str
    credit: float
    reason: float
    likely: float
    words: tuple[str, ...]
    is_near_miss: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What a trial answer comes to; `pitfalls` are texts of the rubric with the words found."""

    measures: tuple[TriedMeasure, ...]
    pitfalls: tuple[tuple[str, tuple[str, ...]], ...]
    rating: int
    completeness: float
    half: float
    full: float


class Preview:
    """A case and its rubric as they stand in their files, and a file with a trial answer."""

    def __init__(
        self,
        case_path: Path,
        rubric_path: Path,
        answer_path: Path | None,
        load_model: Callable[[], TextModel],
    ) -> None:
        self._case_path = case_path
        self._rubric_path = rubric_path
        self._answer_path = answer_path
        self._load_model = load_model
        self._model: TextModel | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """The files the preview reads."""
        paths = (self._case_path, self._rubric_path, self._answer_path)
        return tuple(path for path in paths if path is not None)

    def case(self) -> Case:
        """Read the case; raises ContentError with all its problems."""
        return load_case(self._case_path)

    def answer_text(self) -> str | None:
        """Read the trial answer, None without a file for it; raises UsageError."""
        if self._answer_path is None:
            return None
        try:
            with self._answer_path.open(encoding="utf-8", errors="replace") as file:
                return clean(file.read(_MAX_ANSWER))
        except OSError as error:
            raise UsageError(
                _("{path}: cannot be read ({reason})").format(
                    path=self._answer_path, reason=error.strerror
                )
            ) from error

    def state(self) -> tuple[tuple[int, int], ...]:
        """Return what changes whenever one of the files is saved."""
        found = []
        for path in self.files:
            try:
                state = path.stat()
            except OSError:
                found.append((0, 0))  # being replaced by an editor
            else:
                found.append((state.st_mtime_ns, state.st_size))
        return tuple(found)

    def trial(self, text: str) -> Trial:
        """Mark a trial answer by the files as they stand; raises TutorError where they cannot.

        The mistakes of the rubric are named, those of the case are left to `case`.
        """
        rubric = load_rubric(self._rubric_path)
        try:
            case = self.case()
        except ContentError as error:
            raise UsageError(
                _("The trial answer is marked once the case has no mistakes.")
            ) from error
        if self._model is None:
            self._model = self._load_model()
        answer = Answer(id="trial", case=case.id, language=case.language, text=text)
        return _trial(case, rubric, answer, self._model)


def _trial(case: Case, rubric: Rubric, answer: Answer, model: TextModel) -> Trial:
    result = mark_answer(case, rubric, answer, model)
    near = nearest(case, rubric, answer, model)
    decision = decision_for(model.name)
    steps = [Step(step.measure, step.reason) for step in result.parsed_steps or ()]

    def words(evidence: tuple[Evidence, ...]) -> tuple[str, ...]:
        return tuple(
            getattr(steps[span.step - 1], span.field)[span.start : span.end] for span in evidence
        )

    texts = {pitfall.id: pitfall.text for pitfall in rubric.pitfalls}
    return Trial(
        measures=tuple(
            TriedMeasure(
                id=measure.id,
                text=measure.text,
                credit=result.measures[measure.id].credit,
                reason=result.measures[measure.id].reason,
                likely=near[measure.id].likely,
                words=words(result.measures[measure.id].evidence or near[measure.id].evidence),
                is_near_miss=near[measure.id].is_near_miss,
            )
            for measure in rubric.model_order()
        ),
        pitfalls=tuple((texts[mark.id], words(mark.evidence)) for mark in result.pitfalls),
        rating=max(result.ratings.values(), default=0),
        completeness=result.completeness,
        half=decision.half,
        full=decision.full,
    )
