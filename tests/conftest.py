"""Settings every test shares."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import settings

from tutor.locales import activate

# A busy machine is no fault of a property: no example has a time limit.
settings.register_profile("tutor", deadline=None)
settings.load_profile("tutor")


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Leave no language behind: `main` chooses that of its arguments for the whole process."""
    yield
    activate("en")


def pytest_xdist_auto_num_workers() -> int:
    """Return one worker more than there are processors: tests of real processes mostly wait."""
    return (os.cpu_count() or 1) + 1
