"""The data that the text model is trained and measured on."""

import json
from collections import Counter
from pathlib import Path

import pytest

from training.marked import MarkedCase, read_cases
from tutor.content.load import load_case

ROOT = Path(__file__).parents[2]
DATA = ROOT / "training" / "data"
FILES = sorted(DATA.glob("*.jsonl"))
HELD_OUT = DATA / "held-out.jsonl"


@pytest.fixture(scope="module")
def cases() -> dict[Path, tuple[MarkedCase, ...]]:
    return {path: read_cases([path]) for path in FILES}


def test_every_label_names_a_measure_or_a_pitfall_of_its_case(
    cases: dict[Path, tuple[MarkedCase, ...]],
) -> None:
    strays = [
        (case.id, step.measure)
        for found in cases.values()
        for case in found
        for answer in case.answers
        for step in answer.steps
        if not (
            {*step.fits, *step.near} <= {t.id for t in case.targets if not t.is_pitfall}
            and step.pitfall in {None, *(t.id for t in case.targets if t.is_pitfall)}
        )
    ]

    assert strays == []


def test_no_measure_is_both_proposed_and_merely_near(
    cases: dict[Path, tuple[MarkedCase, ...]],
) -> None:
    torn = [
        (case.id, step.measure)
        for found in cases.values()
        for case in found
        for answer in case.answers
        for step in answer.steps
        if step.fits.keys() & step.near
    ]

    assert torn == []


def test_a_case_that_is_held_out_is_in_no_training_file(
    cases: dict[Path, tuple[MarkedCase, ...]],
) -> None:
    situations = Counter(case.situation for found in cases.values() for case in found)
    ids = Counter(case.id for found in cases.values() for case in found)

    assert HELD_OUT in cases
    assert [key for key, count in (*ids.items(), *situations.items()) if count > 1] == []


def test_no_bundled_case_and_no_answer_to_one_is_in_the_data(
    cases: dict[Path, tuple[MarkedCase, ...]],
) -> None:
    known = [case for found in cases.values() for case in found]
    bundled = [load_case(path) for path in sorted((ROOT / "cases").glob("*.yaml"))]
    answers = (ROOT / "tests" / "gold" / "dev.answers.jsonl").read_text(encoding="utf-8")
    # Two or three words may be the same by chance.
    steps = {
        step["measure"]
        for line in answers.splitlines()
        for step in json.loads(line).get("steps", ())
        if len(step["measure"].split()) > 4
    }

    written = {s.measure for case in known for answer in case.answers for s in answer.steps}
    assert not {case.id for case in bundled} & {case.id for case in known}
    assert not {case.situation for case in bundled} & {case.situation for case in known}
    assert not steps & written


def test_german_is_spelled_the_swiss_way() -> None:
    assert [path.name for path in FILES if "ß" in path.read_text(encoding="utf-8")] == []
