"""Both parsers of PyYAML word a fault for themselves; an author reads one explanation."""

import pytest
import yaml

from tutor.content.reading import Reading, Unreadable
from tutor.content.yamlfile import read_text

FAULTS = [
    ('a: "x', "never closed"),
    ("a: 'x\n---\n", "never closed"),
    ("a: [1, 2", "bracket"),
    ("a: {b: c]", "bracket"),
    ("a: b: c", "a second `: `"),
    ("a: 1\n  b: 2", "a second `: `"),
    ("a: @x", "cannot start with this character"),
    ("a: ,", "cannot start with this character"),
    ("a:\n\t- b", "tab"),
    ("a: b\n\tc: d", "tab"),
    ('a: "\\q"', "`\\` in double quotes"),
    ('a: "\\x1"', "`\\` in double quotes"),
    ('a: "\\UFFFFFFFF"', "`\\` in double quotes"),
    ("a: |x\n  z", "stand alone"),
    ("a: >0\n x", "stand alone"),
    ("a: &\n", "signs of YAML"),
    ("a: *\n", "signs of YAML"),
    ("a: !<x", "signs of YAML"),
    ("a: !foo!bar x", "signs of YAML"),
    ("%YAML 2.0\n---\na", "signs of YAML"),
    ('a: \n"b" c', "a key without its `: `"),
    ("a: - b", "a list cannot start on the line of its key"),
    ("a:\n  - b\n c", "does not fit the lines above"),
    ("- a\nb: c", "does not fit the lines above"),
    ("  a: 1\n b: 2", "does not fit the lines above"),
    ('a: "b" c', "does not fit the lines above"),
]


@pytest.mark.parametrize("parser", ["libyaml where it is built in", "Python's own"])
@pytest.mark.parametrize(("text", "fault"), FAULTS)
def test_a_fault_is_explained_in_the_same_words_by_both_parsers(
    text: str, fault: str, parser: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if parser == "Python's own":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    reading = Reading("case.en.yaml")

    with pytest.raises(Unreadable):
        read_text(text, reading)

    (problem,) = reading.problems
    assert fault in problem.why
    assert problem.advice
