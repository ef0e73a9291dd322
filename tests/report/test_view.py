from dataclasses import replace

import pytest

from tests.report.examples import (
    empty_debrief,
    example_debrief,
    free_text_debrief,
    hostile_debrief,
)
from tutor.core.case import CompetenceArea, Kind
from tutor.core.plaintext import unsafe_character
from tutor.core.result import RemarkKind
from tutor.report import words
from tutor.report.measures import MeasureView
from tutor.report.view import debrief_view


def measure(measure_id: str) -> MeasureView:
    (found,) = (m for m in debrief_view(example_debrief()).measures if m.id == measure_id)
    return found


def test_the_grade_never_stands_without_its_assumption() -> None:
    view = debrief_view(example_debrief())

    assert view.grade == "Grade 4.5 (assumed: 1 + 5 × points / max, in halves)"


def test_a_measure_below_the_confidence_limit_is_called_unsure_and_one_at_it_is_not() -> None:
    assert measure("order-phone").unsure
    assert not measure("landing-page").unsure


@pytest.mark.parametrize(
    ("measure_id", "said"),
    [
        ("landing-page", "You gave no reason."),
        ("restore-backup", "leaves out part of the model's"),
        ("order-phone", ""),
        ("redundancy", ""),
    ],
)
def test_what_is_missing_in_a_reason_is_said_only_where_the_measure_was_found(
    measure_id: str, said: str
) -> None:
    missing = measure(measure_id).reason_missing

    assert said in missing
    assert bool(said) == bool(missing)


def test_a_negated_measure_says_so_where_it_is_missing_and_where_it_was_written() -> None:
    view = debrief_view(example_debrief())

    assert "not taken" in measure("redundancy").remarks[0]
    assert any("not taken" in note.text for note in view.steps[5].notes)


def test_an_extra_step_is_named_and_never_punished() -> None:
    (extra,) = debrief_view(example_debrief()).extras

    assert extra.number == 5
    assert extra.notes[0].text == "sensible, but not in the model solution; it costs nothing"


def test_a_pitfall_says_where_and_why_it_hurts() -> None:
    (pitfall,) = debrief_view(example_debrief()).pitfalls

    assert pitfall.step_name == "Step 4"
    assert pitfall.why == "Customers quietly move to competitors and lose trust."


def test_a_claim_stands_beside_the_mark_and_changes_nothing() -> None:
    claimed = measure("order-phone")

    assert claimed.claim is not None
    assert claimed.claim.comment == "It is in step 3."
    assert claimed.state == "half"


def test_lines_run_from_the_order_of_writing_to_the_order_of_the_model() -> None:
    order = debrief_view(example_debrief()).order

    assert [(link.left, link.right) for link in order.links] == [(0, 2), (1, 0), (2, 1)]
    assert [node.is_joined for node in order.right] == [True, True, True, False]


def test_each_wrong_pair_is_said_in_words() -> None:
    faults = debrief_view(example_debrief()).order.faults

    assert len(faults) == 2
    assert "belongs to an earlier phase" in faults[0]


def test_the_time_line_names_the_first_word_the_pauses_and_each_step() -> None:
    time = debrief_view(example_debrief()).time

    assert time.lines[0] == "First word after 0:48."
    assert "1:35 to 2:40" in time.lines[2]
    assert time.steps[1].startswith("1:35 step 2: Send the domain")


def test_the_damage_is_told_for_the_procedure_the_model_and_doing_nothing() -> None:
    damage = debrief_view(example_debrief()).damage

    assert damage is not None
    assert all(curve.total in damage.said for curve in damage.curves)


def test_an_empty_answer_is_explained_and_breaks_nothing() -> None:
    view = debrief_view(empty_debrief())

    assert "Nothing was written, so there is nothing to mark." in view.cautions
    assert view.time.lines == ("Nothing was written.",)
    assert view.damage is None
    assert len(view.missing) == 4


def test_a_free_text_is_shown_whole_and_step_by_step() -> None:
    view = debrief_view(free_text_debrief())

    assert "".join(p.text for p in view.free_text) == free_text_debrief().attempt.draft.text
    assert len(view.steps) == 3


def test_the_lexical_engine_says_what_it_cannot_do_and_another_says_its_name() -> None:
    assert "compares words, not meanings" in words.engine_words("lexical", "1")
    assert words.engine_words("semantic", "2") == "Marked by the semantic engine, version 2."


def test_a_changed_rubric_is_said() -> None:
    view = debrief_view(replace(example_debrief(), rubric_changed=True))

    assert any("rubric has been changed" in caution for caution in view.cautions)


def test_every_string_of_the_view_is_safe_to_show() -> None:
    def strings(value: object) -> list[str]:
        if isinstance(value, str):
            return [value]
        if isinstance(value, tuple):
            return [text for item in value for text in strings(item)]
        fields = getattr(value, "__dataclass_fields__", ())
        return [text for name in fields for text in strings(getattr(value, name))]

    said = strings(debrief_view(hostile_debrief()))

    assert len(said) > 100
    assert [text for text in said if unsafe_character(text) is not None] == []


@pytest.mark.parametrize("kind", list(RemarkKind))
def test_every_kind_of_remark_has_a_sentence(kind: RemarkKind) -> None:
    assert words.remark_words(kind).endswith(".")


def test_every_area_kind_and_rating_has_a_name() -> None:
    names = [words.area_name(area) for area in CompetenceArea]
    names += [words.kind_name(kind) for kind in Kind]
    names += [words.rating_word(rating) for rating in range(4)]

    assert len(set(names)) == len(names)
    assert all(names)


@pytest.mark.parametrize(
    ("hours", "said"), [(0, "0 h"), (2.5, "2.5 h"), (48, "48 h"), (168, "7 days"), (336, "14 days")]
)
def test_hours_become_days_from_a_week_on(hours: float, said: str) -> None:
    assert words.hours_words(hours) == said


def test_thousands_are_parted_as_in_switzerland() -> None:
    assert words.money_words(1234567.4, "CHF") == "CHF 1’234’567"


def test_a_theory_card_that_measures_share_has_one_home() -> None:
    debrief = example_debrief()
    (card,) = debrief.theory.values()
    shared = replace(debrief, theory={"order-phone": card, "redundancy": card})

    assert debrief_view(shared).theory_homes == {"redundancy": 2}
    assert debrief_view(debrief).theory_homes == {"redundancy": 4}
