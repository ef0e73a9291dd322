"""Content files → core models, or every problem that is in them."""

from pathlib import Path

from tutor.content.document import read_card, read_case, read_rubric
from tutor.core.case import Case
from tutor.core.rubric import Rubric
from tutor.core.theory import TheoryCard


def load_case(path: Path) -> Case:
    """Return the case in a file; raises ContentError with all its problems."""
    return read_case(path).content()


def load_rubric(path: Path) -> Rubric:
    """Return the rubric in a file; raises ContentError with all its problems."""
    return read_rubric(path).content()


def load_theory(path: Path) -> TheoryCard:
    """Return the theory card in a file; raises ContentError with all its problems."""
    return read_card(path).content()
