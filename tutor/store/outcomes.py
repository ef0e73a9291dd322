"""What the samples of rubrics came to in the last check, to tell the next one what changed."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tutor.store.faults import file_errors
from tutor.store.private import make_folder, write_new


class Outcomes:
    """A JSON file of outcomes by name, which may be lost without harm."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, Any]:
        """Return the outcomes; none where there is no file, or none that can be understood."""
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return (
            {name: outcome for name, outcome in kept.items() if isinstance(outcome, dict)}
            if isinstance(kept, dict)
            else {}
        )

    def remember(self, outcomes: Mapping[str, Any]) -> None:
        """Keep these, beside those of other names; raises StoreError."""
        text = json.dumps({**self.read(), **outcomes}, ensure_ascii=False, indent=1)
        with file_errors(self._path):
            make_folder(self._path.parent)
            write_new(self._path, text.encode("utf-8"))
