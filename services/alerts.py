"""A word to the operators: once each, until what it is about is well again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from domain.delivery import DeliveryKind
from domain.rules import Rules
from storage import deliveries, operators, providers
from storage.database import Transaction

ACCOUNT = "account"
REDIRECTED = "redirected"
ENDPOINT = "endpoint"
OLDER = "older"
ASIDE = "aside"


def give(tx: Transaction, rules: Rules, name: str, now: datetime, *, each: str = "", **body: Any) -> None:
    """Owe an alert to every operator, unless it was given already; `each`: what it is given once for."""
    about: Mapping[str, Any] = {"alert": name, "provider": rules.provider, **body}
    if not providers.note_alert(tx, f"{_key(rules, name)} {each}".strip(), now):
        return
    for user_id in sorted(rules.admins | operators.select_operators(tx)):
        deliveries.owe(tx, DeliveryKind.ALERT, chat_id=user_id, topic_id=None, reply_to=None, now=now, body=about)


def well_again(tx: Transaction, rules: Rules, name: str) -> None:
    """The next time is worth an alert."""
    providers.forget_alert(tx, _key(rules, name))


def _key(rules: Rules, name: str) -> str:
    return f"{rules.provider} {name}"
