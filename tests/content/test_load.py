"""Files become core models with every value in its place."""

from pathlib import Path

import pytest

from tests.content.small import CARD, CASE, RUBRIC, write
from tutor.content.document import read_any, read_rubric
from tutor.content.load import load_case, load_rubric, load_theory
from tutor.core.answer import Step
from tutor.core.case import Case, CompetenceArea, Inject, Kind, Role
from tutor.core.errors import ContentError
from tutor.core.rubric import Effect, Impact, Rubric
from tutor.core.theory import TheoryCard


def test_optional_keys_may_stay_away(tmp_path: Path) -> None:
    case = load_case(write(tmp_path, "outage.en.yaml", CASE))

    assert (case.kind, case.competence_area, case.minutes) == (Kind.CRITICAL_INCIDENT, None, 7)
    assert [question.weight for question in case.key_questions] == [1]
    assert (case.injects, case.sources, case.licence) == ((), (), "")


def test_a_full_case_is_read_whole(tmp_path: Path) -> None:
    more = """\
competence_area: F
injects:
  - {id: press, at: 1:02:30, audience: all, text: A call., hint: Answer., expects: [page]}
sources: [An exam]
licence: CC-BY-4.0
"""
    case = load_case(write(tmp_path, "outage.en.yaml", CASE + more))

    assert case.competence_area is CompetenceArea.F
    assert case.injects == (
        Inject(
            id="press",
            at_seconds=3750,
            audience=Role.ALL,
            text="A call.",
            hint="Answer.",
            expects=("page",),
        ),
    )
    assert (case.sources, case.licence) == (("An exam",), "CC-BY-4.0")


@pytest.mark.parametrize(
    ("written", "seconds"), [("00:00", 0), ("2:30", 150), ("90:00", 5400), ("'1:00:01'", 3601)]
)
def test_inject_times_are_minutes_and_seconds(written: str, seconds: int, tmp_path: Path) -> None:
    inject = f"injects:\n  - {{id: press, at: {written}, audience: all, text: A call.}}\n"

    case = load_case(write(tmp_path, "outage.en.yaml", CASE + inject))

    assert case.injects[0].at_seconds == seconds


def test_a_full_rubric_is_read_whole(tmp_path: Path) -> None:
    measure = """\
  - id: redundancy
    phase: contain
    text: Run two.
    reason: One may fail.
    weight: 2
    after: [page]
    paraphrases: [A twin]
    not: [Write twice]
    effect: {takes_hours: 160, reduces: 0}
    theory: redundancy
impact: {unit: CHF, per_hour: 1500, horizon_hours: 336}
"""
    text = RUBRIC.replace("pitfalls:\n", measure + "pitfalls:\n")

    rubric = load_rubric(write(tmp_path, "outage.en.yaml", text))

    last = rubric.measure("redundancy")
    assert (last.weight, last.after, last.paraphrases) == (2.0, ("page",), ("A twin",))
    assert last.near_misses == ("Write twice",)
    assert last.effect == Effect(takes_hours=160, reduces=0)
    assert rubric.impact == Impact(unit="CHF", per_hour=1500, horizon_hours=336)


def test_samples_are_read_with_ranges(tmp_path: Path) -> None:
    strong, as_text = load_rubric(write(tmp_path, "outage.en.yaml", RUBRIC)).samples

    assert strong.steps == (Step("Redirect the domain to a page"),)
    assert strong.expect == {"page": (1, 1), "backup": (0, 0.5)}
    assert strong.expect_rating == {"procedure": (1, 2)}
    assert (strong.expect_pitfalls, strong.needs_semantic) == (("wait",), False)
    assert (as_text.text, as_text.steps) == ("We restore the shop", ())
    assert (as_text.expect_pitfalls, as_text.needs_semantic) == (None, True)


def test_a_card_is_read_whole(tmp_path: Path) -> None:
    card = load_theory(write(tmp_path, "backup.en.yaml", CARD))

    assert (card.id, card.language, card.title) == ("backup", "en", "Backup")


def test_every_value_is_found_by_its_key_path(tmp_path: Path) -> None:
    places = read_rubric(write(tmp_path, "outage.en.yaml", RUBRIC)).places

    assert places["measures.backup.phase"] == (8, 25)
    assert places["samples.1.expect.backup"] == (17, 7)
    assert places["samples.2.text"] == (21, 11)


@pytest.mark.parametrize(("text", "model"), [(CASE, Case), (RUBRIC, Rubric), (CARD, TheoryCard)])
def test_a_file_is_told_by_its_keys(text: str, model: type, tmp_path: Path) -> None:
    assert isinstance(read_any(write(tmp_path, "outage.en.yaml", text)).draft, model)


@pytest.mark.parametrize(
    ("folder", "model"), [("cases", Case), ("rubrics", Rubric), ("theory", TheoryCard)]
)
def test_a_file_that_cannot_be_read_is_told_by_its_folder(
    folder: str, model: type, tmp_path: Path
) -> None:
    document = read_any(write(tmp_path, f"{folder}/outage.en.yaml", "["))

    assert isinstance(document.draft, model)
    assert document.identity == ("outage", "en")


def test_warnings_alone_do_not_refuse_a_file(tmp_path: Path) -> None:
    path = write(tmp_path, "outage.en.yaml", CASE.replace("The server", "The `server`"))

    assert load_case(path).situation == "The `server` is gone."


def test_a_message_never_carries_the_escape_sequence_of_a_file_name(tmp_path: Path) -> None:
    path = tmp_path / "out\x1b[2Jage.en.yaml"
    path.write_text(CASE)

    with pytest.raises(ContentError) as raised:
        load_case(path)
    assert "\x1b" not in str(raised.value)
