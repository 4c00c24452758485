"""Turns our refusals into words: a toast for a press, an answer for a message; the update is then handled."""

from domain import errors
from domain.requester import Requester
from handlers.context import Context, owe_words
from messages import error as view
from services import access
from storage.database import Transaction


async def refuse(context: Context, refusal: errors.Refusal) -> None:
    """Tell why not. Who may not spend is told once a chat, then presses only."""
    if context.incoming.callback_query is not None:
        words = view.refusal(refusal, context.now, context.own_locale)
        await context.run(lambda _tx, _requester: None)
        await context.toast(words.text, alert=not isinstance(refusal, errors.AlreadyPressed))
        return
    words = view.refusal(refusal, context.now, context.locale)

    def tell(tx: Transaction, requester: Requester) -> None:
        if isinstance(refusal, errors.NotAllowed) and not access.tell_once(tx, requester, context.now):
            return
        owe_words(tx, requester, words, context.now)

    await context.run(tell)
