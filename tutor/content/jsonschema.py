"""JSON Schemas of cases and rubrics, made from `formats`, for editors that check while typing.

They say what a file may hold; what must hold between values is said by `tutor check`. Files
point to them by a comment that the YAML language server reads:
https://github.com/redhat-developer/yaml-language-server#using-inlined-schema
"""

import json
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

from tutor.content.formats import CASE, RUBRIC
from tutor.content.kinds import Choice, Flag, Kind, Number, OneNumberOf, Schema, Shaped, Text, Whole
from tutor.content.structures import ListOf, MapOf, Range, Record
from tutor.core.case import Case
from tutor.core.rubric import Rubric

SchemaName: TypeAlias = Literal["case", "rubric"]
Json: TypeAlias = dict[str, Any]

# What an editor shows beside a key, by the record it stands in.
ABOUT: Mapping[str, Mapping[str, str]] = {
    "Case": {
        "schema": "The version of this format.",
        "id": "The name of the case in all languages, and of the file: ID.LANGUAGE.yaml.",
        "language": "The language of this file, such as de or en.",
        "title": "What the library calls the case. It must not give the solution away.",
        "kind": "The task type of the exam.",
        "competence_area": "The competence area of the Swiss exam, A to G.",
        "minutes": "The time for reading and writing.",
        "situation": "Who the candidate is, then what has happened: 5 to 10 sentences.",
        "task": "What to answer. Ask for measures, a sensible order and reasons.",
        "key_questions": "What the marker answers with 0 to 3.",
        "injects": "News during a team drill; a candidate alone never sees it.",
        "roles": "What each role of a team drill has to think of.",
        "sources": "Where the case comes from.",
        "licence": "The licence of the text, such as CC-BY-4.0.",
        "silence": "Warnings of `tutor check` that do not apply here, each with its reason.",
    },
    "KeyQuestion": {
        "id": "The name of the question in all languages.",
        "text": "The question, as the marker reads it.",
        "weight": "What the rating is multiplied by; 1 where absent.",
    },
    "Inject": {
        "id": "The name of the inject in all languages.",
        "at": "When it reaches the team: 02:30 of the case's minutes, stretched with the drill.",
        "when": "The condition on which it comes. Without this and `at` it comes by hand.",
        "audience": "Who gets it: all, or a role.",
        "text": "The news.",
        "hint": "A question that helps a team which is stuck.",
        "expects": "The measures it should lead to.",
        "raises": "The share by which it raises the running loss: 0.5 is by half.",
    },
    "condition": {
        "measure": "The measure it waits for.",
        "done_by": "It comes once the measure is done, if that is by this time.",
        "not_done_by": "It comes at this time if the measure is not done by then.",
    },
    "RoleHint": {
        "role": "Who it is for.",
        "hint": "A question or reminder, which only the facilitator sees.",
    },
    "Rubric": {
        "schema": "The version of this format.",
        "case": "The id of the case.",
        "language": "The language of this file, the same as the case's.",
        "phases": "The stretches of the model procedure, in order.",
        "measures": "The model solution.",
        "pitfalls": "Steps that do harm.",
        "impact": "What the incident costs while nothing is done.",
        "samples": "Marked example answers; `tutor check` marks them and compares.",
        "silence": "Warnings of `tutor check` that do not apply here, each with its reason.",
    },
    "Phase": {
        "id": "The name of the phase in all languages.",
        "label": "What the debrief calls it.",
    },
    "Measure": {
        "id": "The name of the measure in all languages.",
        "phase": "The phase it belongs to.",
        "text": "The model measure: one thing that is done.",
        "reason": "The model reason: what it is good for.",
        "weight": "What it counts against the others; 1 where absent.",
        "after": "Measures that must come first.",
        "paraphrases": "The same in other words, as candidates write.",
        "not": "Near misses: sentences that sound alike and must not earn it.",
        "effect": "What it does to the running loss.",
        "theory": "The id of the theory card shown to who missed it.",
    },
    "Effect": {
        "takes_hours": "Hours until it works.",
        "reduces": "The share of the running loss it ends, 0 to 1.",
    },
    "Pitfall": {
        "id": "The name of the pitfall in all languages.",
        "text": "The step that does harm.",
        "why": "Why it hurts.",
        "paraphrases": "The same in other words.",
    },
    "Impact": {
        "unit": "What the loss is counted in, such as CHF.",
        "per_hour": "The loss an hour while nothing is done.",
        "horizon_hours": "How long the damage curve is.",
    },
    "Sample": {
        "name": "What is special about this answer.",
        "steps": "The answer in steps; either these or `text`.",
        "text": "The answer as free text; either this or `steps`.",
        "expect": "The credit by measure: 0, 0.5, 1 or [lowest, highest].",
        "expect_rating": "The rating by key question: 0 to 3 or [lowest, highest].",
        "expect_pitfalls": "The pitfalls to be found; an empty list for none.",
        "needs": "`semantic` where shared words cannot show what is meant.",
    },
    "Step": {"measure": "What is done.", "reason": "Why."},
    "Silence": {
        "rule": "The name of the rule, as the warning ends with it.",
        "at": "The key path it is silenced at, such as measures.ID; the whole file where absent.",
        "reason": "Why the warning does not apply.",
    },
}


def json_schema(name: SchemaName) -> Json:
    """Return the JSON Schema (draft 2020-12) of a format."""
    record: Record[Case] | Record[Rubric] = CASE if name == "case" else RUBRIC
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"tutor {name}",
        **_schema(record),
    }


def schema_text(name: SchemaName) -> str:
    """Return the JSON Schema of a format as the text of its file."""
    return json.dumps(json_schema(name), indent=2, ensure_ascii=False) + "\n"


def modeline(name: SchemaName, folder: str) -> str:
    """Return the comment that shows an editor the schema; `folder` is as seen from the file."""
    return f"# yaml-language-server: $schema={folder}/{name}.schema.json"


def _schema(kind: Kind[Any]) -> Json:
    match kind:
        case Record():
            return _object(kind)
        case ListOf():
            least = {"minItems": kind.at_least} if kind.at_least else {}
            return {"type": "array", "items": _schema(kind.item), **least}
        case MapOf():
            return {"type": "object", "additionalProperties": _schema(kind.item)}
        case Range():
            number = _schema(kind.number)
            pair = {"type": "array", "items": number, "minItems": 2, "maxItems": 2}
            return {"anyOf": [number, pair]}
    return _single(kind)


def _single(kind: Kind[Any]) -> Json:
    match kind:
        case Text():
            return {"type": "string"} if kind.may_be_empty else {"type": "string", "pattern": r"\S"}
        case Shaped():
            return {"type": "string", "pattern": f"^(?:{kind.pattern.pattern})$"}
        case Number():
            low = "exclusiveMinimum" if kind.excludes_low else "minimum"
            return {"type": "number", low: kind.low, "maximum": kind.high}
        case Whole():
            return {"type": "integer", "minimum": kind.low, "maximum": kind.high}
        case OneNumberOf():
            return {"enum": list(kind.numbers)}
        case Choice():
            return {"enum": [str(word) for word in kind.words]}
        case Flag():
            return {"const": kind.word}
        case Schema():
            return {"const": kind.stand_in()}
    raise TypeError(f"no JSON Schema is known for {kind!r}")


def _object(record: Record[Any]) -> Json:
    name = record.make.__name__
    schema: Json = {
        "type": "object",
        "properties": {
            key: {"description": ABOUT[name][key], **_schema(known.kind)}
            for key, known in record.keys.items()
        },
        "required": [key for key, known in record.keys.items() if not known.is_optional],
        "additionalProperties": False,
    }
    if name == "Sample":
        # What `rules` says of the two ways to write an answer.
        schema["oneOf"] = [{"required": ["steps"]}, {"required": ["text"]}]
    elif name == "Inject":
        schema["not"] = {"required": ["at", "when"]}
    elif name == "condition":
        schema["oneOf"] = [{"required": ["done_by"]}, {"required": ["not_done_by"]}]
    return schema
