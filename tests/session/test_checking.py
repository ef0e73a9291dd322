"""A check reads what it is given, finds the partners, and lets the samples speak."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.content.small import CARD, CASE, RUBRIC, write, write_pair
from tutor.core.answer import Answer
from tutor.core.case import Case
from tutor.core.errors import UsageError
from tutor.core.result import Engine, Evidence, MeasureMark, ParsedStep, PitfallMark, Result
from tutor.core.rubric import Rubric
from tutor.session.checking import CheckReport, check
from tutor.session.samples import MarkAnswer
from tutor.session.samples import is_expected as fits


def marker(
    credit_of: Mapping[str, float], rating: int = 1, pitfalls: tuple[str, ...] = ("wait",)
) -> MarkAnswer:
    """Mark every answer alike, by its first eight characters."""

    def mark(case: Case, rubric: Rubric, answer: Answer) -> Result:
        evidence = (Evidence(step=1, field="measure", start=0, end=8),)
        return Result(
            id=answer.id,
            case=case.id,
            engine=Engine(name="fake", version="1"),
            rubric_language=rubric.language,
            rubric_sha256=rubric.sha256,
            measures={
                measure.id: MeasureMark(
                    credit=credit_of[measure.id],
                    confidence=1,
                    evidence=evidence if credit_of[measure.id] else (),
                )
                for measure in rubric.measures
            },
            pitfalls=tuple(PitfallMark(id=name, step=1, evidence=evidence) for name in pitfalls),
            extra_steps=(),
            completeness=0,
            order=None,
            justification=0,
            ratings={"procedure": rating},
            points=0,
            max_points=3,
            grade=1,
            parsed_steps=None
            if answer.text is None
            else (ParsedStep(measure=answer.text, reason="", measure_start=0),),
        )

    return mark


RIGHT = marker({"page": 1, "backup": 0})


def checked(root: Path, mark: MarkAnswer | None, engine_name: str = "semantic") -> CheckReport:
    return check([root], mark=mark, engine_name=engine_name)


def messages(report: CheckReport, root: Path) -> list[str]:
    return [str(problem).replace(f"{root}/", "") for problem in report.problems]


def test_samples_that_are_marked_as_expected_are_no_problem(tmp_path: Path) -> None:
    write_pair(tmp_path)

    report = checked(tmp_path, RIGHT)

    assert report.problems == ()
    assert not report.has_errors
    assert (report.samples_run, report.samples_skipped) == (2, 0)


def test_a_credit_that_is_missing_is_reported_at_its_line(tmp_path: Path) -> None:
    write_pair(tmp_path)

    report = checked(tmp_path, marker({"page": 0, "backup": 0}))

    assert report.has_errors
    assert messages(report, tmp_path) == [
        (
            "rubrics/outage.en.yaml:16:7: samples.1.expect.page: sample «strong»: expected credit "
            "1 for page, found 0, add to `paraphrases` what earns it"
        )
    ]


def test_a_credit_too_many_names_the_words_that_earned_it(tmp_path: Path) -> None:
    write_pair(tmp_path)

    report = checked(tmp_path, marker({"page": 1, "backup": 1}))

    assert messages(report, tmp_path) == [
        (
            "rubrics/outage.en.yaml:17:7: samples.1.expect.backup: sample «strong»: expected "
            "credit 0 to 0.5 for backup, found 1, earned by `Redirect`, "
            "add to `not` what must not earn it"
        ),
        (
            "rubrics/outage.en.yaml:22:14: samples.2.expect.backup: sample «as text»: expected "
            "credit 0 for backup, found 1, earned by `We resto`, add to `not` what must not earn it"
        ),
    ]


def test_a_wrong_rating_shows_the_credits(tmp_path: Path) -> None:
    write_pair(tmp_path)

    report = checked(tmp_path, marker({"page": 1, "backup": 0}, rating=3))

    assert messages(report, tmp_path) == [
        (
            "rubrics/outage.en.yaml:18:21: samples.1.expect_rating.procedure: sample «strong»: "
            "expected rating 1 to 2 for procedure, found 3, credits page 1, backup 0"
        )
    ]


def test_pitfalls_are_compared_in_both_directions(tmp_path: Path) -> None:
    write_pair(tmp_path)
    write(tmp_path, "rubrics/outage.en.yaml", RUBRIC.replace("pitfalls: [wait]", "pitfalls: []"))
    write_pair(tmp_path, "fire.en")

    found = checked(tmp_path, RIGHT)
    missed = check(
        [tmp_path / "cases" / "fire.en.yaml"],
        mark=marker({"page": 1, "backup": 0}, pitfalls=()),
        engine_name="semantic",
    )

    assert messages(found, tmp_path) == [
        (
            "rubrics/outage.en.yaml:19:22: samples.1.expect_pitfalls: sample «strong»: the pitfall "
            "wait was found, and is not expected, earned by `Redirect`"
        )
    ]
    assert messages(missed, tmp_path) == [
        (
            "rubrics/fire.en.yaml:19:23: samples.1.expect_pitfalls.1: sample «strong»: the pitfall "
            "wait was not found, add to its `paraphrases` what gives it away"
        )
    ]


def test_what_needs_the_semantic_engine_is_skipped_without_it(tmp_path: Path) -> None:
    write_pair(tmp_path)

    lexical = checked(tmp_path, RIGHT, "lexical")
    unmarked = checked(tmp_path, None)

    assert (lexical.samples_run, lexical.samples_skipped) == (1, 1)
    assert (unmarked.samples_run, unmarked.samples_skipped) == (0, 2)


def test_samples_of_a_broken_rubric_are_not_marked(tmp_path: Path) -> None:
    write_pair(tmp_path)
    write(tmp_path, "rubrics/outage.en.yaml", RUBRIC.replace("label", "lable"))

    report = checked(tmp_path, RIGHT)

    assert {problem.rule for problem in report.problems} == {"unknown-key", "missing-key"}
    assert report.samples_run == 0


@pytest.mark.parametrize(
    "given", ["cases/outage.en.yaml", "rubrics/outage.en.yaml", "cases", "rubrics", "."]
)
def test_one_half_finds_the_other(given: str, tmp_path: Path) -> None:
    write_pair(tmp_path)

    report = check([tmp_path / given], mark=RIGHT, engine_name="semantic")

    assert report.problems == ()
    assert sorted(path.parent.name for path in report.files) == ["cases", "rubrics"]
    assert report.samples_run == 2


def test_a_half_without_the_other_is_a_problem(tmp_path: Path) -> None:
    case = write(tmp_path, "cases/outage.en.yaml", CASE)

    report = check([case], mark=RIGHT, engine_name="semantic")

    assert [problem.rule for problem in report.problems] == ["no-rubric"]


def test_cards_are_checked_with_the_rubrics_and_alone(tmp_path: Path) -> None:
    write_pair(tmp_path)
    card = write(tmp_path, "rubrics/theory/backup.en.yaml", CARD + "extra: 1\n")

    for given in (tmp_path, tmp_path / "rubrics", card):
        report = check([given], mark=RIGHT, engine_name="semantic")

        assert [problem.rule for problem in report.problems] == ["unknown-key"]


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    write_pair(tmp_path)

    report = check(
        [tmp_path, tmp_path / "cases" / "outage.en.yaml"], mark=None, engine_name="lexical"
    )

    assert len(report.files) == 2
    assert report.problems == ()


@pytest.mark.parametrize("given", ["missing", "empty"])
def test_a_path_without_content_is_a_usage_error(given: str, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(UsageError, match=given):
        check([tmp_path / given], mark=None, engine_name="lexical")


def test_a_report_is_json_with_an_object_a_problem(tmp_path: Path) -> None:
    write_pair(tmp_path)

    data = json.loads(json.dumps(checked(tmp_path, marker({"page": 0, "backup": 0})).to_json()))

    assert (data["samples_run"], data["samples_skipped"], data["has_errors"]) == (2, 0, True)
    (problem,) = data["problems"]
    assert (problem["rule"], problem["severity"]) == ("sample-credit", "error")
    assert (problem["line"], problem["column"]) == (16, 7)


@pytest.mark.parametrize(
    ("credit", "low", "high", "is_expected"),
    [
        (0.5, 1, 1, True),
        (1, 0.5, 0.5, True),
        (0, 1, 1, False),
        (0.5, 0, 0, False),
        (1, 0, 0.5, False),
        (0.5, 0, 0.5, True),
    ],
    ids=["half is found", "whole is found", "missed", "falsely found", "above", "within"],
)
def test_a_single_number_asks_whether_a_measure_is_found_and_a_range_how_much(
    credit: float, low: float, high: float, is_expected: bool
) -> None:
    assert fits(credit, low, high) is is_expected
