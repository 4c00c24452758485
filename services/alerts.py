"""A word to the operators: once each, until what it is about is well again."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from domain.delivery import DeliveryKind
from domain.rules import Rules
from services import access
from storage import deliveries, providers
from storage.database import Transaction

ACCOUNT = "account"
REDIRECTED = "redirected"
ENDPOINT = "endpoint"
OLDER = "older"
UNCLEAR = "unclear"
SET_ASIDE = "set aside"
DISK = "disk"


def give(tx: Transaction, rules: Rules, name: str, now: datetime, **body: Any) -> None:
    """Owe an alert to every operator, unless it was given already."""
    told = access.operators_of(tx, rules)
    if told and providers.note_alert(tx, _key(rules, name), now):  # with nobody to tell, it is still to be told
        _owe(tx, told, {"alert": name, "provider": rules.provider, **body}, now)


def well_again(tx: Transaction, rules: Rules, name: str, now: datetime, *, tell: bool = True) -> None:
    """It is over, which is told if it was; the next time is worth an alert."""
    if providers.forget_alert(tx, _key(rules, name)) and tell:
        _owe(tx, access.operators_of(tx, rules), {"alert": name, "provider": rules.provider, "over": True}, now)


def _owe(tx: Transaction, told: Iterable[int], about: Mapping[str, Any], now: datetime) -> None:
    for user_id in told:
        deliveries.owe(tx, DeliveryKind.ALERT, chat_id=user_id, topic_id=None, reply_to=None, now=now, body=about)


def _key(rules: Rules, name: str) -> str:
    return f"{rules.provider} {name}"
