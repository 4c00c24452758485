"""The rhythm of a worker: one pass, then rest until something is due or somebody rings."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import structlog

from domain.clock import Clock

log = structlog.stdlib.get_logger("bot.rounds")

LONGEST_REST = timedelta(seconds=30)
"""Seconds until a worker looks by itself, whatever it was told: a lost ring costs no more than this."""


@dataclass(frozen=True, slots=True)
class Bells:
    """What wakes each worker at once."""

    submitter: asyncio.Event = field(default_factory=asyncio.Event)
    poller: asyncio.Event = field(default_factory=asyncio.Event)
    sender: asyncio.Event = field(default_factory=asyncio.Event)
    finder: asyncio.Event = field(default_factory=asyncio.Event)
    prober: asyncio.Event = field(default_factory=asyncio.Event)
    gatherer: asyncio.Event = field(default_factory=asyncio.Event)

    def ring(self) -> None:
        """Something was written down; whom it concerns, each finds out with one look."""
        self.submitter.set()
        self.poller.set()
        self.sender.set()
        self.finder.set()
        self.prober.set()
        self.gatherer.set()


class Rounds:
    """Runs a worker's rounds for ever. One that fails is logged and tried again: a worker is never half-dead."""

    def __init__(
        self, name: str, work: Callable[[], Awaitable[datetime | None]], bell: asyncio.Event, clock: Clock
    ) -> None:
        self.name = name
        self.last: datetime | None = None
        """When the last round came to its end."""
        self._work = work
        self._bell = bell
        self._clock = clock

    async def run(self) -> None:
        """Until cancelled."""
        failures = 0
        while True:
            self._bell.clear()
            try:
                due = await self._work()
                failures = 0
            except Exception:
                failures += 1
                log.exception("a round failed", worker=self.name)
                due = self._clock.now() + min(timedelta(seconds=2 ** min(failures, 10)), LONGEST_REST)
                self._bell.clear()
            self.last = self._clock.now()
            latest = self.last + LONGEST_REST
            await rest(self._bell, self._clock, min(due or latest, latest))


async def rest(bell: asyncio.Event, clock: Clock, until: datetime) -> None:
    """Wait for the bell, at the longest until then."""
    seconds = (until - clock.now()).total_seconds()
    if seconds <= 0 or bell.is_set():
        await asyncio.sleep(0)  # others have their turn even when work never ends
        return
    ring = asyncio.create_task(bell.wait())
    alarm = asyncio.create_task(_sleep(clock, seconds))
    try:
        await asyncio.wait((ring, alarm), return_when=asyncio.FIRST_COMPLETED)
    finally:
        ring.cancel()
        alarm.cancel()


async def _sleep(clock: Clock, seconds: float) -> None:
    await clock.sleep(seconds)


async def until_written(write: Callable[[], Awaitable[object]], clock: Clock, **about: object) -> None:
    """Write down what is known only here, however often that takes: nobody else could do it later."""
    while True:
        try:
            await write()
        except Exception:
            log.exception("what is known cannot be written down yet", **about)
            await clock.sleep(1)
        else:
            return


class Jobs:
    """Pieces of work under way side by side; one that fails is logged and disturbs no other."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._tasks)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin a piece of work."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def finish(self, seconds: float) -> None:
        """Let what is under way come to its end; what has not by then is cut off."""
        if not self._tasks:
            return
        _done, late = await asyncio.wait(self._tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("a piece of work failed", worker=self._name, exc_info=error)
