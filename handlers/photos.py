"""Pictures that people send: albums, `/blend`, and what is offered for those that come without a command."""

from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Message, Update
from telegram.ext import MessageHandler, filters

from domain.errors import PicturesTrouble, PicturesUnfit
from domain.gathering import Gathering, Part, Shown, Use
from domain.requester import ChatKind, Requester
from handlers.context import Context
from handlers.filters import FRESH, button, command, command_in, private
from handlers.pictures import album_answered, is_unread, shown_in, shown_meant
from messages import pictures as view
from services import albums, baskets, photos
from storage.database import Transaction


class _AlbumPart(filters.MessageFilter):
    """One of several messages that people see as one."""

    def filter(self, message: Message) -> bool:
        return message.media_group_id is not None


class _Plain(filters.MessageFilter):
    """Without any command; one that is not known gets help."""

    def filter(self, message: Message) -> bool:
        return command_in(message) is None


class _Unread(filters.MessageFilter):
    """Something to look at that is no picture to us."""

    def filter(self, message: Message) -> bool:
        return is_unread(message)


class _Picture(filters.MessageFilter):
    """A photo, or a picture as a file."""

    def filter(self, message: Message) -> bool:
        return shown_in(message) is not None


async def note_part(update: Update, context: Context) -> None:
    """Keep a part of an album: what is to be done is known when all have come."""
    message = update.effective_message
    if message is None or message.media_group_id is None:
        return
    name = command_in(message)
    said = context.words_after_command if name is not None else message.caption or ""
    part = Part(message_id=message.message_id, shown=shown_in(message), command=name, words=said)
    album = message.media_group_id
    context.command = name

    def keep(tx: Transaction, requester: Requester) -> None:
        shown = albums.note_part(tx, requester, album, part, context.now)
        if shown is not None:
            _show(tx, shown, context)

    await context.run(keep)


async def blend(update: Update, context: Context) -> None:
    """`/blend` under or about one picture: collect it. Without any: say how it goes."""
    message = update.effective_message
    shown = shown_meant(message)
    said = context.words_after_command
    if is_unread(message) or (shown is None and message is not None and is_unread(message.reply_to_message)):
        raise PicturesUnfit(PicturesTrouble.NOT_A_PICTURE)
    if shown is not None:
        await context.run(_blend, shown, album_answered(message), said, context)
    elif context.requester.chat_kind is ChatKind.PRIVATE and not said:
        await begin(context)
    else:
        await context.reply(view.blend_help(context.locale, alone=context.requester.chat_kind is ChatKind.PRIVATE))


async def begin(context: Context) -> None:
    """In a private chat: pictures may come now, one by one or as an album."""
    await context.run(_collect, (), context)


async def ask(update: Update, context: Context) -> None:
    """A picture in private, without a command: what is to be done with it?"""
    message = update.effective_message
    shown = shown_in(message)
    if message is None or shown is None:
        return
    caption = message.caption or ""

    def offer(tx: Transaction, requester: Requester) -> None:
        _show(tx, baskets.offer(tx, requester, (shown,), caption, context.rules, context.now), context)

    await context.run(offer)


async def explain(_update: Update, context: Context) -> None:
    """Something that is no picture to us, in private."""
    await context.reply(view.unread(context.locale))


def _blend(tx: Transaction, requester: Requester, shown: Shown, album: str | None, said: str, context: Context) -> None:
    """An album that is answered is blended as it is; a picture is collected."""
    known = albums.whole(tx, requester, shown, album)
    if len(known) > 1 and not baskets.has_basket(tx, requester, context.now):
        photos.blend(tx, requester, said, known, context.rules, context.now)
        return
    photos.dimensions_of(said)
    _collect(tx, requester, (shown,), context)


def _collect(tx: Transaction, requester: Requester, shown: tuple[Shown, ...], context: Context) -> None:
    _show(tx, baskets.collect(tx, requester, shown, context.rules, context.now), context)


def _show(tx: Transaction, shown: Gathering, context: Context) -> None:
    baskets.show(tx, shown, view.gathering(shown, context.locale).to_body(), context.now)


def _using(how: Use) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    async def choose(_update: Update, context: Context) -> None:
        def use(tx: Transaction, requester: Requester) -> None:
            shown = baskets.use(tx, requester, context.number, how, context.rules, context.now)
            baskets.show(tx, shown, view.used(shown, how, context.locale).to_body(), context.now)

        await context.run(use)
        await context.toast(view.chosen(how, context.own_locale))

    return choose


HANDLERS = (
    MessageHandler(FRESH & _AlbumPart(), note_part),
    command("blend", blend),
    *(button(letter, _using(how)) for how, letter in view.LETTERS.items()),
)
"""Before all others: a command under an album is for the whole of it."""

LAST = (
    private(_Plain() & _Picture(), ask),
    private(_Plain() & _Unread(), explain),
)
"""What no command has taken."""
