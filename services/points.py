"""What somebody has left, and what an operator gives and takes."""

from dataclasses import dataclass
from datetime import datetime

from domain.errors import OperatorsOnly
from domain.price import Kind
from domain.requester import ChatKind, Requester
from domain.rules import Rules
from services import access, quota
from services.quota import Share
from storage import purse
from storage.database import Transaction
from storage.purse import Why

SHOWN = (Kind.IMAGINE, Kind.UPSCALE, Kind.VIDEO)
"""What a person is told the price of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What is left."""

    user: Share
    chat: Share | None
    """`None` in private."""
    given: int
    opens_at: datetime
    prices: tuple[int, ...]
    """Of `SHOWN`, as fast as the provider is set."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """What was given, or taken where it is negative; and what the person has now."""

    points: int
    wanted: int
    balance: int


def balance_of(tx: Transaction, requester: Requester, rules: Rules, now: datetime) -> Balance:
    """What whoever asks has left today."""
    user, chat = quota.shares_of(tx, requester, rules, now)
    return Balance(
        user=user,
        chat=None if requester.chat_kind is ChatKind.PRIVATE else chat,
        given=purse.balance(tx, requester.user_id),
        opens_at=quota.opens_at(now),
        prices=tuple(rules.prices.of(kind, rules.mode) for kind in SHOWN),
    )


def check_operator(tx: Transaction, requester: Requester, rules: Rules) -> None:
    """Raise `OperatorsOnly` for everybody else, and for whoever writes without a name."""
    if not access.is_operator(tx, requester.user_id, rules):
        raise OperatorsOnly


def give(tx: Transaction, requester: Requester, user_id: int, points: int, rules: Rules, now: datetime) -> Gift:
    """Give a person points, or take some: no more than there are, since what is held is spent already."""
    check_operator(tx, requester, rules)
    moved = max(points, -purse.balance(tx, user_id))
    why = Why.GIVEN if moved > 0 else Why.TAKEN
    purse.move(tx, user_id, moved, why, now, operator_id=requester.user_id)
    return Gift(points=moved, wanted=points, balance=purse.balance(tx, user_id))
