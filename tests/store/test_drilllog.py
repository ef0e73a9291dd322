from pathlib import Path

import pytest
from hypothesis import given

from tests.drills import OPENED, drills, event
from tutor.core.drill import states
from tutor.core.drillevent import ClockStarted, DrillEvent, MeasureTicked, NoteWritten
from tutor.core.errors import NotFound, StoreDamaged, StoreLocked
from tutor.store.drilllog import DrillLogs, LogReader, read_log
from tutor.store.drillrecord import event_line, read_event, read_lines

STARTED = event(ClockStarted, 0)
TICKED = event(MeasureTicked, 1.5, measure="landing-page")


@given(drills())
def test_a_log_says_the_same_each_time_it_is_copied(events: tuple[DrillEvent, ...]) -> None:
    read = read_lines(b"".join(map(event_line, events)))
    again = read_lines(b"".join(map(event_line, read.events)))

    assert read.damaged_lines == 0
    assert again.events == read.events
    assert len(states(read.events)) == len(events)


@given(drills())
def test_a_log_cut_anywhere_gives_the_events_before_the_cut(events: tuple[DrillEvent, ...]) -> None:
    content = b"".join(map(event_line, events))
    whole = read_lines(content).events
    for cut in range(0, len(content), 37):
        read = read_lines(content[:cut])

        assert read.events == whole[: len(read.events)]
        assert read.damaged_lines == 0


def test_a_log_shows_no_control_characters_of_a_stranger() -> None:
    line = event_line(event(NoteWritten, 0, text="a\x1b[2Jb\u202e"))

    assert read_event(line) == event(NoteWritten, 0, text="ab")


@pytest.mark.parametrize(
    "line",
    [
        b"{}",
        b"[]",
        b'{"at":1,"utc":"2026-03-02T12:00:00+00:00","event":"unheard-of"}',
        b'{"at":-1,"utc":"2026-03-02T12:00:00+00:00","event":"clock-started"}',
        b'{"at":1,"utc":"2026-03-02T12:00:00","event":"clock-started"}',
        b'{"at":1,"utc":"2026-03-02T12:00:00+00:00","event":"limit-moved","by_seconds":"60"}',
        b'{"at":1,"utc":"2026-03-02T12:00:00+00:00","event":"role-given","role":"king","person":""}',
        b"\xff",
    ],
)
def test_a_line_nobody_wrote_is_counted_and_left_out(line: bytes) -> None:
    read = read_lines(event_line(OPENED) + line + b"\n" + event_line(STARTED))

    assert read.events == (OPENED, STARTED)
    assert read.damaged_lines == 1


def test_what_a_crash_tore_off_is_overwritten_by_the_next_event(tmp_path: Path) -> None:
    logs = DrillLogs(tmp_path)
    log = logs.create(OPENED)
    log.append(STARTED)
    log.close()
    with logs.path("d1").open("ab") as file:
        file.write(event_line(TICKED)[:20])

    log, lines = logs.resume("d1")
    log.append(TICKED)
    log.close()

    assert lines.events == (OPENED, STARTED)
    assert read_log(logs.path("d1")).events == (OPENED, STARTED, TICKED)


def test_a_reader_is_given_each_event_once_while_it_is_written(tmp_path: Path) -> None:
    logs = DrillLogs(tmp_path)
    log = logs.create(OPENED)
    reader = LogReader(logs.path("d1"))
    first = reader.news()
    log.append(STARTED)
    second = reader.news()
    third = reader.news()
    log.append(TICKED)
    log.close()

    assert (first, second, third) == ((OPENED,), (STARTED,), ())
    assert reader.news() == (TICKED,)


def test_a_reader_waits_for_the_end_of_a_line(tmp_path: Path) -> None:
    path = tmp_path / "d1.jsonl"
    path.write_bytes(event_line(OPENED) + event_line(STARTED)[:20])
    reader = LogReader(path)
    first = reader.news()
    path.write_bytes(event_line(OPENED) + event_line(STARTED))

    assert first == (OPENED,)
    assert reader.news() == (STARTED,)


def test_a_log_has_one_writer(tmp_path: Path) -> None:
    logs = DrillLogs(tmp_path)
    log = logs.create(OPENED)

    assert logs.is_held("d1")
    with pytest.raises(StoreLocked, match="open in another window"):
        logs.resume("d1")
    log.close()
    assert not logs.is_held("d1")


def test_a_file_that_is_no_log_is_named_and_kept(tmp_path: Path) -> None:
    (tmp_path / "d2.jsonl").write_bytes(event_line(STARTED))

    with pytest.raises(StoreDamaged, match="does not begin"):
        read_log(tmp_path / "d2.jsonl")
    assert DrillLogs(tmp_path).all() == ()


@pytest.mark.parametrize("name", ["nope", "../d1", ""])
def test_a_drill_that_is_not_there_is_said_so(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFound):
        DrillLogs(tmp_path).path(name)
