"""The videos of one wish: an album whose buttons follow; as files where they are not taken as videos; as addresses."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from telegram import Bot

from domain.clock import Clock
from domain.delivery import Delivery, Form, Priority
from domain.task import Task
from messages import films as words_of
from messages import task as view
from messages.locale import Locale
from messages.words import Words
from storage import deliveries
from storage.database import Database
from workers import post
from workers.budget import Budget
from workers.ends import Ends
from workers.gallery import Gallery
from workers.offers import Offers
from workers.picture import DOCUMENT_BYTES, Fitted, fit
from workers.post import Plan, Sent

FETCH_DELAYS = (1, 2, 5, 10, 20, 60, 60, 120, 300)
"""Seconds between the tries to fetch what is missing; after the last one its address is sent instead."""
LEAST = 2
"""Of an album."""


class Films:
    """Brings several videos at once."""

    def __init__(
        self, db: Database, bot: Bot, ends: Ends, budget: Budget, offers: Offers, gallery: Gallery, clock: Clock
    ) -> None:
        self._db = db
        self._bot = bot
        self._ends = ends
        self._budget = budget
        self._offers = offers
        self._gallery = gallery
        self._clock = clock

    async def bring(self, delivery: Delivery, task: Task, locale: Locale, *, mode: str) -> None:
        """Send all that can be sent; say where the rest is."""
        now = self._clock.now()
        room_at = self._budget.ready_at(delivery.chat_id, Priority.RESULT, now, messages=len(task.videos))
        if room_at > now:
            await self._db.run(deliveries.put_back, delivery.id, room_at)
            return
        late = bool(delivery.body.get("late"))
        words = view.caption(task, mode=mode, late=late, locale=locale, astray=delivery.astray)
        markup = await self._offers.keyboard(task)
        links = words_of.links(
            task,
            mode=mode,
            late=late,
            locale=locale,
            keyboard=markup,
            astray=delivery.astray,
            unclear=bool(delivery.unclear),
        )
        async with self._gallery.films(task, DOCUMENT_BYTES) as found:
            if None in found and delivery.attempts < len(FETCH_DELAYS):
                again = now + timedelta(seconds=FETCH_DELAYS[delivery.attempts])
                await self._db.run(deliveries.put_back, delivery.id, again, attempts=delivery.attempts + 1)
                return
            await self._send(delivery, task, found, words, links)

    async def _send(
        self, delivery: Delivery, task: Task, found: Sequence[bytes | None], words: Words, links: Words
    ) -> None:
        there = [film for film in found if film]
        missing = tuple(address for address, film in zip(task.videos, found, strict=True) if not film)

        async def send(plan: Plan) -> Sent:
            files = await _alike(there, plan.form)
            if len(files) < LEAST:
                return await post.send_words(self._bot, delivery.chat_id, links, plan)
            sent = await post.send_album(self._bot, delivery.chat_id, files, words, plan)
            return replace(sent, links=missing)

        async def put(message_id: int, shows: str, _plan: Plan) -> Sent:
            """A message cannot become an album."""
            return await post.put_words_in_place(self._bot, delivery.chat_id, message_id, links, shows=shows)

        await self._ends.bring(delivery, task.id, send, put)


async def _alike(films: Sequence[bytes], form: Form | None) -> list[Fitted]:
    """All as videos, or all as files: Telegram takes no albums of both. None where they are to be addresses."""
    if form is Form.LINK:
        return []
    if form is Form.PHOTO:
        files = [await fit(film, Form.PHOTO) for film in films]
        if all(file.form is Form.VIDEO for file in files):
            return _numbered(files)
    return _numbered([await fit(film, Form.DOCUMENT) for film in films])


def _numbered(files: Sequence[Fitted]) -> list[Fitted]:
    return [
        replace(file, filename=file.filename.replace("picture", f"video-{number}"))
        for number, file in enumerate(files, 1)
    ]
