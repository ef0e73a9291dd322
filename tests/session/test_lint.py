"""Every didactic rule speaks up once, can be answered with a reason, and is documented."""

import ast
import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.content.small import write
from tutor.core.errors import EngineUnavailable
from tutor.core.silence import LintRule
from tutor.scoring.sentences import sentence_spans
from tutor.semantics import load_model
from tutor.session.checking import check

ROOT = Path(__file__).parent.parent.parent
SITUATION = (
    "You are the specialist. The server is gone. The agency has moved. "
    "The customers see an error. The board is calling."
)
TASK = "List your measures in a sensible order and give a reason for each."
CASE = f"""\
schema: 1
id: outage
language: en
title: The shop is down
kind: critical-incident
competence_area: F
minutes: 7
situation: {SITUATION}
task: {TASK}
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
    LintRule.INJECT_TOO_LATE: (
        "case",
        "key_questions:",
        "injects:\n  - {id: late, at: '7:00', audience: all, text: News, hint: W}\nkey_questions:",
    ),
    LintRule.AFTER_LATER_PHASE: (
        "rubric",
        RUBRIC,
        RUBRIC.replace("At once}", "At once}\n  - {id: prevent, label: Later}")
        .replace("reason: They know.", "reason: They know.\n    after: [restore]")
        .replace("restore\n    phase: contain", "restore\n    phase: prevent"),
    ),
    LintRule.IDLE_SAMPLE: (
        "rubric",
        "  - name: hostile\n",
        "  - {name: idle, text: We wait}\n  - name: hostile\n",
    ),
    LintRule.NO_CARD: (
        "rubric",
        "    reason: They know.",
        "    reason: They know.\n    theory: nix",
    ),
    LintRule.UNSUPPORTED_MARKDOWN: ("case", "The server", "The <b>server</b>"),
}
BETWEEN_FILES = {LintRule.LANGUAGES_DIFFER}
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


def bundled(pattern: str) -> list[Path]:
    return sorted((ROOT / "cases").glob(pattern))


@pytest.mark.parametrize("path", bundled("*.yaml"), ids=lambda path: path.stem)
def test_no_bundled_case_is_warned_of(path: Path) -> None:
    report = check([path], mark=None, engine_name="lexical")

    assert report.problems == ()


def rules_of(root: Path, language: str, **texts: str) -> set[str]:
    """Return what is said of the case with these of its texts in another language."""
    case = CASE.replace("language: en", f"language: {language}")
    given = {"situation": SITUATION, "task": TASK}
    for key, text in texts.items():
        case = case.replace(f"{key}: {given[key]}", f"{key}: {json.dumps(text)}")
    write(root, f"cases/outage.{language}.yaml", case)
    rubric = RUBRIC.replace("language: en", f"language: {language}")
    write(root, f"rubrics/outage.{language}.yaml", rubric)
    report = check([root], mark=None, engine_name="lexical")
    assert not report.has_errors, report.problems
    return {problem.rule for problem in report.problems}


@pytest.mark.parametrize(
    ("language", "opening"),
    [
        ("de", "Am Montag ruft eine Kundin an, weil sie ihr Velo nie erhalten hat."),
        ("de", "Sie hat ihr Velo nie erhalten, klagt eine Kundin."),
        ("de", "Am Dienstag erfuhr ein Onlinehändler es von Ihrem Newsletter-Anbieter."),
        ("en", "On Tuesday a Swiss retailer learned from your newsletter provider: it leaks."),
        ("fr", "Lundi, une cliente a pris rendez-vous, car elle n'a jamais reçu son vélo."),
        ("fr", "Un détaillant l'a appris de votre prestataire de newsletter."),
        ("it", "Una cliente chiama perché lei lavora tutto il giorno e la sua bici non c'è."),
        ("it", "È lunedì mattina e il negozio non risponde."),
        ("it", "Sei clienti chiamano il servizio clienti."),
    ],
)  # fmt: skip
def test_somebody_else_is_not_the_candidate(language: str, opening: str, tmp_path: Path) -> None:
    situation = f"{opening} " + "That is all. " * 4

    assert "role-first" in rules_of(tmp_path, language, situation=situation)


@pytest.mark.parametrize(
    ("language", "opening"),
    [
        ("de", "Sie leiten den Onlineshop eines Velohändlers."),
        ("de", "Als Leiterin des Kundendienstes haben Sie heute Pikett."),
        ("de", "Ihre Firma verkauft Velos."),
        ("de", "Die Geschäftsleitung überträgt Ihnen die Projektleitung."),
        ("de", "Du leitest den Onlineshop."),
        ("en", "You run the online shop of a bicycle dealer."),
        ("en", "As head of customer service, you are on call today."),
        ("en", "Your company sells bicycles."),
        ("fr", "Vous dirigez la boutique en ligne."),
        ("fr", "En tant que responsable du service clientèle, vous êtes de piquet."),
        ("fr", "Votre entreprise vend des vélos."),
        ("it", "Lei dirige il negozio online."),
        ("it", "È responsabile del servizio clienti."),
        ("it", "In qualità di responsabile del servizio clienti è di picchetto."),
        ("it", "La Sua azienda vende biciclette."),
    ],
)
def test_a_usual_opening_says_who_the_candidate_is(
    language: str, opening: str, tmp_path: Path
) -> None:
    situation = f"{opening} " + "That is all. " * 4

    assert "role-first" not in rules_of(tmp_path, language, situation=situation)


@pytest.mark.parametrize(
    ("language", "task"),
    [
        ("en", "Explain what keeps each customer order safe."),
        ("en", "What do you do in order to limit the damage?"),
        ("en", "Explain why the customers receive the wrong order by priority mail."),
        ("de", "Begründen Sie, was jede Bestellung schützt, auch mit Priority-Versand."),
        ("fr", "Expliquez dans l'ordre d'achat ce qui protège chaque ordre du client."),
        ("it", "Spieghi, in ordine al danno, che cosa protegge un ordine per posta prioritaria."),
    ],
)  # fmt: skip
def test_a_purchase_is_no_sequence(language: str, task: str, tmp_path: Path) -> None:
    assert "task-order" in rules_of(tmp_path, language, task=task)


@pytest.mark.parametrize(
    ("language", "task"),
    [
        ("en", "List your measures in a sensible order."),
        ("en", "In which order do you act?"),
        ("en", "Name and order your measures."),
        ("en", "Put them into a clear and logical order."),
        ("en", "Prioritise your measures."),
        ("en", "State the sequence of your steps."),
        ("en", "Answer step by step."),
        ("en", "State them in order of urgency."),
        ("de", "Nennen Sie die Massnahmen in sinnvoller Reihenfolge."),
        ("de", "Nennen Sie sie der Reihe nach."),
        ("de", "Priorisieren Sie Ihre Massnahmen."),
        ("fr", "Indiquez-les dans un ordre judicieux."),
        ("fr", "Dans quel ordre agissez-vous ?"),
        ("fr", "Citez les étapes par ordre de priorité."),
        ("it", "Le indichi in un ordine sensato."),
        ("it", "In quale ordine agisce?"),
        ("it", "Le indichi secondo la priorità."),
    ],
)
def test_a_task_can_ask_for_a_sequence_in_many_ways(
    language: str, task: str, tmp_path: Path
) -> None:
    assert "task-order" not in rules_of(tmp_path, language, task=task)


def documented() -> str:
    return (ROOT / "docs/check-rules.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["de", "en"])
def test_the_documented_example_gives_its_measure_away(language: str, tmp_path: Path) -> None:
    try:
        model = load_model("semantic")
    except EngineUnavailable as error:
        pytest.skip(str(error))
    sentence = {
        "de": "Das missbrauchte Konto muss sofort gesperrt werden.",
        "en": "The misused account must be blocked at once.",
    }[language]
    for page in ("check-rules.md", "writing-a-case.md"):
        assert "«the misused account must be blocked at once»" in (ROOT / "docs" / page).read_text(
            "utf-8"
        )
    for half in ("cases", "rubrics"):
        text = (ROOT / half / f"data-leak.{language}.yaml").read_text("utf-8")
        if half == "cases":
            last = {
                "de": "Der Shop selbst läuft normal.",
                "en": "The shop itself is running normally.",
            }
            assert last[language] in text
            text = text.replace(last[language], f"{last[language]} {sentence}")
        write(tmp_path, f"{half}/data-leak.{language}.yaml", text)

    report = check([tmp_path], mark=None, engine_name="semantic", model=model)

    found = [problem for problem in report.problems if problem.rule == "given-away"]
    assert len(found) == 1
    assert sentence in found[0].what


def warned_of() -> set[str]:
    """Return the name of every rule that is reported as a warning anywhere in the program."""
    names = {rule.value for rule in LintRule}
    for path in (ROOT / "tutor").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            severity = [word.value for word in node.keywords if word.arg == "severity"]
            name = node.args[0]
            if "Severity.WARNING" in map(ast.unparse, severity) and isinstance(name, ast.Constant):
                names.add(str(name.value))
    return names


def test_every_warning_is_explained_in_the_documentation() -> None:
    assert set(re.findall(r"^### (\S+)$", documented(), re.MULTILINE)) == warned_of()


def test_the_documentation_says_which_warnings_can_be_silenced() -> None:
    silenced, _title, others = documented().partition("\n## What cannot be silenced\n")
    title = re.compile(r"^### (\S+)$", re.MULTILINE)

    assert title.findall(silenced) == [rule.value for rule in LintRule]
    assert set(title.findall(others)) == warned_of() - {rule.value for rule in LintRule}


def test_every_rule_is_tried_here() -> None:
    assert {*BREAKS, *BY_MEANING, *BETWEEN_FILES} == set(LintRule)


def test_a_difference_of_languages_is_silenced_in_the_file_it_is_found_in(tmp_path: Path) -> None:
    answer = "silence:\n  - {rule: languages-differ, at: minutes, reason: It is meant.}\n"
    german = CASE.replace("language: en", "language: de").replace("minutes: 7", "minutes: 8")
    write(tmp_path, "cases/outage.de.yaml", german)
    write(tmp_path, "rubrics/outage.de.yaml", RUBRIC.replace("language: en", "language: de"))
    found = rules(tmp_path)
    silenced = rules(tmp_path, CASE + answer)

    assert "languages-differ" in found
    assert "languages-differ" not in silenced


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("A paper asks for it by 4 p.m. The shop is up.", 2),
        ("It was 9 a.m. Nobody knew.", 2),
        ("By 4 p.m. we tell the paper.", 1),
        ("Wir rufen z. B. Kunden an.", 1),
        ("Sie will es bis 16 Uhr. Der Shop läuft.", 2),
    ],
)
def test_an_hour_can_end_a_sentence(text: str, sentences: int) -> None:
    assert len(sentence_spans(text)) == sentences
