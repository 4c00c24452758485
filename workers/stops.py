"""Asks the provider to stop what it draws, and tells where that was of no use."""

import structlog
from telegram import Bot

from domain.clock import Clock
from domain.delivery import Delivery, DeliveryState
from domain.failpoints import Point, reached
from domain.provider import Provider, Stop
from domain.task import Task, TaskState
from messages import task as view
from messages.locale import locale_for
from services import news, stops
from storage import deliveries
from storage.database import Database, Transaction
from workers import post
from workers.dispatch import Dispatch
from workers.post import Sent, plan_for
from workers.rounds import Bells, Jobs, until_written

log = structlog.stdlib.get_logger("bot.stops")


class Stops:
    """Asks once a task. Where the provider stops it, its own word on the task is told like every end."""

    def __init__(
        self, db: Database, bot: Bot, dispatch: Dispatch, provider: Provider, bells: Bells, clock: Clock
    ) -> None:
        self.jobs = Jobs("stops")
        self._db = db
        self._bot = bot
        self._dispatch = dispatch
        self._provider = provider
        self._bells = bells
        self._clock = clock

    async def bring(self, delivery: Delivery, task: Task) -> None:
        """Ask, if nobody has; else tell that it goes on."""
        if "stop" not in delivery.body and task.state is TaskState.RUNNING:
            self.jobs.start(self._ask(delivery, task))
            return
        if delivery.body.get("stop") in {Stop.STOPPED, None} or task.state is not TaskState.RUNNING:
            await self._db.run(deliveries.end, delivery.id, DeliveryState.DROPPED)
            return
        words = view.goes_on(locale_for(delivery.body.get("language") or task.language))
        outcome = await self._dispatch.attempt(
            delivery, plan_for(delivery), lambda plan: post.send_words(self._bot, delivery.chat_id, words, plan)
        )
        if isinstance(outcome, Sent):
            await self._db.run(news.arrived, delivery, self._clock.now(), message_id=outcome.message_id)
        else:
            await self._dispatch.write_down(delivery, outcome)

    async def _ask(self, delivery: Delivery, task: Task) -> None:
        stop = Stop.NO_ANSWER
        try:
            if task.remote_id is not None:
                stop = await self._provider.cancel(task.remote_id)
                await reached(Point.STOP_ANSWERED)
        except Exception:  # nothing of the kind is known to happen; but a word is owed
            log.exception("the provider could not be asked to stop", task=task.id)
        log.info("asked to stop", task=task.id, answer=stop)

        def note(tx: Transaction) -> None:
            stops.answered(tx, task, stop, self._clock.now())
            deliveries.fill(tx, delivery, self._clock.now(), stop=stop)

        await until_written(lambda: self._db.run(note), self._clock, task=task.id)
        self._bells.ring()
