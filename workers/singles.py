"""The four pictures of a grid, cut here: as an album that answers the grid, its buttons below."""

import asyncio
from dataclasses import replace

from telegram import Bot
from telegram.error import TelegramError

from domain.clock import Clock
from domain.delivery import Delivery, DeliveryKind, DeliveryState, Form, Priority
from domain.task import PictureId, Task
from messages import again as view
from messages import films
from messages.locale import Locale
from services import news
from storage import deliveries, placed
from storage.database import Database
from workers import post
from workers.budget import Budget
from workers.cutting import cut
from workers.dispatch import Dispatch
from workers.gallery import Gallery
from workers.offers import Offers
from workers.photo import PictureUnfit
from workers.photos import Photos, PicturesNotNow
from workers.picture import Fitted
from workers.post import Plan, Sent, plan_for

FOUR = 4


class Singles:
    """Cuts grids, and brings what follows an album."""

    def __init__(
        self,
        db: Database,
        bot: Bot,
        dispatch: Dispatch,
        budget: Budget,
        offers: Offers,
        gallery: Gallery,
        photos: Photos,
        clock: Clock,
    ) -> None:
        self._db = db
        self._bot = bot
        self._dispatch = dispatch
        self._budget = budget
        self._offers = offers
        self._gallery = gallery
        self._photos = photos
        self._clock = clock

    async def bring(self, delivery: Delivery, task: Task, locale: Locale) -> None:
        """Send the four; or say that the picture is gone."""
        now = self._clock.now()
        room_at = self._budget.ready_at(delivery.chat_id, Priority.RESULT, now, messages=FOUR)
        if room_at > now:
            await self._db.run(deliveries.put_back, delivery.id, room_at)
            return
        async with self._gallery.open(task) as data:
            four = await asyncio.to_thread(cut, data) if data else ()
        if not four:
            four = await self._from_telegram(task)

        async def call(plan: Plan) -> Sent:
            if not four or plan.form is Form.LINK:
                return await post.send_words(self._bot, delivery.chat_id, view.not_cut(locale), plan)
            form = Form.DOCUMENT if plan.form is Form.DOCUMENT else Form.PHOTO
            files = [Fitted(form, one, f"picture-{number}.jpg") for number, one in enumerate(four, 1)]
            return await post.send_album(self._bot, delivery.chat_id, files, view.singles_above(task, locale), plan)

        plan = replace(plan_for(delivery), form=Form.PHOTO)
        outcome = await self._dispatch.attempt(delivery, plan, call)
        if isinstance(outcome, Sent) and outcome.message_id is not None and outcome.others:
            ids = (outcome.message_id, *outcome.others)
            await self._db.run(news.album_arrived, delivery, self._clock.now(), message_ids=ids, short=True)
        elif isinstance(outcome, Sent):
            await self._db.run(news.arrived, delivery, self._clock.now(), message_id=outcome.message_id)
        else:
            await self._dispatch.write_down(delivery, outcome)

    async def bring_buttons(self, delivery: Delivery, task: Task, locale: Locale) -> None:
        """Send the buttons of an album."""
        short = bool(delivery.body.get("short"))
        markup = await (self._offers.short(task) if short else self._offers.keyboard(task))
        if short and markup is None:  # the provider can do nothing of the kind any more
            await self._db.run(deliveries.end, delivery.id, DeliveryState.DROPPED)
            return
        if short:
            words = view.buttons_below(locale, markup)
        else:
            words = films.below(delivery.body.get("links", ()), locale, markup)
        outcome = await self._dispatch.attempt(
            delivery, plan_for(delivery), lambda plan: post.send_words(self._bot, delivery.chat_id, words, plan)
        )
        if isinstance(outcome, Sent):
            await self._db.run(news.arrived, delivery, self._clock.now(), message_id=outcome.message_id)
        else:
            await self._dispatch.write_down(delivery, outcome)

    async def _from_telegram(self, task: Task) -> tuple[bytes, ...]:
        """Where the provider has lost the picture: Telegram's own copy, which is smaller."""
        known = await self._db.run(placed.select_file_id, task.id, DeliveryKind.RESULT)
        if known is None:
            return ()
        picture = PictureId(known)
        try:
            async with self._photos.open((picture,)) as found:
                return await asyncio.to_thread(cut, found[picture])
        except (PictureUnfit, PicturesNotNow, TelegramError):
            return ()
