"""What comes when until the exam, so that enough is remembered on its day.

A measure is repeated whenever the share remembered would fall below the retention that is
wanted; cases that were never sat are spread over the first half of the time, because the
second half has to hold them. The plan assumes that repetitions succeed and is made anew from
what happened each time; `simulate` checks the promise with repetitions that fail as often as
the memory model says they do.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tutor.core.memory import RETENTION, Memory, Outcome, Review, after_review
from tutor.core.progress import mean

Item = tuple[str, str]

# A new case half succeeds: what somebody knows already evens out what is quite new.
FIRST_OUTCOME = Outcome.HALF

# Of measures that were never asked, this share is named at the first go; simulated only. Our
# own choice: no figures of real candidates exist yet.
KNOWN_AT_FIRST = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDay:
    """One day with something to do: new cases to sit, and how many measures to repeat."""

    day: date
    cases: tuple[str, ...]
    measures: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The days before the exam; `expected` is the mean share remembered when its day begins."""

    exam: datetime
    retention: float
    known: int
    unknown: int
    days: tuple[PlanDay, ...]
    expected: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What simulated candidates remember who keep to the plan: the mean, and the worst tenth."""

    runs: int
    mean: float
    worst_tenth: float


def make_plan(
    memories: Mapping[Item, Memory],
    unseen: Mapping[str, Sequence[str]],
    *,
    now: datetime,
    exam: datetime,
    retention: float = RETENTION,
) -> Plan:
    """Return the plan; `unseen` maps cases that were never sat to their measures."""
    sits = case_days(tuple(unseen), now, exam)
    days: dict[date, list[Item]] = {}

    def succeeds(item: Item, memory: Memory | None, at: datetime) -> Outcome:
        if memory is not None:
            days.setdefault(at.astimezone(now.tzinfo).date(), []).append(item)
        return FIRST_OUTCOME if memory is None else Outcome.FOUND

    last = _run(memories, unseen, sits, now, exam, retention, succeeds)
    new = {
        day: [case for case, at in sits.items() if at.date() == day]
        for day in {at.date() for at in sits.values()}
    }
    return Plan(
        exam=exam,
        retention=retention,
        known=len(memories),
        unknown=sum(map(len, unseen.values())),
        days=tuple(
            PlanDay(day=day, cases=tuple(new.get(day, ())), measures=len(days.get(day, ())))
            for day in sorted({*days, *new})
        ),
        expected=mean(memory.recall(exam) for memory in last.values()) or 0.0,
    )


def simulate(
    memories: Mapping[Item, Memory],
    unseen: Mapping[str, Sequence[str]],
    *,
    now: datetime,
    exam: datetime,
    retention: float,
    dice: Callable[[], float],
    runs: int,
) -> Promise:
    """Let candidates keep to the plan who forget as the model says; `dice` throws 0 to 1."""
    sits = case_days(tuple(unseen), now, exam)

    def throws(_item: Item, memory: Memory | None, at: datetime) -> Outcome:
        known = KNOWN_AT_FIRST if memory is None else memory.recall(at)
        return Outcome.FOUND if dice() < known else Outcome.MISSED

    shares = []
    for _run_number in range(runs):
        last = _run(memories, unseen, sits, now, exam, retention, throws)
        shares.append(mean(float(dice() < m.recall(exam)) for m in last.values()) or 0.0)
    shares.sort()
    return Promise(runs=runs, mean=mean(shares) or 0.0, worst_tenth=shares[len(shares) // 10])


def case_days(cases: Sequence[str], now: datetime, exam: datetime) -> dict[str, datetime]:
    """Spread cases evenly over the first half of the days, the first one today."""
    half = (exam - now).days / 2
    step = half / len(cases) if cases else 0.0
    return {case: now + timedelta(days=int(place * step)) for place, case in enumerate(cases)}


def _run(
    memories: Mapping[Item, Memory],
    unseen: Mapping[str, Sequence[str]],
    sits: Mapping[str, datetime],
    now: datetime,
    exam: datetime,
    retention: float,
    outcome: Callable[[Item, Memory | None, datetime], Outcome],
) -> dict[Item, Memory]:
    """Return the memories on the day of the exam, each measure repeated when it falls due."""
    starts: list[tuple[Item, Memory | None, datetime]] = [
        (item, memory, max(memory.due_at(retention), now)) for item, memory in memories.items()
    ]
    starts += [
        ((case, measure), None, sits[case]) for case, found in unseen.items() for measure in found
    ]
    last = {}
    for item, memory, at in starts:
        state = memory
        while at < exam:
            said = outcome(item, state, at)
            state = after_review(state, Review(at, said))
            at = state.due_at(retention)
        if state is not None:
            last[item] = state
    return last
