"""Process start to first frame, in turn with the plainest Textual app.

    python -m benchmarks.startup [RUNS]

The frame counts when the cases are on the screen. Goal: at most 1.5 times the plain app.
"""

import statistics
import sys
import tempfile

from benchmarks.plain import READY
from benchmarks.ptylab import Terminal, machine, percentile, python

GOAL = 1.5
MARK = "IT-Infrastruktur"


def first_frame(command: list[str], mark: str) -> float:
    """Return the milliseconds until a text is on the screen."""
    with tempfile.TemporaryDirectory() as home, Terminal(command, TUTOR_HOME=home) as terminal:
        return (terminal.wait_for(mark) - terminal.started) * 1000


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    plain_command = python("-m", "benchmarks.plain")
    tutor_command = python("-m", "tutor", "--ui-language", "de")
    first_frame(plain_command, READY)
    first_frame(tutor_command, MARK)
    plain, tutor = [], []
    for _run in range(runs):
        plain.append(first_frame(plain_command, READY))
        tutor.append(first_frame(tutor_command, MARK))
    print(f"first frame, {runs} runs in turn; {machine()}")
    for name, values in (("plain Textual app", plain), ("tutor", tutor)):
        median, p95 = statistics.median(values), percentile(values, 0.95)
        print(f"  {name:18s} median {median:7.1f} ms   p95 {p95:7.1f} ms")
    ratio = statistics.median(t / p for t, p in zip(tutor, plain, strict=True))
    print(f"  ratio {ratio:.2f} (goal {GOAL})")


if __name__ == "__main__":
    main()
