"""What the team in the room may see of a drill.

The projector is given a `PublicState` and nothing else, and that type has no place for a
measure, a hint, an expectation or news that has not come yet.
"""

from dataclasses import dataclass
from datetime import datetime

from tutor.core.case import Case, Role
from tutor.core.drill import DrillPhase, DrillState
from tutor.core.drilldamage import DrillLoss, drill_loss
from tutor.core.rubric import Rubric


@dataclass(frozen=True, slots=True)
class PublicNews:
    """News the team has heard, and for whom it is."""

    at_seconds: float
    audience: Role
    text: str


@dataclass(frozen=True, slots=True)
class PublicDecision:
    """A decision in the team's own words."""

    at_seconds: float
    what: str
    who: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicState:
    """A drill as the projector shows it; news and decisions are the oldest first."""

    title: str
    team: str
    situation: str
    task: str
    phase: DrillPhase
    elapsed_seconds: float
    limit_seconds: float
    news: tuple[PublicNews, ...]
    decisions: tuple[PublicDecision, ...]
    loss: DrillLoss | None


def public_state(case: Case, rubric: Rubric, state: DrillState, utc: datetime) -> PublicState:
    """Return what may be seen at a time of day."""
    elapsed = state.elapsed_seconds(utc)
    texts = {inject.id: inject for inject in case.injects}
    return PublicState(
        title=case.title,
        team=state.opened.team,
        situation=case.situation,
        task=case.task,
        phase=state.phase,
        elapsed_seconds=elapsed,
        limit_seconds=state.limit_seconds,
        news=tuple(
            PublicNews(event.at_seconds, texts[event.inject].audience, texts[event.inject].text)
            for event in state.released
            if event.inject in texts
        ),
        decisions=tuple(
            PublicDecision(event.at_seconds, event.what, event.who) for event in state.decisions
        ),
        loss=drill_loss(rubric, case, state, elapsed),
    )
