"""Checking content: is it well written, and does it mark its own samples as they expect."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from tutor.content.check import check_documents, documents_of
from tutor.content.document import AnyDocument, Document, read_any, read_case, read_rubric
from tutor.content.library import yaml_files
from tutor.content.reading import Reading, quoted, shown_path
from tutor.core.answer import Answer
from tutor.core.case import Case
from tutor.core.errors import UsageError
from tutor.core.problem import Problem, Severity
from tutor.core.result import Evidence, Result
from tutor.core.rubric import Rubric, Sample
from tutor.locales import _

MarkAnswer = Callable[[Case, Rubric, Answer], Result]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check found; samples are skipped where nothing here could mark them fairly."""

    problems: tuple[Problem, ...]
    files: tuple[Path, ...]
    samples_run: int = 0
    samples_skipped: int = 0

    @property
    def has_errors(self) -> bool:
        """True where something must be corrected; warnings alone do not count."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def to_json(self) -> dict[str, Any]:
        """Return the report as a JSON object."""
        return {
            "files": [shown_path(path) for path in self.files],
            "samples_run": self.samples_run,
            "samples_skipped": self.samples_skipped,
            "has_errors": self.has_errors,
            "problems": [asdict(problem) for problem in self.problems],
        }


def check(paths: Sequence[Path], *, mark: MarkAnswer | None, engine_name: str) -> CheckReport:
    """Check files and folders, and every sample of their rubrics where there is a `mark`.

    A folder is one of YAML files, or holds `cases` and `rubrics`. Files are told apart by their
    keys. The partner of a case or rubric is found beside it, in `../rubrics` or `../cases`.
    Raises UsageError for a path that holds no content.
    """
    documents = [read_any(path) for path in dict.fromkeys(_files(paths))]
    documents += _partners(documents)
    report = CheckReport(
        problems=check_documents(documents),
        files=tuple(document.path for document in documents),
    )
    case_of = {case.identity: case for case in documents_of(Case, documents)}
    for rubric in documents_of(Rubric, documents):
        case = case_of.get(rubric.identity)
        if case is not None and not case.has_errors and not rubric.has_errors:
            report = _with_samples(report, case.content(), rubric, mark, engine_name)
    return replace(report, problems=tuple(sorted(report.problems)))


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if not path.is_dir():
            if not path.exists():
                raise UsageError(_("there is no {path}").format(path=shown_path(path)))
            yield path
            continue
        parts = [path / "cases", path / "rubrics"]
        folders = [part for part in parts if part.is_dir()] or [path]
        folders += [cards for folder in folders if (cards := folder / "theory").is_dir()]
        files = [file for folder in folders for file in yaml_files(folder)]
        if not files:
            raise UsageError(
                _("there are no YAML files in {folder}").format(folder=shown_path(path))
            )
        yield from files


def _partners(documents: Sequence[AnyDocument]) -> list[AnyDocument]:
    """Read the other half of each case or rubric that was given alone."""
    cases = {case.identity: case.path for case in documents_of(Case, documents)}
    rubrics = {rubric.identity: rubric.path for rubric in documents_of(Rubric, documents)}
    partners: list[AnyDocument] = []
    for identity in cases.keys() ^ rubrics.keys():
        path = cases.get(identity) or rubrics[identity]
        is_case = identity in cases
        partner = path.absolute().parent.parent / ("rubrics" if is_case else "cases") / path.name
        if partner.is_file():
            partners.append(read_rubric(partner) if is_case else read_case(partner))
    return sorted(partners, key=lambda document: document.path)


def _with_samples(
    report: CheckReport,
    case: Case,
    document: Document[Rubric],
    mark: MarkAnswer | None,
    engine_name: str,
) -> CheckReport:
    """Return the report with the samples of one rubric."""
    rubric = document.content()
    reading = document.reading()
    run = 0
    for number, sample in enumerate(rubric.samples, start=1):
        if mark is None or (sample.needs_semantic and engine_name == "lexical"):
            continue
        run += 1
        answer = Answer(
            id=f"sample-{number}",
            case=case.id,
            language=rubric.language,
            steps=sample.steps,
            text=sample.text,
        )
        _compare(sample, mark(case, rubric, answer), f"samples.{number}", reading)
    return replace(
        report,
        problems=(*report.problems, *reading.problems),
        samples_run=report.samples_run + run,
        samples_skipped=report.samples_skipped + len(rubric.samples) - run,
    )


def _is_expected(credit: float, low: float, high: float) -> bool:
    """One number above 0 asks that the measure is found; see `tutor.core.rubric.Sample`."""
    return credit > 0 if 0 < low == high else low <= credit <= high


def _compare(sample: Sample, result: Result, key: str, reading: Reading) -> None:
    """Report where a mark is not what its sample expects."""
    name = _("sample «{name}»").format(name=sample.name)
    for measure, (low, high) in sample.expect.items():
        found = result.measures[measure]
        if not _is_expected(found.credit, low, high):
            reading.report(
                "sample-credit",
                f"{key}.expect.{measure}",
                _("{sample}: expected credit {expected} for {measure}, found {found}").format(
                    sample=name,
                    expected=_range(low, high),
                    measure=measure,
                    found=f"{found.credit:g}",
                ),
                _earned_by(sample, result, found.evidence) if found.credit > high else "",
                _("add to `not` what must not earn it")
                if found.credit > high
                else _("add to `paraphrases` what earns it"),
            )
    for question, (least, most) in sample.expect_rating.items():
        rating = result.ratings[question]
        if not least <= rating <= most:
            reading.report(
                "sample-rating",
                f"{key}.expect_rating.{question}",
                _("{sample}: expected rating {expected} for {question}, found {found}").format(
                    sample=name, expected=_range(least, most), question=question, found=rating
                ),
                _("credits {credits}").format(credits=_credits(result)),
            )
    if sample.expect_pitfalls is not None:
        _compare_pitfalls(sample, result, name, f"{key}.expect_pitfalls", reading)


def _compare_pitfalls(
    sample: Sample, result: Result, name: str, key: str, reading: Reading
) -> None:
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
        reading.report(
            "sample-pitfall",
            key,
            _("{sample}: the pitfall {pitfall} was found, and is not expected").format(
                sample=name, pitfall=pitfall
            ),
            _earned_by(sample, result, found[pitfall].evidence),
        )


def _range(low: float, high: float) -> str:
    return (
        f"{low:g}" if low == high else _("{low} to {high}").format(low=f"{low:g}", high=f"{high:g}")
    )


def _credits(result: Result) -> str:
    return ", ".join(f"{name} {mark.credit:g}" for name, mark in result.measures.items())


def _earned_by(sample: Sample, result: Result, evidence: Iterable[Evidence]) -> str:
    """Quote the words that earned a credit."""
    steps = sample.steps if result.parsed_steps is None else result.parsed_steps
    words = [
        quoted(getattr(steps[span.step - 1], span.field)[span.start : span.end])
        for span in evidence
    ]
    return _("earned by {words}").format(words=", ".join(words)) if words else ""
