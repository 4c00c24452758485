"""A picture shown once more, perhaps in another chat: by Telegram's own copy, with its buttons as they are now."""

from dataclasses import replace

from telegram import Bot

from domain.clock import Clock
from domain.delivery import Delivery, Form, Kept, Priority
from domain.task import Task
from messages import task as view
from messages.locale import locale_for
from services import news
from storage import deliveries, placed
from storage.database import Database
from workers import post
from workers.budget import Budget
from workers.dispatch import Dispatch
from workers.offers import Offers
from workers.outcome import No
from workers.post import Came, Plan, Sent, plan_for


class Showing:
    """Sends what Telegram has already."""

    def __init__(
        self, db: Database, bot: Bot, dispatch: Dispatch, budget: Budget, offers: Offers, clock: Clock, *, mode: str
    ) -> None:
        self._db = db
        self._bot = bot
        self._dispatch = dispatch
        self._budget = budget
        self._offers = offers
        self._clock = clock
        self._mode = mode

    async def bring(self, delivery: Delivery, task: Task) -> None:
        """Send it; where Telegram has no copy (any more), its address."""
        files = await self._db.run(placed.select_files, task)
        now = self._clock.now()
        room_at = self._budget.ready_at(delivery.chat_id, Priority.RESULT, now, messages=max(1, len(files)))
        if room_at > now:
            await self._db.run(deliveries.put_back, delivery.id, room_at)
            return
        outcome = await self._send(delivery, task, files)
        if outcome is No.FILE_ID:
            outcome = await self._send(delivery, task, ())
        now = self._clock.now()
        if isinstance(outcome, Sent) and outcome.message_id is not None and outcome.others:
            await self._db.run(news.album_arrived, delivery, now, message_ids=(outcome.message_id, *outcome.others))
        elif isinstance(outcome, Sent):
            await self._db.run(news.arrived, delivery, now, message_id=outcome.message_id)
        else:
            await self._dispatch.write_down(delivery, outcome)

    async def _send(self, delivery: Delivery, task: Task, files: tuple[Kept, ...]) -> Came:
        locale, mode = locale_for(delivery.body.get("language")), task.mode or self._mode
        task = replace(task, chat_kind=delivery.body["chat_kind"], image_url=next(iter(task.videos), task.image_url))
        words = view.caption(task, mode=mode, late=False, locale=locale, astray=delivery.astray)
        address = view.link(task, mode=mode, late=False, locale=locale)
        markup = await self._offers.keyboard(task)

        async def call(plan: Plan) -> Sent:
            if plan.form is Form.LINK:
                return await post.send_words(self._bot, delivery.chat_id, replace(address, keyboard=markup), plan)
            if len(files) > 1:
                return await post.send_known_album(self._bot, delivery.chat_id, files, words, plan)
            return await post.send_known(self._bot, delivery.chat_id, files[0], words, markup, plan)

        form = files[0].form if files else Form.LINK
        return await self._dispatch.attempt(delivery, replace(plan_for(delivery), form=form), call)
