"""What operators ask about the bot as a whole, in private."""

from telegram import Update

from domain.requester import Requester
from handlers.context import Context, owe_words
from handlers.filters import button, operators_command
from messages import alert as alert_view
from messages import callback
from messages import guests as guests_view
from messages import operators as view
from services import access, overview
from storage import inbox, tongues
from storage.database import Transaction


async def status(_update: Update, context: Context) -> None:
    """How it is at this moment."""

    def tell(tx: Transaction, requester: Requester) -> None:
        seen = overview.overview(tx, requester, context.rules, context.now)
        tongues.note(tx, requester.user_id, requester.language)
        owe_words(tx, requester, view.status(seen, context.now, context.locale), context.now)

    await context.run(tell)


async def let_go(_update: Update, context: Context) -> None:
    """Forget the updates that lie aside."""

    def forget(tx: Transaction, requester: Requester) -> None:
        access.check_operator(tx, requester, context.rules)
        words = alert_view.let_go(inbox.let_go_set_aside(tx), context.locale)
        owe_words(tx, requester, words, context.now, in_place=True)

    await context.run(forget)
    await context.toast(guests_view.done(context.locale))


HANDLERS = (
    operators_command("status", status),
    button(callback.LET_GO_ASIDE, let_go),
)
