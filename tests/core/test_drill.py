from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.drills import CASE, OPENED, RUBRIC, drills, event
from tests.fakes import NOON
from tutor.core.drill import DrillPhase, after, states
from tutor.core.drilldamage import drill_curves, drill_loss
from tutor.core.drillevent import (
    Cause,
    ClockPaused,
    ClockStarted,
    DecisionLogged,
    DrillEnded,
    DrillEvent,
    InjectReleased,
    Judge,
    LimitMoved,
    MeasureProposed,
    MeasureTicked,
    MeasureUnticked,
    Scored,
)
from tutor.core.drillreview import columns, drill_figures, drill_review
from tutor.core.injects import InjectState, due_injects, timeline


@given(drills())
def test_the_time_of_a_drill_never_goes_back(events: tuple[DrillEvent, ...]) -> None:
    times = [state.at_seconds for state in states(events)]

    assert times == sorted(times)
    assert all(state.limit_seconds >= state.at_seconds for state in states(events))


@given(drills(), st.floats(0, 900), st.floats(0, 900))
def test_the_time_of_a_drill_goes_on_with_the_time_of_day(
    events: tuple[DrillEvent, ...], first: float, second: float
) -> None:
    state = states(events)[-1]
    earlier, later = (
        state.elapsed_seconds(state.at_utc + timedelta(seconds=passed))
        for passed in sorted((first, second))
    )

    assert state.at_seconds <= earlier <= later <= state.limit_seconds


@given(drills())
def test_the_damage_of_a_drill_never_shrinks(events: tuple[DrillEvent, ...]) -> None:
    losses = [
        loss.so_far
        for state in states(events)
        if (loss := drill_loss(RUBRIC, CASE, state, state.at_seconds)) is not None
    ]

    assert all(before <= after + 1e-6 for before, after in pairwise(losses))


@given(drills(), st.integers(0, 12))
def test_a_replay_from_any_event_leads_to_the_same_state(
    events: tuple[DrillEvent, ...], start: int
) -> None:
    found = states(events)
    start = min(start, len(events) - 1)
    state = found[start]
    for place in range(start + 1, len(events)):
        state = after(state, events[place])

        assert state == found[place]


@given(drills())
def test_every_drill_can_be_summed_up(events: tuple[DrillEvent, ...]) -> None:
    review = drill_review(CASE, RUBRIC, states(events)[-1], events)
    figures = review.figures

    assert len(review.measures) == len(RUBRIC.measures)
    for share in (figures.idle_share, figures.parallel_share, figures.reasoned_share):
        assert share is None or 0 <= share <= 1


def test_the_clock_stands_still_in_a_pause() -> None:
    state = states([OPENED, event(ClockStarted, 0), event(ClockPaused, 30)])[-1]

    assert state.elapsed_seconds(NOON + timedelta(hours=1)) == 30


def test_the_clock_goes_on_without_a_facilitator_and_stops_at_the_end() -> None:
    state = states([OPENED, event(ClockStarted, 0)])[-1]

    assert state.elapsed_seconds(NOON + timedelta(seconds=100)) == 100
    assert state.elapsed_seconds(NOON + timedelta(days=1)) == 420


def test_a_minute_less_never_ends_before_what_has_passed() -> None:
    events = [OPENED, event(ClockStarted, 0), event(LimitMoved, 400, by_seconds=-60)]

    assert states(events)[-1].limit_seconds == 400


def test_nothing_starts_the_clock_of_a_drill_that_is_over() -> None:
    events = [OPENED, event(ClockStarted, 0), event(DrillEnded, 60), event(ClockStarted, 60)]

    assert states(events)[-1].phase is DrillPhase.OVER


def test_a_log_without_its_opening_is_refused() -> None:
    with pytest.raises(ValueError, match="opening"):
        states([event(ClockStarted, 0)])


def test_ticking_a_measure_settles_its_proposal() -> None:
    events = [
        OPENED,
        event(MeasureProposed, 10, measure="landing-page", decision=1),
        event(MeasureTicked, 20, measure="landing-page", decision=1),
    ]

    assert states(events)[-1].proposed == ()


# Injects


def due(seconds: float, *events: DrillEvent) -> list[tuple[str, Cause]]:
    state = states([OPENED, event(ClockStarted, 0), *events])[-1]
    return [(inject.id, cause) for inject, cause in due_injects(CASE, state, seconds)]


def test_timed_news_comes_at_its_time() -> None:
    assert due(59) == []
    assert due(60) == [("press", Cause.TIME)]


def test_news_that_waits_for_a_measure_comes_once_it_is_done_in_time() -> None:
    tick = event(MeasureTicked, 50, measure="landing-page")

    assert due(50, tick) == [("praise", Cause.CONDITION)]


def test_news_about_a_missing_measure_comes_when_its_time_is_up() -> None:
    released = event(InjectReleased, 60, inject="press", cause=Cause.TIME)
    late = event(MeasureTicked, 130, measure="landing-page")

    assert due(119, released) == []
    assert due(120, released) == [("rival", Cause.CONDITION)]
    assert due(131, released, late) == [("rival", Cause.CONDITION)]


def test_a_tick_that_was_a_mistake_does_not_keep_bad_news_away() -> None:
    released = event(InjectReleased, 60, inject="press", cause=Cause.TIME)
    tick = event(MeasureTicked, 70, measure="landing-page")
    mistake = event(MeasureUnticked, 80, measure="landing-page")

    assert due(120, released, tick, mistake) == [("rival", Cause.CONDITION)]


def test_the_timeline_says_what_will_not_come() -> None:
    state = states([OPENED, event(ClockStarted, 0)])[-1]

    places = {place.inject.id: place.state for place in timeline(CASE, state, 121)}

    assert places["praise"] is InjectState.OFF
    assert places["board"] is InjectState.BY_HAND


@given(drills(), st.floats(0, 900))
def test_nothing_is_released_twice(events: tuple[DrillEvent, ...], seconds: float) -> None:
    state = states(events)[-1]
    released = {entry.inject for entry in state.released}
    kept_back = {*state.skipped, *state.held}

    assert not (released | kept_back) & {
        inject.id for inject, _cause in due_injects(CASE, state, seconds)
    }


# Damage and figures


def test_a_measure_slows_the_loss_once_it_is_carried_out_and_news_raises_it() -> None:
    # 420 s stand for 336 h: 1.25 s are an hour; the page takes one hour and ends a fifth.
    events = [
        OPENED,
        event(ClockStarted, 0),
        event(MeasureTicked, 1.25, measure="landing-page"),
        event(InjectReleased, 5, inject="rival", cause=Cause.CONDITION),
    ]
    state = states(events)[-1]

    loss = drill_loss(RUBRIC, CASE, state, 6.25)

    assert loss is not None
    assert loss.so_far == pytest.approx(2 * 1000 + 2 * 800 + 1 * 1200)
    assert loss.per_hour == pytest.approx(1200)


def test_the_same_news_hits_the_model_and_doing_nothing() -> None:
    events = [OPENED, event(InjectReleased, 0, inject="rival", cause=Cause.HAND)]

    curves = drill_curves(RUBRIC, CASE, states(events)[-1])

    assert curves is not None
    assert curves.nothing[-1].loss == pytest.approx(1500 * 336)
    assert curves.model[-1].loss < curves.nothing[-1].loss


def test_the_figures_tell_reaction_use_and_cooperation() -> None:
    events = [
        OPENED,
        event(ClockStarted, 0),
        event(DecisionLogged, 10, what="a page", who="Anna", why="they ask", follow_up=""),
        event(DecisionLogged, 20, what="more", who="", why="", follow_up=""),
        event(MeasureTicked, 210, measure="landing-page"),
        event(DrillEnded, 420),
    ]

    figures = drill_figures(CASE, RUBRIC, states(events)[-1])

    assert figures.reaction_seconds == figures.customers_seconds == 210
    assert figures.reasoned_share == 0.5
    assert figures.idle_share == pytest.approx(1 - 1 / 336)
    assert figures.parallel_share == 0


def test_the_team_is_the_mean_of_its_members() -> None:
    scores = [
        Scored(
            at_seconds=0,
            at_utc=NOON,
            judge=judge,
            name=name,
            rating=rating,
            completeness=0.5,
            order=1.0,
            justification=0.0,
        )
        for judge, name, rating in (
            (Judge.ENGINE, "lexical", 3),
            (Judge.SELF, "Anna", 1),
            (Judge.SELF, "Beat", 2),
        )
    ]

    assert [(column.judge, column.rating) for column in columns(scores)] == [
        ("self", 1),
        ("self", 2),
        ("team", 1.5),
        ("engine", 3),
    ]
