"""How fast a file of answers is marked: `python -m benchmarks.grading [ANSWERS] [ENGINE]`.

Repeats the marked answers of `tests/gold` under new ids, each with a number of its own so that no
answer is a copy, and lets `tutor grade` mark them with one worker and with two. Prints rate, peak
memory of the largest process and the gain of the second worker. Goal: 1.8 times with two workers
on two idle cores.
"""

import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

GOLD = Path(__file__).parent.parent / "tests" / "gold" / "dev.answers.jsonl"


def write_answers(path: Path, count: int) -> None:
    """Write `count` answers, one a line."""
    gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            answer = {**gold[number % len(gold)], "id": f"a{number}"}
            if "steps" in answer:
                first, *rest = answer["steps"]
                first = {**first, "measure": f"{first['measure']} (Nr. {number})"}
                answer["steps"] = [first, *rest]
            else:
                answer["text"] = f"{answer['text']} (Nr. {number})"
            file.write(json.dumps(answer, ensure_ascii=False) + "\n")


def graded(answers: Path, engine: str, workers: int) -> float:
    """Return the seconds that marking a file takes, loading included."""
    out = answers.with_suffix(f".{workers}.out")
    command = [sys.executable, "-m", "tutor", "grade", str(answers), "--out", str(out)]
    command += ["--engine", engine, "--workers", str(workers)]
    start = perf_counter()
    subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
    return perf_counter() - start


def peak_mib() -> float:
    """Return the peak memory of the largest process that has ended so far, in MiB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    engine = sys.argv[2] if len(sys.argv) > 2 else "lexical"
    print(f"{count} answers, {engine} engine, loading included")
    with tempfile.TemporaryDirectory() as folder:
        answers = Path(folder) / "answers.jsonl"
        write_answers(answers, count)
        one = graded(answers, engine, 1)
        print(
            f"  1 worker   {one:8.1f} s  {count / one:7.1f} answers/s  peak {peak_mib():5.0f} MiB"
        )
        two = graded(answers, engine, 2)
        print(
            f"  2 workers  {two:8.1f} s  {count / two:7.1f} answers/s  peak {peak_mib():5.0f} MiB"
        )
        print(f"  gain of the second worker {one / two:.2f} (goal 1.8)")


if __name__ == "__main__":
    main()
