"""Looks from time to time whether there is anything that operators have to know."""

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from domain.clock import Clock
from domain.rules import Rules
from services import watch
from services.watch import Disk
from storage.database import Database

log = structlog.stdlib.get_logger("bot.watchman")


class Watchman:
    """A worker; `round` looks once. `told` wakes the sender."""

    def __init__(
        self, db: Database, disk: Callable[[], Disk], rules: Rules, told: Callable[[], None], clock: Clock
    ) -> None:
        self._db = db
        self._disk = disk
        self._rules = rules
        self._told = told
        self._clock = clock

    async def round(self) -> datetime | None:
        """Look."""
        await self._db.run(watch.look, self._rules, await self._measured(), self._clock.now())
        self._told()
        return None

    async def _measured(self) -> Disk | None:
        try:
            return await asyncio.to_thread(self._disk)  # a disk in trouble may take its time
        except OSError as error:
            log.warning("the disk does not tell its room", error=type(error).__name__)
            return None
