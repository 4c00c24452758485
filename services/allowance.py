"""A guest's own daily limit, given with the approval: it goes before the general one."""

from dataclasses import replace

from domain.requester import Requester
from domain.rules import Rules
from storage import guests
from storage.database import Transaction


def applied(tx: Transaction, requester: Requester, rules: Rules) -> Rules:
    """The rules as they are for this person in this chat. In private both are one, and so is the limit."""
    return replace(
        rules,
        daily_per_user=guests.daily_limit(tx, requester.user_id) or rules.daily_per_user,
        daily_per_chat=guests.daily_limit(tx, requester.chat_id) or rules.daily_per_chat,
    )
