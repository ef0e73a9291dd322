"""The Markdown of content files: paragraphs, lists and bold, and nothing else."""

import re
from dataclasses import dataclass
from typing import Literal

from tutor.core.plaintext import clean

_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+")
_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """Some words, in bold or not."""

    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or one item of a list."""

    kind: Literal["paragraph", "item"]
    runs: tuple[Run, ...]

    @property
    def plain(self) -> str:
        """The words without bold."""
        return "".join(run.text for run in self.runs)


def blocks(text: str) -> tuple[Block, ...]:
    """Read the paragraphs and list items of a text; lines of a paragraph are joined."""
    read: list[Block] = []
    for paragraph in re.split(r"\n\s*\n", clean(text).strip()):
        kind: Literal["paragraph", "item"] = "paragraph"
        lines: list[str] = []
        for line in paragraph.splitlines():
            if item := _ITEM.match(line):
                _close(read, kind, lines)
                kind, line = "item", line[item.end() :]
            lines.append(line.strip())
        _close(read, kind, lines)
    return tuple(read)


def _close(read: list[Block], kind: Literal["paragraph", "item"], lines: list[str]) -> None:
    if joined := " ".join(line for line in lines if line):
        read.append(Block(kind, _runs(joined)))
    lines.clear()


def _runs(text: str) -> tuple[Run, ...]:
    runs = []
    for place, part in enumerate(_BOLD.split(text)):
        if part:
            runs.append(Run(part, bold=place % 2 == 1))
    return tuple(runs)
