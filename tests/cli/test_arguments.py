import argparse

import pytest

from tutor.cli.arguments import parse
from tutor.cli.config import Config


@pytest.mark.parametrize(
    "argv",
    [["--engine", "lexical", "list"], ["list", "--engine", "lexical"]],
    ids=["before", "after"],
)
def test_an_option_counts_before_the_command_and_after_it(argv: list[str]) -> None:
    assert parse(argv, Config()).engine == "lexical"


def test_an_option_of_the_command_line_wins_over_the_settings() -> None:
    assert parse(["--engine", "lexical", "list"], Config(engine="semantic")).engine == "lexical"
    assert parse(["list"], Config(engine="semantic")).engine == "semantic"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("list --help", ["<usage: >", "<show this help and exit>", "<options>"]),
        ("nonsense", ["<usage: >", "invalid choice: 'nonsense'", "<tutor: error: "]),
        ("plan", ["<the following arguments are required: --exam>"]),
        ("list --nonsense", ["<unrecognized arguments: --nonsense>"]),
        ("grade", ["<the following arguments are required: ANSWERS.jsonl>"]),
        ("grade a --out", ["<expected one argument>"]),
        ("grade a --resume=1", ["<takes no value, but got '1'>"]),
        ("mock --seed x", ["<invalid int value: 'x'>"]),
    ],
)
def test_argparse_speaks_the_language_of_the_interface(
    words: str,
    said: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(argparse, "_", lambda message: message)
    for module in ("argparsewords", "parser"):
        monkeypatch.setattr(f"tutor.cli.{module}._", lambda message: f"<{message}>")

    with pytest.raises(SystemExit):
        parse(words.split(), Config())

    spoken = "".join(capsys.readouterr())
    assert [part for part in said if part not in spoken] == []
