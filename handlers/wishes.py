"""The question that a wish may get before it is paid for, and its answers."""

from telegram import Update

from domain.requester import Requester
from handlers.context import Context, owe_words
from handlers.filters import Handle, button
from messages import callback
from messages import care as view
from messages import help as help_view
from services import wishes
from services.wishes import Asked, Reply
from storage.database import Transaction


def owe_question(tx: Transaction, requester: Requester, asked: Asked, context: Context) -> None:
    """Ask before anything is sent."""
    words = view.question(asked.prompt, asked.draft_id, asked.doubt, context.locale)
    owe_words(tx, requester, words, context.now)


def _answer(said: Reply) -> Handle:
    async def answer(_update: Update, context: Context) -> None:
        await context.run(wishes.reply, context.number, said, context.rules, context.now)
        await context.toast(help_view.drawing(context.own_locale))

    return answer


HANDLERS = (
    button(callback.AS_WRITTEN, _answer(Reply.AS_WRITTEN)),
    button(callback.REPAIRED, _answer(Reply.REPAIRED)),
    button(callback.EXPANDED, _answer(Reply.EXPANDED)),
)
