"""Settings every test shares."""

from hypothesis import settings

# A busy machine is no fault of a property: no example has a time limit.
settings.register_profile("tutor", deadline=None)
settings.load_profile("tutor")
