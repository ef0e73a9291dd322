"""The first draft of a case and its rubric: every key, guidance as comments, texts left empty.

The empty texts are what `tutor check` then names; nothing else in a skeleton is wrong.
"""

import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tutor.content.jsonschema import modeline
from tutor.core.case import Kind
from tutor.locales import _, activate, active_language, choose_language

_WIDTH = 96
_MEASURES = ("first-measure", "second-measure", "third-measure")


@dataclass(frozen=True, slots=True, kw_only=True)
class Skeleton:
    """The texts of the two files."""

    case: str
    rubric: str


def skeleton(
    case_id: str,
    language: str,
    kind: Kind,
    *,
    case_schemas: str,
    rubric_schemas: str,
) -> Skeleton:
    """Return the first draft of a case, with guidance in its language.

    Guidance is in the language of the interface where the tutor does not speak the case's. The
    folders of the schemas are as seen from the files.
    """
    with _speaking(language):
        return Skeleton(
            case=_case(case_id, language, kind, case_schemas),
            rubric=_rubric(case_id, language, rubric_schemas),
        )


@contextmanager
def _speaking(language: str) -> Iterator[None]:
    """Speak the language of a case, such as `de-CH`, while its files are written."""
    spoken = active_language()
    # The labels of phases and the names of samples are part of the case, not only guidance.
    activate(choose_language((language, spoken)))
    try:
        yield
    finally:
        activate(spoken)


def _note(text: str, indent: int = 0) -> str:
    """Return guidance as comment lines."""
    start = " " * indent + "# "
    return textwrap.fill(text, _WIDTH, initial_indent=start, subsequent_indent=start)


def _case(case_id: str, language: str, kind: Kind, schemas: str) -> str:
    minutes = 7 if kind is Kind.CRITICAL_INCIDENT else 10
    about = _(
        "What a candidate may see; the solution stands in rubrics/{file}. "
        "`tutor check` names what is still to be written."
    ).format(file=f"{case_id}.{language}.yaml")
    return "\n".join(
        [
            modeline("case", schemas),
            _note(about),
            "schema: 1",
            f"id: {case_id}",
            f"language: {language}",
            _note(_("Name the incident, not its solution: the library shows it to everybody.")),
            'title: ""',
            f"kind: {kind.value}",
            _note(_("A to G of the Swiss exam; remove the line for a drill outside of it.")),
            "competence_area: F",
            f"minutes: {minutes}",
            _note(
                _(
                    "5 to 10 sentences. First who the candidate is («You are …»), then what "
                    "has happened, with figures and names, then what presses. Leave out what "
                    "should be thought of. Write below the line, two spaces in."
                )
            ),
            "situation: |",
            "",
            _note(_("Ask for measures, for a sensible order and for a reason for each.")),
            "task: |",
            "",
            _note(_("What the marker answers with 0 to 3; points are rating × weight.")),
            "key_questions:",
            "  - id: procedure",
            '    text: ""',
            "    weight: 2",
            _note(
                _(
                    "News for a team drill, at least three; a candidate alone never sees them. "
                    "`expects` names the measures each should lead to. None? Remove the key."
                )
            ),
            "injects:",
            "  - id: first-news",
            '    at: "01:30"',
            "    audience: all",
            '    text: ""',
            '    hint: ""',
            "    expects: [second-measure]",
            _note(_("Where the case comes from; invented is a source, too.")),
            "sources:",
            '  - ""',
            "licence: CC-BY-4.0",
            "",
        ]
    )


def _rubric(case_id: str, language: str, schemas: str) -> str:
    return "\n".join(
        [
            modeline("rubric", schemas),
            _note(_("The solution: what a marker knows and a candidate must not see.")),
            "schema: 1",
            f"case: {case_id}",
            f"language: {language}",
            _note(_("Phases in order. Within one, any order is fine unless `after` says more.")),
            "phases:",
            *(f"  - {{id: {name}, label: {label}}}" for name, label in _phases()),
            _note(
                _(
                    "Six to nine measures, each one thing that is done. Give each an id that "
                    "says what it is, the same in every language."
                )
            ),
            "measures:",
            *_measure("first-measure", "contain", is_first=True),
            *_measure("second-measure", "recover"),
            *_measure("third-measure", "prevent"),
            _note(_("What does harm although it is tempting, and why it hurts.")),
            "pitfalls:",
            "  - id: first-pitfall",
            '    text: ""',
            '    why: ""',
            "    paraphrases:",
            '      - ""',
            _note(_("What an hour costs while nothing is done: a rough, defensible guess.")),
            "impact: {unit: CHF, per_hour: 1000, horizon_hours: 72}",
            _note(
                _(
                    "Example answers with the marks they deserve, written without a look at "
                    "the paraphrases: strong, average, weak, and some that try to cheat. "
                    "Seven or more. `tutor check` marks them and compares."
                )
            ),
            "samples:",
            *_sample(_("strong, in other words"), "1", "[2, 3]"),
            *_sample(_("weak, only a beginning"), "[0, 0.5]", "[0, 1]"),
            *_sample(_("hostile: a list of keywords"), "0", "0"),
            "",
        ]
    )


def _phases() -> tuple[tuple[str, str], ...]:
    return ("contain", _("At once")), ("recover", _("Recover")), ("prevent", _("Prevent"))


def _measure(name: str, phase: str, *, is_first: bool = False) -> list[str]:
    lines = [f"  - id: {name}", f"    phase: {phase}", '    text: ""', '    reason: ""']
    if is_first:
        lines.append(_note(_("Measures that must come first, such as [other-measure]."), 4))
    lines.append("    after: []")
    if is_first:
        lines.append(
            _note(
                _(
                    "Five or more other ways to say it: curt, formal, with a brand name, by its "
                    "effect. Do not repeat the model's words."
                ),
                4,
            )
        )
    lines += ["    paraphrases:", '      - ""']
    if is_first:
        lines.append(_note(_("Sentences with the same words that must not earn it."), 4))
    lines += ["    not:", '      - ""']
    if is_first:
        lines.append(
            _note(_("Hours until it works, and the share of the running loss it then ends."), 4)
        )
    lines.append("    effect: {takes_hours: 4, reduces: 0.2}")
    if is_first:
        lines.append(_note(_("Add `theory: ID` where a theory card fits."), 4))
    return lines


def _sample(name: str, credit: str, rating: str) -> list[str]:
    return [
        f'  - name: "{name}"',
        "    steps:",
        '      - measure: ""',
        '        reason: ""',
        f"    expect: {{{', '.join(f'{name}: {credit}' for name in _MEASURES)}}}",
        f"    expect_rating: {{procedure: {rating}}}",
    ]
