"""Which updates are requests: fresh messages of people; never an edit, never an automatic forward."""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import CallbackQueryHandler, CommandHandler, MessageHandler, filters

from handlers.context import Context
from messages import callback

Handle = Callable[[Update, Context], Coroutine[Any, Any, None]]

FRESH = filters.UpdateType.MESSAGE & ~filters.IS_AUTOMATIC_FORWARD


def command(name: str, handle: Handle) -> CommandHandler[Context, Any]:
    """`/name`, with or without this bot's name behind it, followed by words or none."""
    return CommandHandler(name, handle, filters=FRESH)


def private(what: filters.BaseFilter, handle: Handle) -> MessageHandler[Context, Any]:
    """A message in a private chat."""
    return MessageHandler(FRESH & filters.ChatType.PRIVATE & what, handle)


def button(letter: str, handle: Handle) -> CallbackQueryHandler[Context, Any]:
    """A press of one of our buttons."""
    return CallbackQueryHandler(handle, pattern=callback.pattern(letter))
