"""What time it is, and waiting: handed in, so that a test can hold the time still."""

import asyncio
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time, aware of its zone, and waits."""

    def now(self) -> datetime: ...  # noqa: D102

    async def sleep(self, seconds: float) -> None: ...  # noqa: D102


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        """The time in UTC."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Wait for real."""
        await asyncio.sleep(seconds)
