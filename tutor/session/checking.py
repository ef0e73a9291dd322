"""Checking content: is it well written, and does it mark its own samples as they expect."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from tutor.content.check import check_documents, documents_of
from tutor.content.document import AnyDocument, Document, read_any, read_case, read_rubric
from tutor.content.library import yaml_files
from tutor.content.reading import shown_path
from tutor.core.answer import Answer
from tutor.core.case import Case
from tutor.core.errors import UsageError
from tutor.core.problem import Problem, Severity
from tutor.core.rubric import Rubric
from tutor.core.textmodel import TextModel
from tutor.locales import _
from tutor.scoring.nearness import Nearest, nearest
from tutor.session.likeness import likeness
from tutor.session.lint import lint, unsilenced
from tutor.session.samples import MarkAnswer, SampleRun, run_sample

# The folders that the two halves of a case stand in.
_HALVES = _CASES, _RUBRICS = "cases", "rubrics"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """What a check found; samples are skipped where nothing here could mark them fairly."""

    problems: tuple[Problem, ...]
    files: tuple[Path, ...]
    samples: tuple[SampleRun, ...] = ()
    samples_skipped: int = 0

    @property
    def samples_run(self) -> int:
        """How many samples were marked."""
        return len(self.samples)

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
            "samples": [run.to_json() for run in self.samples],
            "problems": [asdict(problem) for problem in self.problems],
        }


def check(
    paths: Sequence[Path],
    *,
    mark: MarkAnswer | None,
    engine_name: str,
    model: TextModel | None = None,
) -> CheckReport:
    """Check files and folders, and every sample of their rubrics where there is a `mark`.

    A `model` also finds texts that are too much alike, and the words which came nearest to a
    measure that a sample missed.

    A folder is one of YAML files, or holds `cases` and `rubrics`. Files are told apart by their
    keys. The partner of a case or rubric is found beside it, in `../rubrics` or `../cases`.
    Raises UsageError for a path that holds no content.
    """
    # One file by two names is still one file.
    files = {path.resolve(): path for path in reversed(list(_files(paths)))}
    documents = [read_any(path) for path in reversed(files.values())]
    documents += _partners(documents)
    report = CheckReport(
        problems=check_documents(documents),
        files=tuple(document.path for document in documents),
    )
    cases, rubrics = documents_of(Case, documents), documents_of(Rubric, documents)
    case_of = {case.identity: case for case in cases}
    for rubric in rubrics:
        case = case_of.get(rubric.identity)
        if case is not None and not case.has_errors and not rubric.has_errors:
            report = _with_pair(report, case, rubric, mark, model, engine_name)
    problems = unsilenced(report.problems, [*cases, *rubrics])
    return replace(report, problems=tuple(sorted(problems)))


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if not path.is_dir():
            if not path.exists():
                raise UsageError(_("there is no {path}").format(path=shown_path(path)))
            yield path
            continue
        files = _in_folder(path)
        if not files:
            raise UsageError(
                _("there are no YAML files in {folder}").format(folder=shown_path(path))
            )
        yield from files


def _in_folder(path: Path) -> list[Path]:
    parts = [path / _CASES, path / _RUBRICS]
    folders = [part for part in parts if part.is_dir()] or [path]
    folders += [cards for folder in folders if (cards := folder / "theory").is_dir()]
    return [file for folder in folders for file in yaml_files(folder)]


def watched(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files of which a save changes what `check` says; some may not be there yet."""
    for path in paths:
        for file in _in_folder(path) if path.is_dir() else [path]:
            yield file
            yield from (file.absolute().parent.parent / half / file.name for half in _HALVES)


def _partners(documents: Sequence[AnyDocument]) -> list[AnyDocument]:
    """Read the other half of each case or rubric that was given alone."""
    cases = {case.identity: case.path for case in documents_of(Case, documents)}
    rubrics = {rubric.identity: rubric.path for rubric in documents_of(Rubric, documents)}
    partners: list[AnyDocument] = []
    read = {document.path.resolve() for document in documents}
    for identity in cases.keys() ^ rubrics.keys():
        path = cases.get(identity) or rubrics[identity]
        is_case = identity in cases
        partner = path.absolute().parent.parent / (_RUBRICS if is_case else _CASES) / path.name
        if partner.is_file() and partner.resolve() not in read:
            partners.append(read_rubric(partner) if is_case else read_case(partner))
    return sorted(partners, key=lambda document: document.path)


def _with_pair(
    report: CheckReport,
    case: Document[Case],
    rubric: Document[Rubric],
    mark: MarkAnswer | None,
    model: TextModel | None,
    engine_name: str,
) -> CheckReport:
    """Return the report with what a case and its rubric, both without errors, come to."""
    problems = list(lint(case, rubric))
    if model is not None and engine_name == "semantic":
        problems += likeness(case, rubric, model)
    runs = []
    reading = rubric.reading()
    samples = rubric.draft.samples
    find_nearest = None if model is None else partial(_nearest, model)
    for number, sample in enumerate(samples, start=1):
        if mark is not None and not (sample.needs_semantic and engine_name == "lexical"):
            runs.append(run_sample(case.draft, rubric.draft, number, mark, find_nearest, reading))
    return replace(
        report,
        problems=(*report.problems, *problems, *reading.problems),
        samples=(*report.samples, *runs),
        samples_skipped=report.samples_skipped + len(samples) - len(runs),
    )


def _nearest(model: TextModel, case: Case, rubric: Rubric, answer: Answer) -> Mapping[str, Nearest]:
    return nearest(case, rubric, answer, model)
