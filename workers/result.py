"""The finished picture: fetched, fitted, sent with its buttons; repaired in place where a send may have arrived."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import structlog
from telegram import Bot, InlineKeyboardMarkup

from domain.clock import Clock
from domain.delivery import Delivery, Form
from domain.task import Task
from messages import task as view
from messages.keyboard import keyboard
from messages.locale import Locale
from messages.words import Words
from midjourney.images import PictureFetcher, PictureRefused, PictureUnavailable
from storage import buttons, deliveries
from storage.database import Database
from workers import post
from workers.ends import Ends
from workers.picture import fit
from workers.post import Plan, Sent

log = structlog.stdlib.get_logger("bot.result")

TRANSFERS = 4
"""Pictures in memory at once."""
FETCH_DELAYS = (1, 2, 5, 10, 20, 60, 60, 120, 300)
"""Seconds between the tries to fetch a picture; after the last one its address is sent instead."""


class Results:
    """Brings finished pictures."""

    def __init__(self, db: Database, bot: Bot, ends: Ends, fetcher: PictureFetcher, clock: Clock, *, mode: str) -> None:
        self._db = db
        self._bot = bot
        self._ends = ends
        self._fetcher = fetcher
        self._clock = clock
        self._mode = mode
        self._transfers = asyncio.Semaphore(TRANSFERS)

    async def bring(self, delivery: Delivery, task: Task, locale: Locale) -> None:
        """Send the picture, or whatever the result is."""
        markup = keyboard(await self._db.run(buttons.select_of, task.id))
        late = bool(delivery.body.get("late"))
        if task.image_url is None:
            await self._send_text(delivery, task, replace(view.text_result(task, locale=locale), keyboard=markup))
            return
        words = view.caption(task, mode=self._mode, late=late, locale=locale)
        link = view.link(task, mode=self._mode, late=late, locale=locale)
        async with self._transfers:
            data = await self._fetch(delivery, task)
            if data is None:
                return
            await self._send(delivery, task, data, words, Words(text=link.text, keyboard=markup), markup)

    async def _fetch(self, delivery: Delivery, task: Task) -> bytes | None:
        """The picture; empty where it is not to be had; `None` where it is worth waiting (and the wait is set)."""
        try:
            return (await self._fetcher.fetch(task.image_url or "", remote_id=task.remote_id)).data
        except PictureUnavailable as error:
            if delivery.attempts < len(FETCH_DELAYS):
                log.warning("a picture cannot be fetched yet", task=task.id, why=str(error))
                again = self._clock.now() + timedelta(seconds=FETCH_DELAYS[delivery.attempts])
                await self._db.run(deliveries.put_back, delivery.id, again, attempts=delivery.attempts + 1)
                return None
            log.warning("a picture cannot be fetched", task=task.id, why=str(error))
        except PictureRefused as error:
            log.warning("a picture is not fetched", task=task.id, why=str(error))
        return b""

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
            picture = await fit(data, plan.form if data else Form.LINK)
            if picture.form is Form.LINK:
                return await post.send_words(self._bot, delivery.chat_id, link, plan)
            return await post.send_picture(self._bot, delivery.chat_id, picture, words, markup, plan)

        async def put(message_id: int, shows: str, plan: Plan) -> Sent:
            picture = await fit(data, plan.form if data else Form.LINK)
            if picture.form is Form.LINK:
                return await post.put_words_in_place(self._bot, delivery.chat_id, message_id, link, shows=shows)
            return await post.put_picture_in_place(
                self._bot, delivery.chat_id, message_id, picture, words, markup, plan
            )

        await self._ends.bring(delivery, task.id, send, put)
