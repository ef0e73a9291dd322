import errno
import json
import os
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes import NOON
from tutor.core.attempt import Attempt, ClosedBy, Moment
from tutor.core.draft import Card, Draft
from tutor.core.errors import NotFound, StoreDamaged, StoreFull, StoreLocked, StoreReadOnly
from tutor.store import appending
from tutor.store.journal import Journals
from tutor.store.replay import change_line, handed_in_line, replay, start_line

ATTEMPT = Attempt(
    id="a1",
    case="outage",
    language="en",
    rubric_sha256="0" * 64,
    started_at=NOON,
    deadline=NOON + timedelta(seconds=420),
    limit_seconds=420.0,
)
REPAIR = Draft(cards=(Card(1, "Repair", "it is down"),))

DRAFTS = st.builds(
    Draft,
    cards=st.lists(
        st.builds(Card, st.integers(1, 4), st.text(max_size=6), st.text(max_size=6)),
        unique_by=lambda card: card.key,
        max_size=4,
    ).map(tuple),
    text=st.none() | st.text(max_size=6),
)


def _journal_of(drafts: list[Draft]) -> tuple[bytes, list[tuple[int, Draft]]]:
    """Return the bytes of a journal, and which draft holds from which length on."""
    content, before = start_line(ATTEMPT), Draft()
    holds = [(len(content), before)]
    for at, draft in enumerate(drafts):
        content += change_line(float(at), before, draft, [Moment(float(at), 1, 2)]) or b""
        before = draft
        holds.append((len(content), before))
    return content, holds


@given(st.lists(DRAFTS, max_size=6))
def test_a_journal_replays_to_the_last_draft(drafts: list[Draft]) -> None:
    content, holds = _journal_of(drafts)

    replayed = replay(content)

    assert replayed is not None
    assert replayed.attempt.draft == holds[-1][1]
    assert len(replayed.attempt.moments) == len(drafts)
    assert replayed.damaged_lines == 0


def test_a_journal_torn_anywhere_gives_the_last_whole_draft() -> None:
    drafts = [Draft(cards=(Card(1, "Wörter 🙂"[:n], "\n"),)) for n in range(9)]
    content, holds = _journal_of([*drafts, Draft(text="{}\n")])

    for length in range(len(content) + 1):
        replayed = replay(content[:length])

        whole = [draft for end, draft in holds if end <= length]
        assert (replayed.attempt.draft if replayed else None) == (whole[-1] if whole else None)
        assert replayed is None or replayed.damaged_lines == 0


@settings(max_examples=50, deadline=None)
@given(st.binary(min_size=1, max_size=30))
def test_a_damaged_line_is_skipped_and_counted(rubbish: bytes) -> None:
    content, _ = _journal_of([REPAIR])
    review = change_line(9.0, Draft(), Draft(cards=(Card(2, "Review"),)), [])
    assert review is not None
    line = b"\xff" + rubbish.replace(b"\n", b"")

    replayed = replay(content + line + b"\n" + review)

    assert replayed is not None
    assert replayed.damaged_lines == 1
    assert replayed.attempt.draft.cards == (Card(2, "Review"),)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)
NAMES = st.sampled_from(
    ["at", "cards", "order", "text", "origin", "moments", "handed_in", "closed_by", "resumed"]
)


@settings(max_examples=40, deadline=None)
@given(VALUES | st.dictionaries(NAMES, VALUES | st.lists(st.dictionaries(NAMES, VALUES))))
def test_a_line_with_anything_in_it_breaks_nothing(record: object) -> None:
    line = json.dumps(record).encode() + b"\n"

    replayed = replay(start_line(ATTEMPT) + line)

    assert replayed is not None
    assert replay(line) is None


@pytest.mark.parametrize("line", [b"[" * 100_000, b'{"at": 1, "order": [1e999]}', b'{"at": "x"}'])
def test_a_line_that_is_hard_to_read_is_counted(line: bytes) -> None:
    replayed = replay(start_line(ATTEMPT) + line + b"\n")

    assert replayed is not None
    assert replayed.damaged_lines == 1


def test_a_lone_surrogate_comes_back(tmp_path: Path) -> None:
    journal = Journals(tmp_path).create(ATTEMPT)
    journal.write(1.0, Draft(text="\ud800 \0 \x1b[2J \u2028"), [])

    draft = Journals(tmp_path).replay("a1").attempt.draft

    assert draft.text == "\ud800 \0 \x1b[2J \u2028"


def test_writing_goes_on_behind_the_torn_tail_of_a_crash(tmp_path: Path) -> None:
    journals = Journals(tmp_path)
    journal = journals.create(ATTEMPT)
    journal.write(1.0, REPAIR, [])
    journal.close()
    with (tmp_path / "a1.jsonl").open("ab") as file:
        file.write(b'{"at": 2.0, "text": "half a wo')

    journal, replayed = journals.resume("a1")
    journal.resumed(3.0, NOON)
    journal.handed_in(4.0, NOON, ClosedBy.CANDIDATE)
    again = journals.replay("a1")

    assert replayed.attempt.draft == REPAIR
    assert (again.damaged_lines, again.elapsed_seconds) == (0, 4.0)
    assert again.attempt.interruptions == 1
    assert again.attempt.closed_by is ClosedBy.CANDIDATE


def test_answers_are_nobody_elses_business(tmp_path: Path) -> None:
    journal = Journals(tmp_path / "home" / "journal").create(ATTEMPT)
    journal.close()

    folder = tmp_path / "home" / "journal"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE(folder.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} <= {0o600}


def test_a_journal_has_one_writer(tmp_path: Path) -> None:
    journal = Journals(tmp_path).create(ATTEMPT)

    assert Journals(tmp_path).is_held("a1")
    with pytest.raises(StoreLocked):
        Journals(tmp_path).resume("a1")

    journal.close()
    assert not Journals(tmp_path).is_held("a1")


HOLDER = """
import sys
from pathlib import Path
from tutor.store.journal import Journals
journal, _ = Journals(Path(sys.argv[1])).resume("a1")
print("held", flush=True)
sys.stdin.read()
"""


def test_the_journal_of_a_killed_process_is_free(tmp_path: Path) -> None:
    journals = Journals(tmp_path)
    journals.create(ATTEMPT).close()
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    assert holder.stdout.readline() == b"held\n"
    was_held = journals.is_held("a1")
    holder.kill()
    holder.wait()
    holder.stdin.close()
    holder.stdout.close()

    assert was_held
    assert not journals.is_held("a1")


def test_a_full_disk_loses_nothing_and_is_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journal = Journals(tmp_path).create(ATTEMPT)

    def half_a_line(descriptor: int, content: bytes) -> None:
        os.write(descriptor, bytes(content)[: len(content) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(appending, "_write_all", half_a_line)
        with pytest.raises(StoreFull, match="Free some space"):
            journal.write(1.0, REPAIR, [])
    journal.write(2.0, REPAIR, [])
    replayed = Journals(tmp_path).replay("a1")

    assert replayed.attempt.draft == REPAIR
    assert replayed.damaged_lines == 0


def test_a_folder_that_cannot_be_written_is_said_before_the_clock_starts(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(StoreReadOnly, match="TUTOR_HOME"):
        Journals(tmp_path / "file" / "journal").create(ATTEMPT)


def test_a_journal_without_its_beginning_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a1.jsonl").write_bytes(b"\x00\xff\n{}\n")
    journals = Journals(tmp_path)

    assert journals.replays() == ()
    assert journals.damaged() == (tmp_path / "a1.jsonl",)
    with pytest.raises(StoreDamaged):
        journals.resume("a1")
    assert (tmp_path / "a1.jsonl").exists()


@pytest.mark.parametrize("name", ["../a1", "", "a/b", "a1.jsonl", "\0", "x" * 65])
def test_an_id_is_not_a_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound):
        Journals(tmp_path).resume(name)


def test_no_folder_means_no_open_attempt(tmp_path: Path) -> None:
    assert Journals(tmp_path / "nowhere").replays() == ()


def test_room_is_kept_for_the_end_and_given_back_with_the_journal(tmp_path: Path) -> None:
    journal = Journals(tmp_path).create(ATTEMPT)
    kept = (tmp_path / "a1.reserve").stat().st_size

    journal.delete()

    assert kept >= 256 * 1024
    assert list(tmp_path.iterdir()) == []


def test_an_end_that_stands_apart_closes_the_journal(tmp_path: Path) -> None:
    journals = Journals(tmp_path)
    journal = journals.create(ATTEMPT)
    ended = handed_in_line(9.0, ATTEMPT.deadline, ClosedBy.CANDIDATE)

    journal.end_apart(REPAIR, (), ended)
    replayed = journals.replay("a1")

    assert replayed.attempt.draft == REPAIR
    assert replayed.attempt.closed_by is ClosedBy.CANDIDATE
    assert replayed.intact_bytes == (tmp_path / "a1.jsonl").stat().st_size
