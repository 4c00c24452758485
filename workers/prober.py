"""While the operator's account is in trouble: asks, at no cost, whether it is well again."""

from datetime import datetime, timedelta

import structlog

from domain.clock import Clock
from domain.provider import Provider
from domain.rules import Rules
from services import account
from storage import providers
from storage.database import Database
from workers.rounds import Bells

log = structlog.stdlib.get_logger("bot.prober")

EVERY = timedelta(seconds=30)


class Prober:
    """A worker; `round` asks once."""

    def __init__(self, db: Database, provider: Provider, rules: Rules, bells: Bells, clock: Clock) -> None:
        self._db = db
        self._provider = provider
        self._rules = rules
        self._bells = bells
        self._clock = clock
        self._not_before: datetime | None = None

    async def round(self) -> datetime | None:
        """Resume if all is well; when to ask again."""
        now = self._clock.now()
        if await self._db.run(providers.trouble, self._provider.name) is None:
            self._not_before = None
            return None
        if self._not_before is None or now >= self._not_before:
            good = await self._provider.is_well()
            self._not_before = now + EVERY
            if await self._db.run(account.probed, self._rules, now, good=good):
                log.info("the provider's account is tried again")
                self._bells.ring()
        return self._not_before
