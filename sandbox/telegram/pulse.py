"""A pulse that anyone can wait for: every waiter of now wakes at the next beat, none has to ask again and again."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Pulse:
    """Beats when something has changed."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def beat(self) -> None:
        """Wake everybody who waits now."""
        self._next.set()
        self._next = asyncio.Event()

    async def until(self, seen: Callable[[], T | None], seconds: float) -> T:
        """What `seen` returns, as soon as that is true. TimeoutError after so many real seconds."""
        async with asyncio.timeout(seconds):
            while not (found := seen()):
                await self._next.wait()
        return found
