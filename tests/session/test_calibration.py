from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes import FakeClock, FakeLibrary, make_practice, sample_case, sample_rubric
from tutor.core.answer import Step
from tutor.core.errors import NotFound
from tutor.core.rubric import Sample
from tutor.session.calibration import Calibration, OwnMark

SAMPLES = (
    Sample(
        name="good",
        steps=(Step("landing-page", "why"), Step("redundancy")),
        expect={"landing-page": (1, 1), "redundancy": (0.5, 1)},
        expect_rating={"procedure": (2, 3)},
    ),
    Sample(name="free", text="landing-page [/x]", expect={"landing-page": (1, 1)}),
)


def calibration(tmp_path: Path, samples: tuple[Sample, ...] = SAMPLES) -> Calibration:
    rubric = replace(sample_rubric(), samples=samples)
    library = FakeLibrary(shelf=(sample_case(),), rubrics=(rubric,))
    practice = make_practice(tmp_path, FakeClock(), library=library)
    return Calibration.open(practice.library, practice.marker, "outage", "en")


def own(landing: float, redundancy: float, rating: int) -> OwnMark:
    return OwnMark(
        credits={"landing-page": landing, "redundancy": redundancy},
        ratings={"procedure": rating},
    )


def test_own_marks_stand_beside_the_engines_and_the_authors(tmp_path: Path) -> None:
    comparison = calibration(tmp_path).compare(own(1, 0, 3))

    first, second = comparison.measures
    assert (first.own, first.engine, first.author, first.agrees) == (1, 1, (1, 1), True)
    assert (second.own, second.engine, second.author, second.agrees) == (0, 1, (0.5, 1), False)
    assert comparison.agreement == pytest.approx(2 / 3)


def test_what_the_author_leaves_open_is_compared_with_the_engine(tmp_path: Path) -> None:
    marking = calibration(tmp_path)
    marking.compare(own(1, 1, 3))

    comparison = marking.compare(own(1, 0, 2))

    assert comparison.measures[1].author is None
    assert comparison.measures[1].agrees
    assert marking.sample is None


def test_a_free_text_is_shown_as_one_step(tmp_path: Path) -> None:
    marking = calibration(tmp_path, SAMPLES[1:])

    assert marking.steps() == (Step("landing-page [/x]"),)


def test_a_case_without_samples_says_so(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="no sample answers"):
        calibration(tmp_path, ())
