"""A class in one SQLite file: answers, the machine's marks, and what people decide."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tutor.core.answer import Answer, Step
from tutor.core.classroom import ClassInfo, Decision, Entry, Kind, Subject, content_digest
from tutor.core.errors import NotFound
from tutor.core.result import Result
from tutor.locales import _
from tutor.store.database import Database
from tutor.store.rows import Mark, stamp

# "tutc" in ASCII: a class is no history, and the other way round.
APPLICATION_ID = 0x74757463

# A released migration is never edited; add another.
_FIRST = (
    """
    CREATE TABLE class (
        name TEXT NOT NULL,
        case_id TEXT NOT NULL,
        language TEXT NOT NULL,
        seed TEXT NOT NULL,
        created_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE answers (
        id TEXT PRIMARY KEY,
        candidate TEXT NOT NULL,
        language TEXT NOT NULL,
        content TEXT NOT NULL,
        sha256 TEXT NOT NULL UNIQUE,
        imported_at TEXT NOT NULL,
        source TEXT NOT NULL
    ) STRICT
    """,
    # The machine's layer: a mark is added, never changed; the newest counts.
    """
    CREATE TABLE marks (
        id INTEGER PRIMARY KEY,
        answer TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
        marked_at TEXT NOT NULL,
        engine_name TEXT NOT NULL,
        engine_version TEXT NOT NULL,
        rubric_sha256 TEXT NOT NULL,
        result TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX marks_by_answer ON marks (answer, id)",
    # The human layer, and with is_settlement what settles it.
    """
    CREATE TABLE decisions (
        id INTEGER PRIMARY KEY,
        answer TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        subject TEXT NOT NULL,
        value REAL,
        marker TEXT NOT NULL,
        at TEXT NOT NULL,
        reason TEXT NOT NULL,
        is_settlement INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX decisions_by_answer ON decisions (answer, id)",
    """
    CREATE TRIGGER decisions_are_never_changed BEFORE UPDATE ON decisions
    BEGIN SELECT raise(ABORT, 'decisions are only ever added'); END
    """,
    # Forgetting a candidate deletes the answer first; its decisions may only go with it.
    """
    CREATE TRIGGER decisions_are_never_deleted BEFORE DELETE ON decisions
    WHEN EXISTS (SELECT 1 FROM answers WHERE answers.id = OLD.answer)
    BEGIN SELECT raise(ABORT, 'decisions are only ever added'); END
    """,
    # Sentences a marker put aside as sensible extras, so that the inbox shows them once.
    """
    CREATE TABLE extras (
        sentence TEXT PRIMARY KEY,
        answer TEXT NOT NULL REFERENCES answers (id) ON DELETE CASCADE,
        at TEXT NOT NULL
    ) STRICT
    """,
)

# What a candidate handed in more than once; answers that stood beside each other are attempts.
_REPEATS = (
    "ALTER TABLE answers ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1",
    "ALTER TABLE answers ADD COLUMN is_replaced INTEGER NOT NULL DEFAULT 0",
    """
    UPDATE answers SET attempt = (
        SELECT count(*) FROM answers AS other
        WHERE other.candidate = answers.candidate
        AND (other.imported_at, other.rowid) <= (answers.imported_at, answers.rowid)
    )
    """,
)

MIGRATIONS = (_FIRST, _REPEATS)

_NEWEST_MARKS = """
    SELECT * FROM marks
    WHERE id IN (SELECT max(id) FROM marks GROUP BY answer)
    AND answer IN (SELECT id FROM answers WHERE NOT is_replaced)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forgotten:
    """How many rows went with a candidate."""

    answers: int
    marks: int
    decisions: int


class ClassBook:
    """The file of one class. Every method raises StoreError."""

    def __init__(self, path: Path) -> None:
        self._file = Database(path, MIGRATIONS, APPLICATION_ID)

    @property
    def path(self) -> Path:
        """Where the class is kept."""
        return self._file.path

    def exists(self) -> bool:
        """True where the class has been begun."""
        return bool(self._file.rows("SELECT 1 FROM class"))

    def begin(self, info: ClassInfo) -> None:
        """Begin the class; a class that exists stays as it is."""
        with self._file.writing() as database:
            if database.execute("SELECT 1 FROM class").fetchone() is None:
                database.execute(
                    "INSERT INTO class VALUES (?, ?, ?, ?, ?)",
                    (info.name, info.case, info.language, info.seed, stamp(info.created_at)),
                )

    def info(self) -> ClassInfo:
        """Return what the class is about; raises NotFound."""
        rows = self._file.rows("SELECT * FROM class")
        if not rows:
            raise NotFound(
                _("There is no class “{name}”. `tutor class list` lists them all.").format(
                    name=self.path.stem
                )
            )
        row = rows[0]
        return ClassInfo(
            name=row["name"],
            case=row["case_id"],
            language=row["language"],
            seed=row["seed"],
            created_at=datetime.fromisoformat(row["created_at"]),
        )

    def add(self, entries: Iterable[Entry], replaced: Iterable[str] = ()) -> int:
        """Store answers, all or none; those that are stored already are left out.

        The answers with the ids `replaced` count no more. Returns how many were added.
        """
        added = 0
        with self._file.writing() as database:
            database.executemany(
                "UPDATE answers SET is_replaced = 1 WHERE id = ?", [(one,) for one in replaced]
            )
            for entry in entries:
                added += database.execute(
                    "INSERT OR IGNORE INTO answers VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        entry.id,
                        entry.candidate,
                        entry.answer.language,
                        _content(entry.answer),
                        content_digest(entry.candidate, entry.answer),
                        stamp(entry.imported_at),
                        entry.source,
                        entry.attempt,
                        int(entry.is_replaced),
                    ),
                ).rowcount
        return added

    def entries(self) -> tuple[Entry, ...]:
        """Return the answers that count, by candidate and attempt."""
        return tuple(entry for entry in self.every_entry() if not entry.is_replaced)

    def every_entry(self) -> tuple[Entry, ...]:
        """Return all answers, by candidate and attempt, with those that newer ones replaced."""
        case = self.info().case
        rows = self._file.rows("SELECT * FROM answers ORDER BY candidate, attempt, id")
        return tuple(
            Entry(
                candidate=row["candidate"],
                answer=_answer(row["id"], case, row["language"], row["content"]),
                imported_at=datetime.fromisoformat(row["imported_at"]),
                source=row["source"],
                attempt=row["attempt"],
                is_replaced=bool(row["is_replaced"]),
            )
            for row in rows
        )

    def add_marks(self, marks: Mapping[str, Mark]) -> None:
        """Store a further mark of each of these answers, by their ids; the earlier ones stay."""
        with self._writing_about_answers() as database:
            database.executemany(
                "INSERT INTO marks (answer, marked_at, engine_name, engine_version, "
                "rubric_sha256, result) VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (
                        answer,
                        stamp(mark.marked_at),
                        mark.result.engine.name,
                        mark.result.engine.version,
                        mark.result.rubric_sha256,
                        json.dumps(mark.result.to_json()),
                    )
                    for answer, mark in marks.items()
                ],
            )

    def results(self) -> dict[str, Result]:
        """Return the newest mark of each marked answer that counts, by the answer's id."""
        return {
            row["answer"]: Result.from_json(json.loads(row["result"]))
            for row in self._file.rows(_NEWEST_MARKS)
        }

    def mark_count(self, answer: str) -> int:
        """Return how often an answer was marked."""
        rows = self._file.rows("SELECT count(*) FROM marks WHERE answer = ?", answer)
        return int(rows[0][0]) if rows else 0

    def decide(self, decisions: Iterable[Decision]) -> None:
        """Add decisions; nothing is ever changed or removed."""
        with self._writing_about_answers() as database:
            database.executemany(
                "INSERT INTO decisions (answer, kind, subject, value, marker, at, reason, "
                "is_settlement) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (
                        decision.answer,
                        decision.subject.kind,
                        decision.subject.key,
                        decision.value,
                        decision.marker,
                        stamp(decision.at),
                        decision.reason,
                        int(decision.is_settlement),
                    )
                    for decision in decisions
                ],
            )

    def decisions(self) -> tuple[Decision, ...]:
        """Return every decision that was ever made, the newest last."""
        return tuple(
            Decision(
                answer=row["answer"],
                subject=Subject(Kind(row["kind"]), row["subject"]),
                value=row["value"],
                marker=row["marker"],
                at=datetime.fromisoformat(row["at"]),
                reason=row["reason"],
                is_settlement=bool(row["is_settlement"]),
            )
            for row in self._file.rows("SELECT * FROM decisions ORDER BY id")
        )

    def put_aside(self, sentences: Mapping[str, str], at: datetime) -> None:
        """Remember sentences, each with the answer it stands in, as sensible extras."""
        with self._writing_about_answers() as database:
            database.executemany(
                "INSERT OR IGNORE INTO extras VALUES (?, ?, ?)",
                [(sentence, answer, stamp(at)) for sentence, answer in sentences.items()],
            )

    def take_back(self, sentences: Iterable[str]) -> None:
        """Forget that sentences were put aside."""
        with self._file.writing() as database:
            database.executemany(
                "DELETE FROM extras WHERE sentence = ?", [(sentence,) for sentence in sentences]
            )

    def extras(self) -> dict[str, datetime]:
        """Return the sentences that were put aside, each with when it was, the newest first."""
        rows = self._file.rows("SELECT * FROM extras ORDER BY at DESC, rowid")
        return {row["sentence"]: datetime.fromisoformat(row["at"]) for row in rows}

    def forget(self, candidate: str) -> Forgotten:
        """Delete all that is known of a candidate; raises NotFound."""
        with self._file.writing() as database:
            own = "answer IN (SELECT id FROM answers WHERE candidate = ?)"
            marks, decisions = (
                database.execute(
                    f"SELECT count(*) FROM {table} WHERE {own}",  # noqa: S608 -- constants
                    (candidate,),
                ).fetchone()[0]
                for table in ("marks", "decisions")
            )
            answers = database.execute(
                "DELETE FROM answers WHERE candidate = ?", (candidate,)
            ).rowcount
            if not answers:
                raise NotFound(
                    _("There is no candidate “{name}” in this class.").format(name=candidate)
                )
        self._file.compact()
        return Forgotten(answers=answers, marks=marks, decisions=decisions)

    @contextmanager
    def _writing_about_answers(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction; raises NotFound where an answer it names is not there."""
        try:
            with self._file.writing() as database:
                yield database
        except sqlite3.IntegrityError as error:
            # Another process forgot the candidate while this one had the answer open.
            raise NotFound(
                _("An answer was removed from the class meanwhile. Leave, and open it again.")
            ) from error

    def close(self) -> None:
        """Close the file; the next use opens it again."""
        self._file.close()


def _content(answer: Answer) -> str:
    if answer.text is not None:
        return json.dumps({"text": answer.text})
    return json.dumps({"steps": [[step.measure, step.reason] for step in answer.steps]})


def _answer(answer_id: str, case: str, language: str, content: str) -> Answer:
    stored: dict[str, Any] = json.loads(content)
    return Answer(
        id=answer_id,
        case=case,
        language=language,
        steps=tuple(Step(measure, reason) for measure, reason in stored.get("steps", ())),
        text=stored.get("text"),
    )
