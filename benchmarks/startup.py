"""Process start to first frame, in turn with the plainest Textual app.

    python -m benchmarks.startup [RUNS]

The first frame is the library with its heading; the cases follow. Goal: the first frame at most
1.5 times that of the plain app.
"""

import statistics
import sys
import tempfile

from benchmarks.plain import READY
from benchmarks.ptylab import Terminal, machine, percentile, python

GOAL = 1.5
HEADING, CASE = "Fälle", "IT-Infrastruktur"


def moments(command: list[str], *marks: str) -> list[float]:
    """Return the milliseconds until each of some texts is on the screen."""
    with (
        tempfile.TemporaryDirectory() as home,
        Terminal(command, TUTOR_HOME=home, LC_ALL="C.UTF-8") as terminal,
    ):
        return [(terminal.wait_for(mark) - terminal.started) * 1000 for mark in marks]


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    plain_command = python("-m", "benchmarks.plain")
    tutor_command = python("-m", "tutor")
    moments(plain_command, READY)
    moments(tutor_command, HEADING)
    rows: dict[str, list[float]] = {"plain Textual app": [], "tutor": [], "tutor, cases": []}
    for _run in range(runs):
        taken = [*moments(plain_command, READY), *moments(tutor_command, HEADING, CASE)]
        for values, value in zip(rows.values(), taken, strict=True):
            values.append(value)
    print(f"first frame, {runs} runs in turn; {machine()}")
    plain, first, _cases = rows.values()
    for name, values in rows.items():
        median, p95 = statistics.median(values), percentile(values, 0.95)
        print(f"  {name:18s} median {median:7.1f} ms   p95 {p95:7.1f} ms")
    ratio = statistics.median(t / p for t, p in zip(first, plain, strict=True))
    print(f"  ratio of the first frame {ratio:.2f} (goal {GOAL})")


if __name__ == "__main__":
    main()
