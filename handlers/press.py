"""The buttons under a picture, and the one under an unclear submit."""

from telegram import Update
from telegram.ext import CallbackQueryHandler

from domain.delivery import DeliveryKind
from domain.errors import ButtonGone
from domain.requester import Requester
from domain.task import TaskId
from handlers.context import Context, owe_words
from handlers.filters import button
from messages import callback
from messages import help as view
from messages.task import unclear
from services import tasks
from storage.database import Transaction


async def press(_update: Update, context: Context) -> None:
    """Record the use of a follow-up."""
    title = await context.run(tasks.press, context.number, context.rules, context.now)
    await context.toast(view.on_it(title, context.own_locale))


async def again(_update: Update, context: Context) -> None:
    """Submit once more what may have been charged already: the person has decided."""

    def submit(tx: Transaction, requester: Requester) -> None:
        task = tasks.submit_again(tx, requester, TaskId(context.number), context.rules, context.now)
        words = unclear(task, context.locale, asked_again=True)
        owe_words(tx, requester, words, context.now, in_place=DeliveryKind.UNCLEAR)

    await context.run(submit)
    await context.toast(view.drawing(context.own_locale))


async def original(_update: Update, context: Context) -> None:
    """Bring the untouched file."""
    await context.run(tasks.want_original, TaskId(context.number), context.rules, context.now)
    await context.toast(view.original_comes(context.own_locale))


async def remove(_update: Update, context: Context) -> None:
    """Take a picture out of the chat."""
    await context.run(tasks.remove, TaskId(context.number), context.rules, context.now)
    await context.toast(view.removing(context.own_locale))


async def unknown(_update: Update, _context: Context) -> None:
    """Data that no button of this bot has: an older program's, or a forged client's."""
    raise ButtonGone


HANDLERS = (
    button(callback.BUTTON, press),
    button(callback.AGAIN, again),
    button(callback.ORIGINAL, original),
    button(callback.REMOVE, remove),
)
"""No task of these buttons is another's: the service checks where they were placed and whose they are."""

LAST = (CallbackQueryHandler(unknown),)
"""Takes every press that no button has taken, so that no client waits for an answer in vain."""
