"""Ends the questions that nobody answers in time."""

from collections.abc import Callable
from datetime import datetime

from domain.clock import Clock
from services import windows
from storage.database import Database


class WindowKeeper:
    """A worker; `round` ends what is over."""

    def __init__(self, db: Database, clock: Clock, ring: Callable[[], None]) -> None:
        self._db = db
        self._clock = clock
        self._ring = ring

    async def round(self) -> datetime | None:
        """End what is over; when the next one is."""
        due = await self._db.run(windows.end_expired, self._clock.now())
        self._ring()
        return due
