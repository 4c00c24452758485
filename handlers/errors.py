"""Turns our refusals into words: a toast for a press, an answer for a message; the update is then handled."""

from domain import errors
from handlers.context import Context, owe_words
from handlers.knock import knock
from messages import error as view


async def refuse(context: Context, refusal: errors.Refusal) -> None:
    """Tell why not. Who may not spend is told once a chat, then presses only; who is blocked hears nothing at all."""
    if isinstance(refusal, errors.Blocked):
        await context.note(lambda _tx: None)
        return
    if isinstance(refusal, errors.NotAllowed):
        await knock(context)
        return
    words = view.refusal(refusal, context.now, context.locale)
    if context.incoming.callback_query is None:
        await context.run(owe_words, words, context.now)
        return
    await context.run(lambda _tx, _requester: None)
    await context.toast(words.text, alert=not isinstance(refusal, errors.AlreadyPressed))
