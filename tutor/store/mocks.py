"""Mock exams as rows of the history, and back."""

import json
import sqlite3
from datetime import datetime
from typing import Any

from tutor.core.mock import Conditions, Mock
from tutor.store.rows import packed, stamp

MOCK_COLUMNS = "id, started_at, seed, cases, time_factor, hidden_clock, ended_at"


def mock_row(mock: Mock) -> dict[str, Any]:
    """Return a mock exam as the columns of `mocks`."""
    return {
        "id": mock.id,
        "started_at": stamp(mock.started_at),
        "seed": mock.seed,
        "cases": packed([list(case) for case in mock.cases]),
        "time_factor": mock.conditions.time_factor,
        "hidden_clock": int(mock.conditions.hidden_clock),
        "ended_at": None if mock.ended_at is None else stamp(mock.ended_at),
    }


def mock_of_row(row: sqlite3.Row) -> Mock:
    """Return the mock exam of a row of `mocks`."""
    return Mock(
        id=row["id"],
        started_at=datetime.fromisoformat(row["started_at"]),
        seed=row["seed"],
        cases=tuple((case, language) for case, language in json.loads(row["cases"])),
        conditions=Conditions(
            time_factor=row["time_factor"], hidden_clock=bool(row["hidden_clock"])
        ),
        ended_at=None if row["ended_at"] is None else datetime.fromisoformat(row["ended_at"]),
    )
