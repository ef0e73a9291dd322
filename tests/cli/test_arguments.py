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
