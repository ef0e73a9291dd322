"""The samples of a rubric as its regression tests: what they expect against what is found."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from tutor.content.reading import Reading, quoted
from tutor.core.answer import Answer
from tutor.core.case import Case
from tutor.core.result import Evidence, Result
from tutor.core.rubric import Rubric, Sample
from tutor.locales import _
from tutor.scoring.nearness import Nearest

MarkAnswer: TypeAlias = Callable[[Case, Rubric, Answer], Result]
FindNearest: TypeAlias = Callable[[Case, Rubric, Answer], Mapping[str, Nearest]]
Verdict: TypeAlias = Literal["fits", "missed", "false"]
# The credits, ratings and pitfalls of one sample as plain JSON, to compare with another run.
Outcome: TypeAlias = dict[str, Any]


def is_expected(credit: float, low: float, high: float) -> bool:
    """One number above 0 asks that the measure is found; see `tutor.core.rubric.Sample`."""
    return credit > 0 if 0 < low == high else low <= credit <= high


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRun:
    """One measure of a sample: the credit expected (None for any) against the credit found.

    `words` earned the credit; where it was missed they came nearest, being `likely` (0 to 1).
    """

    id: str
    expected: tuple[float, float] | None
    found: float
    words: tuple[str, ...] = ()
    likely: float | None = None

    @property
    def verdict(self) -> Verdict:
        """Whether the credit is what the sample expects, too low, or too high."""
        low, high = self.expected or (0, 1)
        if is_expected(self.found, low, high):
            return "fits"
        return "missed" if self.found < low else "false"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRun:
    """What marking one sample of a rubric came to; `rubric` is the path of its file."""

    rubric: str
    number: int
    name: str
    measures: tuple[MeasureRun, ...]
    ratings: Mapping[str, int]
    pitfalls: tuple[str, ...]

    def outcome(self) -> Outcome:
        """Return what another run may differ in."""
        return {
            "credits": {measure.id: measure.found for measure in self.measures},
            "ratings": dict(self.ratings),
            "pitfalls": list(self.pitfalls),
        }

    def to_json(self) -> dict[str, Any]:
        """Return the run as a JSON object."""
        return {
            "rubric": self.rubric,
            "number": self.number,
            "name": self.name,
            "measures": [
                {
                    "id": measure.id,
                    "expected": measure.expected and list(measure.expected),
                    "found": measure.found,
                    "verdict": measure.verdict,
                    "words": list(measure.words),
                    "likely": measure.likely,
                }
                for measure in self.measures
            ],
            "ratings": dict(self.ratings),
            "pitfalls": list(self.pitfalls),
        }


def run_sample(
    case: Case,
    rubric: Rubric,
    number: int,
    mark: MarkAnswer,
    nearest: FindNearest | None,
    reading: Reading,
) -> SampleRun:
    """Mark the sample with this number, from 1, and report where it is not as expected."""
    sample = rubric.samples[number - 1]
    answer = Answer(
        id=f"sample-{number}",
        case=case.id,
        language=rubric.language,
        steps=sample.steps,
        text=sample.text,
    )
    result = mark(case, rubric, answer)
    is_short = any(
        result.measures[key].credit < low
        and not is_expected(result.measures[key].credit, low, high)
        for key, (low, high) in sample.expect.items()
    )
    near = nearest(case, rubric, answer) if nearest is not None and is_short else {}
    run = SampleRun(
        rubric=reading.path,
        number=number,
        name=sample.name,
        measures=tuple(
            _measure_run(measure.id, sample, result, near.get(measure.id))
            for measure in rubric.measures
        ),
        ratings=result.ratings,
        pitfalls=tuple(sorted({pitfall.id for pitfall in result.pitfalls})),
    )
    _report(sample, result, run, f"samples.{number}", reading)
    return run


def differences(before: Mapping[str, Outcome], runs: Iterable[SampleRun]) -> tuple[str, ...]:
    """Return a line for each credit, rating and pitfall that was different in the last run."""
    lines: list[str] = []
    for run in runs:
        old, found = before.get(outcome_key(run)), run.outcome()
        if old is None:
            continue
        for part in ("credits", "ratings"):
            was = old.get(part, {})
            lines += [
                _("{sample}: {name} was {before}, is {after}").format(
                    sample=outcome_key(run), name=name, before=f"{was[name]:g}", after=f"{value:g}"
                )
                for name, value in found[part].items()
                if isinstance(was.get(name), int | float) and was[name] != value
            ]
        if (was := set(old.get("pitfalls", ()))) != set(run.pitfalls):
            lines.append(
                _("{sample}: pitfalls were [{before}], are [{after}]").format(
                    sample=outcome_key(run),
                    before=", ".join(sorted(was)),
                    after=", ".join(run.pitfalls),
                )
            )
    return tuple(lines)


def outcome_key(run: SampleRun) -> str:
    """Return the name by which a sample is found again in another run."""
    return _("{rubric}: sample «{name}»").format(rubric=run.rubric, name=run.name)


def _measure_run(measure: str, sample: Sample, result: Result, near: Nearest | None) -> MeasureRun:
    mark = result.measures[measure]
    run = MeasureRun(
        id=measure,
        expected=sample.expect.get(measure),
        found=mark.credit,
        words=_words(sample, result, mark.evidence),
    )
    if run.verdict != "missed" or near is None:
        return run
    return MeasureRun(
        id=measure,
        expected=run.expected,
        found=run.found,
        words=_words(sample, result, near.evidence),
        likely=near.likely,
    )


def _report(sample: Sample, result: Result, run: SampleRun, key: str, reading: Reading) -> None:
    """Report where a mark is not what its sample expects."""
    name = _("sample «{name}»").format(name=sample.name)
    for measure in run.measures:
        if measure.verdict == "fits" or measure.expected is None:
            continue
        reading.report(
            "sample-credit",
            f"{key}.expect.{measure.id}",
            _("{sample}: expected credit {expected} for {measure}, found {found}").format(
                sample=name,
                expected=in_words(measure.expected),
                measure=measure.id,
                found=f"{measure.found:g}",
            ),
            _cause(measure),
            _("add to `not` what must not earn it")
            if measure.verdict == "false"
            else _("add to `paraphrases` what earns it"),
        )
    for question, (least, most) in sample.expect_rating.items():
        rating = result.ratings[question]
        if not least <= rating <= most:
            reading.report(
                "sample-rating",
                f"{key}.expect_rating.{question}",
                _("{sample}: expected rating {expected} for {question}, found {found}").format(
                    sample=name, expected=in_words((least, most)), question=question, found=rating
                ),
                _("credits {credits}").format(credits=_credits(run)),
            )
    if sample.expect_pitfalls is not None:
        _report_pitfalls(sample, result, name, f"{key}.expect_pitfalls", reading)


def _report_pitfalls(sample: Sample, result: Result, name: str, key: str, reading: Reading) -> None:
    expected = sample.expect_pitfalls or ()
    found = {pitfall.id: pitfall for pitfall in reversed(result.pitfalls)}
    for number, pitfall in enumerate(expected, start=1):
        if pitfall not in found:
            reading.report(
                "sample-pitfall",
                f"{key}.{number}",
                _("{sample}: the pitfall {pitfall} was not found").format(
                    sample=name, pitfall=pitfall
                ),
                "",
                _("add to its `paraphrases` what gives it away"),
            )
    for pitfall in sorted(found.keys() - set(expected)):
        words = _words(sample, result, found[pitfall].evidence)
        reading.report(
            "sample-pitfall",
            key,
            _("{sample}: the pitfall {pitfall} was found, and is not expected").format(
                sample=name, pitfall=pitfall
            ),
            _("earned by {words}").format(words=", ".join(map(quoted, words))) if words else "",
        )


def in_words(expected: tuple[float, float]) -> str:
    """Return a range of credits or ratings as it is read."""
    low, high = expected
    return (
        f"{low:g}" if low == high else _("{low} to {high}").format(low=f"{low:g}", high=f"{high:g}")
    )


def _cause(measure: MeasureRun) -> str:
    """Quote the words that earned a credit, or came nearest to it."""
    words = ", ".join(map(quoted, measure.words))
    if not words:
        return ""
    if measure.likely is None:
        # Without a text model at hand, what earned a part of the credit says little.
        return _("earned by {words}").format(words=words) if measure.verdict == "false" else ""
    return _("{words} came nearest ({likely})").format(words=words, likely=f"{measure.likely:.0%}")


def _credits(run: SampleRun) -> str:
    return ", ".join(f"{measure.id} {measure.found:g}" for measure in run.measures)


def _words(sample: Sample, result: Result, evidence: Sequence[Evidence]) -> tuple[str, ...]:
    steps = sample.steps if result.parsed_steps is None else result.parsed_steps
    return tuple(
        getattr(steps[span.step - 1], span.field)[span.start : span.end] for span in evidence
    )
