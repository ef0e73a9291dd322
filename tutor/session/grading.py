"""Marks a file of answers, line by line, in constant memory."""

import json
import multiprocessing
import os
import re
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing.synchronize import Event
from typing import Any, Literal

from tutor.content.library import Library
from tutor.content.reading import quoted
from tutor.core.answer import Answer, Step
from tutor.core.case import Case
from tutor.core.errors import AnswersError, ContentError, UsageError
from tutor.core.result import Engine
from tutor.core.rubric import Rubric
from tutor.core.textmodel import TextModel
from tutor.locales import _
from tutor.scoring.mark import mark_answer
from tutor.semantics import load_model
from tutor.session.resuming import Done

Preference = Literal["auto", "semantic", "lexical"]

# A line holds one answer; 4 MiB is a thousand times what is typed in seven minutes.
_LONGEST_LINE = 4 * 1024 * 1024
# Enough to make up for the way to another process, few enough to hold in memory.
_LINES_PER_TASK = 8
_TASKS_PER_WORKER = 3
# The shape of BCP 47, in any case: a language, then subtags. All registered languages have two or
# three letters; the names of languages ("German") are longer and would pass by the letter of it.
_LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", re.IGNORECASE | re.ASCII)
# Lone surrogates cannot be written as UTF-8; C1 and bidirectional controls steer terminals.
# Written as escapes they are the same JSON.
_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many lines were marked, and how many could not be."""

    marked: int
    failed: int


@dataclass(frozen=True, slots=True)
class _Outcome:
    """A line of results, without its newline."""

    line: str
    is_error: bool


def grade(
    lines: Iterable[str | bytes],
    write: Callable[[str], object],
    *,
    library: Library,
    engine: Preference = "auto",
    workers: int = 1,
    done: Done = Done(),  # noqa: B008 - a frozen value
    on_progress: Callable[[int], object] | None = None,
) -> Counts:
    """Mark one answer a line and write one result a line, in input order.

    `write` receives each line with its newline. Blank lines are skipped. A line that cannot be
    read or marked becomes `{"id": …, "line": …, "error": …}`, and the rest is still marked.
    Any number of workers writes the same bytes. Answers that are `done` are passed over: their
    results are there from an earlier run. `on_progress` gets the number of results written.
    Raises EngineUnavailable for an engine that is not installed, and UsageError where what was
    done was marked by another engine, other rules or another rubric.
    """
    # Here, so that a missing engine is one error and not one a line or a broken pool.
    # Compiled modules that are interrupted while they load print a traceback and go on.
    with _interrupts_wait():
        model = load_model(engine)
    marker = Marker(library, model)
    marker.must_go_on_from(done)
    left = islice(_numbered(lines), done.lines, None)
    marked = failed = 0
    # Closed here: what is raised while a generator is collected cannot be caught.
    with closing(_outcomes(left, marker, library, engine, workers)) as outcomes:
        for outcome in outcomes:
            write(outcome.line + "\n")
            marked, failed = marked + (not outcome.is_error), failed + outcome.is_error
            if on_progress is not None:
                on_progress(marked + failed)
    return Counts(marked=marked, failed=failed)


_Numbered = tuple[int, str | bytes]


def _numbered(lines: Iterable[str | bytes]) -> Iterator[_Numbered]:
    return ((number, line) for number, line in enumerate(lines, 1) if line.strip())


def _outcomes(
    lines: Iterator[_Numbered],
    marker: "Marker",
    library: Library,
    engine: Preference,
    workers: int,
) -> Generator[_Outcome, None, None]:
    if workers <= 1:
        for number, line in lines:
            yield marker.outcome(number, line)
        return
    # Spawned, because a forked child would share the engine's threads and locks.
    context = multiprocessing.get_context("spawn")
    with _interrupts_wait():
        is_over = context.Event()
        pool = ProcessPoolExecutor(
            workers,
            mp_context=context,
            initializer=_start_worker,
            initargs=(library, engine, is_over),
        )
    try:
        waiting: deque[Future[list[_Outcome]]] = deque()
        while True:
            while len(waiting) < workers * _TASKS_PER_WORKER:
                task = list(islice(lines, _LINES_PER_TASK))
                if not task:
                    break
                # This is what spawns the workers, one by one.
                with _interrupts_wait():
                    waiting.append(pool.submit(_mark_task, task))
            if not waiting:
                return
            yield from waiting.popleft().result()
    finally:
        # Whoever interrupts does not want to wait for answers that nobody will read, and
        # presses again: left half-way, the pool would complain when the interpreter ends.
        with _interrupts_wait():
            is_over.set()
            pool.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Let Ctrl+C wait for the end of the block, and keep it from processes spawned there.

    A process inherits that the signal is blocked, so that it hears of no Ctrl+C before it can say
    what it makes of it. The handler is for this process: another thread may take the signal,
    and the interpreter would interrupt the block all the same.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # Python interrupts the main thread only
        return
    came: list[int] = []
    handler = signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
    blocked = _block_interrupts()
    try:
        yield
    finally:
        _unblock_interrupts(blocked)
        signal.signal(signal.SIGINT, handler)
        if came:
            # By the handler that was there before: who ignores Ctrl+C goes on ignoring it.
            signal.raise_signal(signal.SIGINT)


def _block_interrupts() -> set[int]:
    """Return the signals that were blocked before; Windows cannot block any."""
    if sys.platform == "win32":
        return set()
    return set(signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}))


def _unblock_interrupts(blocked: set[int]) -> None:
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


class Marker:
    """Marks lines of answers against the content of a library, each file read once."""

    def __init__(self, library: Library, model: TextModel) -> None:
        self._library = library
        self._model = model
        self._known: dict[tuple[str, str], tuple[Case, Rubric] | ContentError] = {}

    def _content(self, case_id: str, language: str) -> tuple[Case, Rubric]:
        # Failures are remembered too: a class may answer a case that is not there.
        if (case_id, language) not in self._known:
            try:
                self._known[case_id, language] = content_for(self._library, case_id, language)
            except ContentError as error:
                self._known[case_id, language] = error
        known = self._known[case_id, language]
        if isinstance(known, ContentError):
            raise known
        return known

    def must_go_on_from(self, done: Done) -> None:
        """Raise UsageError where this marker would mark otherwise than what is done was marked."""
        others = list(self._others(done))
        if others:
            raise UsageError(
                _(
                    "{others}\nOne file holds one kind of marks: take the same engine and rubrics, "
                    "another --out, or leave out --resume to begin anew."
                ).format(others="\n".join(others))
            )

    def _others(self, done: Done) -> Iterator[str]:
        """Yield what marked the results that are done and would not mark the others."""
        own: Engine | None = None
        for used in sorted(done.rubrics):
            try:
                case, rubric = self._content(used.case, used.language)
            except ContentError as error:
                yield str(error)
                continue
            if (rubric.language, rubric.sha256) != (used.language, used.sha256):
                yield _("The rubric of {case} ({language}) was another when marking began.").format(
                    case=used.case, language=used.language
                )
            nothing = Answer(id="", case=case.id, language=case.language)
            own = own or mark_answer(case, rubric, nothing, self._model).engine
        for engine in sorted(done.engines, key=lambda one: (one.name, one.version)):
            if own is not None and engine != own:
                yield _("Marking began with {old}; {new} would go on.").format(
                    old=f"{engine.name} {engine.version}", new=f"{own.name} {own.version}"
                )

    def outcome(self, number: int, line: str | bytes) -> _Outcome:
        """Return the result of a line, or what is wrong with it."""
        answer_id: str | None = None
        try:
            row = row_of(line)
            answer_id = row["id"] if isinstance(row.get("id"), str) else None
            answer = answer_of(row)
            case, rubric = self._content(answer.case, answer.language)
            result = mark_answer(case, rubric, answer, self._model)
        except (AnswersError, ContentError) as error:
            said = _("line {number}: {what}").format(number=number, what=error)
            return _Outcome(_json({"id": answer_id, "line": number, "error": said}), is_error=True)
        return _Outcome(_json(result.to_json()), is_error=False)


@dataclass(frozen=True, slots=True)
class _Worker:
    """What a process marks with; once it `is_over`, nobody reads what is marked."""

    marker: Marker
    is_over: Event


_worker: _Worker | None = None


def _start_worker(library: Library, engine: Preference, is_over: Event) -> None:
    global _worker
    # Ctrl+C reaches every process of the terminal; only the one that writes decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _worker = _Worker(Marker(library, load_model(engine)), is_over)


def _end_with_parent() -> None:
    """End this process when its parent is gone, even if it was killed.

    The queue of tasks says nothing of it: its other end is open in every worker.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        # Not sys.exit(), which would end this thread only.
        os._exit(1)


def _mark_task(task: list[_Numbered]) -> list[_Outcome]:
    assert _worker is not None
    outcomes = []
    for number, line in task:
        if _worker.is_over.is_set():
            break
        outcomes.append(_worker.marker.outcome(number, line))
    return outcomes


def content_for(library: Library, case_id: str, language: str) -> tuple[Case, Rubric]:
    """Return case and rubric in the answer's language, or in another one the case has.

    German comes first among the others: it is the language of the exam's own material.
    Tags are the same in capitals and small letters. Raises ContentError.
    """
    first_error: ContentError | None = None

    def wishes() -> Iterator[str]:
        yield from (language, primary_language(language), "de")
        yield from sorted({case.language for case in library.cases() if case.id == case_id})

    for wish in wishes():
        try:
            return library.case(case_id, wish), library.rubric(case_id, wish)
        except ContentError as error:
            # A broken file says more than the missing file of another language.
            if first_error is None or first_error.problems[0].rule == "not-found":
                first_error = error
    assert first_error is not None
    raise first_error


def primary_language(tag: str) -> str:
    """Return the language itself, such as `de` of `de-CH`, in small letters."""
    return tag.partition("-")[0].lower()


def must_be_language_tag(text: str) -> None:
    """Raise AnswersError where a text is no BCP 47 language tag."""
    if not _LANGUAGE_TAG.fullmatch(text):
        raise AnswersError(
            _("{found} is no language tag; write one such as `de`, `en` or `fr-CH`").format(
                found=quoted(text)
            )
        )


def row_of(line: str | bytes) -> dict[str, Any]:
    """Return the JSON object of a line; raises AnswersError."""
    if len(line) > _LONGEST_LINE:
        raise AnswersError(_("longer than 4 MiB; one line holds one answer"))
    try:
        text = line.decode("utf-8-sig") if isinstance(line, bytes) else line
        row = json.loads(text)
    except UnicodeDecodeError as error:
        raise AnswersError(_("not UTF-8; save the file in this encoding")) from error
    except (ValueError, RecursionError) as error:
        raise AnswersError(_("not JSON: {reason}").format(reason=error)) from error
    if not isinstance(row, dict):
        raise AnswersError(_("not a JSON object"))
    return row


def answer_of(row: dict[str, Any]) -> Answer:
    """Read an answer; unknown keys are ignored, impossible values are refused by name.

    Raises AnswersError.
    """
    for key in ("id", "case", "language"):
        if key not in row:
            raise AnswersError(_('"{key}" is missing').format(key=key))
        if not isinstance(row[key], str) or not row[key]:
            raise AnswersError(_('"{key}" must be a text').format(key=key))
    must_be_language_tag(row["language"])
    steps, text = row.get("steps"), row.get("text")
    if (steps is None) == (text is None):
        raise AnswersError(_('write either "steps" or "text"'))
    if text is not None and not isinstance(text, str):
        raise AnswersError(_('"{key}" must be a text').format(key="text"))
    return Answer(
        id=row["id"],
        case=row["case"],
        language=row["language"],
        steps=() if steps is None else _steps(steps),
        text=text,
    )


def _steps(rows: object) -> tuple[Step, ...]:
    if not isinstance(rows, list):
        raise AnswersError(_('"steps" must be a list'))
    steps = []
    for number, row in enumerate(rows, 1):
        fields = (row.get("measure", ""), row.get("reason", "")) if isinstance(row, dict) else ()
        # A reason left out and one that is null both mean that none was given.
        texts = ["" if field is None else field for field in fields]
        if not texts or not all(isinstance(field, str) for field in texts):
            raise AnswersError(
                _('step {number} must be {{"measure": text, "reason": text}}').format(number=number)
            )
        steps.append(Step(measure=texts[0], reason=texts[1]))
    return tuple(steps)


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return _ESCAPED.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
