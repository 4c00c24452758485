"""What operators ask about the bot as a whole, in private."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from telegram import Update

from domain.delivery import DeliveryKind
from domain.requester import Requester
from handlers.context import Context, owe_words
from handlers.filters import button, operators_command
from messages import alert as alert_view
from messages import callback
from messages import guests as guests_view
from messages import operators as view
from services import access, overview, spans
from storage import deliveries, inbox, tongues
from storage.database import Transaction

Work = Callable[[Transaction, Requester], None]


async def status(_update: Update, context: Context) -> None:
    """How it is at this moment."""

    def tell(tx: Transaction, requester: Requester) -> None:
        seen = overview.overview(tx, context.rules, context.now)
        owe_words(tx, requester, view.status(seen, context.now, context.locale), context.now)

    await context.run(_for_operator(tell, context))


async def stats(_update: Update, context: Context) -> None:
    """A picture of the days, and who asks most."""
    days = spans.days_in(context.words_after_command)

    def owe(tx: Transaction, requester: Requester) -> None:
        if days is None:
            owe_words(tx, requester, view.days_wanted("stats", spans.MOST_DAYS, context.locale), context.now)
        else:
            _owe_report(tx, requester, DeliveryKind.STATS, {"days": days}, context.now)

    await context.run(_for_operator(owe, context))


async def usage(_update: Update, context: Context) -> None:
    """A file with a line for each request."""
    span = spans.span_in(context.words_after_command, context.now)

    def owe(tx: Transaction, requester: Requester) -> None:
        if span is None:
            owe_words(tx, requester, view.days_wanted("usage", spans.MOST_DAYS, context.locale), context.now)
        else:
            body = {"since": span.since.isoformat(), "until": span.until.isoformat()}
            _owe_report(tx, requester, DeliveryKind.USAGE, body, context.now)

    await context.run(_for_operator(owe, context))


async def let_go(_update: Update, context: Context) -> None:
    """Forget the updates that lie aside."""

    def forget(tx: Transaction, requester: Requester) -> None:
        words = alert_view.let_go(inbox.let_go_set_aside(tx), context.locale)
        owe_words(tx, requester, words, context.now, in_place=DeliveryKind.ALERT)

    await context.run(_for_operator(forget, context))
    await context.toast(guests_view.done(context.own_locale))


def _for_operator(work: Work, context: Context) -> Work:
    """The same for operators only, whose language is remembered for what they are told by itself."""

    def checked(tx: Transaction, requester: Requester) -> None:
        access.check_operator(tx, requester, context.rules)
        tongues.note(tx, requester.user_id, requester.language)
        work(tx, requester)

    return checked


def _owe_report(
    tx: Transaction, requester: Requester, kind: DeliveryKind, body: Mapping[str, Any], now: datetime
) -> None:
    reply_to = requester.message_id
    deliveries.owe(tx, kind, chat_id=requester.chat_id, topic_id=None, reply_to=reply_to, now=now, body=body)


HANDLERS = (
    operators_command("status", status),
    operators_command("stats", stats),
    operators_command("usage", usage),
    button(callback.LET_GO_ASIDE, let_go),
)
