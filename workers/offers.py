"""The buttons that stand under a result: what the provider offers and can do, and our own."""

from telegram import InlineKeyboardMarkup

from domain.clock import Clock
from domain.proposals import is_words
from domain.task import Button, Task
from messages import proposals
from messages.keyboard import keyboard
from messages.locale import locale_for
from services import ways
from storage import buttons, providers
from storage.database import Database, Transaction


class Offers:
    """Makes keyboards."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def keyboard(self, task: Task) -> InlineKeyboardMarkup | None:
        """The keyboard of a result; without buttons that are known not to work."""
        offered = await self._db.run(self._offered, task)
        if is_words(task):
            return proposals.keyboard(task, offered, locale_for(task.language))
        return keyboard(offered, original=task.id if task.image_url else None, remove=task.id)

    def _offered(self, tx: Transaction, task: Task) -> list[Button]:
        if is_words(task):
            return list(buttons.select_of(tx, task.id))
        off = providers.noted(tx, task.provider, self._clock.now())
        return [button for button in buttons.select_of(tx, task.id) if ways.is_offered(button.custom_id, off)]
