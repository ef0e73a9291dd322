"""The after-action report, read as somebody would who was not there."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from tests.drills import CASE, OPENED, RUBRIC, event
from tests.report.examples import HOSTILE
from tutor.core.case import Role
from tutor.core.drill import states
from tutor.core.drillevent import (
    ActionDone,
    ActionSet,
    Cause,
    ClockStarted,
    DecisionLogged,
    DrillEnded,
    DrillEvent,
    HotWashAnswered,
    InjectReleased,
    Judge,
    MeasureTicked,
    NoteWritten,
    Question,
    RoleGiven,
    Scored,
)
from tutor.core.drillreview import DrillReview, drill_review
from tutor.locales import activate, active_language
from tutor.report.drillrender import render_drill
from tutor.report.drillseries import figure_plots, series_row
from tutor.report.drillview import drill_view


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    before = active_language()
    activate("en")
    yield
    activate(before)


def review(*more: DrillEvent, words: str = "a page") -> DrillReview:
    events = [
        OPENED,
        event(ClockStarted, 0),
        event(RoleGiven, 0, role=Role.LEAD, person=words),
        event(InjectReleased, 60, inject="press", cause=Cause.TIME),
        event(DecisionLogged, 65, what=words, who=words, why=words, follow_up=words),
        event(MeasureTicked, 70, measure="landing-page", decision=1),
        event(NoteWritten, 80, text=words),
        event(DrillEnded, 400),
        event(
            Scored,
            400,
            judge=Judge.SELF,
            name=words,
            rating=2,
            completeness=0.5,
            order=1.0,
            justification=0.25,
        ),
        event(HotWashAnswered, 400, question=Question.WENT_WELL, text=words),
        event(ActionSet, 400, number=1, action=words, owner=words, due=date(2026, 5, 31)),
        *more,
    ]
    return drill_review(CASE, RUBRIC, states(events)[-1], events)


def test_the_report_has_every_part_that_was_promised() -> None:
    html = render_drill(review(), "html")

    headings = re.findall(r"<h2>(.*?)</h2>", html)
    assert headings == [
        "Overview",
        "Five figures",
        "Strengths",
        "Areas for improvement",
        "Improvement plan",
        "Hot wash",
        "Self, team, facilitator and engine",
        "Measures",
        "Damage",
        "Roles",
        "Timeline",
    ]


def test_both_formats_say_the_same() -> None:
    view = drill_view(review())
    html, markdown = render_drill(review(), "html"), render_drill(review(), "md")

    for line in (*view.overview, *(text for _time, text in view.timeline)):
        assert line.replace("'", "&#39;") in html
        assert line.split(" (")[0].split(":")[0] in markdown


def test_measures_stand_with_the_times_of_the_team_and_the_model() -> None:
    view = drill_view(review())

    assert [(line.state, line.team, line.model) for line in view.measures] == [
        ("found", "1:10", "0:00"),
        ("missing", "–", "0:01"),
    ]
    assert "Not taken: MEASURE-redundancy REASON-redundancy" in view.gaps


def test_the_plan_names_action_owner_date_and_what_is_done() -> None:
    plan = drill_view(review(event(ActionDone, 400, number=1))).plan

    assert [(line.action, line.owner, line.due, line.state) for line in plan] == [
        ("a page", "a page", "2026-05-31", "done")
    ]


def test_a_report_is_one_file_that_asks_for_nothing() -> None:
    html = render_drill(review(), "html")

    assert "<script" not in html
    assert not re.search(r"(?:src|href)=", html)


def test_hostile_words_stay_words() -> None:
    class Tags(HTMLParser):
        def __init__(self) -> None:
            super().__init__()
            self.seen: set[str] = set()

        def handle_starttag(self, tag: str, attrs: object) -> None:
            self.seen.add(tag)

    plain, hostile = Tags(), Tags()
    plain.feed(render_drill(review(), "html"))
    hostile.feed(render_drill(review(words=HOSTILE), "html"))

    assert hostile.seen == plain.seen
    assert "<" not in render_drill(review(words=HOSTILE), "md").replace("\\<", "")


def test_a_drill_without_impact_figures_has_a_report_without_damage() -> None:
    found = review()
    rubric = replace(RUBRIC, impact=None)
    html = render_drill(drill_review(CASE, rubric, found.state, found.events), "html")

    assert "Damage" not in html


def test_a_drill_that_has_just_begun_has_a_report() -> None:
    state = states([OPENED])[-1]

    written = render_drill(drill_review(CASE, RUBRIC, state, (OPENED,)), "md")

    assert "not ended" in written


def test_the_series_draws_each_figure_as_one_bar_a_drill() -> None:
    figures = review().figures
    plots = dict(figure_plots([figures, replace(figures, reaction_seconds=35.0, idle_share=None)]))

    assert plots["Reaction"] == "█▅"
    assert plots["Idle"].endswith("·")
    assert series_row(review().state, CASE.title, None)[-1] == "-"
