"""Nouns and rules of the tutor, without I/O, clock or randomness."""
