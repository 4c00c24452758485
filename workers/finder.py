"""Looks for submits that are unclear: a provider that lists its tasks shows whether ours was taken."""

from datetime import datetime, timedelta

import structlog

from domain.clock import Clock
from domain.failpoints import Point, reached
from domain.provider import Provider, ProviderSilent
from services import life, ways
from storage import providers, tasks
from storage.database import Database
from workers.rounds import Bells

log = structlog.stdlib.get_logger("bot.finder")

EVERY = timedelta(seconds=5)


class Finder:
    """A worker; `round` asks once for all that is unclear."""

    def __init__(self, db: Database, provider: Provider, bells: Bells, clock: Clock) -> None:
        self._db = db
        self._provider = provider
        self._bells = bells
        self._clock = clock
        self._not_before: datetime | None = None

    async def round(self) -> datetime | None:
        """Adopt what is found; when to look again."""
        now = self._clock.now()
        if self._not_before is not None and now < self._not_before:
            return self._not_before
        if ways.TASK_LIST in await self._db.run(providers.noted, self._provider.name, now):
            return None
        wanted = {task.nonce: task for task in await self._db.run(tasks.select_unclear, self._provider.name, now)}
        if not wanted:
            return None
        self._not_before = now + EVERY
        try:
            found = await self._provider.find(wanted.keys())
        except ProviderSilent:
            return self._not_before
        if found is None:
            await self._db.run(providers.note, self._provider.name, ways.TASK_LIST, now + ways.FOR_GOOD)
            return None
        for nonce, snapshot in found.items():
            log.info("found what was unclear", task=wanted[nonce].id)
            await reached(Point.FOUND)
            await self._db.run(life.adopted, wanted[nonce], snapshot.remote_id, self._clock.now())
            await reached(Point.ADOPTED)
            self._bells.ring()
        return self._not_before
