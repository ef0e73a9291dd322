from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tutor.content.insertion import checked, replace_text, with_paraphrases, with_pitfall
from tutor.content.load import load_rubric
from tutor.core.errors import ContentError, UsageError
from tutor.core.rubric import Pitfall, Rubric

RUBRIC = """\
# The marker's half.
schema: 1
case: small
language: en
phases:
  - {id: contain, label: At once}
measures:
  - id: page   # the first
    phase: contain
    text: Show a page
    reason: so that they know
    paraphrases:
      # what people say
      - "put up a page"   # often
      - a plain one
        that goes on
    not: [a page for adverts]
  - id: phone
    phase: contain
    text: "Open a phone line"
    reason: so that they can order
  - id: form
    phase: contain
    text: Offer a form
    reason: so that they can order
    paraphrases: []
pitfalls:
  - id: wait
    text: Wait
    why: it costs
    paraphrases: ["do nothing", "sit still"]
samples:
  - name: s
    steps: [{measure: Show a page}]
    expect: {page: 1}
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "small.en.yaml"
    path.write_text(RUBRIC, encoding="utf-8")
    return path


def said(rubric: Rubric) -> dict[str, tuple[str, ...]]:
    measures = {measure.id: measure.paraphrases for measure in rubric.measures}
    return measures | {pitfall.id: pitfall.paraphrases for pitfall in rubric.pitfalls}


@pytest.mark.parametrize("target", ["page", "phone", "form", "wait"])
def test_only_the_paraphrases_grow_and_every_line_stays(path: Path, target: str) -> None:
    old = load_rubric(path)

    text = with_paraphrases(path, target, ['say "it" here', "and: this # too"])

    new = checked(path, text)
    before, after = said(old), said(new)
    assert after == before | {target: (*before[target], 'say "it" here', "and: this # too")}
    comments = [line for line in RUBRIC.splitlines() if "#" in line]
    assert [line for line in text.splitlines() if line in comments] == comments
    kept = [line for line in RUBRIC.splitlines() if "paraphrases: [" not in line]
    rest = iter(text.splitlines())
    assert all(line in rest for line in kept), "a line is gone or stands elsewhere"


@pytest.mark.parametrize(
    "brackets",
    [
        '["do nothing", "sit still",]',
        '[\n      "do nothing",\n      "sit still",  # often\n    ]',
        '["do nothing",\n      sit still # often, and said so\n    ]',
    ],
    ids=["comma behind", "lines and a comma", "comment behind"],
)
def test_brackets_grow_behind_the_last_item(path: Path, brackets: str) -> None:
    path.write_text(RUBRIC.replace('["do nothing", "sit still"]', brackets), encoding="utf-8")

    text = with_paraphrases(path, "wait", ["hope, and pray"])

    assert said(checked(path, text))["wait"] == ("do nothing", "sit still", "hope, and pray")
    assert text.count("#") == path.read_text("utf-8").count("#")


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(str.strip))
def test_a_sentence_comes_back_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, sentence: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "sentence.en.yaml"
    path.write_text(RUBRIC, encoding="utf-8")

    text = with_paraphrases(path, "page", [sentence])

    assert yaml.safe_load(text)["measures"][0]["paraphrases"][-1] == sentence


def test_an_unknown_measure_is_refused_by_name(path: Path) -> None:
    with pytest.raises(UsageError, match="nope"):
        with_paraphrases(path, "nope", ["x"])


HIDE = Pitfall(
    id="hide",
    text='Say "nothing": to nobody # at all',
    why="they find out",
    paraphrases=("keep quiet", "- tell no one"),
)


def cut(start: str, end: str, between: str) -> str:
    """Return the rubric with something else from one line to another."""
    return RUBRIC[: RUBRIC.index(start)] + between + RUBRIC[RUBRIC.index(end) :]


@pytest.mark.parametrize(
    "text",
    [
        RUBRIC,
        cut("pitfalls:", "samples:", ""),
        cut("pitfalls:", "samples:", "pitfalls: []  # none yet\n"),
        cut("pitfalls:", "samples:", "pitfalls: [\n]\n"),
        cut("pitfalls:", "samples:", "pitfalls: [{id: wait, text: Wait, why: it costs}]  # one\n"),
        cut("pitfalls:", "samples:", "pitfalls: [{id: wait, text: Wait, why: it costs},]\n"),
        cut("pitfalls:", "samples:", "pitfalls:\n- {id: wait, text: Wait, why: it costs}\n"),
        cut("pitfalls:", "samples:", "pitfalls:\n- id: wait\n  text: Wait\n  why: |\n    it\n\n"),
        RUBRIC.replace("samples:", "    # about waiting\n# about samples\nsamples:"),
        cut("samples:", "samples:", "")[: RUBRIC.index("samples:")].rstrip(),
        cut("pitfalls:", "samples:", "")[: RUBRIC.index("pitfalls:")].rstrip(),
    ],
    ids=[
        "block",
        "absent",
        "empty",
        "empty-over-lines",
        "brackets",
        "brackets-and-a-comma",
        "not-indented",
        "block-scalar",
        "comments",
        "at-the-end",
        "absent-at-the-end",
    ],
)
def test_a_pitfall_comes_behind_the_others_and_everything_else_stays(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    old = load_rubric(path)

    written = with_pitfall(path, HIDE)

    new = checked(path, written)
    assert new.pitfalls == (*old.pitfalls, HIDE)
    assert (new.measures, new.samples) == (old.measures, old.samples)
    comments = [line.strip() for line in text.splitlines() if line.lstrip().startswith("#")]
    assert [one.strip() for one in written.splitlines() if one.lstrip().startswith("#")] == comments
    assert written.count("# none yet") == text.count("# none yet")


def test_comments_set_in_below_a_pitfall_stay_with_it(path: Path) -> None:
    path.write_text(
        RUBRIC.replace("samples:", "    # about waiting\n# about samples\nsamples:"), "utf-8"
    )

    text = with_pitfall(path, HIDE)

    about = [text.index(said) for said in ("# about waiting", "id: hide", "# about samples")]
    assert about == sorted(about)


def test_what_would_be_wrong_is_said_of_the_file_itself(path: Path) -> None:
    text = with_pitfall(path, Pitfall(id="blame", text="Blame", why=" "))

    with pytest.raises(ContentError, match=rf"{path}:\d+:\d+: pitfalls.blame.why"):
        checked(path, text)


def test_an_id_that_yaml_takes_for_no_text_is_put_in_quotes(path: Path) -> None:
    text = with_pitfall(path, Pitfall(id="null", text="x", why="y"))

    assert checked(path, text).pitfalls[-1].id == "null"


def test_a_rubric_in_brackets_is_refused_by_name(path: Path) -> None:
    path.write_text('{"measures": []}', encoding="utf-8")

    with pytest.raises(UsageError, match=path.name):
        with_pitfall(path, HIDE)


def test_windows_line_ends_stay(path: Path) -> None:
    path.write_bytes(RUBRIC.replace("\n", "\r\n").encode())

    text = with_paraphrases(path, "page", ["x y"])

    assert text.count("\n") == text.count("\r\n")


def test_a_file_is_replaced_whole(path: Path) -> None:
    replace_text(path, "# new\n")

    assert path.read_text(encoding="utf-8") == "# new\n"
    assert list(path.parent.iterdir()) == [path]
