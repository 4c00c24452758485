"""How a task's end gets into its chat: as a message of its own; where that may have arrived, repaired in place."""

from collections.abc import Awaitable, Callable

import structlog

from domain.clock import Clock
from domain.delivery import Delivery
from domain.failpoints import Point, reached
from domain.task import TaskId
from services import news
from storage import deliveries, statuses
from storage.database import Database
from workers.dispatch import Dispatch, retry_delay
from workers.outcome import Arrived, No, Perhaps
from workers.post import Call, Plan, Sent, plan_for

log = structlog.stdlib.get_logger("bot.ends")

Put = Callable[[int, str, Plan], Awaitable[Sent]]
"""Turns a message (its id, and whether it shows "text" or a "photo") into the end; may be repeated without harm."""


class Ends:
    """Brings ends: people are notified of a new message, and there is at most one extra copy of it."""

    def __init__(self, db: Database, dispatch: Dispatch, clock: Clock) -> None:
        self._db = db
        self._dispatch = dispatch
        self._clock = clock

    async def bring(self, delivery: Delivery, task_id: TaskId, send: Call, put: Put) -> None:
        """Send it; or, where an earlier send may have arrived, turn the status message into it."""
        await reached(Point.END_CLAIMED)
        if delivery.unclear and await self._repair(delivery, task_id, put):
            return
        if delivery.unclear >= news.MOST_UNCLEAR:
            log.error("an end may have arrived twice already", task=task_id, chat=delivery.chat_id)
            await self._db.run(news.end_arrived, delivery, self._clock.now(), message_id=None)
            return
        outcome = await self._dispatch.attempt(delivery, plan_for(delivery), send)
        if isinstance(outcome, Sent):
            await self._db.run(
                news.end_arrived,
                delivery,
                self._clock.now(),
                message_id=outcome.message_id,
                kept=outcome.kept,
                others=outcome.others,
                links=outcome.links,
            )
            log.info("delivered", task=task_id, chat=delivery.chat_id, kind=delivery.kind)
            await reached(Point.END_COMMITTED)
        else:
            await self._dispatch.write_down(delivery, outcome)

    async def _repair(self, delivery: Delivery, task_id: TaskId, put: Put) -> bool:
        """Whether nothing more is to be done in this round; false where there is no status message to use."""
        status = await self._db.run(statuses.select_status, task_id)
        if status is None or status.message_id is None:
            return False
        message_id, shows = status.message_id, status.shows or "text"
        outcome = await self._dispatch.attempt(delivery, plan_for(delivery), lambda plan: put(message_id, shows, plan))
        if isinstance(outcome, Sent | Arrived):
            await self._db.run(
                news.end_arrived,
                delivery,
                self._clock.now(),
                message_id=message_id,
                kept=outcome.kept if isinstance(outcome, Sent) else (),
                in_place=True,
            )
            log.info("repaired", task=task_id, chat=delivery.chat_id, kind=delivery.kind)
            return True
        if outcome in {No.MESSAGE, No.TOPIC}:
            await self._db.run(statuses.forget_status, task_id)
            return False
        if isinstance(outcome, Perhaps):  # an edit makes no copy, whether it was done or not
            again = self._clock.now() + retry_delay(delivery)
            await self._db.run(deliveries.put_back, delivery.id, again, attempts=delivery.attempts + 1)
            return True
        await self._dispatch.write_down(delivery, outcome)
        return True
