"""The tables of what a provider cannot do for now, whether it takes anything, and which alerts were given."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import sqlite

from storage.database import Transaction
from storage.schema import accounts, alerts, capabilities


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """A provider does not take the operator's submits."""

    paused_since: datetime
    key_refused: bool
    """A probe has been refused, too: so it is the key, and a probe will tell when it is well again."""


def note(tx: Transaction, provider: str, name: str, until: datetime) -> None:
    """Remember something of a provider until then, such as that it does not know an endpoint."""
    statement = sqlite.insert(capabilities).values(provider=provider, name=name, until=until)
    tx.execute(
        statement.on_conflict_do_update(
            index_elements=[capabilities.c.provider, capabilities.c.name], set_={"until": until}
        )
    )


def noted(tx: Transaction, provider: str, now: datetime) -> dict[str, datetime]:
    """What is remembered of a provider, and until when."""
    rows = tx.execute(
        select(capabilities.c.name, capabilities.c.until).where(
            capabilities.c.provider == provider, capabilities.c.until > now
        )
    )
    return {row.name: row.until for row in rows}


def pause(tx: Transaction, provider: str, now: datetime) -> bool:
    """Send nothing new there. False: it was paused already."""
    statement = sqlite.insert(accounts).values(provider=provider, paused_since=now, key_refused=False)
    return tx.execute(statement.on_conflict_do_nothing()).rowcount == 1


def note_key_refused(tx: Transaction, provider: str) -> None:
    """A probe was refused as well."""
    tx.execute(update(accounts).where(accounts.c.provider == provider).values(key_refused=True))


def resume(tx: Transaction, provider: str) -> None:
    """Send there again."""
    tx.execute(delete(accounts).where(accounts.c.provider == provider))


def trouble(tx: Transaction, provider: str) -> Trouble | None:
    """Whether it is paused."""
    row = tx.execute(
        select(accounts.c.paused_since, accounts.c.key_refused).where(accounts.c.provider == provider)
    ).one_or_none()
    return Trouble(paused_since=row.paused_since, key_refused=row.key_refused) if row else None


def note_alert(tx: Transaction, name: str, now: datetime) -> bool:
    """An alert is to be given. False: it was, and `forget_alert` has not been called since."""
    return tx.execute(sqlite.insert(alerts).values(name=name, told_at=now).on_conflict_do_nothing()).rowcount == 1


def forget_alert(tx: Transaction, name: str) -> bool:
    """What it was about is well again: the next time is worth an alert. False: none was given."""
    return tx.execute(delete(alerts).where(alerts.c.name == name)).rowcount == 1
