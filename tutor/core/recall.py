"""One measure asked back in a quick drill."""

from dataclasses import dataclass
from datetime import datetime

from tutor.core.answer import Step
from tutor.core.memory import Outcome, Review
from tutor.core.result import Engine

# One measure with its reason, as the quick drill asks for it.
RECALL_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall:
    """What a candidate said when one measure was asked back, and what it was worth.

    `answered_at` is aware and in UTC.
    """

    id: str
    case: str
    language: str
    measure: str
    answered_at: datetime
    step: Step
    outcome: Outcome
    engine: Engine
    rubric_sha256: str

    @property
    def review(self) -> Review:
        """The same as a review of the measure."""
        return Review(self.answered_at, self.outcome)
