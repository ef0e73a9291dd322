import random
import sys
from pathlib import Path

import pytest

from tests.crash.rounds import Candidate

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


@pytest.mark.parametrize("seed", range(3))
def test_a_killed_tutor_loses_at_most_the_last_second(tmp_path: Path, seed: int) -> None:
    candidate = Candidate(tmp_path, random.Random(seed), longest_seconds=0.8)
    terminal = candidate.begin()
    for _ in range(5):
        candidate.write_and_be_killed(terminal)
        terminal = candidate.go_on()

    attempt = candidate.hand_in(terminal)

    assert candidate.report.kills == 5
    assert attempt.interruptions == 5
