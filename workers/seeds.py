"""The seed of a picture: the provider is asked, which may take a minute, and then the answer goes out."""

import structlog
from telegram import Bot

from domain.clock import Clock
from domain.delivery import Delivery
from domain.failpoints import Point, reached
from domain.provider import Provider
from domain.task import Task
from messages import again as view
from messages.locale import locale_for
from services import news
from storage import deliveries
from storage.database import Database
from workers import post
from workers.dispatch import Dispatch
from workers.post import Sent, plan_for
from workers.rounds import Bells, Jobs, until_written

log = structlog.stdlib.get_logger("bot.seeds")


class Seeds:
    """Asks and tells. While it asks, the chat's other news goes out; what a stop cuts off is asked anew."""

    def __init__(
        self, db: Database, bot: Bot, dispatch: Dispatch, provider: Provider, bells: Bells, clock: Clock
    ) -> None:
        self.jobs = Jobs("seeds")
        self._db = db
        self._bot = bot
        self._dispatch = dispatch
        self._provider = provider
        self._bells = bells
        self._clock = clock

    async def bring(self, delivery: Delivery, task: Task) -> None:
        """Tell the seed, if it has been asked for; else ask."""
        if "seed" not in delivery.body:
            self.jobs.start(self._ask(delivery, task))
            return
        words = view.seed(delivery.body["seed"], locale_for(delivery.body.get("language") or task.language))
        outcome = await self._dispatch.attempt(
            delivery, plan_for(delivery), lambda plan: post.send_words(self._bot, delivery.chat_id, words, plan)
        )
        if isinstance(outcome, Sent):
            await self._db.run(news.arrived, delivery, self._clock.now(), message_id=outcome.message_id)
        else:
            await self._dispatch.write_down(delivery, outcome)

    async def _ask(self, delivery: Delivery, task: Task) -> None:
        found = None
        if task.remote_id is not None and task.provider == self._provider.name:
            try:
                found = await self._provider.seed(task.remote_id)
                await reached(Point.SEED_ANSWERED)
            except Exception:  # nothing of the kind is known to happen; but an answer is owed
                log.exception("a seed could not be asked for", task=task.id)
        await until_written(
            lambda: self._db.run(deliveries.fill, delivery, self._clock.now(), seed=found), self._clock, task=task.id
        )
        self._bells.sender.set()
