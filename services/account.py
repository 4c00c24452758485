"""The operator's account at the provider: in trouble, nothing new is sent there until a probe says it is well."""

from datetime import datetime, timedelta

from domain.errors import AccountInTrouble
from domain.rules import Rules
from services import alerts
from storage import providers
from storage.database import Transaction

BLIND_RETRY = timedelta(minutes=5)
"""No probe can see an empty balance: after this, one request of a person finds out."""


def check(tx: Transaction, rules: Rules) -> None:
    """Raise `AccountInTrouble` while nothing is to be sent."""
    if providers.trouble(tx, rules.provider) is not None:
        raise AccountInTrouble


def refused(tx: Transaction, rules: Rules, said: str, now: datetime) -> None:
    """The provider does not take the operator's submits: pause, and tell the operators once."""
    providers.pause(tx, rules.provider, now)
    alerts.give(tx, rules, alerts.ACCOUNT, now, said=said)


def accepted(tx: Transaction, rules: Rules, now: datetime) -> None:
    """A submit was taken, so all is well."""
    alerts.well_again(tx, rules, alerts.ACCOUNT, now)
    alerts.well_again(tx, rules, alerts.REDIRECTED, now)


def probed(tx: Transaction, rules: Rules, now: datetime, *, good: bool) -> bool:
    """What a probe found while paused; true if submits go on from now."""
    trouble = providers.trouble(tx, rules.provider)
    if trouble is None:
        return True
    if not good:
        providers.note_key_refused(tx, rules.provider)
        return False
    if trouble.key_refused or now - trouble.paused_since >= BLIND_RETRY:
        providers.resume(tx, rules.provider)
        if trouble.key_refused:  # else it was the balance, of which only a submit tells
            alerts.well_again(tx, rules, alerts.ACCOUNT, now)
        return True
    return False
