"""Attempts, journal and marks on disk."""
