"""CPU while an exam is open and nobody types, with its clock running.

    python -m benchmarks.idle [SECONDS]

Goal: at most 2 percent of one core.
"""

import sys
import tempfile
import time

from benchmarks.ptylab import Terminal, machine, python

GOAL = 2.0


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 20.0
    command = python("-m", "tutor", "start", "it-outage", "--language", "de")
    with tempfile.TemporaryDirectory() as home, Terminal(command, TUTOR_HOME=home) as terminal:
        terminal.wait_for("Ausfall der IT-Infrastruktur")
        terminal.read(0.5)
        terminal.send("\r")
        terminal.wait_for("Sie sind")
        terminal.send("\tLanding Page")
        # The text model is loaded and the first draft marked before the counting begins.
        terminal.wait_for_calm()
        used, begun, chunks = terminal.cpu_seconds, time.perf_counter(), len(terminal.chunks)
        terminal.read_for(seconds)
        share = 100 * (terminal.cpu_seconds - used) / (time.perf_counter() - begun)
        written = sum(len(chunk) for _moment, chunk in terminal.chunks[chunks:])
    print(f"idle exam, {seconds:.0f} s; {machine()}")
    print(f"  {share:.2f} % of one core (goal {GOAL} %), {written / seconds:.0f} bytes a second")


if __name__ == "__main__":
    main()
