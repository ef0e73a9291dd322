"""What the architecture promises, kept by tests instead of memory."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def modules_after(statement: str) -> set[str]:
    """Return the names of all modules a fresh interpreter holds after a statement."""
    code = f"import sys\n{statement}\nprint(*sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return set(done.stderr.split())


def test_the_layers_are_kept() -> None:
    lint_imports = Path(sys.executable).with_name("lint-imports")

    done = subprocess.run(
        [lint_imports, "--no-cache"], capture_output=True, text=True, check=False, cwd=ROOT
    )

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("module", ["tutor.session.practice", "tutor.session.sitting"])
def test_an_exam_can_be_sat_without_a_terminal_library(module: str) -> None:
    loaded = modules_after(f"import {module}")

    assert not {"textual", "rich"} & loaded


def test_help_and_version_load_nothing_heavy() -> None:
    call = "from tutor.cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass"

    loaded = modules_after(call)

    assert not {"textual", "yaml", "jinja2", "rapidfuzz", "numpy", "sqlite3"} & loaded


def test_the_first_screen_loads_no_marking_reporting_or_plotting() -> None:
    loaded = modules_after("import tutor.tui.app, tutor.tui.library, tutor.session.practice")

    assert (
        not {"jinja2", "numpy", "rapidfuzz", "onnxruntime", "plotext", "snowballstemmer"} & loaded
    )
