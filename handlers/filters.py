"""Which updates are requests: fresh messages of people, posts of channels; never an edit or an automatic forward."""

import re
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Message, MessageEntity, Update
from telegram.ext import BaseHandler, CallbackQueryHandler, MessageHandler, filters

from domain.options import VALUES, Option
from handlers.context import NOBODY, Context
from messages import callback

Handle = Callable[[Update, Context], Coroutine[Any, Any, None]]


class _AnotherBot(filters.MessageFilter):
    """Telegram lets bots hear bots where somebody has switched that on; two that answer each other would never end."""

    def filter(self, message: Message) -> bool:
        sender = message.from_user
        return sender is not None and sender.is_bot and sender.id not in NOBODY


FRESH = (filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST) & ~filters.IS_AUTOMATIC_FORWARD & ~_AnotherBot()


class Command(BaseHandler[Update, Context, None]):
    """A command at the beginning of a text or a caption. The library's own matches texts only."""

    def __init__(self, name: str, handle: Handle) -> None:
        super().__init__(handle)
        self._name = name

    def check_update(self, update: object) -> bool:
        """Whether it is this command, meant for this bot."""
        if not isinstance(update, Update) or not FRESH.check_update(update) or update.effective_message is None:
            return False
        return command_in(update.effective_message) == self._name


class Link(Command):
    """`/start` with a word that fits: somebody came by a link."""

    def __init__(self, pattern: re.Pattern[str], handle: Handle) -> None:
        super().__init__("start", handle)
        self._pattern = pattern

    def check_update(self, update: object) -> bool:
        """Whether it is one, in a private chat."""
        if not super().check_update(update) or not isinstance(update, Update):
            return False
        message = update.effective_message
        _command, _, word = ((message.text or "") if message else "").partition(" ")
        private = update.effective_chat is not None and update.effective_chat.type == "private"
        return private and self._pattern.fullmatch(word.strip()) is not None


def command_in(message: Message) -> str | None:
    """The command for this bot that a text or a caption begins with."""
    text, entities = message.text or message.caption or "", message.entities or message.caption_entities
    first = next((one for one in entities if one.offset == 0 and one.type == MessageEntity.BOT_COMMAND), None)
    if first is None:
        return None
    name, _, meant = text[1 : first.length].lower().partition("@")
    return name if meant in {"", (message.get_bot().username or "").lower()} else None


def command(name: str, handle: Handle) -> Command:
    """`/name`, with or without this bot's name behind it, followed by words or none; also as a caption."""
    return Command(name, _if_open(name, handle) if name in VALUES[Option.CLOSED] else handle)


def link(pattern: re.Pattern[str], handle: Handle) -> "Link":
    """A `/start` in private with a word behind it, as a link brings it."""
    return Link(pattern, handle)


class _InPrivate(Command):
    """A command that nobody answers anywhere else."""

    def check_update(self, update: object) -> bool:
        """Whether it is this command, in a private chat."""
        chat = update.effective_chat if isinstance(update, Update) else None
        return chat is not None and chat.type == chat.PRIVATE and super().check_update(update)


def operators_command(name: str, handle: Handle) -> Command:
    """`/name` in a private chat, for operators: that it is one is for the service to check."""
    return _InPrivate(name, handle)


def private(what: filters.BaseFilter, handle: Handle) -> MessageHandler[Context, Any]:
    """A message in a private chat."""
    return MessageHandler(FRESH & filters.ChatType.PRIVATE & what, handle)


def button(letter: str, handle: Handle) -> CallbackQueryHandler[Context, Any]:
    """A press of one of our buttons."""
    return CallbackQueryHandler(handle, pattern=callback.pattern(letter))


def _if_open(name: str, handle: Handle) -> Handle:
    async def handle_if_open(update: Update, context: Context) -> None:
        context.command = name
        await handle(update, context)

    return handle_if_open
