"""The untouched file of a picture: from Telegram's own copy if there is one, else while the provider keeps it."""

from telegram import Bot

from domain.clock import Clock
from domain.delivery import Delivery, DeliveryKind, Form
from domain.task import Task
from messages import task as view
from messages.locale import Locale
from services import news
from storage import placed
from storage.database import Database
from workers import post
from workers.dispatch import Dispatch
from workers.gallery import Gallery
from workers.outcome import No
from workers.picture import fit
from workers.post import Plan, Sent, plan_for


class Originals:
    """Sends files."""

    def __init__(self, db: Database, bot: Bot, dispatch: Dispatch, gallery: Gallery, clock: Clock) -> None:
        self._db = db
        self._bot = bot
        self._dispatch = dispatch
        self._gallery = gallery
        self._clock = clock

    async def bring(self, delivery: Delivery, task: Task, locale: Locale) -> None:
        """Send the file, or say that it is gone."""
        known = await self._db.run(placed.select_file_id, task.id, DeliveryKind.ORIGINAL)
        if known is not None:
            file_id = known
            outcome = await self._dispatch.attempt(
                delivery,
                plan_for(delivery),
                lambda plan: post.send_known_file(self._bot, delivery.chat_id, file_id, plan),
            )
            if outcome is not No.FILE_ID:
                await self._conclude(delivery, outcome)
                return
        async with self._gallery.open(task) as data:
            await self._conclude(delivery, await self._fresh(delivery, data, locale))

    async def _fresh(self, delivery: Delivery, data: bytes | None, locale: Locale) -> post.Came:
        async def call(plan: Plan) -> Sent:
            file = await fit(data or b"", Form.DOCUMENT if data else Form.LINK)
            if file.form is Form.LINK:
                return await post.send_words(self._bot, delivery.chat_id, view.original_gone(locale), plan)
            return await post.send_file(self._bot, delivery.chat_id, file, plan)

        return await self._dispatch.attempt(delivery, plan_for(delivery), call)

    async def _conclude(self, delivery: Delivery, outcome: post.Came) -> None:
        if isinstance(outcome, Sent):
            now = self._clock.now()
            await self._db.run(
                news.arrived, delivery, now, message_id=outcome.message_id, kept=next(iter(outcome.kept), None)
            )
        else:
            await self._dispatch.write_down(delivery, outcome)
