"""A small class on a real file, with marks made up."""

from pathlib import Path
from typing import Any

from tests.fakes import FakeClock, FakeLibrary, FakeModel, fake_mark, sample_case
from tutor.content.library import Library
from tutor.content.load import load_case
from tutor.core.answer import Step
from tutor.semantics import load_model
from tutor.session.classroom import Classroom
from tutor.session.importing import Submission
from tutor.store.classbook import ClassBook


def submission(candidate: str, *measures: str) -> Submission:
    steps = tuple(Step(measure, "because") for measure in measures)
    return Submission(candidate=candidate, place=f"{candidate}.txt", steps=steps)


def make_class(home: Path, *submissions: Submission, **changes: Any) -> Classroom:
    """Return a class with these answers, not yet marked."""
    parts: dict[str, Any] = {
        "book": ClassBook(home / "autumn.db"),
        "library": FakeLibrary(),
        "clock": FakeClock(),
        "load_model": FakeModel,
        "mark": fake_mark,
    }
    classroom = Classroom(**(parts | changes))
    classroom.begin("autumn", sample_case(), seed="seed")
    classroom.add(submissions)
    return classroom


CASE = """\
schema: 1
id: outage
language: en
title: Outage
kind: critical-incident
minutes: 7
situation: You are the deputy. The shop is down.
task: Describe all measures in order, with reasons.
key_questions:
  - {id: procedure, text: Is the procedure plausible?}
licence: CC-BY-4.0
"""
RUBRIC = """\
schema: 1
case: outage
language: en
phases:
  - {id: contain, label: At once}
# Written with care.
measures:
  - id: page
    phase: contain
    text: Put an information page online for all customers.
    reason: so that customers know what is going on
    paraphrases:
      - Publish a notice on the website.  # short
samples:
  - name: weak
    steps: [{measure: Light a candle beside the server.}]
    expect: {page: 0}
"""


def make_real_class(home: Path) -> Classroom:
    """Return a marked class with content on disk and the real rules, by two candidates."""
    for folder, text in (("cases", CASE), ("rubrics", RUBRIC)):
        (home / folder).mkdir()
        (home / folder / "outage.en.yaml").write_text(text, encoding="utf-8")
    classroom = Classroom(
        book=ClassBook(home / "autumn.db"),
        library=Library(home / "cases", home / "rubrics"),
        clock=FakeClock(),
        load_model=lambda: load_model("lexical"),
    )
    classroom.begin("autumn", load_case(home / "cases" / "outage.en.yaml"), seed="s")
    said = "Light a candle beside the server."
    classroom.add(
        Submission(candidate=name, place="a.csv:1", steps=(Step(said, ""),)) for name in ("E", "B")
    )
    classroom.mark()
    return classroom


EVA = submission("Eva", "A landing-page at once", "Then redundancy")
BEN = submission("Ben", "A landing-page", "Buy new chairs for everybody")
CLEO = submission("Cleo", "Call the press office now")
