"""A part of a screen or report: sentences and a table, the same for both."""

from dataclasses import dataclass

# Where there is no figure.
NONE = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Some sentences under a title, and a table whose column `wide` may be cut."""

    id: str
    title: str
    said: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: int = 0
