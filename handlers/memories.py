"""/history: one's own pictures, in private, page by page; /show: one of them, brought here with its buttons."""

import re

from telegram import Update

from domain.delivery import DeliveryKind
from domain.memory import Leaf
from domain.requester import ChatKind, Requester
from domain.task import TaskId
from handlers.context import Context, owe_words
from handlers.filters import Handle, button, command, link
from messages import callback
from messages import memories as view
from services import memories
from storage.database import Transaction

NUMBER = re.compile(r"#?(\d{1,15})")


async def history(_update: Update, context: Context) -> None:
    """Show the newest, or those whose prompts have these words."""
    if context.requester.chat_kind is ChatKind.PRIVATE:
        await _open(context, context.words_after_command)
    else:
        await context.reply(view.in_private(context.bot.username, context.locale))


async def history_by_link(_update: Update, context: Context) -> None:
    """The same for whoever comes from a group."""
    await _open(context, "")


def _turn(*, newer: bool) -> Handle:
    async def turn(_update: Update, context: Context) -> None:
        """Show the next page, in place."""
        anchor, words_id = divmod(context.number, callback.WORDS_BELOW)

        def take(tx: Transaction, requester: Requester) -> None:
            leaf = memories.turn(tx, requester, TaskId(anchor), words_id, newer=newer)
            owe_words(tx, requester, view.leaf(leaf, context.locale), context.now, in_place=DeliveryKind.WORDS)

        await context.run(take)
        await context.toast("")

    return turn


async def show(_update: Update, context: Context) -> None:
    """Bring one here."""
    said = NUMBER.fullmatch(context.words_after_command.strip())
    if said is None:
        await context.reply(view.show_help(context.locale))
    else:
        await context.run(memories.show, TaskId(int(said[1])), context.rules, context.now)


async def bring(_update: Update, context: Context) -> None:
    """The same from a page."""
    await context.run(memories.show, TaskId(context.number), context.rules, context.now)
    await context.toast(view.coming(context.own_locale))


async def _open(context: Context, words: str) -> None:
    def find(tx: Transaction, requester: Requester) -> None:
        leaf: Leaf = memories.search(tx, requester, words, context.now)
        owe_words(tx, requester, view.leaf(leaf, context.locale), context.now)

    await context.run(find)


HANDLERS = (
    command("history", history),
    link(re.compile(view.LINK), history_by_link),
    command("show", show),
    button(callback.OLDER, _turn(newer=False)),
    button(callback.NEWER, _turn(newer=True)),
    button(callback.BRING, bring),
)
