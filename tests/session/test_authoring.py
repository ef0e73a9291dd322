"""A skeleton is a case but for its words, and says which."""

import re
import shutil
from pathlib import Path

import pytest

from tutor.core.case import Kind
from tutor.core.errors import UsageError
from tutor.locales import activate, active_language
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


@pytest.mark.parametrize(
    ("cases", "rubrics"),
    [
        ("cases", "rubrics"),
        (".", "rubrics"),
        ("cases", "."),
        (".", "../rubrics"),
        ("..", "a/b"),
        ("a/cases", "b/rubrics"),
    ],
)
def test_the_modeline_leads_to_a_schema_below_what_was_named(
    cases: str, rubrics: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "above/here"
    here.mkdir(parents=True)
    monkeypatch.chdir(here)

    files = new_case(
        "storm", "de", Kind.MINI_CASE, cases_dir=Path(cases), rubrics_dir=Path(rubrics)
    )

    for path, name in zip(files, ("case", "rubric"), strict=True):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        schema = path.parent / first.partition("$schema=")[2]
        assert schema.is_file()
        assert schema.name == f"{name}.schema.json"
    assert not (tmp_path / "schemas").exists()


@pytest.mark.parametrize("rubrics", [".", "../here", "link"])
def test_one_folder_for_both_is_refused_by_any_name(
    rubrics: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = tmp_path / "here"
    here.mkdir()
    (here / "link").symlink_to(here)
    monkeypatch.chdir(here)

    with pytest.raises(UsageError, match="cannot hold both cases and rubrics"):
        new_case("storm", "de", Kind.MINI_CASE, cases_dir=Path(), rubrics_dir=Path(rubrics))

    assert [path.name for path in here.iterdir()] == ["link"]


@pytest.mark.parametrize("blocked", ["cases", "rubrics", "schemas"])
def test_a_case_that_cannot_be_written_whole_leaves_nothing(blocked: str, tmp_path: Path) -> None:
    (tmp_path / blocked).write_text("a file", encoding="utf-8")

    with pytest.raises(UsageError, match="cannot be written"):
        skeleton_in(tmp_path)
    left = [path.name for path in tmp_path.iterdir()]
    (tmp_path / blocked).unlink()

    assert left == [blocked]
    assert all(path.is_file() for path in skeleton_in(tmp_path))


def test_what_others_have_in_the_folders_outlives_a_case_taken_back(tmp_path: Path) -> None:
    skeleton_in(tmp_path, "en")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    shutil.rmtree(tmp_path / "rubrics")
    (tmp_path / "rubrics").write_text("a file", encoding="utf-8")

    with pytest.raises(UsageError, match="cannot be written"):
        skeleton_in(tmp_path, "de")

    after = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert {path.name for path in after} == {
        "storm.en.yaml",
        "case.schema.json",
        "rubric.schema.json",
        "rubrics",
    }
    assert all(before[path] == text for path, text in after.items() if path.name != "rubrics")


@pytest.mark.parametrize(
    ("language", "label"),
    [("de-CH", "Sofort"), ("de", "Sofort"), ("en", "At once"), ("rm", "At once")],
)
def test_a_skeleton_speaks_the_language_of_its_case_where_the_tutor_does(
    language: str, label: str, tmp_path: Path
) -> None:
    before = active_language()
    activate("en")
    try:
        case, rubric = skeleton_in(tmp_path, language)
        spoken = active_language()
    finally:
        activate(before)

    assert spoken == "en"
    assert f"label: {label}" in rubric.read_text(encoding="utf-8")
    is_german = "Was Kandidat" in case.read_text(encoding="utf-8")
    assert is_german == (label == "Sofort")


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
