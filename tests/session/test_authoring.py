"""A skeleton is a case but for its words, and says which."""

import re
from pathlib import Path

import pytest

from tutor.core.case import Kind
from tutor.core.errors import UsageError
from tutor.session.authoring import new_case
from tutor.session.checking import check


def skeleton_in(root: Path, language: str = "de", kind: Kind = Kind.MINI_CASE) -> tuple[Path, ...]:
    return new_case("storm", language, kind, cases_dir=root / "cases", rubrics_dir=root / "rubrics")


def test_nothing_is_wrong_with_a_skeleton_but_its_empty_texts(tmp_path: Path) -> None:
    files = skeleton_in(tmp_path)

    problems = check(files, mark=None, engine_name="lexical").problems
    assert {problem.rule for problem in problems} == {"empty-text"}
    assert {"title", "situation", "measures.first-measure.text"} <= {p.key for p in problems}
    assert all(problem.line for problem in problems)


def test_a_skeleton_whose_texts_are_filled_in_has_no_error(tmp_path: Path) -> None:
    files = skeleton_in(tmp_path, "en", Kind.CRITICAL_INCIDENT)
    for path in files:
        text = path.read_text(encoding="utf-8").replace('""', '"Some words"')
        path.write_text(re.sub(r": \|\n", ": |\n  Some words.\n", text), encoding="utf-8")

    assert not check(files, mark=None, engine_name="lexical").has_errors


def test_the_modeline_leads_to_a_schema(tmp_path: Path) -> None:
    for path in skeleton_in(tmp_path):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        schema = first.partition("$schema=")[2]

        assert (path.parent / schema).is_file()


def test_a_file_that_exists_is_never_written_over(tmp_path: Path) -> None:
    skeleton_in(tmp_path)
    rubric = tmp_path / "rubrics/storm.de.yaml"
    rubric.write_text("mine", encoding="utf-8")
    (tmp_path / "cases/storm.de.yaml").unlink()

    with pytest.raises(UsageError, match="exists already"):
        skeleton_in(tmp_path)

    assert rubric.read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "cases/storm.de.yaml").exists()


@pytest.mark.parametrize(
    ("case_id", "language"), [("../x", "de"), ("Storm", "de"), ("", "de"), ("storm", "klingonisch")]
)
def test_a_name_that_could_lead_elsewhere_is_refused(
    case_id: str, language: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match="does not fit"):
        new_case(
            case_id,
            language,
            Kind.MINI_CASE,
            cases_dir=tmp_path / "cases",
            rubrics_dir=tmp_path / "rubrics",
        )

    assert list(tmp_path.iterdir()) == []
