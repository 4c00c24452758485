"""Asks the provider how its tasks go: one request a round for all that is due."""

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

import structlog

from domain.clock import Clock
from domain.errors import DatabaseUnusable
from domain.failpoints import Point, reached
from domain.provider import Provider, ProviderSilent, Report
from domain.task import Task, TaskState
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
UNREADABLE_PAUSE = timedelta(minutes=1)
"""Until a task is asked about again of which something was said that cannot be written down."""
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
        await self._write_down(asked, report, now)
        await reached(Point.REPORT_COMMITTED)
        self._bells.sender.set()
        self._bells.submitter.set()  # a place may have become free
        self._not_before = now + timedelta(seconds=self._pace.interval * random.uniform(1 - JITTER, 1))
        return self._not_before

    async def _write_down(self, asked: Sequence[Task], report: Report, now: datetime) -> None:
        try:
            await self._db.run(sightings.observed, asked, report, self._pace, now)
        except DatabaseUnusable:
            raise
        except Exception:  # what is said of one task is nobody else's trouble
            log.exception("an answer about tasks cannot be written down at once")
            for task in asked:
                try:
                    await self._db.run(sightings.observed, (task,), report, self._pace, now)
                except DatabaseUnusable:
                    raise
                except Exception:
                    log.exception("an answer about a task cannot be written down", task=task.id)
                    await self._db.run(tasks.note, task.id, task.state, due_at=now + UNREADABLE_PAUSE)

    def _pause(self, silence: ProviderSilent) -> float:
        grown = self._pace.interval * 2.0 ** min(self._silences - 1, 10)
        return max(min(grown, LONGEST_SILENCE), silence.retry_after or 0.0)
