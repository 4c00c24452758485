"""Which updates are requests: fresh messages of people, posts of channels; never an edit or an automatic forward."""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Message, Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from handlers.context import NOBODY, Context
from messages import callback

Handle = Callable[[Update, Context], Coroutine[Any, Any, None]]


class _AnotherBot(filters.MessageFilter):
    """Telegram lets bots hear bots where somebody has switched that on; two that answer each other would never end."""

    def filter(self, message: Message) -> bool:
        sender = message.from_user
        return sender is not None and sender.is_bot and sender.id not in NOBODY


FRESH = (filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST) & ~filters.IS_AUTOMATIC_FORWARD & ~_AnotherBot()


def command(name: str, handle: Handle) -> CommandHandler[Context, Any]:
    """`/name`, with or without this bot's name behind it, followed by words or none."""
    return CommandHandler(name, handle, filters=FRESH)


def private(what: filters.BaseFilter, handle: Handle) -> MessageHandler[Context, Any]:
    """A message in a private chat."""
    return MessageHandler(FRESH & filters.ChatType.PRIVATE & what, handle)


def button(letter: str, handle: Handle) -> CallbackQueryHandler[Context, Any]:
    """A press of one of our buttons."""
    return CallbackQueryHandler(handle, pattern=callback.pattern(letter))
