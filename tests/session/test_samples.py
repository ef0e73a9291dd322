"""What samples came to is told by measure, with words, and against the last run."""

from pathlib import Path

from tests.content.small import write_pair
from tests.session.test_checking import marker
from tutor.core.answer import Answer
from tutor.core.case import Case
from tutor.core.result import Evidence
from tutor.core.rubric import Rubric
from tutor.scoring.nearness import Nearest
from tutor.session.checking import check
from tutor.session.samples import differences, outcome_key, run_sample
from tutor.store.outcomes import Outcomes


def test_each_measure_is_shown_expected_against_found(tmp_path: Path) -> None:
    write_pair(tmp_path)

    run, _text = check(
        [tmp_path], mark=marker({"page": 0, "backup": 1}), engine_name="semantic"
    ).samples

    page, backup = run.measures
    assert (page.expected, page.found, page.verdict) == ((1, 1), 0, "missed")
    assert (backup.expected, backup.found, backup.verdict) == ((0, 0.5), 1, "false")
    assert backup.words == ("Redirect",)


def test_a_missed_measure_names_the_words_that_came_nearest(tmp_path: Path) -> None:
    from tutor.content.document import read_case, read_rubric

    write_pair(tmp_path)
    case = read_case(tmp_path / "cases/outage.en.yaml")
    rubric = read_rubric(tmp_path / "rubrics/outage.en.yaml")
    reading = rubric.reading()

    def nearest(_case: Case, _rubric: Rubric, _answer: Answer) -> dict[str, Nearest]:
        span = Evidence(step=1, field="measure", start=13, end=19)
        return {"page": Nearest(likely=0.21, evidence=(span,))}

    run_sample(case.draft, rubric.draft, 1, marker({"page": 0, "backup": 0}), nearest, reading)

    assert "`domain` came nearest (21%)" in str(reading.problems[0])


def test_what_was_different_in_the_last_run_is_told(tmp_path: Path) -> None:
    write_pair(tmp_path)
    first = check([tmp_path], mark=marker({"page": 1, "backup": 0}), engine_name="semantic")
    mark = marker({"page": 0.5, "backup": 0}, rating=2, pitfalls=())
    second = check([tmp_path], mark=mark, engine_name="semantic")
    before = {outcome_key(run): run.outcome() for run in first.samples}

    lines = differences(before, second.samples[:1])

    assert [line.rpartition("»: ")[2] for line in lines] == [
        "page was 1, is 0.5",
        "procedure was 1, is 2",
        "pitfalls were [wait], are []",
    ]
    assert differences(before, first.samples) == ()
    assert differences({}, second.samples) == ()


def test_outcomes_are_kept_beside_those_of_other_samples(tmp_path: Path) -> None:
    kept = Outcomes(tmp_path / "home" / "samples.json")

    kept.remember({"a": {"credits": {"page": 1}}})
    kept.remember({"b": {"credits": {"page": 0}}})

    assert kept.read() == {"a": {"credits": {"page": 1}}, "b": {"credits": {"page": 0}}}


def test_a_file_of_outcomes_that_is_damaged_is_as_good_as_none(tmp_path: Path) -> None:
    path = tmp_path / "samples.json"
    for content in ("", "[1]", '{"a": 3}', "\x00\xff"):
        path.write_text(content, encoding="latin-1")

        assert Outcomes(path).read() == {}
