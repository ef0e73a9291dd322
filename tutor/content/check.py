"""What must hold between content files: cases and rubrics in pairs, languages alike."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar, cast

from tutor.content.bundled import rubrics_dir as bundled_rubrics_dir
from tutor.content.document import (
    SUFFIXES,
    AnyDocument,
    Document,
    read_card,
    read_case,
    read_rubric,
)
from tutor.content.reading import quoted, shown_path
from tutor.content.rules import report_unknown_id
from tutor.core.case import Case
from tutor.core.problem import Problem, Severity
from tutor.core.rubric import Rubric
from tutor.core.theory import TheoryCard
from tutor.locales import _

C = TypeVar("C", bound=Case | Rubric | TheoryCard)


def check_content(
    cases: Sequence[Path], rubrics: Sequence[Path], theory_dirs: Sequence[Path]
) -> tuple[Problem, ...]:
    """Return every problem of these files, of the cards in these folders, and between them."""
    cards = [
        path
        for folder in theory_dirs
        if folder.is_dir()
        for path in sorted(folder.iterdir())
        if path.suffix in SUFFIXES
    ]
    documents: list[AnyDocument] = [
        *map(read_case, cases),
        *map(read_rubric, rubrics),
        *map(read_card, cards),
    ]
    return check_documents(documents)


def check_documents(documents: Sequence[AnyDocument]) -> tuple[Problem, ...]:
    """Return every problem in and between files that have been read, by file and line."""
    cases = documents_of(Case, documents)
    rubrics = documents_of(Rubric, documents)
    cards = documents_of(TheoryCard, documents)
    return tuple(
        sorted(
            {
                *(problem for document in documents for problem in document.problems),
                *_repeated(cases),
                *_repeated(rubrics),
                *_repeated(cards),
                *_unpaired(cases, rubrics),
                *_mismatched(cases, rubrics),
                *_differing(cases, _case_traits),
                *_differing(rubrics, _rubric_traits),
                *_without_card(rubrics, cards),
            }
        )
    )


def documents_of(model: type[C], documents: Iterable[AnyDocument]) -> list[Document[C]]:
    """Return the documents that hold this model, in order."""
    return [cast(Document[C], doc) for doc in documents if isinstance(doc.draft, model)]


def _repeated(documents: Iterable[Document[C]]) -> Iterable[Problem]:
    first: dict[tuple[str, str], Document[C]] = {}
    for document in documents:
        other = first.setdefault(document.identity, document)
        if other is document:
            continue
        reading = document.reading()
        reading.report(
            "duplicate-file",
            "case" if isinstance(document.draft, Rubric) else "id",
            _("{name} is in two files").format(name=quoted(".".join(document.identity))),
            _("the other is {path}").format(path=shown_path(other.path)),
            _("remove one, or give it another id"),
        )
        yield from reading.problems


def _unpaired(
    cases: Sequence[Document[Case]], rubrics: Sequence[Document[Rubric]]
) -> Iterable[Problem]:
    with_rubric = {rubric.identity for rubric in rubrics}
    with_case = {case.identity for case in cases}
    for case in cases:
        # A file that says neither id nor language has no name for its partner yet.
        if case.identity not in with_rubric and all(case.identity):
            reading = case.reading()
            reading.report(
                "no-rubric",
                "id",
                _("the case has no rubric in its language"),
                _("its answers could not be marked"),
                _("write the rubric {name}").format(name=quoted(_file_name(case.identity))),
            )
            yield from reading.problems
    for rubric in rubrics:
        if rubric.identity not in with_case and all(rubric.identity):
            reading = rubric.reading()
            reading.report(
                "no-case",
                "case",
                _("the rubric has no case in its language"),
                _("nobody could answer it"),
                _("write the case {name}").format(name=quoted(_file_name(rubric.identity))),
            )
            yield from reading.problems


def _file_name(identity: tuple[str, str]) -> str:
    return ".".join((*identity, "yaml"))


def _mismatched(
    cases: Sequence[Document[Case]], rubrics: Sequence[Document[Rubric]]
) -> Iterable[Problem]:
    """Report ids by which a case and its rubric name what the other does not have."""
    rubric_of = {rubric.identity: rubric for rubric in rubrics}
    for case in cases:
        rubric = rubric_of.get(case.identity)
        if rubric is None:
            continue
        measures = [measure.id for measure in rubric.draft.measures]
        in_case = case.reading()
        for inject in case.draft.injects if measures else ():
            for number, name in enumerate(inject.expects, start=1):
                report_unknown_id(name, measures, f"injects.{inject.id}.expects.{number}", in_case)
            if inject.when is not None:
                spot = f"injects.{inject.id}.when.measure"
                report_unknown_id(inject.when.measure, measures, spot, in_case)
        questions = [question.id for question in case.draft.key_questions]
        in_rubric = rubric.reading()
        for number, sample in enumerate(rubric.draft.samples if questions else (), start=1):
            for name in sample.expect_rating:
                key = f"samples.{number}.expect_rating.{name}"
                report_unknown_id(name, questions, key, in_rubric)
        yield from in_case.problems
        yield from in_rubric.problems


def _differing(
    documents: Iterable[Document[C]], traits: Callable[[C], Mapping[str, object]]
) -> Iterable[Problem]:
    """Warn where two languages of a case differ in more than their words."""
    by_id: dict[str, list[Document[C]]] = defaultdict(list)
    for document in documents:
        if not document.has_errors:
            by_id[document.identity[0]].append(document)
    for first, *others in by_id.values():
        expected = traits(first.draft)
        for other in others:
            found = traits(other.draft)
            reading = other.reading()
            for key in expected.keys() | found.keys():
                # Where one lacks a measure, the list of ids has said so.
                if key in expected and key in found and expected[key] != found[key]:
                    reading.report(
                        "languages-differ",
                        key,
                        _("expected {expected}, found {found}").format(
                            expected=quoted(_shown(expected[key])),
                            found=quoted(_shown(found[key])),
                        ),
                        _("as in {path}").format(path=shown_path(first.path)),
                        _("let both languages agree"),
                        severity=Severity.WARNING,
                    )
            yield from reading.problems


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(_shown(part) for part in value)}]"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _case_traits(case: Case) -> dict[str, object]:
    traits: dict[str, object] = {
        "kind": case.kind,
        "competence_area": case.competence_area,
        "minutes": case.minutes,
        "key_questions": tuple(question.id for question in case.key_questions),
        "injects": tuple(inject.id for inject in case.injects),
        "roles": tuple(entry.role for entry in case.roles),
    }
    for question in case.key_questions:
        traits[f"key_questions.{question.id}.weight"] = question.weight
    for inject in case.injects:
        key = f"injects.{inject.id}"
        traits[f"{key}.at"] = inject.at_seconds
        traits[f"{key}.audience"] = inject.audience
        traits[f"{key}.expects"] = inject.expects
        traits[f"{key}.raises"] = inject.raises
        if inject.when is not None:
            traits[f"{key}.when.measure"] = inject.when.measure
            traits[f"{key}.when"] = (inject.when.by_seconds, inject.when.is_done)
    return traits


def _rubric_traits(rubric: Rubric) -> dict[str, object]:
    traits: dict[str, object] = {
        "phases": tuple(phase.id for phase in rubric.phases),
        "measures": tuple(measure.id for measure in rubric.measures),
        "pitfalls": tuple(pitfall.id for pitfall in rubric.pitfalls),
    }
    if rubric.impact is not None:
        traits["impact.per_hour"] = rubric.impact.per_hour
        traits["impact.horizon_hours"] = rubric.impact.horizon_hours
    for measure in rubric.measures:
        key = f"measures.{measure.id}"
        traits[f"{key}.phase"] = measure.phase
        traits[f"{key}.after"] = measure.after
        traits[f"{key}.weight"] = measure.weight
        traits[f"{key}.theory"] = measure.theory
        if measure.effect is not None:
            traits[f"{key}.effect.takes_hours"] = measure.effect.takes_hours
            traits[f"{key}.effect.reduces"] = measure.effect.reduces
    return traits


def _without_card(
    rubrics: Iterable[Document[Rubric]], cards: Iterable[Document[TheoryCard]]
) -> Iterable[Problem]:
    """Warn of measures whose theory card neither stands here nor comes with the tutor."""
    bundled = bundled_rubrics_dir() / "theory"
    known = {card.identity[0] for card in cards}
    if bundled.is_dir():
        known |= {path.name.partition(".")[0] for path in bundled.iterdir()}
    for rubric in rubrics:
        reading = rubric.reading()
        for measure in rubric.draft.measures:
            if measure.theory and measure.theory not in known:
                reading.report(
                    "no-card",
                    f"measures.{measure.id}.theory",
                    _("there is no theory card {name}").format(name=quoted(measure.theory)),
                    _("a candidate who misses the measure will see none"),
                    reading.suggestion(measure.theory, sorted(known)),
                    severity=Severity.WARNING,
                )
        yield from reading.problems
