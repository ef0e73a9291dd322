"""What the beamer may show."""

from dataclasses import fields, is_dataclass
from datetime import timedelta
from typing import Any, get_args, get_type_hints

from hypothesis import given
from hypothesis import strategies as st

from tests.drills import CASE, RUBRIC, drills
from tutor.core.case import Inject
from tutor.core.drill import states
from tutor.core.drillevent import DrillEvent
from tutor.core.publicstate import PublicState, public_state
from tutor.core.rubric import Measure

SECRETS = [
    *(f"MEASURE-{measure.id}" for measure in RUBRIC.measures),
    *(f"REASON-{measure.id}" for measure in RUBRIC.measures),
    *(measure.id for measure in RUBRIC.measures),
    "HINT-",
]


@given(drills(), st.floats(0, 900))
def test_no_state_for_the_projector_names_a_measure_or_a_hint(
    events: tuple[DrillEvent, ...], seconds: float
) -> None:
    for state in states(events):
        shown = repr(public_state(CASE, RUBRIC, state, state.at_utc + timedelta(seconds=seconds)))

        assert not [secret for secret in SECRETS if secret in shown]


@given(drills())
def test_news_is_public_once_it_is_released_and_never_before(
    events: tuple[DrillEvent, ...],
) -> None:
    state = states(events)[-1]
    shown = {news.text for news in public_state(CASE, RUBRIC, state, state.at_utc).news}

    assert shown == {CASE.inject(entry.inject).text for entry in state.released}


def test_a_public_state_has_no_place_for_a_measure_or_an_inject() -> None:
    def types_in(kind: Any) -> set[Any]:
        inner = {found for part in get_args(kind) for found in types_in(part)}
        if is_dataclass(kind):
            hints = get_type_hints(kind)
            inner |= {found for f in fields(kind) for found in types_in(hints[f.name])}
        return {kind, *inner}

    assert not {Measure, Inject} & types_in(PublicState)
