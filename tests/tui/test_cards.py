"""Writing the answer: cards, free text, moving, deleting, pasting, taking back."""

import pytest
from textual import events
from textual.pilot import Pilot

from tests.tui.conftest import HOSTILE, HOSTILE_CLEAN, Desk, press, settle, shown
from tutor.core.draft import Draft
from tutor.tui.answer import MAX_PASTED_CARDS, AnswerEditor
from tutor.tui.field import EXCERPT, MAX_EDITABLE, Field


def answer(pilot: Pilot[None]) -> AnswerEditor:
    return pilot.app.screen.query_one(AnswerEditor)


def draft(pilot: Pilot[None]) -> Draft:
    return answer(pilot).draft


def cards(pilot: Pilot[None]) -> list[tuple[str, str]]:
    """The cards of the draft, after a check that the screen shows the same."""
    editor = answer(pilot)
    assert [view.card for view in editor.views.values()] == list(editor.draft.cards)
    assert [view.head.number for view in editor.views.values()] == list(
        range(1, len(editor.draft.cards) + 1)
    )
    return [(card.measure, card.reason) for card in editor.draft.cards]


async def write(pilot: Pilot[None], *texts: str) -> None:
    """Type texts with Enter between them."""
    for place, text in enumerate(texts):
        await press(pilot, *(["enter"] if place else []), *text)
    await pilot.pause()


async def paste(pilot: Pilot[None], text: str) -> None:
    pilot.app.post_message(events.Paste(text))
    await pilot.pause()
    await pilot.pause()


async def test_enter_moves_from_measure_to_reason_and_opens_the_next_card(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await write(pilot, "call", "panic", "write", "calm")

        assert cards(pilot) == [("call", "panic"), ("write", "calm")]


async def test_keys_typed_right_after_enter_land_in_the_next_field(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, "a")
        # All at once, as a fast typist or a paste without bracketing sends them.
        for key in ("enter", "b", "enter", "c", "enter", "d"):
            character = None if key == "enter" else key
            pilot.app.post_message(events.Key(key, character))
        await settle(pilot)

        assert cards(pilot) == [("a", "b"), ("c", "d")]


async def test_enter_on_an_empty_card_opens_no_further_card(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, "enter", "enter", "enter", "enter", "enter")
        await pilot.pause()

        assert cards(pilot) == [("", "")]


async def test_the_first_letter_typed_while_reading_is_the_first_of_the_answer(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, *"Now")
        await pilot.pause()

        assert cards(pilot) == [("Now", "")]


async def test_up_and_down_move_between_fields_at_their_edges(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await write(pilot, "a", "b", "c")
        await press(pilot, "up", "up", "x", "down", "down", "y")
        await pilot.pause()

        assert [set(measure) for measure, _reason in cards(pilot)] == [{"a", "x"}, {"c", "y"}]


async def test_tab_and_shift_tab_move_between_fields(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, "tab", "a", "tab", "b", "shift+tab", "c")
        await pilot.pause()

        assert set(cards(pilot)[0][0]) == {"a", "c"}
        assert cards(pilot)[0][1] == "b"


@pytest.mark.parametrize(("key", "order"), [("f5", ["1", "3", "2"]), ("f6", ["1", "2", "3"])])
async def test_a_card_moves_up_and_down(desk: Desk, key: str, order: list[str]) -> None:
    async with desk.exam() as pilot:
        await write(pilot, "1", "", "2", "", "3")
        await press(pilot, key)
        await pilot.pause()

        assert [measure for measure, _reason in cards(pilot)] == order


async def test_the_cursor_stays_in_the_card_that_moves(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await write(pilot, "1", "", "2")
        await press(pilot, "f5", "x")
        await pilot.pause()

        assert cards(pilot) == [("2x", ""), ("1", "")]


async def test_a_new_card_opens_after_the_current_one(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await write(pilot, "1", "", "3")
        await press(pilot, "up", "up", "f7", "2")
        await pilot.pause()

        assert [measure for measure, _reason in cards(pilot)] == ["1", "2", "3"]


async def test_a_deleted_card_comes_back_whole(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await write(pilot, "1", "because", "2", "so")
        await press(pilot, "f8")
        await pilot.pause()
        assert cards(pilot) == [("1", "because")]

        await press(pilot, "ctrl+z")
        await pilot.pause()
        assert cards(pilot) == [("1", "because"), ("2", "so")]


async def test_deleting_the_only_card_leaves_an_empty_one(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await write(pilot, "1", "because")
        await press(pilot, "f8", "x")
        await pilot.pause()

        assert cards(pilot) == [("x", "")]


async def test_the_key_of_a_deleted_card_is_not_used_again(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await write(pilot, "1", "", "2")
        gone = draft(pilot).cards[1].key
        await press(pilot, "f8", "f7", "3")
        await pilot.pause()

        assert gone not in {card.key for card in draft(pilot).cards}


async def test_undo_takes_back_the_last_change_wherever_it_was_and_redo_makes_it_again(
    desk: Desk,
) -> None:
    async with desk.exam() as pilot:
        # One key after the other: what arrives in one go is one step.
        await pilot.press(*"one two", "enter", *"why", "enter", *"three")
        await press(pilot, "f5", "f8")
        await pilot.pause()
        whole = [("one two", "why"), ("three", "")]

        await press(pilot, "ctrl+z", "ctrl+z")
        await pilot.pause()
        assert cards(pilot) == whole
        await press(pilot, "ctrl+z", "ctrl+z", "ctrl+z", "ctrl+z")
        await pilot.pause()
        assert cards(pilot) == [("one ", "")]
        await press(pilot, *["ctrl+y"] * 4)
        await pilot.pause()
        assert cards(pilot) == whole


async def test_a_pasted_list_becomes_cards(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, "tab")
        await paste(pilot, "1. Call the host\n2. Tell the customers\n3. Review")

        assert [measure for measure, _reason in cards(pilot)] == [
            "Call the host",
            "Tell the customers",
            "Review",
        ]


async def test_a_pasted_list_goes_where_the_cursor_is_and_is_taken_back_at_once(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await write(pilot, "first", "", "last")
        await press(pilot, "up", "up")
        await paste(pilot, "- one\n- two")
        assert [m for m, _r in cards(pilot)] == ["first", "one", "two", "last"]

        await press(pilot, "ctrl+z")
        await pilot.pause()
        assert [m for m, _r in cards(pilot)] == ["first", "last"]


async def test_pasted_lines_that_are_no_list_become_one_paragraph(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, "tab")
        await paste(pilot, "Call the\nhost now")

        assert cards(pilot) == [("Call the host now", "")]


async def test_an_endless_pasted_list_stays_one_text(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, "tab")
        lines = [f"{number % 90 + 1}. step" for number in range(MAX_PASTED_CARDS + 1)]
        await paste(pilot, "\n".join(lines))

        assert len(cards(pilot)) == 1
        assert cards(pilot)[0][0].count("step") == MAX_PASTED_CARDS + 1


async def test_switching_to_free_text_and_back_loses_nothing(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await write(pilot, "call", "panic", "write", "calm")
        await press(pilot, "f3")
        await pilot.pause()
        assert all(word in (draft(pilot).text or "") for word in ("call", "panic", "calm"))

        await press(pilot, "f3")
        await pilot.pause()
        assert cards(pilot) == [("call", "panic"), ("write", "calm")]


async def test_enter_in_free_text_begins_a_line(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, "tab", "f3", "a", "enter", "b")
        await pilot.pause()

        assert draft(pilot).text == "a\nb"


async def test_switching_is_taken_back_like_any_change(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await write(pilot, "call", "panic")
        await press(pilot, "f3", "x")
        await press(pilot, "ctrl+z", "ctrl+z")
        await pilot.pause()

        assert cards(pilot) == [("call", "panic")]


@pytest.mark.parametrize("mode", ["cards", "text"])
async def test_hostile_text_is_text(desk: Desk, mode: str) -> None:
    async with desk.exam((120, 40)) as pilot:
        await press(pilot, *([] if mode == "cards" else ["f3"]))
        await paste(pilot, HOSTILE)
        await press(pilot, *"[/y]")
        await pilot.pause()

        kept = draft(pilot).text if mode == "text" else draft(pilot).cards[0].measure
        assert kept == HOSTILE_CLEAN + "[/y]"
        assert "[/x] [b] {{y}} <i>" in shown(pilot)
        assert "\x1b" not in shown(pilot)
        assert "\u202e" not in shown(pilot)


@pytest.mark.parametrize("mode", ["cards", "text"])
@pytest.mark.parametrize("line_end", ["", "\n"], ids=["one line", "many lines"])
async def test_a_megabyte_is_kept_whole_and_the_screen_goes_on(
    desk: Desk, mode: str, line_end: str
) -> None:
    async with desk.exam() as pilot:
        await press(pilot, *(["tab"] if mode == "cards" else ["tab", "f3"]))
        megabyte = ("a word " * 10 + line_end) * 15_000
        await paste(pilot, megabyte)
        field = answer(pilot).current_field
        assert len(field.value) > 1_000_000
        assert len(field.text) < EXCERPT + 200
        assert (draft(pilot).text or draft(pilot).cards[0].measure) == field.value

        await press(pilot, "ctrl+z", "o", "k")
        await pilot.pause()
        assert (draft(pilot).text or draft(pilot).cards[0].measure) == "ok"


@pytest.mark.parametrize("mode", ["cards", "text"])
async def test_a_text_too_long_to_edit_can_be_emptied_and_brought_back(
    desk: Desk, mode: str
) -> None:
    async with desk.exam() as pilot:
        await press(pilot, *(["tab"] if mode == "cards" else ["tab", "f3"]))
        await paste(pilot, "x" * (MAX_EDITABLE + 1))
        await press(pilot, "backspace", "o", "k")
        assert answer(pilot).current_field.value == "ok"

        await press(pilot, "ctrl+z", "ctrl+z")
        assert answer(pilot).current_field.value == "x" * (MAX_EDITABLE + 1)


async def test_a_long_text_can_be_written_up_to_the_limit(desk: Desk) -> None:
    async with desk.exam() as pilot:
        await press(pilot, "tab")
        await paste(pilot, "x" * (MAX_EDITABLE - 1))
        await press(pilot, "y")
        await pilot.pause()

        assert draft(pilot).cards[0].measure.endswith("xy")
        assert not answer(pilot).current_field.read_only


async def test_the_signs_of_a_card_work_with_the_mouse(desk: Desk) -> None:
    async with desk.exam((120, 40)) as pilot:
        await write(pilot, "1", "", "2")
        head = list(answer(pilot).views.values())[1].head
        width = head.size.width
        await pilot.click(head, offset=(width - 8, 0))
        await pilot.pause()
        assert [m for m, _r in cards(pilot)] == ["2", "1"]

        head = next(iter(answer(pilot).views.values())).head
        await pilot.click(head, offset=(width - 2, 0))
        await pilot.pause()
        assert [m for m, _r in cards(pilot)] == ["1"]


async def test_many_cards_scroll_to_the_one_with_the_cursor(desk: Desk) -> None:
    async with desk.exam((60, 20)) as pilot:
        await write(pilot, *[text for number in range(10) for text in (f"measure {number}", "so")])
        await settle(pilot)

        assert len(cards(pilot)) == 10
        assert "measure 9" in shown(pilot)


async def test_a_field_takes_no_more_text_than_it_may_show_at_once() -> None:
    field = Field("x" * (MAX_EDITABLE + 1), single=True)

    assert field.value == "x" * (MAX_EDITABLE + 1)
    assert field.read_only
