"""/tasks: what of mine is being drawn or waits; and the cancel buttons."""

from collections.abc import Sequence

from telegram import Update

from domain.delivery import DeliveryKind
from domain.requester import ChatKind, Requester
from domain.task import Task, TaskId
from handlers.context import Context, owe_words
from handlers.filters import button, command, operators_command
from messages import callback
from messages import help as view
from services import stops, tasks
from storage.database import Transaction


async def list_tasks(_update: Update, context: Context) -> None:
    """Show what waits and runs."""
    found = await context.bot_data.db.run(_open_here, context.requester)
    await context.reply(view.task_list(found, context.locale))


async def cancel(_update: Update, context: Context) -> None:
    """Withdraw what was not sent yet; have the provider asked to stop the rest."""
    certain = await context.run(stops.cancel, TaskId(context.number), context.rules, context.now)
    await context.toast(view.cancelled(context.own_locale) if certain else view.stopping(context.own_locale))


async def cancel_listed(_update: Update, context: Context) -> None:
    """Withdraw it from the list, and show the list as it is then."""

    def withdraw(tx: Transaction, requester: Requester) -> None:
        tasks.cancel(tx, requester, TaskId(context.number), context.rules, context.now)
        words = view.task_list(_open_here(tx, requester), context.locale)
        owe_words(tx, requester, words, context.now, in_place=DeliveryKind.WORDS)

    await context.run(withdraw)
    await context.toast(view.cancelled(context.own_locale))


async def unclear(_update: Update, context: Context) -> None:
    """For operators: what may have been charged without a result."""
    found = await context.bot_data.db.run(tasks.list_unclear, context.requester, context.rules)
    await context.reply(view.unclear_list(found, context.locale))


def _open_here(tx: Transaction, requester: Requester) -> Sequence[Task]:
    """In a group nobody reads what a person has asked for elsewhere."""
    found = tasks.list_open(tx, requester)
    if requester.chat_kind is ChatKind.PRIVATE:
        return found
    return [task for task in found if task.chat_id == requester.chat_id]


HANDLERS = (
    command("tasks", list_tasks),
    operators_command("unclear", unclear),
    button(callback.CANCEL, cancel),
    button(callback.CANCEL_LISTED, cancel_listed),
)
