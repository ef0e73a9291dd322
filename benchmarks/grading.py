"""How fast a file of answers is marked: `python -m benchmarks.grading`.

Repeats the marked answers of `tests/gold` under new ids. Every clause of a repeated answer carries
its number, because no two candidates of a class write the same sentence, and what was read before
costs nothing.

- Words alone: `tutor grade` marks the file with one worker and with two. Prints rate, peak memory
  of the largest process and the gain of the second worker. Goal: 1.8 times on two idle cores.
- With the text model: one process marks, then the bare text model encodes the sentences which
  that marking had to have encoded, each once, and does nothing else. Prints both rates and the
  share of the bare model's that marking reaches. Goal: 0.9.

`--lexical` and `--semantic` say how many answers; 0 leaves a part out.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from tutor.content.bundled import cases_dir, rubrics_dir
from tutor.content.library import Library
from tutor.semantics.trained import TrainedModel
from tutor.session.grading import Marker

GOLD = Path(__file__).parent.parent / "tests" / "gold" / "dev.answers.jsonl"
_END_OF_CLAUSE = re.compile(r"(?<=[^\W\d])(?=[,;.:!?](?:\s|$)|$)", re.MULTILINE)


def numbered(text: str, number: int) -> str:
    """Return the text with the number at the end of every clause."""
    return _END_OF_CLAUSE.sub(f" {number}", text)


def write_answers(path: Path, count: int) -> None:
    """Write `count` answers, one a line."""
    gold = [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            answer = {**gold[number % len(gold)], "id": f"a{number}"}
            if "steps" in answer:
                answer["steps"] = [
                    {field: numbered(text, number) for field, text in step.items()}
                    for step in answer["steps"]
                ]
            else:
                answer["text"] = numbered(answer["text"], number)
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


class Listening:
    """The text model, which remembers every sentence it is asked about, each once."""

    def __init__(self, model: TrainedModel) -> None:
        self._model = model
        self.name, self.version = model.name, model.version
        self.sentences: dict[str, None] = {}

    def similarity(
        self, texts: Sequence[str], references: Sequence[str], language: str
    ) -> list[list[float]]:
        """Answer as the model does."""
        self.sentences.update(dict.fromkeys((*texts, *references)))
        return self._model.similarity(texts, references, language)


def time_lexical(answers: Path, count: int) -> None:
    """Print how fast words alone mark, with one worker and with two."""
    write_answers(answers, count)
    print(f"words alone, {count:,} answers, loading included")
    one = graded(answers, "lexical", 1)
    print(f"  1 worker   {one:8.1f} s  {count / one:7.1f} answers/s  peak {peak_mib():5.0f} MiB")
    two = graded(answers, "lexical", 2)
    print(f"  2 workers  {two:8.1f} s  {count / two:7.1f} answers/s  peak {peak_mib():5.0f} MiB")
    print(f"  gain of the second worker {one / two:.2f} (goal 1.8)")


def time_semantic(answers: Path, count: int) -> None:
    """Print how fast the text model marks, and which share of its own speed that is."""
    write_answers(answers, count)
    print(f"with the text model, {count:,} answers, one process, loading left out")
    model = Listening(TrainedModel())
    marker = Marker(Library(cases_dir(), rubrics_dir()), model)
    lines = answers.read_bytes().splitlines()
    start = perf_counter()
    for number, line in enumerate(lines, 1):
        marker.outcome(number, line)
    marking = perf_counter() - start
    bare = TrainedModel()
    start = perf_counter()
    for sentence in model.sentences:
        bare._vector(sentence)
    encoding = perf_counter() - start
    sentences = len(model.sentences)
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"  marking    {marking:8.1f} s  {count / marking:7.1f} answers/s  "
        f"{sentences / marking:7.1f} sentences/s  peak {own:5.0f} MiB"
    )
    print(
        f"  bare model {encoding:8.1f} s  {' ' * 17}  {sentences / encoding:7.1f} sentences/s  "
        f"({sentences:,} different ones)"
    )
    print(f"  share of the bare model {encoding / marking:.2f} (goal 0.9)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lexical", metavar="N", type=int, default=1_000)
    parser.add_argument("--semantic", metavar="N", type=int, default=50)
    sizes = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if sizes.lexical:
            time_lexical(Path(folder) / "lexical.jsonl", sizes.lexical)
        if sizes.semantic:
            time_semantic(Path(folder) / "semantic.jsonl", sizes.semantic)


if __name__ == "__main__":
    main()
