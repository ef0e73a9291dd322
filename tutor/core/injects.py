"""When the injects of a drill come."""

from dataclasses import dataclass
from enum import StrEnum

from tutor.core.case import Case, Inject
from tutor.core.drill import DrillState
from tutor.core.drillevent import Cause


class InjectState(StrEnum):
    """Where an inject stands; `OFF` is one whose condition cannot be met any more."""

    RELEASED = "released"
    SKIPPED = "skipped"
    HELD = "held"
    TIMED = "timed"
    CONDITIONAL = "conditional"
    BY_HAND = "by-hand"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class InjectPlace:
    """An inject on the timeline; `seconds` is when it came, will come or its condition ends."""

    inject: Inject
    state: InjectState
    seconds: float | None


def stretched(case: Case, state: DrillState, seconds: int) -> float:
    """Return a time of the case in seconds of this drill."""
    return seconds * state.planned_seconds / case.limit_seconds


def timeline(case: Case, state: DrillState, elapsed_seconds: float) -> tuple[InjectPlace, ...]:
    """Return the injects, first those that came, then by time; those by hand are the last."""
    places = [_place(case, state, elapsed_seconds, inject) for inject in case.injects]
    return tuple(
        sorted(
            places,
            key=lambda place: (
                place.state is not InjectState.RELEASED,
                float("inf") if place.seconds is None else place.seconds,
            ),
        )
    )


def due_injects(
    case: Case, state: DrillState, elapsed_seconds: float
) -> tuple[tuple[Inject, Cause], ...]:
    """Return the injects to be released by now, and what releases them."""
    due = []
    for place in timeline(case, state, elapsed_seconds):
        if place.state is InjectState.TIMED:
            if place.seconds is not None and place.seconds <= elapsed_seconds:
                due.append((place.inject, Cause.TIME))
        elif place.state is InjectState.CONDITIONAL and _is_met(
            case, state, elapsed_seconds, place.inject
        ):
            due.append((place.inject, Cause.CONDITION))
    return tuple(due)


def _place(case: Case, state: DrillState, elapsed: float, inject: Inject) -> InjectPlace:
    if (released := state.released_at(inject.id)) is not None:
        return InjectPlace(inject, InjectState.RELEASED, released)
    seconds: float | None = None
    if inject.at_seconds is not None:
        seconds = stretched(case, state, inject.at_seconds)
    elif inject.when is not None:
        seconds = stretched(case, state, inject.when.by_seconds)
    if inject.id in state.skipped:
        return InjectPlace(inject, InjectState.SKIPPED, seconds)
    if inject.id in state.held:
        return InjectPlace(inject, InjectState.HELD, seconds)
    if inject.at_seconds is not None:
        return InjectPlace(inject, InjectState.TIMED, seconds)
    if inject.when is None:
        return InjectPlace(inject, InjectState.BY_HAND, None)
    is_off = _is_off(case, state, elapsed, inject)
    return InjectPlace(inject, InjectState.OFF if is_off else InjectState.CONDITIONAL, seconds)


def _is_met(case: Case, state: DrillState, elapsed: float, inject: Inject) -> bool:
    assert inject.when is not None
    by = stretched(case, state, inject.when.by_seconds)
    ticked = state.ticked_at(inject.when.measure)
    is_done_in_time = ticked is not None and ticked <= by
    return is_done_in_time if inject.when.is_done else elapsed >= by and not is_done_in_time


def _is_off(case: Case, state: DrillState, elapsed: float, inject: Inject) -> bool:
    assert inject.when is not None
    is_past = elapsed > stretched(case, state, inject.when.by_seconds)
    return is_past and not _is_met(case, state, elapsed, inject)
