"""Use cases of the tutor, headless."""
