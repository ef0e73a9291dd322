"""The library lists what is readable, finds by id and language, and says what is missing."""

from hashlib import sha256
from pathlib import Path

import pytest

from tests.content.small import CARD, CASE, RUBRIC, write, write_pair
from tutor.content.bundled import cases_dir, rubrics_dir
from tutor.content.library import Library
from tutor.core.errors import ContentError, UsageError


def library(root: Path) -> Library:
    return Library(root / "cases", root / "rubrics")


def test_the_bundled_content_has_no_problem() -> None:
    content = Library(cases_dir(), rubrics_dir())

    assert [str(problem) for problem in content.problems()] == []
    assert len(content.cases()) >= 10


def test_every_bundled_measure_points_at_a_card_in_its_language() -> None:
    content = Library(cases_dir(), rubrics_dir())
    for case in content.cases():
        for measure in content.rubric(case.id, case.language).measures:
            card = content.theory(measure.theory or "", case.language)

            assert card is not None
            assert card.language == case.language


def test_cases_come_by_title(tmp_path: Path) -> None:
    write(tmp_path, "cases/a.en.yaml", CASE.replace("The shop is down", "zebra"))
    write(tmp_path, "cases/b.en.yaml", CASE.replace("The shop is down", "Aardvark"))

    assert [case.id for case in library(tmp_path).cases()] == ["b", "a"]


def test_an_unreadable_file_does_not_hide_the_others(tmp_path: Path) -> None:
    write_pair(tmp_path)
    write(tmp_path, "cases/broken.en.yaml", "title: [")

    assert [case.id for case in library(tmp_path).cases()] == ["outage"]
    assert "syntax" in {problem.rule for problem in library(tmp_path).problems()}


def test_other_files_beside_the_cases_are_left_alone(tmp_path: Path) -> None:
    write_pair(tmp_path)
    (tmp_path / "cases" / "README.md").write_text("# Cases")
    (tmp_path / "cases" / ".outage.en.yaml").write_text("[")

    assert library(tmp_path).problems() == ()


def test_a_slip_in_the_id_is_met_with_the_likely_one(tmp_path: Path) -> None:
    write_pair(tmp_path)

    with pytest.raises(ContentError, match="no `outge`, did you mean `outage`"):
        library(tmp_path).case("outge", "en")


def test_a_missing_language_is_met_with_those_there_are(tmp_path: Path) -> None:
    write_pair(tmp_path)

    with pytest.raises(ContentError, match=r"no `outage` in the language `de`, there is en"):
        library(tmp_path).rubric("outage", "de")


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "", ".", "cases/outage", "a\0b"])
def test_no_id_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    write_pair(tmp_path)
    write(tmp_path, "secret.en.yaml", CASE)

    with pytest.raises(ContentError):
        library(tmp_path).case(name, "en")
    assert library(tmp_path).theory(name, "en") is None


def test_a_missing_folder_is_a_usage_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"cases cannot be read: No such file"):
        library(tmp_path).cases()


def test_all_problems_of_a_case_come_with_the_refusal(tmp_path: Path) -> None:
    write(tmp_path, "cases/outage.en.yaml", CASE.replace("minutes: 7", "minutes: 0\nhours: 1"))

    with pytest.raises(ContentError) as raised:
        library(tmp_path).case("outage", "en")
    assert [problem.rule for problem in raised.value.problems] == ["out-of-range", "unknown-key"]


def test_the_rubric_carries_the_digest_of_its_bytes(tmp_path: Path) -> None:
    path = write(tmp_path, "rubrics/outage.en.yaml", RUBRIC)

    digest = sha256(path.read_bytes()).hexdigest()
    assert library(tmp_path).rubric("outage", "en").sha256 == digest


def test_a_card_falls_back_to_another_language(tmp_path: Path) -> None:
    write(tmp_path, "rubrics/theory/ours.fr.yaml", CARD)
    write(tmp_path, "rubrics/theory/ours.de.yaml", CARD)

    languages = [
        card.language if (card := library(tmp_path).theory("ours", wish)) else None
        for wish in ("fr", "de-CH", "en")
    ]
    assert languages == ["fr", "de", "de"]


def test_a_pack_without_cards_shows_the_bundled_ones(tmp_path: Path) -> None:
    card = library(tmp_path).theory("redundancy", "de")

    assert card is not None
    assert card.title == "Redundanz"


def test_a_broken_card_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "rubrics/theory/ours.de.yaml", "title: [")

    assert library(tmp_path).theory("ours", "de") is None
