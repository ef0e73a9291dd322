from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes import NOON, FakeModel, fake_mark, sample_case, sample_rubric
from tutor.core.answer import Step
from tutor.core.attempt import Attempt, ClosedBy
from tutor.core.draft import Draft
from tutor.core.memory import Memory, Outcome, Review, after_review, reviews_of
from tutor.core.recall import Recall
from tutor.core.result import Engine
from tutor.store.history import History, Mark

SAID = ("", "landing-page", "redundancy", "landing-page redundancy", "nonsense")


def attempt(number: int, hours: float, said: str) -> tuple[Attempt, Mark]:
    at = NOON + timedelta(hours=hours)
    sat = Attempt(
        id=f"a{number:03d}",
        case="outage",
        language="en",
        rubric_sha256="0" * 64,
        started_at=at,
        deadline=at,
        limit_seconds=420.0,
        draft=Draft(text=said),
        handed_in_at=at,
        closed_by=ClosedBy.CANDIDATE,
    )
    result = fake_mark(sample_case(), sample_rubric(), sat.answer, FakeModel())
    return sat, Mark(marked_at=at, result=result)


def recall(number: int, hours: float, outcome: Outcome) -> Recall:
    return Recall(
        id=f"r{number:03d}",
        case="outage",
        language="en",
        measure="redundancy",
        answered_at=NOON + timedelta(hours=hours),
        step=Step("redundancy \ud800", "[/x]"),
        outcome=outcome,
        engine=Engine(name="fake", version="1"),
        rubric_sha256="0" * 64,
    )


def replayed(history: History) -> dict[tuple[str, str], Memory]:
    """Return the memories by a replay of the raw attempts and recalls, on another way."""
    reviews: list[tuple[object, str, str, Review]] = []
    for line in history.lines():
        sat = history.attempt(line.attempt_id)
        assert sat.handed_in_at is not None
        marks = history.marks(sat.id)
        if marks:
            found = reviews_of(sat.handed_in_at, sat.draft, marks[-1].result)
            reviews += [(sat.handed_in_at, sat.id, name, review) for name, review in found]
    reviews += [(r.answered_at, r.id, r.measure, r.review) for r in history.recalls()]
    memories: dict[tuple[str, str], Memory] = {}
    for _at, _id, name, review in sorted(reviews, key=lambda entry: (entry[0], entry[1])):
        memories["outage", name] = after_review(memories.get(("outage", name)), review)
    return memories


hours = st.floats(min_value=0, max_value=2000)


@settings(max_examples=40, deadline=None)
@given(
    sat=st.lists(st.tuples(hours, st.sampled_from(SAID)), max_size=8),
    drilled=st.lists(st.tuples(hours, st.sampled_from(list(Outcome))), max_size=4),
    marked_again=st.lists(st.integers(0, 7), max_size=2),
)
def test_the_memories_equal_a_replay_of_the_raw_answers_in_whatever_order_they_came(
    tmp_path_factory: pytest.TempPathFactory,
    sat: list[tuple[float, str]],
    drilled: list[tuple[float, Outcome]],
    marked_again: list[int],
) -> None:
    history = History(tmp_path_factory.mktemp("memory") / "history.db")
    for number, (at, said) in enumerate(sat):
        history.add(*attempt(number, at, said))
    for number, (at, outcome) in enumerate(drilled):
        history.add_recall(recall(number, at, outcome))
    for number in marked_again:
        if number < len(sat):
            _same, better = attempt(number, sat[number][0], "landing-page redundancy")
            history.add_mark(f"a{number:03d}", better)

    kept, summed = history.memories(), history.summaries()

    assert kept == replayed(history)
    history.take_in(())  # sums everything up anew
    assert (history.memories(), history.summaries()) == (kept, summed)
    history.close()


def test_lost_memories_are_rebuilt_at_the_next_start(tmp_path: Path) -> None:
    history = History(tmp_path / "history.db")
    history.add(*attempt(1, 0, "landing-page"))
    history.add_recall(recall(1, 50, Outcome.HALF))
    before = history.memories()
    with history._file.writing() as database:
        database.execute("DELETE FROM memories")
    history.close()

    assert history.memories() == before != {}


def test_what_falls_due_is_counted_by_case(tmp_path: Path) -> None:
    history = History(tmp_path / "history.db")
    history.add(*attempt(1, 0, "landing-page"))

    tomorrow = history.due(NOON + timedelta(days=1, seconds=1))
    later = history.due(NOON + timedelta(days=300))

    assert tomorrow == {"outage": 1}
    assert later == {"outage": 2}


def test_the_answer_of_a_quick_drill_is_stored_once_and_comes_back_as_it_was(
    tmp_path: Path,
) -> None:
    history = History(tmp_path / "history.db")
    said = recall(1, 0, Outcome.FOUND)

    stored = history.add_recall(said), history.add_recall(said)

    assert stored == (True, False)
    assert history.recalls() == (said,)


def test_the_first_attempt_at_a_case_is_told_from_repeats_also_in_another_language(
    tmp_path: Path,
) -> None:
    history = History(tmp_path / "history.db")
    second, mark = attempt(2, 5, "landing-page")
    history.add(replace(second, language="de"), mark)
    history.add(*attempt(1, 0, ""))

    recent = history.recent(10)

    assert [(o.attempt.id, o.is_first) for o in recent] == [("a001", True), ("a002", False)]
    assert [o.attempt.id for o in history.firsts()] == ["a001"]
    assert [o.attempt.id for o in history.recent(1)] == ["a002"]
