"""News that is words: answers, failures, questions; and the buttons under a picture after one was used."""

from telegram import Bot

from domain.clock import Clock
from domain.delivery import Delivery, DeliveryState
from domain.task import Task, TaskState
from messages import task as view
from messages.locale import Locale
from messages.words import Words
from services import news
from storage import deliveries
from storage.database import Database
from workers import post
from workers.dispatch import Dispatch
from workers.ends import Ends
from workers.offers import Offers
from workers.outcome import No
from workers.post import Plan, Sent, plan_for


class PlainMessages:
    """Sends words."""

    def __init__(self, db: Database, bot: Bot, dispatch: Dispatch, ends: Ends, offers: Offers, clock: Clock) -> None:
        self._db = db
        self._bot = bot
        self._dispatch = dispatch
        self._ends = ends
        self._offers = offers
        self._clock = clock

    async def bring(self, delivery: Delivery, words: Words) -> None:
        """An answer; or, where the delivery names a message, that message's new words."""

        async def call(plan: Plan) -> Sent:
            if delivery.message_id is None:
                return await post.send_words(self._bot, delivery.chat_id, words, plan)
            return await post.put_words_in_place(self._bot, delivery.chat_id, delivery.message_id, words, shows="text")

        await self._once(delivery, call)

    async def bring_end(self, delivery: Delivery, task: Task, words: Words) -> None:
        """A task's end in words."""

        async def send(plan: Plan) -> Sent:
            return await post.send_words(self._bot, delivery.chat_id, words, plan)

        async def put(message_id: int, shows: str, _plan: Plan) -> Sent:
            return await post.put_words_in_place(self._bot, delivery.chat_id, message_id, words, shows=shows)

        await self._ends.bring(delivery, task.id, send, put)

    async def bring_unclear(self, delivery: Delivery, task: Task, locale: Locale) -> None:
        """The open question; once it is settled, the message says so."""
        if task.state is TaskState.UNCLEAR:
            await self.bring_end(delivery, task, view.unclear(task, locale))
        elif delivery.message_id is not None:
            await self.bring(delivery, view.turned_up(task, locale))
        else:
            await self._db.run(deliveries.end, delivery.id, DeliveryState.DROPPED)

    async def bring_keyboard(self, delivery: Delivery, task: Task) -> None:
        """Show which buttons under a picture have been used."""
        markup = await self._offers.keyboard_in(task, delivery.chat_id, delivery.message_id or 0)

        async def call(_plan: Plan) -> Sent:
            await self._bot.edit_message_reply_markup(delivery.chat_id, delivery.message_id, reply_markup=markup)
            return Sent(delivery.message_id)

        await self._once(delivery, call)

    async def remove(self, delivery: Delivery, locale: Locale) -> None:
        """Take a picture out of its chat; or say why not."""
        message_id = delivery.message_id or 0

        async def call(_plan: Plan) -> Sent:
            await self._bot.delete_message(delivery.chat_id, message_id)
            return Sent(None)

        outcome = await self._dispatch.attempt(delivery, plan_for(delivery), call)
        if isinstance(outcome, Sent) or outcome is No.MESSAGE:  # or somebody was quicker
            await self._db.run(news.removed, delivery, self._clock.now())
        elif outcome is No.TOO_OLD:
            await self._db.run(news.not_removed, delivery, view.not_removed(locale).to_body(), self._clock.now())
        else:
            await self._dispatch.write_down(delivery, outcome)

    async def _once(self, delivery: Delivery, call: post.Call) -> None:
        outcome = await self._dispatch.attempt(delivery, plan_for(delivery), call)
        if isinstance(outcome, Sent):
            await self._db.run(news.arrived, delivery, self._clock.now(), message_id=outcome.message_id)
        else:
            await self._dispatch.write_down(delivery, outcome)
