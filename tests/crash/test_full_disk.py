import subprocess
import sys
from pathlib import Path

import pytest

from tests.fakes import FakeClock, make_practice
from tutor.core.attempt import ClosedBy

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a limit on file sizes")

# A limit on the size of files stops a program where a full disk would, and can be lifted again.
SCRIPT = """
import resource, sys
from pathlib import Path
from tests.fakes import FakeClock, make_practice
from tutor.core.attempt import ClosedBy
from tutor.core.draft import Card, Draft
from tutor.core.errors import StoreFull

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

home, moment = Path(sys.argv[1]), sys.argv[2]
sitting = make_practice(home, FakeClock()).start("outage", "en")
limit(1000)
sitting.write(Draft(cards=(Card(1, "landing-page " * 200),)))
try:
    sitting.flush()
except StoreFull as error:
    print("draft:", type(sitting.storage_error).__name__)
if moment == "writing":
    limit(resource.RLIM_INFINITY)
    sitting.flush()
    print("draft:", sitting.storage_error)
else:
    if moment == "closing apart":
        sitting.write(Draft(cards=(Card(1, "landing-page " * 50),)))
    debrief = sitting.hand_in(ClosedBy.CANDIDATE)
    print("lost:", sitting.is_unsaved)
    if moment != "handing in":
        sys.exit()
    print("debrief:", debrief.result.points, type(sitting.storage_error).__name__)
    limit(resource.RLIM_INFINITY)
    sitting.hand_in(ClosedBy.CANDIDATE)
    print("debrief:", sitting.storage_error)
"""


def _run(home: Path, moment: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(home), moment],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_disk_that_is_full_for_a_while_costs_no_draft(tmp_path: Path) -> None:
    said = _run(tmp_path, "writing")

    assert said == ["draft: StoreFull", "draft: None"]
    (found,) = make_practice(tmp_path, FakeClock()).open_sittings()
    assert found.attempt.draft.cards[0].measure == "landing-page " * 200


def test_a_disk_that_is_full_at_the_hand_in_costs_no_debrief(tmp_path: Path) -> None:
    said = _run(tmp_path, "handing in")

    assert said == ["draft: StoreFull", "lost: True", "debrief: 4 StoreFull", "debrief: None"]
    (past,) = make_practice(tmp_path, FakeClock()).history()
    assert past.points == 4


def test_an_answer_that_is_closed_while_the_journal_cannot_grow_is_stored_at_the_next_start(
    tmp_path: Path,
) -> None:
    said = _run(tmp_path, "closing apart")

    assert said == ["draft: StoreFull", "lost: False"]
    practice = make_practice(tmp_path, FakeClock())
    assert practice.open_sittings() == ()
    (debrief,) = practice.close_overdue()
    assert debrief.attempt.draft.cards[0].measure == "landing-page " * 50
    assert debrief.attempt.closed_by is ClosedBy.CANDIDATE
    assert list((tmp_path / "journal").glob("*.jsonl")) == []


def test_an_answer_that_finds_no_room_at_all_stays_closed(tmp_path: Path) -> None:
    said = _run(tmp_path, "closing too long")

    assert said == ["draft: StoreFull", "lost: True"]
    practice = make_practice(tmp_path, FakeClock())
    assert practice.open_sittings() == ()
