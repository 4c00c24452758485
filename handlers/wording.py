"""/describe: words for a picture; /shorten: shorter words; and the buttons under what came of it."""

from telegram import Update

from domain.requester import Requester
from handlers.context import Context
from handlers.filters import button, command
from handlers.pictures import message_answered, picture_meant
from handlers.rooms import offer_waiting
from handlers.wishes import owe_question
from messages import callback
from messages import help as help_view
from messages import proposals as view
from services import wording
from services.wording import Used
from storage.database import Transaction


async def describe(update: Update, context: Context) -> None:
    """Record a wish for words for the picture that is meant, or say how to wish."""
    picture, answered = picture_meant(update.effective_message), message_answered(update.effective_message)

    def record(tx: Transaction, requester: Requester) -> None:
        if picture is not None:
            wording.describe(tx, requester, picture, context.rules, context.now, answered=answered)
            offer_waiting(tx, requester, context)

    if picture is None:
        await context.reply(view.describe_help(context.locale))
    else:
        await context.run(record)


async def shorten(_update: Update, context: Context) -> None:
    """Record a wish for shorter words, or say how to wish."""
    words = context.words_after_command

    def record(tx: Transaction, requester: Requester) -> None:
        wording.shorten(tx, requester, words, context.rules, context.now)
        offer_waiting(tx, requester, context)

    if words:
        await context.run(record)
    else:
        await context.reply(view.shorten_help(context.locale))


async def use(_update: Update, context: Context) -> None:
    """Draw one of the proposals, or all; or find others."""

    def press(tx: Transaction, requester: Requester) -> Used:
        used = wording.use(tx, requester, context.number, context.rules, context.now)
        if used.asked is not None:
            owe_question(tx, requester, used.asked, context)
        return used

    used = await context.run(press)
    if used.asked is None:
        await context.toast(help_view.on_it(used.title, context.own_locale))
    else:
        await context.toast(help_view.question_first(context.own_locale))


HANDLERS = (
    command("describe", describe),
    command("shorten", shorten),
    button(callback.PROPOSAL, use),
)
