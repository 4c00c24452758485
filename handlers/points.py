"""/balance: what somebody has left today; /give: points, by an operator."""

import re

from telegram import Message, Update

from domain.requester import Requester
from handlers.context import NOBODY, Context, owe_words
from handlers.filters import command
from messages import points as view
from services import points
from services.quota import Share
from storage.database import Transaction

NUMBERS = re.compile(r"(?:(-?[1-9][0-9]{0,15})\s+)?([-+\u2212\u2013]?[1-9][0-9]{0,5})")
"""An id, where no message is answered, and so many points; a client may have made a dash of a minus."""


async def balance(_update: Update, context: Context) -> None:
    """Tell what is left."""

    def tell(tx: Transaction, requester: Requester) -> None:
        found = points.balance_of(tx, requester, context.rules, context.now)
        words = view.balance(
            *_left(found.user),
            _left(found.chat) if found.chat else (),
            given=found.given,
            prices=found.prices,
            opens_in=found.opens_at - context.now,
            locale=context.locale,
        )
        owe_words(tx, requester, words, context.now)

    await context.run(tell)


async def give(update: Update, context: Context) -> None:
    """Give points, or take some back."""
    numbers = NUMBERS.fullmatch(context.words_after_command.strip())
    whom = _whom(update.effective_message, numbers[1] if numbers else None)

    def move(tx: Transaction, requester: Requester) -> None:
        points.check_operator(tx, requester, context.rules)
        words = view.give_help(context.locale)
        if numbers is not None and whom is not None:
            wanted = int(numbers[2].replace("\u2212", "-").replace("\u2013", "-"))
            gift = points.give(tx, requester, whom[0], wanted, context.rules, context.now)
            words = view.gave(whom[1], gift.points, gift.wanted, gift.balance, context.locale)
        owe_words(tx, requester, words, context.now)

    await context.run(move)


def _whom(message: Message | None, named: str | None) -> tuple[int, str] | None:
    """Whose points: the id that was named, or whoever wrote the message that is answered; and what to call them."""
    if named is not None:
        return int(named), named
    answered = message.reply_to_message if message is not None else None
    if answered is None or answered.forum_topic_created is not None:  # in a topic, every message answers its first
        return None
    author = answered.from_user
    if author is not None and not author.is_bot and author.id not in NOBODY:
        return author.id, author.full_name
    if answered.sender_chat is not None:
        return answered.sender_chat.id, answered.sender_chat.title or str(answered.sender_chat.id)
    return None


def _left(share: Share) -> tuple[view.Left, view.Left]:
    return (share.pictures, share.pictures_left), (share.points, share.points_left)


HANDLERS = (
    command("balance", balance),
    command("give", give),
)
