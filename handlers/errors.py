"""Turns our refusals into words: a toast for a press, an answer for a message; the update is then handled."""

from domain import errors
from domain.requester import Requester
from handlers.context import Context, owe_words
from handlers.knock import knock
from messages import error as view
from services import rooms
from storage.database import Transaction


async def refuse(context: Context, refusal: errors.Refusal) -> None:
    """Tell why not. Who may not spend is told once a chat, then presses only; a closed command once a day.

    Who is blocked hears nothing at all.
    """
    context.command = None
    if isinstance(refusal, errors.Blocked):
        await context.note(lambda _tx: None)
        return
    if isinstance(refusal, errors.NotAllowed):
        await knock(context)
        return
    if context.incoming.callback_query is not None:
        words = view.refusal(refusal, context.now, context.own_locale)
        await context.run(lambda _tx, _requester: None)
        await context.toast(words.text, alert=not isinstance(refusal, errors.AlreadyPressed))
        return
    words = view.refusal(refusal, context.now, context.locale)

    def tell(tx: Transaction, requester: Requester) -> None:
        closed = refusal.command if isinstance(refusal, errors.CommandClosed) else None
        if closed is None or rooms.tell_closed(tx, requester, closed, context.now):
            owe_words(tx, requester, words, context.now)

    await context.run(tell)
