"""The processes of `tutor grade --workers 2`: nobody hears of them when marking is cut short."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs process groups")

GOLD = Path(__file__).parent.parent / "gold" / "dev.answers.jsonl"
# From before the workers are there until they mark, on a fast machine and on a slow one; the
# last are of somebody who does not wait for the answer.
SECONDS_AND_PRESSES = ((0.1, 1), (0.25, 1), (0.4, 1), (0.7, 1), (0.3, 3))


@contextmanager
def grading(home: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run `tutor grade` with two workers in a process group of its own."""
    command = [sys.executable, "-m", "tutor", "--ui-language", "en", "grade", *arguments]
    process = subprocess.Popen(
        [*command, "--workers", "2", "--engine", "lexical"],
        env={**os.environ, "TUTOR_HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        # The group outlives its leader where a worker does.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def interrupted(home: Path, seconds: float, presses: int) -> tuple[int | None, str]:
    """Return exit code and stderr of a run, interrupted so long after its file of results is there.

    Many answers are marked meanwhile, so that none of the runs is through by itself.
    """
    out = home / f"{seconds}.jsonl"
    with grading(home, str(home / "answers.jsonl"), "--out", str(out)) as process:
        while not out.exists() and process.poll() is None:
            time.sleep(0.005)
        time.sleep(seconds)
        for _ in range(presses):
            os.killpg(process.pid, signal.SIGINT)
            time.sleep(0.05)
        said = process.communicate(timeout=60)[1].decode()
        return process.returncode, said


def test_ctrl_c_is_answered_by_one_line_while_workers_start_and_mark(tmp_path: Path) -> None:
    (tmp_path / "answers.jsonl").write_bytes(GOLD.read_bytes() * 60)

    with ThreadPoolExecutor() as pool:
        runs = [pool.submit(interrupted, tmp_path, *when) for when in SECONDS_AND_PRESSES]
    ends = [run.result() for run in runs]

    assert {said for _code, said in ends} == {
        "stopped; the same command with --resume goes on from here\n"
    }
    # An interpreter on its way out is ended by a further Ctrl+C; shells make 130 of that too.
    assert {code for code, _said in ends} <= {130, -signal.SIGINT}


def test_workers_end_when_their_parent_is_killed(tmp_path: Path) -> None:
    with grading(tmp_path, "-") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(GOLD.read_bytes())
        process.stdin.flush()
        process.stdout.readline()  # a worker has marked, and the parent waits for further answers

        process.kill()

        # Every worker holds the other end of this pipe: it closes once the last one has ended.
        process.stdin.close()
        process.stdin = None
        process.communicate(timeout=20)
