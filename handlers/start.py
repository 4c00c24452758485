"""/start and /help; the claim link; and a friendly word for whatever else is sent in private."""

from telegram import Update
from telegram.ext import filters

from domain.requester import ChatKind, Requester
from handlers.context import Context, owe_words
from handlers.filters import command, private
from handlers.photos import begin
from handlers.rooms import welcome
from messages import help as view
from messages.pictures import START as START_A_BLEND
from services import access, approval, rooms
from storage.database import Transaction

CLAIM = "claim_"


async def start(_update: Update, context: Context) -> None:
    """Say hello, or let the operator in."""
    word = context.words_after_command.strip()
    if context.requester.chat_kind is not ChatKind.PRIVATE:
        await context.run(_greet, context)
        return
    if word == START_A_BLEND:
        await begin(context)
        return
    if not word.startswith(CLAIM):
        await context.run(_hello, context)
        return
    secret = word.removeprefix(CLAIM)

    def enter(tx: Transaction, requester: Requester) -> None:
        claimed = access.claim(tx, requester, secret, context.now)
        if claimed:
            approval.heard(tx, requester, context.now)
        words = view.welcome_operator(context.locale) if claimed else view.claim_used(context.locale)
        owe_words(tx, requester, words, context.now)

    await context.run(enter)


def _hello(tx: Transaction, requester: Requester, context: Context) -> None:
    owe_words(tx, requester, view.start(context.locale), context.now)
    if access.is_operator(tx, requester.user_id, context.rules):
        approval.heard(tx, requester, context.now)


def _greet(tx: Transaction, requester: Requester, context: Context) -> None:
    """In a group: once, as an invitation by link brings a `/start` along."""
    if rooms.greet(tx, requester, context.now):
        owe_words(tx, requester, welcome(context), context.now)


async def help_(_update: Update, context: Context) -> None:
    """Say how it works."""
    await context.reply(view.help_text(context.locale))


HANDLERS = (
    command("start", start),
    command("help", help_),
    private(filters.ALL & ~filters.StatusUpdate.ALL, help_),
)
"""The last one takes what no other handler wants, so it must stand at the very end of the list of handlers."""
