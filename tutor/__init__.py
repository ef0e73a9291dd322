"""An offline tutor for critical incidents: practise, be marked, understand why."""

__version__ = "0.1.0"
