"""Where the time comes from: handed in, so that a test can move it."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """A clock."""

    def now(self) -> datetime:
        """The time, aware."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Until so many seconds have passed."""
        ...
