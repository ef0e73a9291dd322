"""Answers of a class as they come: JSONL, tables of a spreadsheet, folders of text files."""

import csv
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree import ElementTree

from tutor.core.answer import Step
from tutor.core.errors import AnswersError
from tutor.core.plaintext import clean
from tutor.locales import _
from tutor.session.grading import answer_of, must_be_language_tag, row_of

# An answer is a page; a hundred times that is a mistake or a trap.
_LARGEST_TEXT = 1024 * 1024
_LARGEST_TABLE = 64 * 1024 * 1024
_TEXT_SUFFIXES = (".txt", ".md", ".docx")
_TABLE_SUFFIXES = (".csv", ".tsv")
_JSON_SUFFIXES = (".jsonl", ".ndjson")

# The headings understood, folded to letters and digits.
_CANDIDATE = {"candidate", "kandidat", "kandidatin", "kandidatinkandidat", "name", "id"}
_TEXT = {"text", "answer", "antwort"}
_STEP = {"step", "schritt", "nr", "number", "nummer"}
_MEASURE = {"measure", "massnahme", "maßnahme"}
_REASON = {"reason", "begründung", "begruendung"}
_LANGUAGE = {"language", "sprache"}

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


# The number of a step, the line it stands on, its cells.
_Row = tuple[float, int, list[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """What a candidate handed in: `steps`, or one `text`; `place` says where it was found."""

    candidate: str
    place: str
    steps: tuple[Step, ...] = ()
    text: str | None = None
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was understood, and what was not, each with its place."""

    submissions: tuple[Submission, ...]
    problems: tuple[str, ...]


def read_submissions(path: Path, case_id: str) -> Reading:
    """Read a file or a folder; one bad answer does not keep the others out.

    Raises AnswersError where the file as a whole cannot be read.
    """
    submissions: list[Submission] = []
    problems: list[str] = []
    for found in _found(path, case_id):
        problem = found if isinstance(found, str) else _problem(found)
        if problem is not None:
            problems.append(clean(problem))
        elif isinstance(found, Submission):
            submissions.append(replace(found, candidate=_name(found.candidate)))
    return Reading(submissions=tuple(submissions), problems=tuple(problems))


def _problem(found: Submission) -> str | None:
    """Say why an answer that could be read cannot be taken, or return None."""
    if not found.candidate:
        return _("{place}: no candidate is named").format(place=found.place)
    if found.language:
        try:
            must_be_language_tag(found.language)
        except AnswersError as error:
            return f"{found.place}: {error}"
    return None


def _name(candidate: str) -> str:
    """Return a name in the one form it is known by: systems write ü and spaces in several ways."""
    return " ".join(unicodedata.normalize("NFC", candidate).split())


def _found(path: Path, case_id: str) -> Iterator[Submission | str]:
    if path.is_dir():
        return _folder(path)
    suffix = path.suffix.lower()
    if suffix in _JSON_SUFFIXES:
        return _json_lines(path, case_id)
    if suffix in _TABLE_SUFFIXES:
        return _table(path)
    if suffix in _TEXT_SUFFIXES:
        return iter([_text_file(path)])
    raise AnswersError(
        _("{path}: no format for this ending; JSONL, CSV, TSV, TXT, MD and DOCX are read").format(
            path=path
        )
    )


def _folder(path: Path) -> Iterator[Submission | str]:
    for file in sorted(path.iterdir()):
        if file.name.startswith((".", "~$")) or not file.is_file():
            continue
        if file.suffix.lower() in _TEXT_SUFFIXES:
            yield _text_file(file)
        else:
            yield _("{path}: left out; TXT, MD and DOCX are read from a folder").format(
                path=file.name
            )


def _text_file(path: Path) -> Submission | str:
    """Read one candidate's text; the file's name is the candidate's."""
    try:
        if path.suffix.lower() == ".docx":
            text = _docx(path)
        else:
            text = _decoded(_bytes(path, _LARGEST_TEXT))
    except AnswersError as error:
        return f"{path.name}: {error}"
    return Submission(candidate=clean(path.stem).strip(), place=path.name, text=clean(text))


def _json_lines(path: Path, case_id: str) -> Iterator[Submission | str]:
    """Read the lines `tutor grade` reads; `candidate` or `name` says who wrote, else the id."""
    with _opened(path) as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                place = f"{path.name}:{number}"
                try:
                    yield _json_submission(row_of(line), case_id, place)
                except AnswersError as error:
                    yield f"{place}: {error}"


def _json_submission(row: dict[str, Any], case_id: str, place: str) -> Submission:
    """Return what an object holds; without any name it has no candidate. Raises AnswersError."""
    key = next((key for key in ("candidate", "name", "id") if row.get(key)), "id")
    name = row.get(key) or ""
    if not isinstance(name, str):
        raise AnswersError(_('"{key}" must be a text').format(key=key))
    # A stored answer has an id that follows from its content: that of the line may be missing.
    answer = answer_of({"case": case_id, "language": "und", **row, "id": place})
    if answer.case != case_id:
        raise AnswersError(
            _("answers the case {case}, not {wanted}").format(case=answer.case, wanted=case_id)
        )
    return Submission(
        candidate=clean(name).strip(),
        place=place,
        steps=_written(answer.steps),
        text=answer.text,
        language="" if answer.language == "und" else answer.language,
    )


def _table(path: Path) -> Iterator[Submission | str]:
    text = _decoded(_bytes(path, _LARGEST_TABLE))
    rows = csv.reader(StringIO(text, newline=""), delimiter=_delimiter(path, text))
    try:
        header = next(rows, [])
        columns = _Columns.of(header)
        numbered = [(rows.line_num, row) for row in rows if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise AnswersError(f"{path.name}: {error}") from error
    if columns.candidate is None:
        raise AnswersError(
            _(
                "{path}: no column names the candidate; "
                "call one “candidate” and the others “text”, or “measure” and “reason”"
            ).format(path=path.name)
        )
    if not (columns.text is not None or columns.pairs):
        raise AnswersError(
            _(
                "{path}: no column holds an answer; call it “text”, or “measure” and “reason”"
            ).format(path=path.name)
        )
    read = columns.one_row_an_answer if columns.is_whole else columns.one_row_a_step
    return read(path.name, numbered)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Which column holds what; `pairs` are columns of measures, each with its reason's."""

    candidate: int | None
    text: int | None
    step: int | None
    language: int | None
    pairs: tuple[tuple[int, int | None], ...]

    @classmethod
    def of(cls, header: list[str]) -> "_Columns":
        names = [re.sub(r"[\W_]", "", clean(name).casefold()) for name in header]

        def first(wanted: set[str]) -> int | None:
            return next((place for place, name in enumerate(names) if name in wanted), None)

        reasons = _numbered(names, _REASON)
        measures = _numbered(names, _MEASURE)
        return cls(
            candidate=first(_CANDIDATE),
            text=first(_TEXT),
            step=first(_STEP),
            language=first(_LANGUAGE),
            pairs=tuple((measures[number], reasons.get(number)) for number in sorted(measures)),
        )

    @property
    def is_whole(self) -> bool:
        """True where a row holds a whole answer."""
        return self.text is not None or len(self.pairs) > 1

    def one_row_an_answer(
        self, name: str, rows: Iterable[tuple[int, list[str]]]
    ) -> Iterator[Submission | str]:
        for line, row in rows:
            place = f"{name}:{line}"
            yield Submission(
                candidate=_cell(row, self.candidate).strip(),
                place=place,
                steps=() if self.text is not None else self._steps(row),
                text=None if self.text is None else _cell(row, self.text),
                language=_cell(row, self.language).strip(),
            )

    def one_row_a_step(
        self, name: str, rows: Iterable[tuple[int, list[str]]]
    ) -> Iterator[Submission | str]:
        by_candidate: dict[str, list[_Row]] = {}
        for line, row in rows:
            candidate = _name(_cell(row, self.candidate))
            number = _cell(row, self.step).strip()
            if number and not re.fullmatch(r"\d+(\.\d+)?", number):
                yield _("{name}:{line}: the step “{step}” is no number").format(
                    name=name, line=line, step=number
                )
                continue
            place = float(number) if number else float(line)
            by_candidate.setdefault(candidate, []).append((place, line, row))
        for candidate, steps in by_candidate.items():
            ordered = sorted(steps, key=lambda step: step[:2])
            if twice := _twice(ordered):
                yield _(
                    "{name}:{line}: {candidate} has step {step} twice; "
                    "put two answers of one person into two files"
                ).format(name=name, line=twice[1], candidate=candidate, step=f"{twice[0]:g}")
                continue
            yield Submission(
                candidate=candidate,
                place=f"{name}:{ordered[0][1]}",
                steps=tuple(step for _place, _line, row in ordered for step in self._steps(row)),
                language=_cell(ordered[0][2], self.language).strip(),
            )

    def _steps(self, row: list[str]) -> tuple[Step, ...]:
        return _written(
            Step(_cell(row, measure), _cell(row, reason)) for measure, reason in self.pairs
        )


def _twice(ordered: Sequence[_Row]) -> _Row | None:
    """Return the first row whose step another one is already, or None."""
    return next((later for earlier, later in pairwise(ordered) if earlier[0] == later[0]), None)


def _numbered(names: list[str], wanted: set[str]) -> dict[int, int]:
    """Return the columns called so, by the number behind the name, 0 without one."""
    found: dict[int, int] = {}
    for place, name in enumerate(names):
        stem = name.rstrip("0123456789")
        if stem in wanted:
            found.setdefault(int(name[len(stem) :] or 0), place)
    return found


def _cell(row: list[str], place: int | None) -> str:
    return clean(row[place]) if place is not None and place < len(row) else ""


def _written(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Leave blank steps out, as the exam screen does."""
    return tuple(step for step in steps if not step.is_blank)


def _delimiter(path: Path, text: str) -> str:
    """Return what parts the columns: spreadsheets here write semicolons as often as commas."""
    if path.suffix.lower() == ".tsv":
        return "\t"
    header = text.split("\n", 1)[0]
    return max(",;\t", key=header.count)


def _bytes(path: Path, largest: int) -> bytes:
    with _opened(path) as file:
        content: bytes = file.read(largest + 1)
    if len(content) > largest:
        raise AnswersError(_("larger than {size} MiB").format(size=largest // 2**20))
    return content


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as error:
        raise AnswersError(
            _("{path}: cannot be read ({reason})").format(path=path, reason=error.strerror)
        ) from error


def _decoded(content: bytes) -> str:
    """Read UTF-8, else what Windows programs in this part of the world write."""
    try:
        return content.decode(
            "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        )
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _docx(path: Path) -> str:
    """Return the paragraphs of a Word document; those of a list begin with a dash."""
    try:
        with zipfile.ZipFile(path) as archive:
            part = archive.getinfo("word/document.xml")
            # Read no more than a page would need, whatever the archive claims.
            with archive.open(part) as file:
                xml = file.read(16 * _LARGEST_TEXT + 1)
    except (OSError, KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise AnswersError(_("no Word document that can be read")) from error
    if len(xml) > 16 * _LARGEST_TEXT:
        raise AnswersError(_("larger than {size} MiB").format(size=16))
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml:
        raise AnswersError(_("holds entity definitions, which no word processor writes"))
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314 - without a DTD there are no entities
    except ElementTree.ParseError as error:
        raise AnswersError(_("no Word document that can be read")) from error
    return "\n".join(_paragraph(paragraph) for paragraph in root.iter(f"{_WORD}p")).strip()


_DOCX_TEXT: Mapping[str, Callable[[ElementTree.Element], str]] = {
    f"{_WORD}t": lambda element: element.text or "",
    f"{_WORD}tab": lambda _element: "\t",
    f"{_WORD}br": lambda _element: "\n",
}


def _paragraph(paragraph: ElementTree.Element) -> str:
    text = "".join(
        _DOCX_TEXT[element.tag](element)
        for element in paragraph.iter()
        if element.tag in _DOCX_TEXT
    )
    is_listed = paragraph.find(f"{_WORD}pPr/{_WORD}numPr") is not None
    return f"- {text}" if is_listed and text.strip() else text
