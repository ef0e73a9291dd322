"""Kills the real tutor at random moments and looks at what is left: `python -m benchmarks.crash`.

A candidate writes in a pseudo-terminal, is killed with `kill -9`, starts the tutor again, takes
up its offer, goes on, and is killed again; every few kills an answer is handed in.
"""

import argparse
import random
import tempfile
import time
from pathlib import Path

from tests.crash.rounds import Candidate, Report

KILLS_AN_ATTEMPT = 10


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--kills", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=1)
    chosen = arguments.parse_args()
    report, began, attempts = Report(), time.monotonic(), 0
    while report.kills < chosen.kills:
        with tempfile.TemporaryDirectory() as home:
            _sit(Path(home), random.Random(f"{chosen.seed}.{attempts}"), report, chosen.kills)
        attempts += 1
    print(f"kills                               {report.kills:8d}")
    print(f"attempts handed in, once each       {attempts:8d}")
    print(f"keys typed                          {report.typed:8d}")
    print(f"keys lost in the last moment        {report.lost:8d}")
    print(f"oldest key lost, seconds            {report.worst_loss_seconds:8.2f}")
    print(f"largest error of the clock, seconds {report.worst_clock_error_seconds:8.2f}")
    print(f"seconds in all                      {time.monotonic() - began:8.0f}")


def _sit(home: Path, dice: random.Random, report: Report, kills: int) -> None:
    candidate = Candidate(home, dice, report=report)
    terminal = candidate.begin()
    for _ in range(min(KILLS_AN_ATTEMPT, kills - report.kills)):
        candidate.write_and_be_killed(terminal)
        terminal = candidate.go_on()
    candidate.hand_in(terminal)


if __name__ == "__main__":
    main()
