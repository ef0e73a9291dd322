"""Settings every test shares."""

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
