"""The lines of a drill's log: one JSON object an event; docs/drill-log.md is the schema.

A last line without its end is what a crash tore off and is left out; any other line that
cannot be read is skipped and counted.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from typing import Any, get_args, get_type_hints

from tutor.core.drillevent import EVENTS, DrillEvent, DrillOpened
from tutor.core.plaintext import clean

FORMAT = 1

_HEAD = ("at_seconds", "at_utc")
_NAMES = {kind: re.sub(r"(?<=.)(?=[A-Z])", "-", kind.__name__).lower() for kind in EVENTS}
_KINDS = {name: kind for kind, name in _NAMES.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class DrillLines:
    """The events of a log, the number of lines that could not be read, and where it ends."""

    events: tuple[DrillEvent, ...]
    damaged_lines: int
    intact_bytes: int


def event_name(event: DrillEvent) -> str:
    """Return what an event is called in a log, such as `inject-released`."""
    return _NAMES[type(event)]


def event_line(event: DrillEvent) -> bytes:
    """Return the record of an event."""
    record: dict[str, Any] = {} if not isinstance(event, DrillOpened) else {"drill_log": FORMAT}
    record |= {
        "at": round(event.at_seconds, 3),
        "utc": event.at_utc.isoformat(),
        "event": event_name(event),
    }
    for field in fields(event):
        if field.name not in _HEAD:
            record[field.name] = _written(getattr(event, field.name))
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass") + b"\n"


def read_event(line: bytes) -> DrillEvent:
    """Return the event of a line; raises ValueError, KeyError or TypeError for any other."""
    record = json.loads(line.decode("utf-8", "surrogatepass"))
    kind = _KINDS[record["event"]]
    if kind is DrillOpened and record["drill_log"] != FORMAT:
        raise ValueError(record["drill_log"])
    at, utc = float(record["at"]), datetime.fromisoformat(record["utc"])
    if not 0 <= at < 1e9 or utc.tzinfo is None:
        raise ValueError(record["at"])
    hints = get_type_hints(kind)
    values = {
        field.name: _read(hints[field.name], record[field.name])
        for field in fields(kind)
        if field.name not in _HEAD
    }
    return kind(at_seconds=at, at_utc=utc, **values)


def read_lines(content: bytes) -> DrillLines:
    """Return the events of whole lines, from the beginning of a log or from anywhere in it."""
    intact = content.rfind(b"\n") + 1
    events = []
    damaged = 0
    for line in content[:intact].split(b"\n")[:-1]:
        try:
            events.append(read_event(line))
        except (ValueError, KeyError, TypeError):
            damaged += 1
    return DrillLines(events=tuple(events), damaged_lines=damaged, intact_bytes=intact)


def _written(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _read(kind: Any, value: Any) -> Any:
    if get_args(kind):
        # The only union is `date | None`.
        return None if value is None else date.fromisoformat(value)
    if kind is str:
        # A log may come from somebody else, and what it says is shown.
        return clean(_typed(str, value))
    if kind is float:
        return _share(value)
    if kind in (bool, int):
        return _typed(kind, value)
    return kind(value)


def _typed(kind: Callable[..., Any], value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(value)
    return value


def _share(value: Any) -> float:
    if type(value) not in (int, float) or not 0 <= value <= 1:
        raise ValueError(value)
    return float(value)
