"""A content file that has been read: its model, its problems, and where everything stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeAlias, TypeVar

from tutor.content.formats import CARD, CASE, RUBRIC
from tutor.content.node import WHOLE_FILE, Fields, Node, Place
from tutor.content.reading import Reading, quoted, shown_path
from tutor.content.rules import check_card, check_case, check_rubric
from tutor.content.structures import Record
from tutor.core.case import Case
from tutor.core.errors import ContentError
from tutor.core.problem import Problem, Severity
from tutor.core.rubric import Rubric
from tutor.core.theory import TheoryCard
from tutor.locales import _

C = TypeVar("C", bound=Case | Rubric | TheoryCard)

SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Generic[C]):
    """One file as far as it could be read.

    `draft` holds stand-ins for what could not be read; only `content()` is fit for use.
    `identity` is the id of the case or card and the language, by the file's name where its
    content does not tell. `places` maps key paths to where their values stand.
    """

    path: Path
    draft: C
    identity: tuple[str, str]
    problems: tuple[Problem, ...]
    places: Mapping[str, Place]

    @property
    def has_errors(self) -> bool:
        """True where the file cannot be used."""
        return any(problem.severity is Severity.ERROR for problem in self.problems)

    def content(self) -> C:
        """Return the model; raises ContentError with all problems of the file."""
        if self.has_errors:
            raise ContentError(self.problems)
        return self.draft

    def reading(self) -> Reading:
        """Return a reading that knows the places of this file, to report further problems."""
        return Reading(shown_path(self.path), places=dict(self.places))


AnyDocument: TypeAlias = Document[Case] | Document[Rubric] | Document[TheoryCard]


def read_case(path: Path) -> Document[Case]:
    """Read a case; raises nothing, whatever the file holds."""
    return _case(path, *_yaml(path))


def read_rubric(path: Path) -> Document[Rubric]:
    """Read a rubric; raises nothing, whatever the file holds."""
    return _rubric(path, *_yaml(path))


def read_card(path: Path) -> Document[TheoryCard]:
    """Read a theory card; raises nothing, whatever the file holds."""
    return _card(path, *_yaml(path))


def read_any(path: Path) -> AnyDocument:
    """Read a file of unknown format: the one with which it shares most of its top-level keys."""
    reading, root, sha256 = _yaml(path)
    present = root.entries.keys() if isinstance(root, Fields) else frozenset[str]()
    folder = path.absolute().parent.name
    in_case, in_rubric, in_card = (
        # The folder settles a draw, as with a file that cannot be read.
        (len(form.keys.keys() & present), folder == name)
        for form, name in ((CASE, "cases"), (RUBRIC, "rubrics"), (CARD, "theory"))
    )
    if in_case >= max(in_rubric, in_card):
        return _case(path, reading, root, sha256)
    if in_rubric >= in_card:
        return _rubric(path, reading, root, sha256)
    return _card(path, reading, root, sha256)


def _yaml(path: Path) -> tuple[Reading, Node | None, str]:
    # PyYAML takes longer to import than a case to read, and not every command reads one.
    from tutor.content.yamlfile import read_yaml

    reading = Reading(shown_path(path))
    return reading, *read_yaml(path, reading)


def _case(path: Path, reading: Reading, root: Node | None, _sha256: str) -> Document[Case]:
    return _document(path, reading, root, CASE, lambda case: (case.id, case.language), check_case)


def _rubric(path: Path, reading: Reading, root: Node | None, sha256: str) -> Document[Rubric]:
    document = _document(
        path,
        reading,
        root,
        RUBRIC,
        lambda rubric: (rubric.case, rubric.language),
        check_rubric,
    )
    return replace(document, draft=replace(document.draft, sha256=sha256))


def _card(path: Path, reading: Reading, root: Node | None, _sha256: str) -> Document[TheoryCard]:
    return _document(path, reading, root, CARD, lambda card: (card.id, card.language), check_card)


def _document(
    path: Path,
    reading: Reading,
    root: Node | None,
    record: Record[C],
    name_of: Callable[[C], tuple[str, str]],
    check: Callable[[C, Reading], None] | None = None,
) -> Document[C]:
    draft = record.stand_in()
    if root is not None:
        draft = record.read(root, "", reading)
    name, language = name_of(draft)
    if name and language:
        _check_name(path, name, language, reading)
    else:
        name, _dot, language = path.stem.partition(".")
    if check is not None and isinstance(root, Fields):
        check(draft, reading)
    return Document(
        path=path,
        draft=draft,
        identity=(name, language),
        problems=tuple(sorted(reading.problems)),
        places=reading.places,
    )


def _check_name(path: Path, name: str, language: str, reading: Reading) -> None:
    expected = f"{name}.{language}"
    if path.suffix not in SUFFIXES or path.stem != expected:
        reading.report(
            "file-name",
            "",
            _("the file is called {name}").format(name=quoted(shown_path(Path(path.name)))),
            _("its content says `{id}` and `{language}`").format(id=name, language=language),
            _("call it `{name}.yaml`").format(name=expected),
            place=WHOLE_FILE,
        )
