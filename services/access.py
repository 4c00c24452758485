"""Who may spend, and how the first operator comes in."""

import hashlib
import hmac
from datetime import datetime

from domain.errors import Blocked, NotAllowed, OperatorsOnly
from domain.requester import ChatKind, Requester
from domain.rules import Access, Rules
from storage import chats, guests, operators
from storage.database import Transaction


def is_operator(tx: Transaction, user_id: int, rules: Rules) -> bool:
    """Whether this person runs the bot: named in the settings, or come in by the claim link."""
    return user_id in rules.admins or operators.is_operator(tx, user_id)


def operators_of(tx: Transaction, rules: Rules) -> tuple[int, ...]:
    """All who run the bot."""
    return tuple(sorted(rules.admins | operators.select_operators(tx)))


def check_operator(tx: Transaction, requester: Requester, rules: Rules) -> None:
    """Raise `OperatorsOnly` unless this is an operator, in private: elsewhere others would read along."""
    if requester.chat_kind is not ChatKind.PRIVATE or not is_operator(tx, requester.user_id, rules):
        raise OperatorsOnly


def is_blocked(tx: Transaction, user_id: int, chat_id: int, rules: Rules) -> bool:
    """Whether nothing of this person's, or of this chat's, is answered. An operator always is."""
    return guests.is_any_blocked(tx, (user_id, chat_id)) and not is_operator(tx, user_id, rules)


def check_not_blocked(tx: Transaction, requester: Requester, rules: Rules) -> None:
    """Raise `Blocked` for those whom an operator has blocked."""
    if is_blocked(tx, requester.user_id, requester.chat_id, rules):
        raise Blocked


def check(tx: Transaction, requester: Requester, rules: Rules) -> None:
    """Raise `NotAllowed` unless this person, or this group, may spend; `Blocked` where they are."""
    check_not_blocked(tx, requester, rules)
    if rules.access is Access.OPEN:
        return
    alone = requester.chat_kind is ChatKind.PRIVATE
    if alone and requester.user_id in rules.allowed_users:
        return
    if is_let_in(tx, requester.chat_id, rules):
        return  # in a group the group counts; in private the chat is the person
    if not is_operator(tx, requester.user_id, rules):
        raise NotAllowed


def is_let_in(tx: Transaction, chat_id: int, rules: Rules) -> bool:
    """Whether a chat may spend, whoever asks: named in the settings (also by the id of before a move), or approved."""
    if not rules.allowed_chats.isdisjoint({chat_id, chats.former_id(tx, chat_id)}):
        return True
    return rules.access is Access.APPROVAL and guests.is_approved(tx, chat_id)


def tell_once(tx: Transaction, requester: Requester, now: datetime) -> bool:
    """Whether this chat has yet to hear that it may not spend; from now on it has."""
    if chats.was_refused(tx, requester.chat_id):
        return False
    chats.note_refused(tx, requester.chat_id, now)
    return True


def offer_claim(tx: Transaction, secret: str, rules: Rules, now: datetime) -> bool:
    """Let whoever opens the link with this secret become the operator; false where there is one already."""
    if rules.admins or operators.count_operators(tx):
        operators.delete_claims(tx)
        return False
    operators.replace_claim(tx, _digest(secret), now)
    return True


def claim(tx: Transaction, requester: Requester, secret: str, now: datetime) -> bool:
    """Make this person the operator, if the link is the newest one and still unused."""
    if not operators.use_claim(tx, _digest(secret)):
        return False
    operators.insert_operator(tx, requester.user_id, now)
    return True


def _digest(secret: str) -> str:
    return hmac.new(b"imagine-bot claim", secret.encode(), hashlib.sha256).hexdigest()
