"""The JSON Schemas say what the reader says, and the files in the wheel are up to date."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import tutor
from tutor.content.bundled import cases_dir, rubrics_dir
from tutor.content.jsonschema import SchemaName, json_schema, schema_text
from tutor.content.node import Fields, Items, Node
from tutor.content.reading import Reading
from tutor.content.yamlfile import read_yaml

BAD = Path(__file__).parent.parent / "bad_content"
SEEN_BY_A_SCHEMA = [
    "bad-id",
    "bad-language",
    "credit-between",
    "empty-measures",
    "empty-text",
    "minutes-out-of-range",
    "missing-key",
    "range-of-three",
    "reduces-above-one",
    "sample-needs-unknown-engine",
    "sample-with-neither",
    "sample-with-steps-and-text",
    "unknown-area",
    "unknown-key",
    "unknown-kind",
    "unsupported-schema",
    "weight-not-positive",
    "weight-not-whole",
]


def loaded(path: Path) -> Any:
    root, _digest = read_yaml(path, Reading(str(path)))
    return None if root is None else plain(root)


def plain(node: Node) -> Any:
    if isinstance(node, Fields):
        return {key: plain(entry.node) for key, entry in node.entries.items()}
    return [plain(inner) for inner in node.nodes] if isinstance(node, Items) else node.value


@pytest.mark.parametrize("name", ["case", "rubric"])
def test_the_schema_in_the_wheel_is_the_one_of_the_reader(name: SchemaName) -> None:
    kept = Path(tutor.__file__).parent / "schemas" / f"{name}.schema.json"

    assert kept.read_text(encoding="utf-8") == schema_text(name), (
        f"write it anew: tutor schema {name} > {kept}"
    )


@pytest.mark.parametrize(("name", "folder"), [("case", cases_dir()), ("rubric", rubrics_dir())])
def test_the_bundled_content_fits_its_schema(name: SchemaName, folder: Path) -> None:
    validator = Draft202012Validator(json_schema(name))

    found = [
        f"{path.name}: {error.json_path}: {error.message}"
        for path in folder.glob("*.yaml")
        for error in validator.iter_errors(loaded(path))
    ]

    assert found == []


@pytest.mark.parametrize("mistake", SEEN_BY_A_SCHEMA)
def test_an_editor_sees_the_mistakes_the_reader_sees(mistake: str) -> None:
    content = loaded(BAD / f"{mistake}.en.yaml")
    name: SchemaName = "rubric" if "measures" in content else "case"

    assert not Draft202012Validator(json_schema(name)).is_valid(content)


@pytest.mark.parametrize("name", ["case", "rubric"])
def test_every_key_is_explained(name: SchemaName) -> None:
    def unexplained(schema: dict[str, Any], path: str) -> list[str]:
        found = [
            f"{path}.{key}" for key, value in schema.get("properties", {}).items()
            if not value.get("description")
        ]  # fmt: skip
        for key, value in schema.get("properties", {}).items():
            found += unexplained(value, f"{path}.{key}")
        return found + (unexplained(schema["items"], f"{path}[]") if "items" in schema else [])

    assert unexplained(json.loads(schema_text(name)), name) == []
