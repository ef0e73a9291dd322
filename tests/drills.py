"""A case for drills, and drills that hypothesis makes up."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st

from tests.fakes import NOON, sample_case, sample_rubric
from tutor.core.case import ROSTER, Condition, Inject, Role, RoleHint
from tutor.core.drillevent import (
    ActionDone,
    ActionSet,
    Cause,
    ClockPaused,
    ClockStarted,
    DecisionLogged,
    DrillEnded,
    DrillEvent,
    DrillOpened,
    FacilitatorReturned,
    HotWashAnswered,
    InjectHeld,
    InjectReleased,
    InjectSkipped,
    Judge,
    LimitMoved,
    MeasureProposed,
    MeasureTicked,
    MeasureUnticked,
    NoteWritten,
    ProposalDeclined,
    Question,
    RoleGiven,
    Scored,
)

CASE = replace(
    sample_case(),
    injects=(
        Inject(
            id="press",
            audience=Role.COMMUNICATION,
            text="A journalist calls.",
            at_seconds=60,
            hint="HINT-PRESS",
            expects=("landing-page",),
        ),
        Inject(
            id="rival",
            audience=Role.ALL,
            text="A rival advertises.",
            when=Condition(measure="landing-page", by_seconds=120, is_done=False),
            hint="HINT-RIVAL",
            raises=0.5,
        ),
        Inject(
            id="praise",
            audience=Role.ALL,
            text="A customer praises the page.",
            when=Condition(measure="landing-page", by_seconds=120, is_done=True),
            hint="HINT-PRAISE",
        ),
        Inject(id="board", audience=Role.LEAD, text="The board calls.", hint="HINT-BOARD"),
    ),
    roles=(RoleHint(role=Role.LEAD, hint="HINT-LEAD"),),
)
RUBRIC = replace(
    sample_rubric(),
    measures=tuple(
        replace(measure, text=f"MEASURE-{measure.id}", reason=f"REASON-{measure.id}")
        for measure in sample_rubric().measures
    ),
)
# Seven minutes: one of the case is one of the drill.
OPENED = DrillOpened(
    at_seconds=0.0,
    at_utc=NOON,
    drill="d1",
    team="Alpha",
    case=CASE.id,
    language=CASE.language,
    rubric_sha256=RUBRIC.sha256,
    planned_seconds=420,
)


def event(kind: type[DrillEvent], at: float, **values: object) -> DrillEvent:
    """Return an event `at` seconds of a drill that never paused."""
    return kind(at_seconds=at, at_utc=NOON + timedelta(seconds=at), **values)


_TEXT = st.text("abc ä\n\x1b", max_size=8)
_INJECT = st.sampled_from([inject.id for inject in CASE.injects])
_MEASURE = st.sampled_from([measure.id for measure in RUBRIC.measures])
_SHARE = st.sampled_from([0.0, 0.25, 1.0])
_VALUES: dict[type[DrillEvent], dict[str, st.SearchStrategy[object]]] = {
    ClockStarted: {},
    ClockPaused: {},
    FacilitatorReturned: {},
    DrillEnded: {},
    LimitMoved: {"by_seconds": st.sampled_from([-60, 60])},
    InjectReleased: {"inject": _INJECT, "cause": st.sampled_from(Cause)},
    InjectSkipped: {"inject": _INJECT},
    InjectHeld: {"inject": _INJECT, "is_held": st.booleans()},
    MeasureTicked: {"measure": _MEASURE, "decision": st.integers(0, 3)},
    MeasureUnticked: {"measure": _MEASURE},
    MeasureProposed: {"measure": _MEASURE, "decision": st.integers(1, 3)},
    ProposalDeclined: {"measure": _MEASURE},
    DecisionLogged: {"what": _TEXT, "who": _TEXT, "why": _TEXT, "follow_up": _TEXT},
    NoteWritten: {"text": _TEXT},
    RoleGiven: {"role": st.sampled_from(ROSTER), "person": _TEXT},
    Scored: {
        "judge": st.sampled_from(Judge),
        "name": _TEXT,
        "rating": st.integers(0, 3),
        "completeness": _SHARE,
        "order": _SHARE,
        "justification": _SHARE,
    },
    HotWashAnswered: {"question": st.sampled_from(Question), "text": _TEXT},
    ActionSet: {
        "number": st.integers(1, 3),
        "action": _TEXT,
        "owner": _TEXT,
        "due": st.none() | st.dates(),
    },
    ActionDone: {"number": st.integers(1, 3)},
}


@st.composite
def drills(draw: st.DrawFn) -> tuple[DrillEvent, ...]:
    """Draw a log: any events in any order, at times that mostly go on."""
    events: list[DrillEvent] = [OPENED]
    at = 0.0
    for kind in draw(st.lists(st.sampled_from(list(_VALUES)), max_size=12)):
        at = max(0.0, at + draw(st.integers(-5, 90)))
        values = {name: draw(strategy) for name, strategy in _VALUES[kind].items()}
        events.append(event(kind, at, **values))
    return tuple(events)
