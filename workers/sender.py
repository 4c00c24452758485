"""Brings the news: takes what is due for a chat, and sends it, one message a chat at a time."""

from collections.abc import Callable
from datetime import datetime

import structlog

from domain.clock import Clock
from domain.delivery import Delivery, DeliveryKind, Priority
from messages import task as view
from messages.alert import alert
from messages.locale import locale_for
from messages.words import Words
from services import news
from storage import tasks
from storage.database import Database
from workers.budget import Budget
from workers.dispatch import Dispatch, retry_delay
from workers.original import Originals
from workers.plain import PlainMessages
from workers.result import Results
from workers.rounds import Jobs
from workers.seeds import Seeds
from workers.singles import Singles
from workers.status import StatusMessages
from workers.stops import Stops

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
        status: StatusMessages,
        results: Results,
        originals: Originals,
        plain: PlainMessages,
        singles: Singles,
        seeds: Seeds,
        stops: Stops,
        clock: Clock,
        done: Callable[[], None],
    ) -> None:
        self.jobs = Jobs("sender")
        self._db = db
        self._dispatch = dispatch
        self._budget = budget
        self._status = status
        self._results = results
        self._originals = originals
        self._plain = plain
        self._singles = singles
        self._seeds = seeds
        self._stops = stops
        self._clock = clock
        self._done = done
        self._busy: set[int] = set()

    async def round(self) -> datetime | None:
        """Start what may go; when the next is due. The end of each job rings for another round."""
        now = self._clock.now()
        quiet = self._dispatch.quiet_until
        if quiet is not None and now < quiet:
            return quiet

        def ready_at(chat_id: int, priority: Priority, expected: int) -> datetime:
            return self._budget.ready_at(chat_id, priority, now, expected=expected)

        room = AT_ONCE - len(self._busy)
        taken, due = await self._db.run(news.take, now, room=room, busy_chats=tuple(self._busy), ready_at=ready_at)
        for delivery in taken:
            self._busy.add(delivery.chat_id)
            self.jobs.start(self._deliver(delivery))
        return due

    async def _deliver(self, delivery: Delivery) -> None:
        try:
            await self._bring(delivery)
        except Exception:
            log.exception("a delivery went wrong", delivery=delivery.id, kind=delivery.kind, chat=delivery.chat_id)
            await self._write_down_trouble(delivery)
        finally:
            self._busy.discard(delivery.chat_id)
            self._done()

    async def _write_down_trouble(self, delivery: Delivery) -> None:
        while True:
            try:
                await self._db.run(news.went_wrong, delivery, self._clock.now(), retry_delay(delivery))
            except Exception:
                log.exception("a delivery's trouble could not be written down yet", delivery=delivery.id)
                await self._clock.sleep(1)
            else:
                return

    async def _bring(self, delivery: Delivery) -> None:
        if delivery.kind is DeliveryKind.WORDS:
            words, locale = Words.from_body(delivery.body), locale_for(delivery.body.get("language"))
            await self._plain.bring(delivery, view.astray(words, locale) if delivery.astray else words)
            return
        if delivery.kind is DeliveryKind.ALERT:
            await self._plain.bring(delivery, alert(delivery.body, locale_for(None)))
            return
        task = await self._db.run(tasks.select_task, delivery.task_id) if delivery.task_id is not None else None
        if task is None:
            raise LookupError(f"delivery {delivery.id} belongs to no task")
        locale = locale_for(task.language)
        match delivery.kind:
            case DeliveryKind.STATUS:
                await self._status.bring(delivery, task, locale)
            case DeliveryKind.RESULT:
                await self._results.bring(delivery, task, locale)
            case DeliveryKind.FAILURE:
                await self._plain.bring_end(delivery, task, view.failure(task, locale))
            case DeliveryKind.UNCLEAR:
                await self._plain.bring_unclear(delivery, task, locale)
            case DeliveryKind.ORIGINAL:
                await self._originals.bring(delivery, task, locale)
            case DeliveryKind.KEYBOARD:
                await self._plain.bring_keyboard(delivery, task)
            case DeliveryKind.REMOVAL:
                await self._plain.remove(delivery, locale)
            case DeliveryKind.SINGLES:
                await self._singles.bring(delivery, task, locale)
            case DeliveryKind.BUTTONS:
                await self._singles.bring_buttons(delivery, task, locale)
            case DeliveryKind.SEED:
                await self._seeds.bring(delivery, task)
            case DeliveryKind.STOP:
                await self._stops.bring(delivery, task)
            case DeliveryKind.PART:
                raise LookupError(f"delivery {delivery.id} is never sent by itself")
