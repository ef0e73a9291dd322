"""Time as an argument: a deadline instead of a count of ticks."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Protocol

# Announced once each, in seconds left: see product.md, "The clock is calm".
WARNINGS = (120, 60, 15)


class Clock(Protocol):
    """The two clocks an exam needs."""

    def utc(self) -> datetime:
        """Return the time of day, aware, in UTC; may jump when somebody sets it."""

    def monotonic(self) -> float:
        """Return seconds from an unknown start; never jumps, means nothing in another process."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The end of a sitting, on both clocks.

    Within a run the monotonic clock decides; after a crash the stored UTC time does.
    """

    utc: datetime
    monotonic: float
    limit_seconds: float

    @classmethod
    def start(cls, clock: Clock, limit_seconds: float) -> "Deadline":
        """Begin a sitting of `limit_seconds` now."""
        return cls(
            utc=clock.utc() + timedelta(seconds=limit_seconds),
            monotonic=clock.monotonic() + limit_seconds,
            limit_seconds=limit_seconds,
        )

    @classmethod
    def resume(cls, clock: Clock, utc: datetime, limit_seconds: float) -> "Deadline":
        """Pick a sitting up again in another process, by its stored end in UTC.

        Setting the system clock back cannot give more than the whole limit.
        """
        left = min(max((utc - clock.utc()).total_seconds(), 0.0), limit_seconds)
        return cls(utc=utc, monotonic=clock.monotonic() + left, limit_seconds=limit_seconds)

    def remaining_seconds(self, monotonic: float) -> float:
        """Return the seconds left at a monotonic time, within 0 and the limit."""
        return min(max(self.monotonic - monotonic, 0.0), self.limit_seconds)

    def has_passed(self, monotonic: float) -> bool:
        """True once no time is left."""
        return self.remaining_seconds(monotonic) <= 0.0


def clock_face(remaining_seconds: float) -> str:
    """Return `m:ss`, rounded up, so that 0:00 means closed."""
    seconds = ceil(remaining_seconds)
    return f"{seconds // 60}:{seconds % 60:02d}"


def warnings_due(before_seconds: float, now_seconds: float) -> tuple[int, ...]:
    """Return the warnings crossed between two readings of the remaining time.

    Each is due once: a stall that jumps over two of them announces only the more urgent one,
    which is the last.
    """
    return tuple(mark for mark in WARNINGS if now_seconds <= mark < before_seconds)
