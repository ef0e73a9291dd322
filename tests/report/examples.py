"""Debriefs with one of everything, for the tests of reports and of the debrief screen."""

from dataclasses import replace
from datetime import timedelta

from tests.fakes import NOON
from tutor.core.attempt import Attempt, Claim, ClosedBy, Moment, step_seconds, time_use
from tutor.core.case import Case, CompetenceArea, KeyQuestion, Kind
from tutor.core.damage import damage_curves
from tutor.core.debrief import Debrief
from tutor.core.draft import Card, Draft
from tutor.core.grade import grade_of
from tutor.core.result import (
    Engine,
    Evidence,
    FieldName,
    MeasureMark,
    OrderFault,
    ParsedStep,
    PitfallMark,
    Remark,
    RemarkKind,
    Result,
)
from tutor.core.rubric import Effect, Impact, Measure, Phase, Pitfall, Rubric
from tutor.core.theory import TheoryCard

HOSTILE = "[/x] [b] {{y}} <script>alert(1)</script> \x1b[2J \u202e \\[ | `c` **d** 👩‍🚒 e\u0301"

CARDS = (
    Card(1, "Restore the shop from the latest backup at a host in Bern", "it is quicker"),
    Card(2, "Send the domain to a page which says what has happened"),
    Card(3, "Take orders by phone, and print the number on the page", "garages cannot wait"),
    Card(4, "We tell nobody about the outage for now", "so that nobody is alarmed"),
    Card(5, "Thank the team with a cake", "they worked hard"),
    Card(6, "We do not need a second data centre", "too expensive"),
)


def example_case() -> Case:
    return Case(
        id="it-outage",
        language="en",
        title="IT infrastructure outage",
        kind=Kind.CRITICAL_INCIDENT,
        competence_area=CompetenceArea.F,
        minutes=7,
        situation="The shop is down.",
        task="What do you do?",
        key_questions=(KeyQuestion(id="procedure", text="Is the procedure plausible?", weight=2),),
    )


def example_rubric() -> Rubric:
    return Rubric(
        case="it-outage",
        language="en",
        sha256="a" * 64,
        phases=(
            Phase(id="contain", label="Immediately"),
            Phase(id="bridge", label="Bridge"),
            Phase(id="recover", label="Recover"),
            Phase(id="prevent", label="Prevent"),
        ),
        measures=(
            Measure(
                id="landing-page",
                phase="contain",
                text="Put up a landing page that explains the cause.",
                reason="Customers know at once where they stand.",
                effect=Effect(takes_hours=2, reduces=0.15),
                theory="customer-communication",
            ),
            Measure(
                id="order-phone",
                phase="bridge",
                text="Set up a telephone number for orders.",
                reason="Customers can order quickly and without fuss.",
                after=("landing-page",),
                effect=Effect(takes_hours=3, reduces=0.25),
            ),
            Measure(
                id="restore-backup",
                phase="recover",
                text="Restore the online shop from a recent backup on another server.",
                reason="The downtime is shortened.",
                effect=Effect(takes_hours=48, reduces=0.85),
            ),
            Measure(
                id="redundancy",
                phase="prevent",
                text="Create redundancy in the IT infrastructure.",
                reason="Similar outages are prevented in future.",
                effect=Effect(takes_hours=160, reduces=0),
                theory="redundancy",
            ),
        ),
        pitfalls=(
            Pitfall(
                id="hide",
                text="Conceal the disruption from customers.",
                why="Customers quietly move to competitors and lose trust.",
            ),
        ),
        impact=Impact(unit="CHF", per_hour=1500, horizon_hours=336),
    )


def evidence(step: int, field: FieldName, text: str, words: str) -> Evidence:
    """Point at some words of a field."""
    start = text.index(words)
    return Evidence(step=step, field=field, start=start, end=start + len(words))


def example_result() -> Result:
    first, second, third, fourth = (card.measure for card in CARDS[:4])
    return Result(
        id="a0001",
        case="it-outage",
        engine=Engine(name="lexical", version="1.0"),
        rubric_language="en",
        rubric_sha256="a" * 64,
        measures={
            "landing-page": MeasureMark(
                credit=1,
                confidence=0.91,
                reason=0,
                steps=(2,),
                evidence=(evidence(2, "measure", second, "a page which says what has happened"),),
                position=2,
            ),
            "order-phone": MeasureMark(
                credit=0.5,
                confidence=0.55,
                reason=1,
                steps=(3,),
                evidence=(evidence(3, "measure", third, "Take orders by phone"),),
                reason_evidence=(evidence(3, "reason", CARDS[2].reason, "cannot wait"),),
                position=3,
            ),
            "restore-backup": MeasureMark(
                credit=1,
                confidence=0.88,
                reason=0.5,
                steps=(1,),
                evidence=(
                    evidence(1, "measure", first, "Restore the shop from the latest backup"),
                ),
                reason_evidence=(evidence(1, "reason", CARDS[0].reason, "quicker"),),
                position=1,
            ),
            "redundancy": MeasureMark(credit=0, confidence=0.8),
        },
        pitfalls=(
            PitfallMark(
                id="hide", step=4, evidence=(evidence(4, "measure", fourth, "tell nobody"),)
            ),
        ),
        extra_steps=(5,),
        completeness=0.63,
        order=0.5,
        justification=0.5,
        ratings={"procedure": 2},
        points=4,
        max_points=6,
        grade=grade_of(4, 6),
        order_faults=(
            OrderFault(earlier="landing-page", later="restore-backup", because="phase"),
            OrderFault(earlier="order-phone", later="restore-backup", because="phase"),
        ),
        remarks=(Remark(step=6, kind=RemarkKind.NEGATED, measure="redundancy"),),
    )


def example_debrief() -> Debrief:
    """An answer on cards with found, half found and missing measures, a pitfall and an extra."""
    moments = (
        Moment(48, 1, 3),
        Moment(80, 1, 60),
        Moment(95, 2, 10),
        Moment(160, 3, 20),
        Moment(200, 4, 5),
        Moment(215, 5, 5),
        Moment(230, 6, 5),
        Moment(245, 6, 30),
    )
    attempt = Attempt(
        id="a0001",
        case="it-outage",
        language="en",
        rubric_sha256="a" * 64,
        started_at=NOON,
        deadline=NOON + timedelta(seconds=420),
        limit_seconds=420,
        draft=Draft(cards=CARDS),
        moments=moments,
        handed_in_at=NOON + timedelta(seconds=250),
        closed_by=ClosedBy.CANDIDATE,
    )
    rubric, result = example_rubric(), example_result()
    return Debrief(
        attempt=attempt,
        case=example_case(),
        rubric=rubric,
        result=result,
        time_use=time_use(moments),
        step_seconds=step_seconds(attempt),
        theory={
            "redundancy": TheoryCard(
                id="redundancy",
                language="en",
                title="Redundancy",
                text="It **stands by**.\n\n- before the first fails\n- not in one room",
            )
        },
        damage=damage_curves(rubric, result),
        claims=(
            Claim(attempt="a0001", measure="order-phone", made_at=NOON, comment="It is in step 3."),
        ),
    )


def free_text_debrief() -> Debrief:
    """The first three steps of the same answer as one text."""
    text = ""
    parsed = []
    for number, card in enumerate(CARDS[:3], 1):
        start = len(text) + len(f"{number}. ")
        text += f"{number}. {card.measure} – {card.reason}\n"
        reason_start = start + len(card.measure) + 3 if card.reason else None
        parsed.append(
            ParsedStep(
                measure=card.measure,
                reason=card.reason,
                measure_start=start,
                reason_start=reason_start,
            )
        )
    debrief = example_debrief()
    result = replace(
        debrief.result, parsed_steps=tuple(parsed), pitfalls=(), extra_steps=(), remarks=()
    )
    attempt = replace(debrief.attempt, draft=Draft(text=text))
    return replace(debrief, attempt=attempt, result=result, step_seconds=(48.0, 95.0, None))


def empty_debrief() -> Debrief:
    """Nothing was written until the time was up, and the rubric states no impact."""
    debrief = example_debrief()
    rubric = replace(debrief.rubric, impact=None)
    result = replace(
        debrief.result,
        measures={m.id: MeasureMark(credit=0, confidence=1) for m in rubric.measures},
        pitfalls=(),
        extra_steps=(),
        completeness=0.0,
        order=None,
        justification=0.0,
        ratings={"procedure": 0},
        points=0,
        grade=1.0,
        order_faults=(),
        remarks=(Remark(step=0, kind=RemarkKind.EMPTY_ANSWER),),
    )
    attempt = replace(
        debrief.attempt, draft=Draft(), moments=(), closed_by=ClosedBy.TIME_WHILE_AWAY
    )
    return replace(
        debrief,
        attempt=attempt,
        rubric=rubric,
        result=result,
        time_use=time_use(()),
        step_seconds=(),
        damage=None,
        claims=(),
    )


def hostile_debrief() -> Debrief:
    """Markup, control characters and templates wherever a person or a file can put them."""
    debrief = example_debrief()
    cards = tuple(Card(c.key, f"{c.measure} {HOSTILE}", f"{c.reason} {HOSTILE}") for c in CARDS)
    rubric = replace(
        debrief.rubric,
        measures=tuple(
            replace(m, text=f"{m.text} {HOSTILE}", reason=HOSTILE) for m in debrief.rubric.measures
        ),
        phases=tuple(Phase(id=p.id, label=f"{p.label} {HOSTILE}") for p in debrief.rubric.phases),
        pitfalls=tuple(replace(p, text=HOSTILE, why=HOSTILE) for p in debrief.rubric.pitfalls),
        impact=Impact(unit=f"CHF{HOSTILE}", per_hour=1500, horizon_hours=336),
    )
    return replace(
        debrief,
        attempt=replace(debrief.attempt, draft=Draft(cards=cards)),
        case=replace(
            debrief.case,
            title=HOSTILE,
            key_questions=(KeyQuestion(id="procedure", text=HOSTILE, weight=2),),
        ),
        rubric=rubric,
        result=replace(debrief.result, engine=Engine(name=HOSTILE, version=HOSTILE)),
        damage=damage_curves(rubric, debrief.result),
        theory={
            "redundancy": TheoryCard(id="r", language="en", title=HOSTILE, text=HOSTILE),
        },
        claims=(Claim(attempt="a0001", measure="order-phone", made_at=NOON, comment=HOSTILE),),
    )
