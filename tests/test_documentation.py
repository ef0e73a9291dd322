"""What the documents say is so: links lead somewhere and commands run."""

import re
import shlex
from pathlib import Path

import pytest

from tutor.cli.main import main

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\]\((?!https?:|#)([^)#]+)")
COMMAND = re.compile(r"^\$ (tutor .*)$", re.MULTILINE)
COMMANDS = [command for page in PAGES for command in COMMAND.findall(page.read_text("utf-8"))]
# These open a screen, go on without end, write files, or need an attempt, a class or a pack of
# the reader's own. The guide to running a class is followed in test_running_a_class.py.
NEEDS_A_READER = re.compile(
    r"tutor (start|report|drill|review|class|preview|pack|install|new|plan|handout)\b|.*--watch"
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    targets = [page.parent / target for target in LINK.findall(page.read_text("utf-8"))]

    assert [target for target in targets if not target.exists()] == []


@pytest.mark.parametrize(
    "command", [command for command in COMMANDS if not NEEDS_A_READER.match(command)]
)
def test_every_command_of_the_documents_runs(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUTOR_HOME", str(tmp_path))
    # What the text model takes seconds for, shared words show at once.
    (tmp_path / "config.toml").write_text('engine = "lexical"\n', encoding="utf-8")
    monkeypatch.chdir(ROOT)

    assert main(shlex.split(command, comments=True)[1:]) == 0
