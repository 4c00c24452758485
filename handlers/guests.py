"""Operators decide who may ask: by the buttons of a card, by `/people`, by `/block` and `/unblock`."""

import re

from telegram import Update

from domain.delivery import DeliveryKind
from domain.guest import CHOICES, Choice, Standing
from domain.requester import Requester
from handlers.context import Context, owe_words
from handlers.filters import Handle, button, operators_command
from messages import callback
from messages import guests as view
from messages.locale import locale_for
from services import access, approval
from services.approval import Decided
from storage import cards, deliveries, guests
from storage.database import Transaction

NUMBER = re.compile(r"-?[1-9]\d{0,15}")


async def press(_update: Update, context: Context) -> None:
    """A card's button."""
    guest_id, choice = divmod(context.number, CHOICES)

    def take(tx: Transaction, requester: Requester) -> None:
        _tell(tx, approval.press(tx, requester, guest_id, choice, context.rules, context.now), context)

    await context.run(take)
    await context.toast(view.done(context.own_locale))


async def people(_update: Update, context: Context) -> None:
    """The list, from its beginning."""
    await context.run(_owe_list, 0, context)


async def turn(_update: Update, context: Context) -> None:
    """Another page of it."""
    await context.run(_owe_list, context.number, context, in_place=True)
    await context.toast("")


async def show_card(_update: Update, context: Context) -> None:
    """One of the list."""

    def bring(tx: Transaction, requester: Requester) -> None:
        access.check_operator(tx, requester, context.rules)
        if guests.select_guest(tx, context.number) is not None:
            cards.owe(tx, context.number, requester.user_id, context.now)

    await context.run(bring)
    await context.toast(view.card_comes(context.own_locale))


def _by_number(name: str, choice: Choice) -> Handle:
    async def decide(_update: Update, context: Context) -> None:
        said = context.words_after_command.strip()

        def take(tx: Transaction, requester: Requester) -> None:
            access.check_operator(tx, requester, context.rules)
            if not NUMBER.fullmatch(said):
                owe_words(tx, requester, view.number_wanted(name, context.locale), context.now)
                return
            decided = approval.decide_by_number(tx, requester, int(said), choice, context.rules, context.now)
            owe_words(tx, requester, view.decided(decided.guest, context.locale), context.now)
            _tell(tx, decided, context)

        await context.run(take)

    return decide


def _owe_list(tx: Transaction, requester: Requester, page: int, context: Context, *, in_place: bool = False) -> None:
    access.check_operator(tx, requester, context.rules)
    total = guests.count(tx)
    start = min(page, max(total - 1, 0) // view.PAGE) * view.PAGE
    shown = guests.select_page(tx, start, view.PAGE)
    kind = DeliveryKind.WORDS if in_place else None
    owe_words(tx, requester, view.people(shown, start, total, context.locale), context.now, in_place=kind)


def _tell(tx: Transaction, decided: Decided, context: Context) -> None:
    """The guest hears of it once, where they asked."""
    guest = decided.guest
    if not decided.tell:
        return
    locale = locale_for(guest.language or context.bot_data.default_language)
    if guest.standing is Standing.APPROVED:
        words = view.let_in(guest, context.bot.username, locale)
    else:
        words = view.not_let_in(guest.standing, locale)
    deliveries.owe(
        tx,
        DeliveryKind.WORDS,
        chat_id=guest.chat_id,
        topic_id=guest.topic_id,
        reply_to=guest.reply_to,
        now=context.now,
        body=words.to_body() | {"language": guest.language},
    )
    approval.told(tx, guest)


HANDLERS = (
    button(callback.GUEST, press),
    button(callback.GUEST_PAGE, turn),
    button(callback.GUEST_CARD, show_card),
    operators_command("people", people),
    operators_command("block", _by_number("block", Choice.BLOCK)),
    operators_command("unblock", _by_number("unblock", Choice.UNBLOCK)),
)
"""Who presses or writes is checked by the services: by the person's number, and in private only."""
