"""Key to screen in the exam, in turn with a bare Textual editor.

    python -m benchmarks.keys [KEYS] [COLUMNSxROWS]

Letters are typed one at a time, at uneven intervals, and timed until they are on the emulated
screen. Goal: the p95 at most 1.5 times that of the bare editor.
"""

import random
import statistics
import string
import sys
import tempfile

from benchmarks.plain import READY
from benchmarks.ptylab import Screen, Terminal, machine, percentile, python

GOAL = 1.5
LETTERS = 20
SESSIONS = 4


def type_keys(terminal: Terminal, count: int, seed: int) -> tuple[list[float], list[int]]:
    """Type letters; return the milliseconds until each is shown, and the bytes it cost."""
    dice = random.Random(seed)
    screen = Screen(terminal.columns, terminal.rows)
    fed = 0
    typed = ""
    times, sizes = [], []
    for number in range(count):
        letter = string.ascii_lowercase[number % 26]
        if len(typed) == LETTERS:
            terminal.send("\r")
            terminal.read(0.2)
            typed = ""
        typed += letter
        before = len(terminal.chunks)
        sent = terminal.send(letter)
        terminal.read(dice.uniform(0.09, 0.15))
        for _moment, chunk in terminal.chunks[fed:before]:
            screen.feed(chunk)
        fed = before
        for moment, chunk in terminal.chunks[before:]:
            screen.feed(chunk)
            fed += 1
            if screen.is_whole and typed[-5:] in screen.text:
                times.append((moment - sent) * 1000)
                break
        sizes.append(sum(len(chunk) for _moment, chunk in terminal.chunks[before:]))
    return times, sizes


def editor(count: int, columns: int, rows: int, seed: int) -> tuple[list[float], list[int]]:
    command = python("-m", "benchmarks.plain", "editor")
    with Terminal(command, columns=columns, rows=rows) as terminal:
        terminal.wait_for(READY)
        terminal.read(0.5)
        return type_keys(terminal, count, seed)


def exam(count: int, columns: int, rows: int, seed: int) -> tuple[list[float], list[int]]:
    command = python("-m", "tutor", "start", "it-outage", "--language", "de")
    with (
        tempfile.TemporaryDirectory() as home,
        Terminal(command, columns=columns, rows=rows, TUTOR_HOME=home) as terminal,
    ):
        terminal.wait_for("Ausfall der IT-Infrastruktur")
        terminal.read(0.5)
        terminal.send("\r")
        terminal.wait_for("Sie sind")
        if columns < 100:
            terminal.send("\t")
        # The text model reads the rubric in the background first.
        terminal.wait_for_calm()
        return type_keys(terminal, count, seed)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    columns, rows = map(int, (sys.argv[2] if len(sys.argv) > 2 else "80x24").split("x"))
    results: dict[str, tuple[list[float], list[int]]] = {
        "bare editor": ([], []),
        "exam": ([], []),
    }
    for seed in range(SESSIONS):
        for name, session in (("bare editor", editor), ("exam", exam)):
            times, sizes = session(count // SESSIONS, columns, rows, seed)
            results[name][0].extend(times)
            results[name][1].extend(sizes)
    print(f"key to screen, {count} keys at {columns}x{rows}; {machine()}")
    for name, (times, sizes) in results.items():
        median, p95 = statistics.median(times), percentile(times, 0.95)
        missed = len(sizes) - len(times)
        print(
            f"  {name:12s} median {median:6.1f} ms   p95 {p95:6.1f} ms   "
            f"{statistics.median(sizes):6.0f} bytes a key   {missed} not seen"
        )
    shares = [percentile(times, 0.95) for times, _sizes in results.values()]
    print(f"  ratio of the p95 {shares[1] / shares[0]:.2f} (goal {GOAL})")


if __name__ == "__main__":
    main()
