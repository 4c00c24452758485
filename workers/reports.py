"""What operators ask for that takes a while to make: the picture of the days, the file of usage."""

import asyncio
from datetime import datetime

from telegram import Bot

from domain.clock import Clock
from domain.delivery import Delivery, Form
from messages import operators as view
from messages.locale import Locale
from services import news, overview
from services.spans import Span
from storage.database import Database
from workers import plot, post, table
from workers.dispatch import Dispatch
from workers.picture import Fitted
from workers.post import Plan, Sent, plan_for


class Reports:
    """Makes and sends them. `mode`: the provider's, of which the table of tasks knows nothing."""

    def __init__(self, db: Database, bot: Bot, dispatch: Dispatch, clock: Clock, *, mode: str) -> None:
        self._db = db
        self._bot = bot
        self._dispatch = dispatch
        self._clock = clock
        self._mode = mode

    async def bring_stats(self, delivery: Delivery, locale: Locale) -> None:
        """Requests by day, and who asks most."""
        told = await self._db.run(overview.stats, int(delivery.body["days"]), self._clock.now())
        picture = Fitted(Form.PHOTO, await asyncio.to_thread(plot.draw, told.days), "stats.png")
        words = view.stats(told, locale)

        async def call(plan: Plan) -> Sent:
            return await post.send_picture(self._bot, delivery.chat_id, picture, words, None, plan)

        await self._once(delivery, call)

    async def bring_usage(self, delivery: Delivery, locale: Locale) -> None:
        """Each request of a span, as a file."""
        since, until = (datetime.fromisoformat(delivery.body[name]) for name in ("since", "until"))
        file, count, whole = await table.write(self._db, Span(since, until), self._mode)
        words = view.usage(count, since, until, locale, whole=whole)
        name = f"usage-{since:%Y-%m-%d}.csv"
        with file:

            async def call(plan: Plan) -> Sent:
                file.seek(0)
                return await post.send_table(self._bot, delivery.chat_id, file, name, words, plan)

            await self._once(delivery, call)

    async def _once(self, delivery: Delivery, call: post.Call) -> None:
        outcome = await self._dispatch.attempt(delivery, plan_for(delivery), call)
        if isinstance(outcome, Sent):
            await self._db.run(news.arrived, delivery, self._clock.now(), message_id=outcome.message_id)
        else:
            await self._dispatch.write_down(delivery, outcome)
