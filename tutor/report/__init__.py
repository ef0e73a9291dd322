"""Core models → HTML, Markdown, JSON."""
