"""The bundled cases as marked cases: rubrics, their near misses, and answers marked by people."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from training.marked import MarkedAnswer, MarkedCase, MarkedStep, Target
from tutor.content.load import load_case, load_rubric
from tutor.core.rubric import Rubric

# More steps than this share one measure only where each does a part of it.
_WHOLE = 2


def read_bundled(
    cases: Path, rubrics: Path, answers: Path | None = None, marks: Path | None = None
) -> tuple[MarkedCase, ...]:
    """Return every rubric with the answers to it; the files of answers are JSON lines."""
    marked = _marked(answers, marks) if answers and marks else {}
    return tuple(_case(cases / path.name, path, marked) for path in sorted(rubrics.glob("*.yaml")))


def _case(
    case_path: Path, rubric_path: Path, marked: Mapping[tuple[str, str], list[MarkedAnswer]]
) -> MarkedCase:
    case, rubric = load_case(case_path), load_rubric(rubric_path)
    near = MarkedAnswer("near miss", tuple(_near_misses(rubric)))
    return MarkedCase(
        f"{case.id}.{case.language}",
        case.language,
        case.situation,
        (
            *(Target(m.id, (m.text, *m.paraphrases), m.reason) for m in rubric.measures),
            *(
                Target(p.id, (p.text, *p.paraphrases), p.why, is_pitfall=True)
                for p in rubric.pitfalls
            ),
        ),
        (near, *marked.get((case.id, case.language), ())),
    )


def _near_misses(rubric: Rubric) -> Iterator[MarkedStep]:
    for measure in rubric.measures:
        for text in measure.near_misses:
            yield MarkedStep(text, "", {}, frozenset((measure.id,)), None, 0.0)


def _marked(answers: Path, marks: Path) -> dict[tuple[str, str], list[MarkedAnswer]]:
    """Return the answers in steps; which step stepped into a pitfall is not known, so none did."""
    known = {row["id"]: row for row in _rows(marks)}
    found: dict[tuple[str, str], list[MarkedAnswer]] = {}
    for row in _rows(answers):
        mark = known.get(row["id"])
        if mark is None or "steps" not in row or mark["pitfalls"]:
            continue
        steps = tuple(
            _step(step, number, mark["measures"]) for number, step in enumerate(row["steps"], 1)
        )
        found.setdefault((row["case"], row["language"]), []).append(MarkedAnswer("gold", steps))
    return found


def _step(
    step: Mapping[str, str], number: int, measures: Mapping[str, Mapping[str, Any]]
) -> MarkedStep:
    earned = {key: mark for key, mark in measures.items() if number in mark["steps"]}
    fits = {
        key: min(mark["credit"], 0.5) if len(mark["steps"]) > _WHOLE else mark["credit"]
        for key, mark in earned.items()
    }
    reason = max((mark["reason"] for mark in earned.values()), default=0.0)
    return MarkedStep(step["measure"], step["reason"], fits, frozenset(), None, reason)


def _rows(path: Path) -> Iterable[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
