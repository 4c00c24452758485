"""What befalls a chat: the bot is let in or comes back, a group becomes a supergroup."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.delivery import DeliveryKind
from domain.errors import CommandClosed, NotAllowed
from domain.requester import Requester
from domain.rules import Rules
from services import access, choices
from storage import chats, parked, placed, preferences
from storage.database import Transaction

JUST_NOW = timedelta(minutes=1)
"""A `/start` that came along with the invitation needs no second welcome."""

SHORT_NEWS = (DeliveryKind.FAILURE, DeliveryKind.UNCLEAR)
"""What waited and is a sentence only: told at once. Pictures are offered, since there may be many."""


def arrived(tx: Transaction, requester: Requester) -> Requester:
    """Whoever asks, at the chat's present address: buttons in the old part of a group that has moved still work.

    And in their topic: a press under an old message does not tell it, but we know where we put that.
    """
    here = chats.current_id(tx, requester.chat_id)
    if here == requester.chat_id:
        if requester.topic_id is not None or requester.message_id is None or here > 0:
            return requester
        return replace(requester, topic_id=placed.topic_of(tx, here, requester.message_id))
    owner = here if requester.user_id == requester.chat_id else requester.user_id
    return replace(requester, chat_id=here, user_id=owner, message_id=None, topic_id=None)


def check_open(tx: Transaction, requester: Requester, command: str) -> None:
    """Raise `CommandClosed` where the admins have closed this command."""
    if command in choices.closed_in(tx, requester):
        raise CommandClosed(command)


def tell_closed(tx: Transaction, requester: Requester, command: str, now: datetime) -> bool:
    """Whether this room has yet to hear today that the command is closed; from now on it has."""
    name, today = f"told {command}", now.date().isoformat()
    if preferences.select_value(tx, requester.chat_id, name, requester.topic_id) == today:
        return False
    preferences.put(tx, requester.chat_id, name, today, requester.topic_id)
    return True


def moved(tx: Transaction, old: int, new: int) -> None:
    """A group has become a supergroup; told by two messages and by a refusal, in any order."""
    chats.move(tx, old, new)


def let_in(tx: Transaction, requester: Requester, rules: Rules, now: datetime) -> bool:
    """Whether a group that the bot was added to is welcomed: one that may not spend hears so when it asks."""
    try:
        access.check(tx, requester, rules)
    except NotAllowed:
        return False
    return greet(tx, requester, now)


def greet(tx: Transaction, requester: Requester, now: datetime) -> bool:
    """Whether a welcome is due; false where one was given a moment ago, or nobody wants any."""
    if choices.is_quiet(tx, requester):
        return False
    before = chats.welcomed_at(tx, requester.chat_id)
    if before is not None and now - before < JUST_NOW:
        return False
    chats.note_welcomed(tx, requester.chat_id, now)
    return True


def count_waiting(tx: Transaction, chat_id: int, now: datetime, *, returned: bool) -> int:
    """How many pictures to offer, now that the chat can be written to. Short news that waited goes out at once.

    `returned`: the bot was let in again, so what was offered before is offered anew.
    """
    if not parked.is_anything_put_aside(tx, chat_id):
        return 0
    parked.bring_put_aside(tx, chat_id, SHORT_NEWS, now)
    waiting = parked.count_put_aside(tx, chat_id, DeliveryKind.RESULT, told=returned)
    if waiting:
        parked.note_offered(tx, chat_id, DeliveryKind.RESULT)
    return waiting


def bring_waiting(tx: Transaction, requester: Requester, now: datetime) -> int:
    """Bring the pictures that wait for this chat; how many there were."""
    return parked.bring_put_aside(tx, requester.chat_id, (DeliveryKind.RESULT,), now)
