"""The shape of the history database, in numbered steps.

Each migration is a tuple of single statements and runs in a transaction of its own:
`executescript` would commit halfway. A released migration is never edited; add another.
"""

import sqlite3
from collections.abc import Sequence

from tutor.core.errors import StoreDamaged
from tutor.locales import _

# "tutr" in ASCII: tells our file from any other SQLite database.
APPLICATION_ID = 0x74757472

_FIRST = (
    """
    CREATE TABLE attempts (
        id TEXT PRIMARY KEY,
        case_id TEXT NOT NULL,
        language TEXT NOT NULL,
        rubric_sha256 TEXT NOT NULL,
        started_at TEXT NOT NULL,
        deadline TEXT NOT NULL,
        limit_seconds REAL NOT NULL,
        time_factor REAL NOT NULL,
        handed_in_at TEXT NOT NULL,
        closed_by TEXT NOT NULL,
        interruptions INTEGER NOT NULL,
        draft TEXT NOT NULL,
        moments TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX attempts_by_case ON attempts (case_id, language, handed_in_at)",
    "CREATE INDEX attempts_by_time ON attempts (handed_in_at)",
    # A mark is added, never changed: the newest of an attempt counts.
    """
    CREATE TABLE marks (
        id INTEGER PRIMARY KEY,
        attempt TEXT NOT NULL REFERENCES attempts (id),
        marked_at TEXT NOT NULL,
        engine_name TEXT NOT NULL,
        engine_version TEXT NOT NULL,
        rubric_sha256 TEXT NOT NULL,
        ratings TEXT NOT NULL,
        points INTEGER NOT NULL,
        max_points INTEGER NOT NULL,
        grade REAL NOT NULL,
        completeness REAL NOT NULL,
        order_score REAL,
        justification REAL NOT NULL,
        result TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX marks_by_attempt ON marks (attempt, id)",
    # A withdrawn claim is a second row, so that the log shows both.
    """
    CREATE TABLE claims (
        id INTEGER PRIMARY KEY,
        attempt TEXT NOT NULL REFERENCES attempts (id),
        measure TEXT NOT NULL,
        is_made INTEGER NOT NULL,
        at TEXT NOT NULL,
        comment TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX claims_by_attempt ON claims (attempt, id)",
    # Kept beside the rows they sum up, so that the library opens without reading them all.
    """
    CREATE TABLE summaries (
        case_id TEXT NOT NULL,
        language TEXT NOT NULL,
        attempts INTEGER NOT NULL,
        last_at TEXT NOT NULL,
        last_points INTEGER,
        last_max_points INTEGER,
        best_points INTEGER,
        best_max_points INTEGER,
        PRIMARY KEY (case_id, language)
    ) STRICT, WITHOUT ROWID
    """,
)

_MEMORY = (
    "ALTER TABLE attempts ADD COLUMN hidden_clock INTEGER NOT NULL DEFAULT 0",
    "CREATE INDEX attempts_in_case ON attempts (case_id, handed_in_at)",
    """
    CREATE TABLE recalls (
        id TEXT PRIMARY KEY,
        case_id TEXT NOT NULL,
        language TEXT NOT NULL,
        measure TEXT NOT NULL,
        answered_at TEXT NOT NULL,
        said TEXT NOT NULL,
        outcome TEXT NOT NULL,
        engine_name TEXT NOT NULL,
        engine_version TEXT NOT NULL,
        rubric_sha256 TEXT NOT NULL
    ) STRICT
    """,
    "CREATE INDEX recalls_by_measure ON recalls (case_id, measure, answered_at)",
    # Derived from attempts, marks and recalls, and rebuilt from them where it is lost.
    """
    CREATE TABLE memories (
        case_id TEXT NOT NULL,
        measure TEXT NOT NULL,
        stability REAL NOT NULL,
        difficulty REAL NOT NULL,
        reviewed_at TEXT NOT NULL,
        outcome TEXT NOT NULL,
        answers INTEGER NOT NULL,
        missed INTEGER NOT NULL,
        due_at TEXT NOT NULL,
        PRIMARY KEY (case_id, measure)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE mocks (
        id TEXT PRIMARY KEY,
        started_at TEXT NOT NULL,
        seed INTEGER,
        cases TEXT NOT NULL,
        time_factor REAL NOT NULL,
        hidden_clock INTEGER NOT NULL,
        ended_at TEXT
    ) STRICT
    """,
)

MIGRATIONS: tuple[tuple[str, ...], ...] = (_FIRST, _MEMORY)


def migrate(
    database: sqlite3.Connection,
    name: str,
    migrations: Sequence[Sequence[str]],
    application: int,
) -> None:
    """Bring a database to the newest shape, which `migrations` builds step by step.

    Raises StoreDamaged for a database of another program, or of a newer version of this one;
    `name` is how the message calls it, `application` what the file is told from others by.
    """
    if _version(database) == len(migrations) and _application(database) == application:
        return
    _refuse_foreign(database, name, application)
    while True:
        database.execute("BEGIN IMMEDIATE")
        try:
            # Read inside the transaction: another process may have just done the same step.
            version = _version(database)
            if version > len(migrations):
                raise StoreDamaged(
                    _(
                        "{name} was written by a newer version of tutor (format {version}, "
                        "this one reads {known}). Update tutor to read it."
                    ).format(name=name, version=version, known=len(migrations))
                )
            if version == len(migrations):
                database.execute("ROLLBACK")
                return
            for statement in migrations[version]:
                database.execute(statement)
            database.execute(f"PRAGMA application_id = {application}")
            database.execute(f"PRAGMA user_version = {version + 1}")
            database.execute("COMMIT")
        except BaseException:
            if database.in_transaction:
                database.execute("ROLLBACK")
            raise


def _refuse_foreign(database: sqlite3.Connection, name: str, wanted: int) -> None:
    application = _application(database)
    if application == wanted:
        return
    has_tables = database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] > 0
    if application or has_tables:
        raise StoreDamaged(
            _(
                "{name} is a database of another program. Move it away to begin a history, "
                "or set TUTOR_HOME to another folder."
            ).format(name=name)
        )


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _application(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA application_id").fetchone()[0])
