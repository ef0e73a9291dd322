"""One broken file, or folder, for each kind of mistake, with its exact messages beside it.

To add one, write `NAME.en.yaml` or the folder `NAME`, and `NAME.expected` with a line a problem.
"""

from pathlib import Path

import pytest
import yaml

from tutor.content.document import read_any
from tutor.core.problem import Problem
from tutor.session.checking import check

FOLDER = Path(__file__).parent.parent / "bad_content"


def problems_of(name: str) -> tuple[Problem, ...]:
    folder = FOLDER / name
    if folder.is_dir():
        return check([folder], mark=None, engine_name="lexical").problems
    return read_any(FOLDER / f"{name}.en.yaml").problems


def line(problem: Problem) -> str:
    return f"{problem.severity} {problem.rule} {problem}".replace(f"{FOLDER}/", "")


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.expected")))
def test_each_mistake_is_reported_in_exactly_these_words(name: str) -> None:
    expected = (FOLDER / f"{name}.expected").read_text(encoding="utf-8").splitlines()
    if expected[0].startswith("error syntax") and not hasattr(yaml, "CSafeLoader"):
        pytest.skip("these are the places of libyaml; Python's own parser has others")

    assert [line(problem) for problem in problems_of(name)] == expected


def test_every_broken_file_says_what_is_expected() -> None:
    broken = {path.name.partition(".")[0] for path in FOLDER.iterdir()}

    assert broken == {path.stem for path in FOLDER.glob("*.expected")}
