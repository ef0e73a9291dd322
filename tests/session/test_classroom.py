from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes import FakeLibrary, sample_rubric
from tests.session.classes import BEN, CLEO, EVA, make_class, make_real_class, submission
from tutor.core.classroom import Kind, Subject
from tutor.core.errors import ContentError, NotFound
from tutor.session.arrivals import Fate
from tutor.session.classanalysis import agreements, class_items, disputed_answers, unsettled
from tutor.session.finalmark import Sheet
from tutor.session.reviewing import Review

PAGE = Subject(Kind.MEASURE, "landing-page")
REDUNDANCY = Subject(Kind.MEASURE, "redundancy")
RATING = Subject(Kind.RATING, "procedure")


def sheet_of(sheets: tuple[Sheet, ...], candidate: str) -> Sheet:
    return next(sheet for sheet in sheets if sheet.entry.candidate == candidate)


def test_nothing_is_imported_twice(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA)

    added = classroom.add([EVA, BEN, BEN])

    assert [entry.candidate for entry in added.to_store] == ["Ben"]
    assert [one.submission for one in added.of(Fate.KNOWN)] == [EVA, BEN]


def test_the_same_words_of_two_candidates_are_two_answers(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, submission("Eva", "Same"), submission("Ben", "Same"))

    assert len(classroom.book.entries()) == 2


def test_marking_goes_on_where_it_stopped(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA)
    assert classroom.mark() == 1
    classroom.add([BEN])

    shown: list[tuple[int, int]] = []
    count = classroom.mark(lambda done, total: shown.append((done, total)))

    assert (count, shown) == (1, [(1, 1)])


def test_whoever_leaves_keeps_what_is_marked_and_waits_for_no_more(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA, BEN, CLEO)

    count = classroom.mark(lambda done, _total: done < 2)

    assert count == 2
    assert len(classroom.book.results()) == 2
    assert classroom.mark() == 1


def test_without_a_decision_the_machine_s_mark_is_final(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA)
    classroom.mark()

    sheet = classroom.sheets()[0]

    assert sheet.final == sheet.machine is not None


def test_an_unmarked_answer_has_no_final_mark(tmp_path: Path) -> None:
    assert make_class(tmp_path, EVA).sheets()[0].final is None


def test_a_decision_changes_the_final_layer_and_leaves_the_machine_s_alone(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, BEN)
    classroom.mark()
    before = classroom.sheets()[0]

    classroom.decide(before.entry, [(PAGE, 0.0)], "anna", reason="says nothing")

    after = classroom.sheets()[0]
    assert after.machine == before.machine
    assert after.final is not None
    assert after.final.measures["landing-page"].credit == 0.0
    assert after.final.completeness == 0.0
    assert after.final.ratings == {"procedure": 0}
    assert after.final.points == 0


def test_a_rating_stands_above_the_rule(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, BEN)
    classroom.mark()
    entry = classroom.sheets()[0].entry

    classroom.decide(entry, [(PAGE, 0.0), (RATING, 3.0)], "anna")

    final = classroom.sheets()[0].final
    assert final is not None
    assert (final.ratings, final.points, final.grade) == ({"procedure": 3}, 6, 6.0)


def test_two_markers_who_differ_leave_the_mark_open_until_it_is_settled(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, BEN)
    classroom.mark()
    entry = classroom.sheets()[0].entry
    classroom.decide(entry, [(PAGE, 1.0)], "anna")
    classroom.decide(entry, [(PAGE, 0.0)], "ben")
    assert classroom.sheets()[0].final is None

    settling = Review(classroom, "cleo", settle=True)
    settling.load()
    assert settling.subjects == (PAGE,)
    assert settling.others(PAGE) == (("anna", 1.0, ""), ("ben", 0.0, ""))
    settling.decide([(PAGE, 0.5)])

    final = classroom.sheets()[0].final
    assert settling.is_done
    assert final is not None
    assert final.measures["landing-page"].credit == 0.5


def test_a_marker_sees_nobody_else_s_decisions(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, BEN)
    classroom.mark()
    classroom.decide(classroom.sheets()[0].entry, [(PAGE, 0.0)], "anna")

    review = Review(classroom, "ben")
    review.load()

    assert review.decided(PAGE) is None
    assert review.others(PAGE) == ()
    assert review.done == 0


def test_a_review_begins_at_the_first_answer_that_is_not_done(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA, BEN, CLEO)
    first = Review(classroom, "anna")
    first.load()
    first.agree()
    done = first.sheet.entry.candidate

    again = Review(classroom, "anna")
    again.load()

    assert again.done == 1
    assert again.sheet.entry.candidate != done


def test_taking_back_opens_a_decision_again_and_the_log_keeps_both(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA)
    review = Review(classroom, "anna")
    review.load()
    review.decide([(PAGE, 0.0)])

    review.decide([(PAGE, None)])

    assert review.decided(PAGE) is None
    assert [decision.value for decision in classroom.book.decisions()] == [0.0, None]


def test_deciding_the_same_again_adds_nothing_but_a_reason(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA)
    review = Review(classroom, "anna")
    review.load()
    subject = review.subjects[0]

    review.decide([(subject, 0.5)], reason="half of it")
    review.decide([(subject, 0.5)])
    kept = review.reason(subject)
    review.decide([(subject, 0.5)], reason="a third")

    assert kept == "half of it"
    assert [one.reason for one in classroom.book.decisions()] == ["half of it", "a third"]


def test_a_rubric_that_cannot_be_read_again_leaves_the_one_in_force(tmp_path: Path) -> None:
    classroom = make_real_class(tmp_path)
    rubric = classroom.rubric
    path = classroom.library.rubric_path("outage", "en")
    path.write_text("measures: [", encoding="utf-8")

    with pytest.raises(ContentError):
        classroom.reload()

    assert classroom.rubric == rubric


def test_decisions_wait_for_the_regrade_where_the_rubric_has_changed(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA)
    classroom.mark()
    classroom.decide(classroom.book.entries()[0], [(PAGE, 0.0)], "anna")
    rubric = sample_rubric()
    shorter = replace(rubric, measures=rubric.measures[:1])

    later = make_class(tmp_path, library=FakeLibrary(rubrics=(shorter,)))

    assert later.sheets()[0].final is None
    later.store_marks(later.book.entries())
    assert later.sheets()[0].final is not None
    assert class_items(later.case, later.rubric, later.sheets()).outdated == 0


def test_what_is_marked_before_an_interruption_stays_marked(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA, BEN, CLEO)

    def interrupt(done: int, total: int) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        classroom.mark(interrupt)

    assert len(classroom.book.results()) == 2
    assert classroom.mark() == 1


def test_agreement_counts_only_what_both_decided(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA, BEN, CLEO)
    classroom.mark()
    sheets = classroom.sheets()
    classroom.decide(sheet_of(sheets, "Eva").entry, [(PAGE, 1.0)], "anna")
    classroom.decide(sheet_of(sheets, "Ben").entry, [(PAGE, 0.0)], "anna")
    classroom.decide(sheet_of(sheets, "Ben").entry, [(PAGE, 0.0)], "ben")

    rows = agreements(classroom.sheets(), classroom.subjects)

    pages = {(row.one, row.other): row.agreement for row in rows if row.subject == PAGE}
    assert pages["(machine)", "(people)"].count == 2
    assert pages["(machine)", "(people)"].share == 0.5
    assert pages["anna", "ben"].count == 1


def test_what_markers_differ_about_is_counted_until_it_is_settled(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA, BEN)
    classroom.mark()
    for entry in classroom.book.entries():
        classroom.decide(entry, [(PAGE, 1.0), (RATING, 1.0)], "anna")
        classroom.decide(entry, [(PAGE, 0.0), (RATING, 2.0)], "ben")
    first = classroom.book.entries()[0]
    classroom.decide(first, [(RATING, 1.0), (PAGE, 1.0)], "anna", is_settlement=True)
    reason = Subject(Kind.REASON, "landing-page")
    classroom.decide(first, [(reason, 0.0)], "anna")
    classroom.decide(first, [(reason, 1.0)], "ben")
    sheets, subjects = classroom.sheets(), classroom.subjects

    # Reasons are not compared, so nothing is left out for one.
    assert unsettled(sheets, subjects) == {PAGE: 1, RATING: 1}
    assert disputed_answers(sheets, subjects) == 1


def test_where_all_is_disputed_machine_and_people_have_nothing_in_common_yet(
    tmp_path: Path,
) -> None:
    classroom = make_class(tmp_path, EVA)
    classroom.mark()
    classroom.decide(classroom.book.entries()[0], [(PAGE, 1.0)], "anna")
    classroom.decide(classroom.book.entries()[0], [(PAGE, 0.0)], "ben")

    rows = agreements(classroom.sheets(), classroom.subjects)

    pages = {(row.one, row.other): row.agreement.count for row in rows if row.subject == PAGE}
    assert pages == {("(machine)", "(people)"): 0, ("anna", "ben"): 1}


def test_the_items_are_those_of_the_final_marks(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA, BEN, CLEO)
    classroom.mark()
    entry = sheet_of(classroom.sheets(), "Eva").entry
    classroom.decide(entry, [(REDUNDANCY, 0.0)], "anna")

    found = class_items(classroom.case, classroom.rubric, classroom.sheets())

    assert found.count == 3
    assert [item.found for item in found.items] == [pytest.approx(2 / 3), 0.0]
    assert found.nobody == ("redundancy",)


def test_a_forgotten_candidate_is_gone_from_the_log_too(tmp_path: Path) -> None:
    classroom = make_class(tmp_path, EVA, BEN)
    review = Review(classroom, "anna")
    review.load()
    for _number in range(2):
        review.agree()
        review.to_next_unmarked()

    classroom.forget("Eva")

    assert {entry.candidate for entry in classroom.book.entries()} == {"Ben"}
    assert len(classroom.book.decisions()) == 3
    with pytest.raises(NotFound):
        classroom.forget("Eva")
