"""What must hold between the values of one file."""

from collections.abc import Iterable, Sequence
from graphlib import CycleError, TopologicalSorter

from tutor.content.reading import Reading, joined, quoted
from tutor.core.case import ROSTER, Case, Inject, Role
from tutor.core.problem import Severity
from tutor.core.rubric import Measure, Rubric, Sample
from tutor.core.theory import TheoryCard
from tutor.locales import _

# The size of a card on one screen, from the design of the debrief.
CARD_WORDS = range(80, 151)


def check_case(case: Case, reading: Reading) -> None:
    """Report injects which come twice over, never, or too late for any drill."""
    seen = set()
    for number, inject in enumerate(case.injects, start=1):
        by_id = f"injects.{inject.id}"
        is_first = bool(inject.id) and inject.id not in seen and by_id in reading.places
        seen.add(inject.id)
        _check_inject(inject, by_id if is_first else f"injects.{number}", case, reading)
    for number, entry in enumerate(case.roles, start=1):
        if entry.role is Role.ALL and entry.hint:
            reading.report(
                "no-role",
                f"roles.{number}.role",
                _("everybody is no role"),
                _("a hint is for one person"),
                _("expected one of {names}").format(names=", ".join(ROSTER)),
            )


def _check_inject(inject: Inject, key: str, case: Case, reading: Reading) -> None:
    if joined(key, "at") in reading.places and joined(key, "when") in reading.places:
        reading.report(
            "inject-twice",
            joined(key, "when"),
            _("the inject has a time and a condition"),
            _("it comes once"),
            _("keep `at` or `when`; without either it comes by hand"),
        )
    condition = joined(key, "when")
    given = [
        name for name in ("done_by", "not_done_by") if joined(condition, name) in reading.places
    ]
    if inject.when is not None and condition in reading.places and len(given) != 1:
        reading.report(
            "condition-time",
            condition,
            _("the condition needs `done_by` or `not_done_by`"),
            _("found both") if given else _("found neither"),
            _("keep the one that is meant") if given else _("add the one that is meant"),
        )
    times = [(joined(key, "at"), inject.at_seconds)]
    if inject.when is not None and given:
        times.append((joined(condition, given[0]), inject.when.by_seconds))
    for place, seconds in times:
        if seconds is not None and seconds >= case.limit_seconds > 60:
            reading.report(
                "inject-too-late",
                place,
                _("the drill is over by then"),
                _("times are written for {minutes} minutes and stretched with the drill").format(
                    minutes=case.minutes
                ),
                _("write an earlier time"),
                severity=Severity.WARNING,
            )


def check_rubric(rubric: Rubric, reading: Reading) -> None:
    """Report dangling ids, cycles, contradictions with the phases and useless samples."""
    phases = [phase.id for phase in rubric.phases]
    if phases:  # an empty list has been reported; no id could be right
        for measure, key in _keyed(rubric.measures, "measures", reading):
            report_unknown_id(measure.phase, phases, joined(key, "phase"), reading)
    used = {measure.phase for measure in rubric.measures}
    # Next to a measure with a misspelt phase, an unused one is no news.
    for phase in phases if used and used <= {*phases} else ():
        if phase not in used:
            reading.report(
                "unused-phase",
                f"phases.{phase}",
                _("no measure belongs to this phase"),
                "",
                _("use it or remove it"),
                severity=Severity.WARNING,
            )
    _check_after(rubric, phases, reading)
    for number, sample in enumerate(rubric.samples, start=1):
        _check_sample(sample, f"samples.{number}", rubric, reading)


def check_card(card: TheoryCard, reading: Reading) -> None:
    """Warn of a card that is too short to explain or too long to be read."""
    words = len(card.text.split())
    if words and words not in CARD_WORDS:
        reading.report(
            "card-length",
            "text",
            _("the card has {words} words").format(words=words),
            _("cards have {low} to {high}").format(low=CARD_WORDS[0], high=CARD_WORDS[-1]),
            _("shorten it") if words > CARD_WORDS[-1] else _("explain more"),
            severity=Severity.WARNING,
        )


def report_unknown_id(name: str, known: Sequence[str], key: str, reading: Reading) -> None:
    """Report an id that nothing has.

    Ids that could not be read are empty: as `name` they pass, and among the known ones each
    could be the one that is meant.
    """
    if name and name not in known and "" not in known:
        reading.report(
            "unknown-id",
            key,
            _("nothing is called {name}").format(name=quoted(name)),
            "",
            reading.suggestion(name, known),
        )


def _keyed(
    measures: Iterable[Measure], key: str, reading: Reading
) -> Iterable[tuple[Measure, str]]:
    """Pair measures with their key paths: the id, or the number of one that repeats an id."""
    seen = set()
    for number, measure in enumerate(measures, start=1):
        by_id = joined(key, measure.id)
        is_first = bool(measure.id) and measure.id not in seen and by_id in reading.places
        seen.add(measure.id)
        yield measure, by_id if is_first else joined(key, number)


def _check_after(rubric: Rubric, phases: list[str], reading: Reading) -> None:
    ids = [measure.id for measure in rubric.measures]
    phase_of = {measure.id: measure.phase for measure in rubric.measures}
    before: dict[str, list[str]] = {}
    for measure, key in _keyed(rubric.measures, "measures", reading):
        for number, name in enumerate(measure.after, start=1):
            spot = joined(key, f"after.{number}")
            report_unknown_id(name, ids, spot, reading)
            if name not in phase_of:
                continue
            before.setdefault(measure.id, []).append(name)
            here, there = measure.phase, phase_of[name]
            if here in phases and there in phases and phases.index(there) > phases.index(here):
                reading.report(
                    "after-later-phase",
                    spot,
                    _("{name} belongs to a later phase").format(name=quoted(name)),
                    _("the order of the phases says the opposite"),
                    _("move one of the measures, or remove this entry"),
                    severity=Severity.WARNING,
                )
    _check_cycles(before, reading)


def _check_cycles(before: dict[str, list[str]], reading: Reading) -> None:
    """Report every cycle, by taking out one of its links and looking again."""
    while True:
        try:
            TopologicalSorter(before).prepare()
        except CycleError as error:
            cycle: list[str] = error.args[1]
            # The sorter lists each measure before the one that comes after it.
            first, last = cycle[-2:]
            before[last].remove(first)
            reading.report(
                "cycle",
                f"measures.{last}.after",
                _("the measures wait for each other: {names}").format(names=" → ".join(cycle)),
                _("none of them could come first"),
                _("remove one of these entries under `after`"),
            )
        else:
            return


def _check_sample(sample: Sample, key: str, rubric: Rubric, reading: Reading) -> None:
    has_steps = joined(key, "steps") in reading.places
    has_text = joined(key, "text") in reading.places
    if has_steps == has_text:
        reading.report(
            "steps-or-text",
            key,
            _("a sample has either `steps` or `text`"),
            _("found both") if has_steps else _("found neither"),
            _("keep one") if has_steps else _("add one"),
        )
    if not sample.expect and not sample.expect_rating and sample.expect_pitfalls is None:
        reading.report(
            "idle-sample",
            key,
            _("the sample expects nothing"),
            _("it can never fail"),
            _("add `expect` or `expect_rating`"),
            severity=Severity.WARNING,
        )
    measures = [measure.id for measure in rubric.measures]
    for name in sample.expect if measures else ():
        report_unknown_id(name, measures, joined(key, f"expect.{name}"), reading)
    pitfalls = [pitfall.id for pitfall in rubric.pitfalls]
    for number, name in enumerate(sample.expect_pitfalls or (), start=1):
        report_unknown_id(name, pitfalls, joined(key, f"expect_pitfalls.{number}"), reading)
