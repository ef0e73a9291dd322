"""The terminal screens, and nothing but screens."""
