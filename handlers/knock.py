"""Somebody wishes for something where they may not: they are told so once, and the operators are asked."""

from domain.requester import Requester
from handlers.context import Context, owe_words
from messages import guests as view
from services import approval
from services.approval import Knock
from storage.database import Transaction

WORDS_KEPT = 1000
"""Of the wish that is given back when the guest is let in."""


async def knock(context: Context) -> None:
    """Tell, and ask."""
    message, query = context.incoming.effective_message, context.incoming.callback_query
    said = ((message.text or message.caption) if message is not None and query is None else None) or ""
    words = said if len(said) <= WORDS_KEPT else ""

    def ask(tx: Transaction, requester: Requester) -> Knock:
        knocked = approval.knock(tx, requester, context.rules, context.now, title=context.place, words=words)
        if query is None and knocked.first:
            owe_words(tx, requester, view.not_let_in(knocked.standing, context.locale), context.now)
        return knocked

    knocked = await context.run(ask)
    if query is not None:
        await context.toast(view.not_let_in(knocked.standing, context.own_locale).text, alert=True)
