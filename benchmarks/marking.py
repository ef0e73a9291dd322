"""How fast answers are marked: `python -m benchmarks.marking`.

Marks the answers of `tests/gold` with both engines, in one process, and prints what one answer
takes when it is new and when the engine has seen all but its last step, as it has at hand-in.
The figures are wall-clock times of this machine, with whatever else it does.
"""

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import get_args

from benchmarks.agreement import Engine
from tutor.content.bundled import cases_dir, rubrics_dir
from tutor.content.library import Library
from tutor.core.answer import Answer, Step
from tutor.core.case import Case
from tutor.core.errors import EngineUnavailable
from tutor.core.rubric import Rubric
from tutor.core.textmodel import TextModel
from tutor.scoring.mark import mark_answer
from tutor.semantics import load_model

ANSWERS = Path(__file__).parent.parent / "tests" / "gold" / "dev.answers.jsonl"


def answers() -> list[Answer]:
    """Return the marked answers that are written in steps."""
    rows = [json.loads(line) for line in ANSWERS.read_text(encoding="utf-8").splitlines()]
    return [
        Answer(
            id=row["id"],
            case=row["case"],
            language=row["language"],
            steps=tuple(Step(step["measure"], step.get("reason", "")) for step in row["steps"]),
        )
        for row in rows
        if "steps" in row
    ]


def milliseconds(work: Callable[[], object]) -> float:
    start = perf_counter()
    work()
    return 1000 * (perf_counter() - start)


def main() -> None:
    library = Library(cases_dir(), rubrics_dir())
    known = answers()
    content = {
        answer.case: (library.case(answer.case, "de"), library.rubric(answer.case, "de"))
        for answer in known
    }
    print(f"{len(known)} answers, {sum(len(answer.steps) for answer in known)} steps")
    print(f"{'':10}{'load':>8}{'rubric':>9}{'new':>8}{'p95':>8}{'last step':>11}{'answers/s':>11}")
    for engine in get_args(Engine):
        try:
            print(_line(engine, known, content))
        except EngineUnavailable as error:
            print(f"{engine:10}{error}")
    print("load and rubric once, new, p95 and last step a single answer: milliseconds")


def _line(engine: Engine, known: list[Answer], content: dict[str, tuple[Case, Rubric]]) -> str:
    start = perf_counter()
    model: TextModel = load_model(engine)
    load = 1000 * (perf_counter() - start)
    empty = {case: Answer(id="x", case=case, language="de", text="Backup") for case in content}
    rubrics = [
        milliseconds(partial(mark_answer, *content[case], empty[case], model)) for case in content
    ]
    fresh, last = [], []
    for answer in known:
        case, rubric = content[answer.case]
        draft = replace(answer, steps=answer.steps[:-1])
        fresh.append(milliseconds(partial(mark_answer, case, rubric, draft, model)))
        last.append(milliseconds(partial(mark_answer, case, rubric, answer, model)))
    late, rate = quantiles(fresh, n=20)[-1], 1000 * len(fresh) / sum(fresh)
    return (
        f"{engine:10}{load:8.0f}{median(rubrics):9.0f}{median(fresh):8.1f}"
        f"{late:8.1f}{median(last):11.1f}{rate:11.1f}"
    )


if __name__ == "__main__":
    main()
