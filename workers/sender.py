"""Brings the news: takes what is due for a chat, and sends it, one message a chat at a time."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog

from domain.clock import Clock
from domain.delivery import Delivery, Priority
from domain.task import Task
from services import choices, news
from storage import tasks
from storage.database import Database, Transaction
from workers.bearers import Bearers
from workers.budget import Budget
from workers.dispatch import Dispatch, retry_delay
from workers.rounds import Jobs, until_written

log = structlog.stdlib.get_logger("bot.sender")

AT_ONCE = 24
"""Calls side by side; beyond 32 the connection pool gets slower, and handlers need some too."""


class Sender:
    """A worker; `round` starts whatever may go out now."""

    def __init__(
        self,
        db: Database,
        dispatch: Dispatch,
        budget: Budget,
        bearers: Bearers,
        clock: Clock,
        done: Callable[[], None],
    ) -> None:
        self.jobs = Jobs("sender")
        self._db = db
        self._dispatch = dispatch
        self._budget = budget
        self._bearers = bearers
        self._clock = clock
        self._done = done
        self._busy: set[int] = set()

    async def round(self) -> datetime | None:
        """Start what may go; when the next is due. The end of each job rings for another round."""
        now = self._clock.now()
        quiet = self._dispatch.quiet_until
        if quiet is not None and now < quiet:
            return quiet

        def ready_at(chat_id: int, priority: Priority, expected: int, ahead: int) -> datetime:
            return self._budget.ready_at(chat_id, priority, now, expected=expected, ahead=ahead)

        room = AT_ONCE - len(self._busy)
        taken, due = await self._db.run(news.take, now, room=room, busy_chats=tuple(self._busy), ready_at=ready_at)
        for delivery in taken:
            self._busy.add(delivery.chat_id)
            self.jobs.start(self._deliver(delivery))
        return due

    async def _deliver(self, delivery: Delivery) -> None:
        try:
            task, covered = await self._db.run(_look, delivery)
            await self._bearers.bring(replace(delivery, covered=covered), task)
        except Exception:
            log.exception("a delivery went wrong", delivery=delivery.id, kind=delivery.kind, chat=delivery.chat_id)
            await until_written(
                lambda: self._db.run(news.went_wrong, delivery, self._clock.now(), retry_delay(delivery)),
                self._clock,
                delivery=delivery.id,
            )
        finally:
            self._busy.discard(delivery.chat_id)
            self._done()


def _look(tx: Transaction, delivery: Delivery) -> tuple[Task | None, bool]:
    """What it is about, and whether pictures are covered where it goes."""
    about = delivery.task_id
    return tasks.select_task(tx, about) if about is not None else None, choices.is_covered(tx, delivery)
