"""The updates that wait for the bot, and getUpdates as Telegram means it.

An update stays until a call asks for a higher one. One caller only: a newer call ends the one that waits.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from sandbox.telegram.clock import Clock
from sandbox.telegram.errors import ApiError

NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
LIFE = timedelta(hours=24)
LIFE_OF_A_PRESS = timedelta(seconds=150)
LONGEST_POLL = 50
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One call of getUpdates, as it came."""

    time: datetime
    offset: int
    limit: int
    timeout: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waiting:
    kind: str
    until: datetime
    update: dict[str, Any]


class Updates:
    """The queue. `polls` tells every call of getUpdates, oldest first; the first id is random."""

    def __init__(self, *, clock: Clock, rng: Random) -> None:
        self._clock = clock
        self._queue: deque[_Waiting] = deque()
        self._next_id = rng.randrange(100_000_000, 900_000_000)
        self._waiter: asyncio.Future[ApiError | None] | None = None
        self.allowed: Collection[str] = ()
        self.polls: deque[Poll] = deque(maxlen=50_000)

    @property
    def pending(self) -> list[dict[str, Any]]:
        """The updates that are not confirmed yet."""
        now = self._clock.now()
        self._queue = deque(waiting for waiting in self._queue if waiting.until > now)
        return [waiting.update for waiting in self._queue]

    def put(self, kind: str, value: dict[str, Any]) -> None:
        """Add an update, if the bot wants its kind, and wake the one who waits."""
        if kind not in self.allowed if self.allowed else kind in NOT_BY_DEFAULT:
            return
        life = LIFE_OF_A_PRESS if kind == "callback_query" else LIFE
        update = {"update_id": self._next_id, kind: value}
        self._queue.append(_Waiting(kind=kind, until=self._clock.now() + life, update=update))
        self._next_id += 1
        self._end_the_wait()

    def number_from(self, first: int) -> None:
        """Begin anew with the numbers, as Telegram does after an idle week."""
        self._next_id = first

    def forget_all(self) -> None:
        """Drop every pending update."""
        self._queue.clear()

    def cut(self, refusal: ApiError) -> None:
        """Refuse the call that waits, if there is one."""
        self._end_the_wait(refusal)

    async def poll(self, *, offset: int, limit: int, timeout: int) -> list[dict[str, Any]]:  # noqa: ASYNC109 -- Telegram's
        """Confirm what is below `offset`; then what is pending, waiting for it up to `timeout` seconds.

        ApiError 409 when another call comes meanwhile. A cancelled call changes nothing.
        """
        self.polls.append(Poll(time=self._clock.now(), offset=offset, limit=limit, timeout=timeout))
        self.cut(ApiError(409, CONFLICT))
        self._confirm(offset)
        limit = limit if 1 <= limit <= 100 else 100
        if not self.pending and timeout > 0:
            await self._wait(min(timeout, LONGEST_POLL))
        return self.pending[:limit]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self._queue) > -offset:
                self._queue.popleft()
        while self._queue and self._queue[0].update["update_id"] < offset:
            self._queue.popleft()

    async def _wait(self, seconds: float) -> None:
        waiter = asyncio.get_running_loop().create_future()
        self._waiter = waiter
        timer = asyncio.ensure_future(self._clock.sleep(seconds))
        try:
            await asyncio.wait({waiter, timer}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            timer.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await timer
            if self._waiter is waiter:
                self._waiter = None
        if waiter.done() and (refusal := waiter.result()):
            raise refusal

    def _end_the_wait(self, refusal: ApiError | None = None) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(refusal)
        self._waiter = None
