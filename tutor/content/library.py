"""The cases at hand, with their rubrics and theory cards."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from tutor.content.bundled import rubrics_dir as bundled_rubrics_dir
from tutor.content.document import SUFFIXES, read_case
from tutor.content.load import load_case, load_rubric, load_theory
from tutor.content.reading import Reading, quoted, shown_path
from tutor.core.case import Case
from tutor.core.errors import ContentError, UsageError
from tutor.core.problem import Problem
from tutor.core.rubric import Rubric
from tutor.core.theory import TheoryCard
from tutor.locales import _


class Library:
    """A folder of cases and a folder of rubrics, read when asked for.

    `packs` are folders with further `cases` and `rubrics` in them.
    """

    def __init__(self, cases_dir: Path, rubrics_dir: Path, packs: Sequence[Path] = ()) -> None:
        self.cases_dir = cases_dir
        self.rubrics_dir = rubrics_dir
        self.cases_dirs = (cases_dir, *(pack / "cases" for pack in packs))
        self.rubrics_dirs = (rubrics_dir, *(pack / "rubrics" for pack in packs))

    def cases(self) -> tuple[Case, ...]:
        """Return the readable cases by title; the others are in `problems()`.

        Raises UsageError where the folder cannot be listed.
        """
        documents = [read_case(path) for path in _all_files(self.cases_dirs)]
        cases = [doc.content() for doc in documents if not doc.has_errors]
        return tuple(sorted(cases, key=lambda case: (case.title.casefold(), case.language)))

    def case(self, case_id: str, language: str) -> Case:
        """Return one case; raises ContentError where it is missing or has errors."""
        return load_case(self.case_path(case_id, language))

    def rubric(self, case_id: str, language: str) -> Rubric:
        """Return the rubric of a case; raises ContentError where it is missing or has errors."""
        return load_rubric(self.rubric_path(case_id, language))

    def case_path(self, case_id: str, language: str) -> Path:
        """Return the file of a case; raises ContentError where it is missing."""
        return self._path(self.cases_dirs, case_id, language)

    def case_files(self, case_id: str) -> dict[str, Path]:
        """Return the files that are called after a case, by language, readable or not.

        The language is empty for a file whose name lacks it. Raises UsageError where a folder
        cannot be listed.
        """
        files: dict[str, Path] = {}
        for path in _all_files(self.cases_dirs):
            name, _dot, language = path.stem.partition(".")
            if name == case_id:
                files.setdefault(language, path)
        return files

    def case_ids(self) -> tuple[str, ...]:
        """Return what the files of cases are called after; raises UsageError as above."""
        names = {path.stem.partition(".")[0] for path in _all_files(self.cases_dirs)}
        return tuple(sorted(names))

    def rubric_path(self, case_id: str, language: str) -> Path:
        """Return the file of the rubric of a case; raises ContentError where it is missing."""
        return self._path(self.rubrics_dirs, case_id, language)

    def theory(self, card_id: str, language: str) -> TheoryCard | None:
        """Return a theory card, of these rubrics or bundled, in another language if need be."""
        for path in self._cards(card_id, language):
            try:
                return load_theory(path)
            except ContentError:
                continue  # `problems()` tells; a debrief goes on without the card
        return None

    def theories(self, language: str) -> tuple[TheoryCard, ...]:
        """Return every theory card, of these rubrics or bundled, in the best language, by title."""
        folders = (self.rubrics_dir / "theory", bundled_rubrics_dir() / "theory")
        names = {
            path.name.partition(".")[0]
            for folder in folders
            if folder.is_dir()
            for path in yaml_files(folder)
        }
        cards = (self.theory(name, language) for name in sorted(names))
        found = [card for card in cards if card is not None]
        return tuple(sorted(found, key=lambda card: card.title.casefold()))

    def problems(self) -> tuple[Problem, ...]:
        """Return every problem of the content; raises UsageError for a missing folder."""
        from tutor.content.check import check_content

        return check_content(
            _all_files(self.cases_dirs),
            _all_files(self.rubrics_dirs),
            [folder / "theory" for folder in self.rubrics_dirs],
        )

    def _cards(self, card_id: str, language: str) -> list[Path]:
        """Return the files of a card: the best language first, then these rubrics' own."""
        best = [f"{card_id}.{language}", f"{card_id}.{language.partition('-')[0]}"]
        own = [folder / "theory" for folder in self.rubrics_dirs]
        folders = [*own, bundled_rubrics_dir() / "theory"]
        found = [
            path
            for folder in folders
            if folder.is_dir()
            for path in yaml_files(folder)
            if path.name.partition(".")[0] == card_id
        ]
        return sorted(found, key=lambda path: [path.stem != stem for stem in best])

    def _path(self, folders: tuple[Path, ...], case_id: str, language: str) -> Path:
        files = _all_files(folders)
        wanted = {f"{case_id}.{language}{suffix}" for suffix in SUFFIXES}
        for path in files:
            if path.name in wanted:
                return path
        raise ContentError(_not_found(folders[0], case_id, language, files))


def _all_files(folders: Iterable[Path]) -> tuple[Path, ...]:
    return tuple(path for folder in folders for path in yaml_files(folder))


def yaml_files(folder: Path) -> tuple[Path, ...]:
    """Return the YAML files directly in a folder, by name.

    Raises UsageError where the folder cannot be listed.
    """
    try:
        return tuple(
            sorted(
                path
                for path in folder.iterdir()
                if path.suffix in SUFFIXES and not path.name.startswith(".")
            )
        )
    except OSError as error:
        raise UsageError(
            _("the folder {folder} cannot be read: {reason}").format(
                folder=shown_path(folder), reason=error.strerror
            )
        ) from error


def _not_found(
    folder: Path, case_id: str, language: str, files: tuple[Path, ...]
) -> tuple[Problem, ...]:
    reading = Reading(shown_path(folder))
    names = [path.stem.partition(".") for path in files]
    languages = [tongue for name, _dot, tongue in names if name == case_id]
    if languages:
        what = _("there is no {name} in the language {language}").format(
            name=quoted(case_id), language=quoted(language)
        )
        advice = _("there is {languages}").format(languages=", ".join(languages))
    else:
        what = _("there is no {name}").format(name=quoted(case_id))
        advice = reading.suggestion(case_id, sorted({name for name, _dot, _tongue in names}))
    reading.report("not-found", "", what, "", advice)
    return tuple(reading.problems)
