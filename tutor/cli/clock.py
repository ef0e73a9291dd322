"""The real clocks."""

import time
from datetime import UTC, datetime


class SystemClock:
    """The clocks of this machine; see `tutor.core.clock.Clock`."""

    def utc(self) -> datetime:
        """Return the time of day in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Return seconds that also count while the machine sleeps, where the system can tell.

        Linux stops CLOCK_MONOTONIC during suspend: a candidate who closes the laptop's lid
        would gain time that CLOCK_BOOTTIME does not give away.
        """
        boottime = getattr(time, "CLOCK_BOOTTIME", None)
        return time.monotonic() if boottime is None else time.clock_gettime(boottime)
