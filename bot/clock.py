"""The real time, without its leaps: when this machine's clock is set forwards or back, ours follows slowly."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

FOLLOWING = 0.01
"""Of each second that passes, so much may be gained or lost. More, and Telegram's limits would be miscounted."""


def passed() -> float:
    """Seconds that have really passed since some moment; those in which the machine slept count, where it tells."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class SystemClock:
    """This machine's clock. It never goes back, so what is due in a moment is never due in an hour."""

    def __init__(
        self, wall: Callable[[], datetime] = lambda: datetime.now(UTC), passed: Callable[[], float] = passed
    ) -> None:
        self._wall = wall
        self._passed = passed
        self._now = wall()
        self._at = passed()

    def now(self) -> datetime:
        """The time, aware."""
        at = self._passed()
        since, self._at = max(at - self._at, 0.0), at
        expected = self._now + timedelta(seconds=since)
        off = (self._wall() - expected).total_seconds()
        most = since * FOLLOWING
        self._now = expected + timedelta(seconds=max(-most, min(off, most)))
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Until so many seconds have passed."""
        await asyncio.sleep(seconds)
