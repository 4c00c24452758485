"""Under a result: its four pictures, the same once more, its words back; and its seed."""

from telegram import Update

from domain.requester import Requester
from domain.task import TaskId
from handlers.context import Context, owe_words
from handlers.filters import button, command
from messages import again as view
from messages import callback
from messages import help as toasts
from services import keepsakes, repeats, tasks
from storage.database import Transaction


async def singles(_update: Update, context: Context) -> None:
    """Bring the four of a grid."""
    await context.run(keepsakes.want_singles, TaskId(context.number), context.rules, context.now)
    await context.toast(view.coming(context.own_locale))


async def repeat(_update: Update, context: Context) -> None:
    """Ask once more for what a result came from."""
    title = await context.run(repeats.repeat, TaskId(context.number), context.rules, context.now)
    await context.toast(toasts.on_it(title, context.own_locale) if title else toasts.drawing(context.own_locale))


async def change(_update: Update, context: Context) -> None:
    """Give the words back."""

    def give(tx: Transaction, requester: Requester) -> None:
        task = keepsakes.of_this_chat(tx, requester, TaskId(context.number), context.rules)
        words = view.change(task, context.bot.username, context.locale)
        owe_words(tx, tasks.in_topic(tx, requester), words, context.now)

    await context.run(give)
    await context.toast(view.words_come(context.own_locale))


async def seed(update: Update, context: Context) -> None:
    """Have the seed of a picture asked for."""
    answered = update.effective_message.reply_to_message if update.effective_message else None
    message_id = answered.message_id if answered is not None else None
    await context.run(keepsakes.want_seed, message_id, context.rules, context.now)


HANDLERS = (
    button(callback.SINGLES, singles),
    button(callback.REPEAT, repeat),
    button(callback.CHANGE, change),
    command("seed", seed),
)
