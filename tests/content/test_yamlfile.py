"""The strict reader: what plain words mean, what is refused, and what nothing can break."""

from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tutor.content.bundled import cases_dir, rubrics_dir
from tutor.content.load import load_case, load_rubric, load_theory
from tutor.content.node import Fields, Scalar
from tutor.content.reading import Reading
from tutor.content.textfile import MAX_BYTES
from tutor.content.yamlfile import core_value, read_yaml
from tutor.core.errors import ContentError
from tutor.core.plaintext import unsafe_character
from tutor.core.problem import Problem

PARSERS = ["C", "Python"] if hasattr(yaml, "CSafeLoader") else ["Python"]


@pytest.fixture(params=PARSERS)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read with libyaml, and with what stands in for it where it is not built."""
    if request.param == "Python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)


def read(folder: Path, content: str | bytes) -> Reading:
    path = folder / "outage.en.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    reading = Reading("outage.en.yaml")
    read_yaml(path, reading)
    return reading


def rules(reading: Reading) -> list[str]:
    return [problem.rule for problem in reading.problems]


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        *[(word, word) for word in ["12:30", "no", "yes", "on", "off", "y", "2026-03-02", "<<"]],
        *[(word, word) for word in ["1_000", "0b11", "1'500", "-", "+", ".", "0o9", "nUll", "1e"]],
        *[(word, None) for word in ["", "~", "null", "Null", "NULL"]],
        ("true", True),
        ("False", False),
        ("12", 12),
        ("-3", -3),
        ("007", 7),
        ("0o14", 12),
        ("0xFF", 255),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("-.inf", float("-inf")),
        ("9" * 5000, float("inf")),
    ],
)
def test_a_plain_word_means_what_yaml_1_2_says(word: str, meaning: object) -> None:
    value = core_value(word)

    assert value == meaning
    assert type(value) is type(meaning)


def test_a_quoted_word_is_always_text(tmp_path: Path, parser: None) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 'true'\nb: \"12\"\nc: ''\n")

    root, _digest = read_yaml(path, Reading(""))

    assert isinstance(root, Fields)
    values = [entry.node.value for entry in root.entries.values() if isinstance(entry.node, Scalar)]
    assert values == ["true", "12", ""]


def test_places_count_lines_and_columns_from_one(tmp_path: Path, parser: None) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("# comment\nläng:   wörd\n")

    root, _digest = read_yaml(path, Reading(""))

    assert isinstance(root, Fields)
    assert root.entries["läng"].key_place == (2, 1)
    assert root.entries["läng"].node.place == (2, 9)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("", "empty-file"),
        ("a: 1\n---\nb: 2\n", "several-documents"),
        ("a: !!str 1\n", "tag"),
        ("a: 1\na: 2\n", "duplicate-key"),
        ("a: 1\n'a': 2\n", "duplicate-key"),
        ("? [a]\n: 1\n", "bad-key"),
        ("a: *b\n", "unknown-anchor"),
        ("a: &b [*b]\n", "unknown-anchor"),
        ("a: [\n", "syntax"),
        ("a: b: c\n", "syntax"),
        ('a: "\\UFFFFFFFF"\n', "syntax"),
        ("a\tb: 1\n", "tab"),
        ('a: "\\e[2J"\n', "control-character"),
        ('"\\u202e": 1\n', "control-character"),
        ("a: \u2028\n", "control-character"),
        ("a: 1\rb: 2\n", "control-character"),
        (b"\xff\xfea\x00", "not-utf-8"),
        (b"\xef\xbb\xbfa: 1\n", "byte-order-mark"),
        (b"a: \xed\xa0\x80\n", "not-utf-8"),
    ],
)
def test_what_could_be_misread_is_refused(
    content: str | bytes, rule: str, tmp_path: Path, parser: None
) -> None:
    assert rule in rules(read(tmp_path, content))


def test_windows_line_ends_are_welcome(tmp_path: Path, parser: None) -> None:
    assert not read(tmp_path, b"a: |\r\n  one\r\n  two\r\n").problems


def test_an_alias_repeats_a_value_within_the_limit(tmp_path: Path, parser: None) -> None:
    assert not read(tmp_path, "a: &words [one, two]\nb: *words\n").problems


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("a: " + "[\n" * 250_000, "too-deep"),
        ("a: " + "{b: " * 100_000, "too-deep"),
        ("- " * 500_000, "too-deep"),
        ("? " * 500_000, "too-deep"),
        (f"a: &x [{'lol, ' * 50_000}]\nb: [{'*x, ' * 50_000}]\n", "alias-expansion"),
        ("x" * (MAX_BYTES + 1), "too-large"),
    ],
    ids=["lists", "mappings", "dashes", "complex keys", "aliases", "size"],
)
def test_hostile_files_are_refused_at_once(content: str, rule: str, tmp_path: Path) -> None:
    start = process_time()

    reading = read(tmp_path, content)

    assert rules(reading) == [rule]
    assert process_time() - start < 2


def test_a_billion_laughs_cost_nothing(tmp_path: Path, parser: None) -> None:
    lines = ["a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]"
        for before, name in zip("abcdefghijklm", "bcdefghijklmn", strict=True)
    ]
    start = process_time()

    reading = read(tmp_path, "\n".join(lines))

    assert rules(reading) == ["alias-expansion"]
    assert process_time() - start < 1


@pytest.mark.parametrize(
    "nesting", ["[" * 400 + "]" * 400, "{a: " * 400 + "}" * 400], ids=["lists", "mappings"]
)
def test_deep_nesting_is_refused_before_it_can_recurse(
    nesting: str, tmp_path: Path, parser: None
) -> None:
    assert rules(read(tmp_path, f"a: {nesting}\n")) == ["too-deep"]


def test_a_file_of_nothing_but_mistakes_is_read_in_seconds(tmp_path: Path) -> None:
    path = tmp_path / "outage.en.yaml"
    path.write_text("".join(f"situatiom{number}: 1\n" for number in range(40_000)))
    start = process_time()

    with pytest.raises(ContentError) as raised:
        load_case(path)
    assert len(raised.value.problems) > 40_000
    assert process_time() - start < 10


def test_what_is_no_file_is_reported(tmp_path: Path) -> None:
    folder, missing = Reading(""), Reading("")

    read_yaml(tmp_path, folder)
    read_yaml(tmp_path / "missing.yaml", missing)

    assert rules(folder) == ["unreadable"]
    assert rules(missing) == ["unreadable"]


BUNDLED = [
    (load_case, (cases_dir() / "it-outage.en.yaml").read_bytes()),
    (load_rubric, (rubrics_dir() / "it-outage.en.yaml").read_bytes()),
    (load_theory, (rubrics_dir() / "theory" / "redundancy.en.yaml").read_bytes()),
]
TOKENS = [
    *[b"\n", b"  ", b"- ", b": ", b"[", b"]", b"{", b"}", b'"', b"'", b"|", b"&a ", b"*a", b"!"],
    *[b"#", b"? ", b"%YAML 1.1\n", b"---\n", b"...\n", b"\x00", b"\xff", b"\xe2\x80\xae"],
    *[b"\t", b"<<: ", b"~", b"-1", b"1e999", b".nan", b"0x", b"\\", b'"\\ud800"', b"schema: 2\n"],
]


def raises_nothing_else(load: Callable[[Path], object], content: bytes, folder: Path) -> None:
    path = folder / "it-outage.en.yaml"
    path.write_bytes(content)
    problems: Sequence[Problem] | None = None
    try:
        load(path)
    except ContentError as error:
        problems = error.problems

    assert problems is None or problems
    assert all(unsafe_character(str(problem)) is None for problem in problems or ())


@settings(max_examples=200, deadline=None)
@given(content=st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_no_bytes_raise_anything_but_content_error(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    raises_nothing_else(load_rubric, content, tmp_path_factory.getbasetemp())


DAMAGE = st.tuples(
    st.floats(0, 1), st.integers(0, 40), st.sampled_from(TOKENS) | st.binary(max_size=3)
)


@settings(max_examples=200, deadline=None)
@given(which=st.sampled_from(BUNDLED), edits=st.lists(DAMAGE, min_size=1, max_size=4))
def test_no_damage_to_a_file_raises_anything_but_content_error(
    which: tuple[Callable[[Path], object], bytes],
    edits: list[tuple[float, int, bytes]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    load, content = which
    for where, length, token in edits:
        offset = int(where * len(content))
        content = content[:offset] + token + content[offset + length :]

    raises_nothing_else(load, content, tmp_path_factory.getbasetemp())


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)
KEYS = st.sampled_from(["case", "language", "phases", "measures", "pitfalls", "impact", "samples"])


@settings(max_examples=60, deadline=None)
@given(value=VALUES, key=KEYS)
def test_no_value_under_any_key_raises_anything_but_content_error(
    value: object, key: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    small = {"schema": 1, "case": "it-outage", "language": "en", "phases": [], "measures": []}
    content = yaml.safe_dump({**small, key: value}).encode()

    raises_nothing_else(load_rubric, content, tmp_path_factory.getbasetemp())
