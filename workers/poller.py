"""Asks the provider how its tasks go: one request a round for all that is due."""

import random
from datetime import datetime, timedelta

import structlog

from domain.clock import Clock
from domain.failpoints import Point, reached
from domain.provider import Provider, ProviderSilent
from domain.task import TaskState
from services import sightings, ways
from services.sightings import Pace
from storage import providers, tasks
from storage.database import Database
from workers.rounds import Bells

log = structlog.stdlib.get_logger("bot.poller")

JITTER = 0.2
"""Rounds come up to this much sooner, never later: a picture that is done waits for the next one."""
LONGEST_SILENCE = 60.0
"""Seconds between two rounds while the provider does not answer."""
ASKED_ABOUT = (TaskState.RUNNING, TaskState.FAILED)


class Poller:
    """A worker; `round` asks once, unless it asked a moment ago."""

    def __init__(self, db: Database, provider: Provider, pace: Pace, bells: Bells, clock: Clock) -> None:
        self._db = db
        self._provider = provider
        self._pace = pace
        self._bells = bells
        self._clock = clock
        self._not_before: datetime | None = None
        self._silences = 0

    async def round(self) -> datetime | None:
        """Ask about all that is due; when to ask again."""
        now = self._clock.now()
        if self._not_before is not None and now < self._not_before:
            return self._not_before
        asked = await self._db.run(tasks.select_to_ask, self._provider.name, now)
        if not asked:
            return await self._db.run(tasks.next_due, ASKED_ABOUT, now)
        lists_off = self._provider.no_lists_until
        try:
            report = await self._provider.fetch([task.remote_id for task in asked if task.remote_id is not None])
        except ProviderSilent as silence:
            self._silences += 1
            log.warning("the provider does not tell", what=str(silence), times=self._silences)
            self._not_before = self._clock.now() + timedelta(seconds=self._pause(silence))
            return self._not_before
        self._silences = 0
        await reached(Point.REPORT_READ)
        now = self._clock.now()
        if (until := self._provider.no_lists_until) is not None and until != lists_off:
            await self._db.run(providers.note, self._provider.name, ways.LISTS, until)
        await self._db.run(sightings.observed, asked, report, self._pace, now)
        await reached(Point.REPORT_COMMITTED)
        self._bells.sender.set()
        self._bells.submitter.set()  # a place may have become free
        self._not_before = now + timedelta(seconds=self._pace.interval * random.uniform(1 - JITTER, 1))
        return self._not_before

    def _pause(self, silence: ProviderSilent) -> float:
        grown = self._pace.interval * 2.0 ** min(self._silences - 1, 10)
        return max(min(grown, LONGEST_SILENCE), silence.retry_after or 0.0)
