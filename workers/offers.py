"""The buttons that stand under a result: what the provider offers and can do, and our own."""

from telegram import InlineKeyboardMarkup

from domain.clock import Clock
from domain.proposals import is_words
from domain.task import Button, Task
from messages import proposals
from messages.again import has_words
from messages.keyboard import keyboard, short_keyboard
from messages.locale import locale_for
from services import ways
from services.keepsakes import is_grid
from storage import buttons, placed, providers
from storage.database import Database, Transaction


class Offers:
    """Makes keyboards."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def keyboard(self, task: Task) -> InlineKeyboardMarkup | None:
        """The keyboard of a result; without buttons that are known not to work."""
        offered, has_singles = await self._db.run(self._offered, task)
        if is_words(task):
            return proposals.keyboard(task, offered, locale_for(task.language))
        return keyboard(
            offered,
            locale_for(task.language),
            original=task.id if task.image_url and not task.videos else None,
            singles=task.id if has_singles else None,
            repeat=task.id,
            change=task.id if has_words(task) else None,
            remove=task.id,
        )

    async def short(self, task: Task) -> InlineKeyboardMarkup | None:
        """U1 to V4 of a grid."""
        offered, _has_singles = await self._db.run(self._offered, task)
        return short_keyboard(offered, locale_for(task.language))

    async def keyboard_in(self, task: Task, chat_id: int, message_id: int) -> InlineKeyboardMarkup | None:
        """What stands in that message, as it should be now."""
        short = await self._db.run(placed.is_short, chat_id, message_id)
        return await self.short(task) if short else await self.keyboard(task)

    def _offered(self, tx: Transaction, task: Task) -> tuple[list[Button], bool]:
        known = buttons.select_of(tx, task.id)
        if is_words(task):
            return list(known), False
        off = providers.noted(tx, task.provider, self._clock.now())
        offered = [button for button in known if ways.is_offered(button.custom_id, off)]
        return offered, task.image_url is not None and not task.videos and is_grid(known)
