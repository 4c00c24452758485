"""The real time."""

import asyncio
from datetime import UTC, datetime


class SystemClock:
    """This machine's clock."""

    def now(self) -> datetime:
        """The time, aware."""
        return datetime.now(UTC)

    async def sleep(self, seconds: float) -> None:
        """Until so many seconds have passed."""
        await asyncio.sleep(seconds)
