import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tutor.content.bundled import cases_dir, rubrics_dir
from tutor.content.library import Library
from tutor.core.errors import UsageError
from tutor.session.grading import Counts, grade
from tutor.session.resuming import results_so_far

GOLD = Path(__file__).parent.parent / "gold" / "dev.answers.jsonl"
ANSWER = {
    "id": "a1",
    "case": "it-outage",
    "language": "de",
    "steps": [{"measure": "Den Shop aus dem Backup auf einem anderen Server wiederherstellen"}],
}


def graded(lines: list[str | bytes], workers: int = 1) -> tuple[Counts, str]:
    written: list[str] = []
    library = Library(cases_dir(), rubrics_dir())
    counts = grade(lines, written.append, library=library, engine="lexical", workers=workers)
    return counts, "".join(written)


def result_of(answer: object) -> dict[str, Any]:
    _, written = graded([json.dumps(answer)])
    found: dict[str, Any] = json.loads(written)
    return found


def test_one_worker_and_two_write_the_same_bytes_in_input_order() -> None:
    lines: list[str | bytes] = [*GOLD.read_bytes().splitlines()[:30], b"{broken", b""]

    one, two = graded(lines), graded(lines, workers=2)

    assert one == two
    assert one[0] == Counts(marked=30, failed=1)
    wanted = [json.loads(line)["id"] for line in lines[:30]]
    assert [json.loads(line)["id"] for line in one[1].splitlines()[:30]] == wanted


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"{broken", "not JSON"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[]", "not a JSON object"),
        (b"[" * 100_000, "not JSON"),
        (b'{"id": 7, "case": "it-outage", "language": "de", "text": "x"}', '"id" must be a text'),
        (b'{"id": "x", "language": "de", "text": "x"}', '"case" is missing'),
        (b'{"id": "x", "case": "it-outage", "language": "de"}', 'either "steps" or "text"'),
        (
            b'{"id": "x", "case": "it-outage", "language": "de", "steps": [], "text": ""}',
            'either "steps" or "text"',
        ),
        (b'{"id": "x", "case": "it-outage", "language": "de", "steps": {}}', "must be a list"),
        (b'{"id": "x", "case": "it-outage", "language": "de", "steps": [7]}', "step 1 must be"),
        (
            b'{"id": "x", "case": "it-outage", "language": "klingon", "text": "x"}',
            "`klingon` is no",
        ),
        (b'{"id": "x", "case": "it-outage", "language": "de_CH", "text": "x"}', "`de_CH` is no"),
        (b'{"id": "x", "case": "it-outge", "language": "de", "text": "x"}', "it-outage"),
    ],
)
def test_a_line_that_cannot_be_marked_says_why_and_the_rest_is_marked(
    line: bytes, said: str
) -> None:
    counts, written = graded([line, json.dumps(ANSWER)])

    error, result = map(json.loads, written.splitlines())
    assert counts == Counts(marked=1, failed=1)
    assert said in error["error"]
    assert "line 1" in error["error"]
    assert result["id"] == "a1"


def test_unknown_keys_are_ignored() -> None:
    assert result_of({**ANSWER, "name": "Muster", "class": 3}) == result_of(ANSWER)


def test_a_language_without_a_rubric_is_marked_with_another_and_says_which() -> None:
    result = result_of({**ANSWER, "language": "rm-CH"})

    assert result["rubric"]["language"] == "de"


@pytest.mark.parametrize(
    ("language", "used"), [("EN", "en"), ("fr-CH", "fr"), ("it-Latn-CH", "it"), ("tlh", "de")]
)
def test_a_tag_is_the_same_in_capitals_and_with_a_region(language: str, used: str) -> None:
    result = result_of({**ANSWER, "language": language})

    assert result["rubric"]["language"] == used


def test_surrogates_and_control_characters_are_written_as_json_that_can_be_read() -> None:
    text = "Backup einspielen \ud800 \x1b[2J \u202e \x9b2J"

    _, written = graded([json.dumps({**ANSWER, "steps": None, "text": text})])

    assert written.isascii() or written.encode("utf-8")
    assert not set(written) & {"\x1b", "\u202e", "\x9b", "\ud800"}
    assert json.loads(written)["parsed_steps"][0]["measure"] == text


def test_lines_are_read_only_as_fast_as_they_are_marked() -> None:
    read = 0

    def lines() -> Iterator[str]:
        nonlocal read
        for _ in range(200):
            read += 1
            yield json.dumps(ANSWER)

    ahead = []
    written: list[str] = []

    def write(line: str) -> None:
        written.append(line)
        ahead.append(read - len(written))

    grade(lines(), write, library=Library(cases_dir(), rubrics_dir()), engine="lexical")

    assert max(ahead) == 0


def test_progress_counts_every_result() -> None:
    shown: list[int] = []

    grade(
        [json.dumps(ANSWER), "{broken"],
        lambda line: None,
        library=Library(cases_dir(), rubrics_dir()),
        engine="lexical",
        on_progress=shown.append,
    )

    assert shown == [1, 2]


@pytest.mark.parametrize("kept", [0, 1, 2])
@pytest.mark.parametrize("torn", [b"", b'{"id":"it-ou'], ids=["whole", "torn"])
def test_a_resumed_run_ends_with_the_same_bytes(tmp_path: Path, kept: int, torn: bytes) -> None:
    raw = [*GOLD.read_bytes().splitlines()[:2], b"", b"{broken"]
    lines: list[str | bytes] = [*raw]
    answers, results = tmp_path / "answers.jsonl", tmp_path / "results.jsonl"
    answers.write_bytes(b"\n".join(raw))
    whole = graded(lines)[1]
    begun = whole.splitlines(keepends=True)[:kept]
    results.write_bytes("".join(begun).encode() + torn)

    done = results_so_far(answers, results)
    with results.open("a", encoding="utf-8") as file:
        grade(
            lines,
            file.write,
            library=Library(cases_dir(), rubrics_dir()),
            engine="lexical",
            done=done,
        )

    assert (done.lines, done.failed) == (kept, 0)
    assert results.read_text(encoding="utf-8") == whole


@pytest.mark.parametrize(
    "held", ['{"id":"another"}\n', '{"id":"a1"}\n', '{"id":"another","error":"x"}\n']
)
def test_the_results_of_other_answers_are_not_gone_on_with(tmp_path: Path, held: str) -> None:
    answers, results = tmp_path / "answers.jsonl", tmp_path / "results.jsonl"
    answers.write_text(json.dumps(ANSWER), encoding="utf-8")
    results.write_text(held, encoding="utf-8")

    with pytest.raises(UsageError, match="does not hold the results"):
        results_so_far(answers, results)

    assert results.read_text(encoding="utf-8") == held


@pytest.mark.parametrize(
    ("part", "key", "value", "said"),
    [
        ("engine", "name", "semantic", "began with semantic"),
        ("engine", "version", "0+rules.0", "began with lexical 0\\+rules.0"),
        ("rubric", "sha256", "0" * 64, "rubric of it-outage .de. was another"),
        ("rubric", "language", "fr", "rubric of it-outage .fr. was another"),
    ],
)
def test_marks_of_another_engine_rules_or_rubric_are_not_gone_on_with(
    tmp_path: Path, part: str, key: str, value: str, said: str
) -> None:
    answers, results = tmp_path / "answers.jsonl", tmp_path / "results.jsonl"
    answers.write_text(f"{json.dumps(ANSWER)}\n{json.dumps(ANSWER)}\n", encoding="utf-8")
    row = result_of(ANSWER)
    results.write_text(json.dumps(row | {part: row[part] | {key: value}}) + "\n", encoding="utf-8")
    done = results_so_far(answers, results)
    written: list[str] = []

    with pytest.raises(UsageError, match=said):
        grade(
            answers.read_bytes().splitlines(),
            written.append,
            library=Library(cases_dir(), rubrics_dir()),
            engine="lexical",
            done=done,
        )

    assert written == []


def test_marks_by_a_rubric_that_is_gone_are_not_gone_on_with(tmp_path: Path) -> None:
    answers, results = tmp_path / "answers.jsonl", tmp_path / "results.jsonl"
    answers.write_text(json.dumps(ANSWER), encoding="utf-8")
    results.write_text(json.dumps(result_of(ANSWER) | {"case": "gone"}) + "\n", encoding="utf-8")

    with pytest.raises(UsageError, match="gone"):
        grade(
            [],
            print,
            library=Library(cases_dir(), rubrics_dir()),
            engine="lexical",
            done=results_so_far(answers, results),
        )
