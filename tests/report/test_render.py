import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import pytest

from tests.report.examples import (
    HOSTILE,
    empty_debrief,
    example_debrief,
    free_text_debrief,
    hostile_debrief,
)
from tutor.core.plaintext import unsafe_character
from tutor.core.result import Result
from tutor.locales import activate
from tutor.report.render import Format, render

FORMATS: tuple[Format, ...] = get_args(Format)
SHOWN = " ".join(HOSTILE.replace("\x1b[2J", "").replace("\u202e", "").split())


class Page(HTMLParser):
    """The words of a page, its tags, and what is marked."""

    VOID = frozenset({"meta", "br", "col", "path"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.marked: list[str] = []
        self.words = ""
        self.feed(html)
        self.words = " ".join(self.words.split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _value in attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        if tag == "mark":
            self.marked.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words += data
        if "mark" in self.open:
            self.marked[-1] += data


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "debrief",
    [example_debrief(), free_text_debrief(), empty_debrief(), hostile_debrief()],
    ids=["cards", "text", "empty", "hostile"],
)
def test_every_debrief_can_be_written_in_every_format(debrief: Any, format: Format) -> None:  # noqa: A002
    written = render(debrief, format)

    assert written.endswith("\n")
    assert unsafe_character(written) is None


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    page = Page(render(hostile_debrief(), "html"))

    assert page.open == []
    assert not page.tags & {"script", "link", "img", "iframe", "object", "base", "form"}
    assert not page.attributes & {"src", "href", "srcset", "onload", "onclick", "action"}
    assert "url(" not in render(hostile_debrief(), "html")


def test_hostile_text_is_read_on_the_page_as_it_was_written() -> None:
    page = Page(render(hostile_debrief(), "html"))

    assert page.words.count(SHOWN) > 20


def test_the_words_that_earned_something_are_marked_on_the_page() -> None:
    page = Page(render(example_debrief(), "html"))

    assert {"Take orders by phone", "cannot wait", "tell nobody"} <= set(page.marked)


def test_the_page_says_everything_the_screen_says() -> None:
    words = Page(render(example_debrief(), "html")).words

    for said in (
        "Grade 4.5 (assumed: 1 + 5 × points / max, in halves)",
        "2 of 4 measures found, 1 half",
        "Customers quietly move to competitors",
        "compares words, not meanings",
        "it costs nothing",
        "belongs to an earlier phase",
        "First word after 0:48.",
        "doing nothing CHF 504’000",
        "It is in step 3.",
        "Theory: Redundancy",
        "unsure",
        "the measure is not taken",
    ):
        assert said in words, said


def test_crossing_orders_are_drawn_as_one_line_a_measure() -> None:
    html = render(example_debrief(), "html")

    assert len(re.findall(r'<path class="faulty" d="M0 \d+ C', html)) == 3


def test_a_case_without_figures_has_no_damage_section() -> None:
    assert "Damage" not in Page(render(empty_debrief(), "html")).words


def test_hostile_text_cannot_become_markdown() -> None:
    written = render(hostile_debrief(), "md")

    assert "<script" not in re.sub(r"\\<", "", written)
    assert "\n# " not in written
    assert written.count("\n## ") == render(example_debrief(), "md").count("\n## ")


def test_json_is_the_result_of_the_contract_with_the_sitting_beside_it() -> None:
    debrief = example_debrief()

    record = json.loads(render(debrief, "json"))

    assert Result.from_json(record) == debrief.result
    assert record["attempt"]["closed_by"] == "candidate"
    assert record["answer"]["steps"][2]["reason"] == "garages cannot wait"
    assert record["claims"][0]["measure"] == "order-phone"
    assert record["time_use"]["first_word_seconds"] == 48
    assert record["damage"]["model"][-1]["hour"] == 336
    assert "not the official formula" in record["grade_assumption"]


def test_a_free_text_is_in_the_json_as_typed() -> None:
    debrief = free_text_debrief()

    record = json.loads(render(debrief, "json"))

    assert record["answer"] == {"text": debrief.attempt.draft.text}


def test_a_lone_surrogate_in_an_answer_can_be_written_to_a_file() -> None:
    from dataclasses import replace

    from tutor.core.draft import Card, Draft

    debrief = example_debrief()
    cards = (
        Card(1, "\ud800 " + debrief.attempt.draft.cards[0].measure),
        *debrief.attempt.draft.cards[1:],
    )
    debrief = replace(debrief, attempt=replace(debrief.attempt, draft=Draft(cards=cards)))

    for format in FORMATS:  # noqa: A001
        assert render(debrief, format).encode()


def test_json_needs_no_template_engine() -> None:
    code = (
        "import sys; from tests.report.examples import example_debrief;"
        "from tutor.report.render import render; render(example_debrief(), 'json');"
        "print('jinja2' in sys.modules, 'textual' in sys.modules)"
    )

    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert said.stdout.split() == ["False", "False"]


def test_the_words_of_the_templates_are_where_extraction_finds_them() -> None:
    templates = Path(render.__code__.co_filename).parent / "templates"

    assert [path.name for path in templates.glob("*.j2") if "_(" in path.read_text()] == []


def test_the_page_speaks_the_language_of_the_interface() -> None:
    activate("de")
    try:
        html = render(example_debrief(), "html")
    finally:
        activate("en")

    assert '<html lang="de">' in html
    assert 'lang="en">' in html
