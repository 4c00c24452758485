"""The finished picture: fetched, fitted, sent with its buttons; repaired in place where a send may have arrived."""

from dataclasses import replace
from datetime import timedelta

from telegram import Bot, InlineKeyboardMarkup

from domain.clock import Clock
from domain.delivery import Delivery, Form
from domain.proposals import is_words
from domain.task import Task
from messages import proposals
from messages import task as view
from messages.locale import Locale
from messages.words import Words
from storage import deliveries
from storage.database import Database
from workers import post
from workers.ends import Ends
from workers.films import Films
from workers.gallery import Gallery
from workers.offers import Offers
from workers.picture import fit
from workers.post import Plan, Sent

FETCH_DELAYS = (1, 2, 5, 10, 20, 60, 60, 120, 300)
"""Seconds between the tries to fetch a picture; after the last one its address is sent instead."""


class Results:
    """Brings finished pictures."""

    def __init__(
        self,
        db: Database,
        bot: Bot,
        ends: Ends,
        offers: Offers,
        gallery: Gallery,
        films: Films,
        clock: Clock,
        *,
        mode: str,
    ) -> None:
        self._db = db
        self._bot = bot
        self._ends = ends
        self._offers = offers
        self._gallery = gallery
        self._films = films
        self._clock = clock
        self._mode = mode

    async def bring(self, delivery: Delivery, task: Task, locale: Locale) -> None:
        """Send the picture, or whatever the result is."""
        mode = task.mode or self._mode
        if len(task.videos) > 1:
            await self._films.bring(delivery, task, locale, mode=mode)
            return
        markup = await self._offers.keyboard(task)
        late = bool(delivery.body.get("late"))
        if is_words(task) or (task.image_url is None and not task.videos):
            told = proposals.result(task, locale) if is_words(task) else view.text_result(task, locale=locale)
            words = replace(told, keyboard=markup)
            await self._send_text(delivery, task, view.astray(words, locale) if delivery.astray else words)
            return
        words = view.caption(task, mode=mode, late=late, locale=locale, astray=delivery.astray)
        address = task.videos[0] if task.videos else task.image_url
        link = view.link(replace(task, image_url=address), mode=mode, late=late, locale=locale)
        async with self._gallery.open(task) as data:
            if data is None and delivery.attempts < len(FETCH_DELAYS):
                again = self._clock.now() + timedelta(seconds=FETCH_DELAYS[delivery.attempts])
                await self._db.run(deliveries.put_back, delivery.id, again, attempts=delivery.attempts + 1)
                return
            await self._send(delivery, task, data or b"", words, replace(link, keyboard=markup), markup)

    async def _send_text(self, delivery: Delivery, task: Task, words: Words) -> None:
        async def send(plan: Plan) -> Sent:
            return await post.send_words(self._bot, delivery.chat_id, words, plan)

        async def put(message_id: int, shows: str, _plan: Plan) -> Sent:
            return await post.put_words_in_place(self._bot, delivery.chat_id, message_id, words, shows=shows)

        await self._ends.bring(delivery, task.id, send, put)

    async def _send(
        self,
        delivery: Delivery,
        task: Task,
        data: bytes,
        words: Words,
        link: Words,
        markup: InlineKeyboardMarkup | None,
    ) -> None:
        async def send(plan: Plan) -> Sent:
            picture = await fit(data, plan.form if data and plan.form else Form.LINK)
            if picture.form is Form.LINK:
                return await post.send_words(self._bot, delivery.chat_id, link, plan)
            return await post.send_picture(self._bot, delivery.chat_id, picture, words, markup, plan)

        async def put(message_id: int, shows: str, plan: Plan) -> Sent:
            picture = await fit(data, plan.form if data and plan.form else Form.LINK)
            if picture.form is Form.LINK:
                return await post.put_words_in_place(self._bot, delivery.chat_id, message_id, link, shows=shows)
            return await post.put_picture_in_place(
                self._bot, delivery.chat_id, message_id, picture, words, markup, plan
            )

        await self._ends.bring(delivery, task.id, send, put)
