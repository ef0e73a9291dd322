"""Every didactic rule speaks up once, can be answered with a reason, and is documented."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.content.small import write
from tutor.core.silence import LintRule
from tutor.session.checking import check

ROOT = Path(__file__).parent.parent.parent
SITUATION = (
    "You are the specialist. The server is gone. The agency has moved. "
    "The customers see an error. The board is calling."
)
CASE = f"""\
schema: 1
id: outage
language: en
title: The shop is down
kind: critical-incident
competence_area: F
minutes: 7
situation: {SITUATION}
task: List your measures in a sensible order and give a reason for each.
key_questions:
  - {{id: procedure, text: "Is the procedure plausible?"}}
"""
RUBRIC = """\
schema: 1
case: outage
language: en
phases:
  - {id: contain, label: At once}
measures:
  - id: page
    phase: contain
    text: Put up a page that tells customers what has happened to us.
    reason: They know.
  - id: restore
    phase: contain
    text: Restore the backup on another server.
    reason: It is shorter.
samples:
  - name: strong
    steps: [{measure: Redirect the domain}]
    expect: {page: 1, restore: 1}
  - name: weak
    steps: [{measure: Redirect the domain}]
    expect_rating: {procedure: [0, 1]}
  - name: hostile
    steps: [{measure: "page, backup"}]
    expect: {page: 0, restore: 0}
"""
# rule, file, what is replaced, by what
BREAKS = {
    LintRule.SITUATION_LENGTH: ("case", SITUATION, "You are lost. It is gone."),
    LintRule.ROLE_FIRST: ("case", "You are the specialist.", "A company sells parts."),
    LintRule.TASK_ORDER: ("case", "in a sensible order ", ""),
    LintRule.TASK_REASONS: ("case", " and give a reason for each", ""),
    LintRule.NO_AREA: ("case", "competence_area: F\n", ""),
    LintRule.SPOILER: (
        "case",
        "Is the procedure plausible?",
        "Do they put up a page that tells customers what has happened to us?",
    ),
    LintRule.NO_SAMPLE: (
        "rubric",
        "expect: {page: 1, restore: 1}",
        "expect: {page: 1, restore: 0}",
    ),
    LintRule.NO_WEAK_SAMPLE: ("rubric", "procedure: [0, 1]", "procedure: [0, 2]"),
    LintRule.NO_HOSTILE_SAMPLE: ("rubric", "expect: {page: 0, restore: 0}", "expect: {page: 0.5}"),
    LintRule.UNUSED_PHASE: (
        "rubric",
        "label: At once}",
        "label: At once}\n  - {id: prevent, label: Later}",
    ),
}
BY_MEANING = {LintRule.GIVEN_AWAY, LintRule.SIMILAR_MEASURES, LintRule.STRAY_PARAPHRASE}


class Meanings:
    """A text model that takes two texts for the same where both hold the same word in capitals."""

    name = "semantic"
    version = "1"

    def similarity(
        self, texts: Sequence[str], references: Sequence[str], language: str
    ) -> list[list[float]]:
        def shouted(text: str) -> set[str]:
            return set(re.findall(r"\b[A-Z]{3,}\b", text))

        return [
            [1.0 if shouted(text) & shouted(other) else 0.1 for other in references]
            for text in texts
        ]


def rules(root: Path, case: str = CASE, rubric: str = RUBRIC, *, meaning: bool = False) -> set[str]:
    write(root, "cases/outage.en.yaml", case)
    write(root, "rubrics/outage.en.yaml", rubric)
    model = Meanings() if meaning else None
    report = check([root], mark=None, engine_name="semantic", model=model)
    assert not report.has_errors, report.problems
    return {problem.rule for problem in report.problems}


def broken(rule: LintRule) -> tuple[str, str]:
    file, good, bad = BREAKS[rule]
    text = CASE if file == "case" else RUBRIC
    assert good in text
    text = text.replace(good, bad)
    return (text, RUBRIC) if file == "case" else (CASE, text)


def test_a_careful_case_is_not_warned_of(tmp_path: Path) -> None:
    assert rules(tmp_path, meaning=True) == set()


@pytest.mark.parametrize("rule", BREAKS)
def test_each_rule_speaks_up_alone(rule: LintRule, tmp_path: Path) -> None:
    assert rules(tmp_path, *broken(rule)) == {rule.value}


@pytest.mark.parametrize("rule", BREAKS)
def test_a_warning_that_is_answered_with_a_reason_is_silent(rule: LintRule, tmp_path: Path) -> None:
    answer = f"silence:\n  - {{rule: {rule.value}, reason: It is meant.}}\n"
    case, rubric = broken(rule)
    if BREAKS[rule][0] == "case":
        case += answer
    else:
        rubric += answer

    assert rules(tmp_path, case, rubric) == set()


def test_a_warning_is_silenced_only_where_the_answer_stands(tmp_path: Path) -> None:
    case, rubric = broken(LintRule.NO_SAMPLE)
    answer = "silence:\n  - {rule: no-sample, at: measures.page, reason: It is meant.}\n"

    assert rules(tmp_path, case, rubric + answer) == {"no-sample"}


def test_an_error_cannot_be_silenced(tmp_path: Path) -> None:
    write(tmp_path, "cases/outage.en.yaml", CASE)
    rubric = RUBRIC + "silence:\n  - {rule: unknown-key, reason: It is meant.}\nmeasure: 1\n"
    write(tmp_path, "rubrics/outage.en.yaml", rubric)

    report = check([tmp_path], mark=None, engine_name="lexical")

    assert [problem.rule for problem in report.problems] == ["unknown-value", "unknown-key"]


def test_measures_that_mean_the_same_are_found(tmp_path: Path) -> None:
    rubric = RUBRIC.replace("Put up", "TELL them, put up").replace("Restore", "TELL and restore")

    assert rules(tmp_path, rubric=rubric, meaning=True) == {"similar-measures"}


def test_a_paraphrase_that_means_another_measure_is_found(tmp_path: Path) -> None:
    rubric = RUBRIC.replace("Restore", "RESTORE").replace(
        "    reason: They know.\n", "    reason: They know.\n    paraphrases: [RESTORE it]\n"
    )

    assert rules(tmp_path, rubric=rubric, meaning=True) == {"stray-paraphrase"}


def test_a_situation_that_gives_a_measure_away_is_found(tmp_path: Path) -> None:
    case = CASE.replace("The board is calling.", "The board wants to RESTORE it.")

    assert rules(tmp_path, case, RUBRIC.replace("Restore", "RESTORE"), meaning=True) == {
        "given-away"
    }


def test_every_rule_is_tried_here_and_explained_in_the_documentation() -> None:
    explained = re.findall(
        r"^### (\S+)$", (ROOT / "docs/check-rules.md").read_text(encoding="utf-8"), re.MULTILINE
    )

    assert explained == [rule.value for rule in LintRule]
    assert {*BREAKS, *BY_MEANING} == set(LintRule)
