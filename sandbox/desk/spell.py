"""Something that is otherwise for a while, and ends by itself."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from math import ceil

LONGEST = 600
"""Seconds that anything may be out."""


class Spell:
    """`begin` lets it start, `end` puts all right again; once started it is never left half way."""

    def __init__(
        self,
        *,
        now: Callable[[], datetime],
        begin: Callable[[], Awaitable[None]],
        end: Callable[[], Awaitable[None]],
    ) -> None:
        self._now, self._begin, self._end = now, begin, end
        self._until: datetime | None = None
        self._timer: asyncio.Task[None] | None = None
        self._busy = asyncio.Lock()  # begin and end may wait for a network

    @property
    def left(self) -> int:
        """The whole seconds until it ends; 0 while there is none."""
        return max(ceil((self._until - self._now()).total_seconds()), 1) if self._until else 0

    async def start(self, seconds: float) -> None:
        """For so long from now on; one that is under way ends at the new time. ValueError for too long a time."""
        if not 0 < seconds <= LONGEST:
            raise ValueError(f"it may last up to {LONGEST} seconds")
        async with self._busy:
            under_way = self._until is not None
            self._until = self._now() + timedelta(seconds=seconds)
            self.forget()
            if not under_way:
                await self._begin()
            self._timer = asyncio.create_task(self._after(seconds))

    async def stop(self) -> None:
        """End it now; harmless when there is none."""
        async with self._busy:
            self.forget()
            await self._over()

    def forget(self) -> None:
        """Let it be as it is: it does not end by itself any more."""
        if self._timer:
            self._timer.cancel()

    async def _after(self, seconds: float) -> None:
        await asyncio.sleep(seconds)
        async with self._busy:  # whoever begins it anew meanwhile has this task cancelled here
            await self._over()

    async def _over(self) -> None:
        if self._until is not None:
            self._until = None
            await self._end()
