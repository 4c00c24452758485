"""A clock that only the test moves: nothing in a story waits for real time."""

import asyncio
import heapq
import itertools
from datetime import UTC, datetime, timedelta


class MovedClock:
    """Stands still until `advance`; sleepers wake in the order of their times."""

    def __init__(self, start: datetime = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)) -> None:
        self._now = start
        self._count = itertools.count()
        self._sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = []

    def now(self) -> datetime:
        """The time."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Until the clock was moved so far."""
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        waiting: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        heapq.heappush(self._sleepers, (self._now + timedelta(seconds=seconds), next(self._count), waiting))
        await waiting

    def advance(self, seconds: float) -> None:
        """Move on, and wake whoever's time has come."""
        self._now += timedelta(seconds=seconds)
        while self._sleepers and self._sleepers[0][0] <= self._now:
            _at, _number, waiting = heapq.heappop(self._sleepers)
            if not waiting.done():
                waiting.set_result(None)
