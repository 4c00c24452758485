"""/settings: pages of buttons, for oneself in private, and for a chat and its topics by their admins."""

import re

from telegram import Update

from domain.delivery import DeliveryKind
from domain.errors import AdminsOnly, ButtonGone
from domain.options import VALUES, Option
from domain.requester import ChatKind, Requester
from domain.sheet import Where
from handlers.context import Context, owe_words
from handlers.filters import button, command, link
from messages import callback
from messages import settings as view
from messages.words import Words
from services import settings
from storage.database import Transaction


async def show(_update: Update, context: Context) -> None:
    """Open a page: one's own in private, the chat's elsewhere."""

    def tell(tx: Transaction, requester: Requester) -> None:
        owe_words(tx, requester, _opened(tx, requester, context), context.now)

    await context.run(tell)


async def press(_update: Update, context: Context) -> None:
    """Turn a page, or choose on it."""
    said = view.read(context.number)
    if said is None:
        raise ButtonGone
    where, option, choice = said

    def take(tx: Transaction, requester: Requester) -> None:
        if option is not None:
            _choose(tx, requester, where, option, choice, context)
            context.look_up_languages(tx)  # the page itself speaks the one that was chosen
        owe_words(tx, requester, _page(tx, requester, where, option, context), context.now, in_place=DeliveryKind.WORDS)

    await context.run(take)
    await context.toast("" if choice == view.LOOK else view.chosen(context.own_locale))


def _opened(tx: Transaction, requester: Requester, context: Context) -> Words:
    if requester.chat_kind is ChatKind.PRIVATE:
        return _page(tx, requester, Where.OWN, None, context)
    try:
        return _page(tx, requester, Where.CHAT, None, context)
    except AdminsOnly:
        return view.for_admins(context.bot.username, context.locale)


def _page(tx: Transaction, requester: Requester, where: Where, option: Option | None, context: Context) -> Words:
    sheet = settings.sheet(tx, requester, where, context.rules, context.now)
    if option is None:
        return view.overview(sheet, context.bot.username, context.locale)
    return view.page_of(sheet, sheet.line(option), context.locale)


def _choose(tx: Transaction, requester: Requester, where: Where, option: Option, choice: int, context: Context) -> None:
    place = choice - view.FIRST
    if choice == view.UNSET:
        settings.let_go(tx, requester, where, option, context.rules)
    elif 0 <= place < len(VALUES[option]):
        settings.choose(tx, requester, where, option, VALUES[option][place], context.rules, context.now)
    elif choice != view.LOOK:
        raise ButtonGone


HANDLERS = (
    command("settings", show),
    link(re.compile(view.LINK), show),
    button(callback.SETTINGS, press),
)
