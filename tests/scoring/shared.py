"""The bundled outage case, marked with the lexical engine; and examples from a file."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tutor.content.bundled import cases_dir, rubrics_dir
from tutor.content.load import load_case, load_rubric
from tutor.core.answer import Answer, Step
from tutor.core.case import Case
from tutor.core.result import Result
from tutor.core.rubric import Rubric
from tutor.scoring.mark import mark_answer
from tutor.semantics.lexical import LexicalModel

EXAMPLES = Path(__file__).parent / "examples"


@cache
def outage(language: str = "de") -> tuple[Case, Rubric]:
    name = f"it-outage.{language}.yaml"
    return load_case(cases_dir() / name), load_rubric(rubrics_dir() / name)


@cache
def model() -> LexicalModel:
    return LexicalModel()


def steps_answer(*steps: tuple[str, str] | str, language: str = "de") -> Answer:
    pairs = [(step, "") if isinstance(step, str) else step for step in steps]
    return Answer(
        id="a1", case="it-outage", language=language, steps=tuple(Step(m, r) for m, r in pairs)
    )


def text_answer(text: str, language: str = "de") -> Answer:
    return Answer(id="a1", case="it-outage", language=language, text=text)


def mark(answer: Answer) -> Result:
    case, rubric = outage(answer.language)
    return mark_answer(case, rubric, answer, model())


def examples(name: str) -> list[Any]:
    return list(yaml.safe_load((EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")))


def credited(result: Result) -> dict[str, float]:
    return {key: found.credit for key, found in result.measures.items() if found.credit > 0}
