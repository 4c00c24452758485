"""Updates as Telegram sent them, kept until they are handled; the set of their ids keeps repeats out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects import sqlite

from storage.database import Transaction
from storage.schema import inbox


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredUpdate:
    """An update that waits to be handled."""

    update_id: int
    payload: str
    """JSON, as it came."""


def keep(tx: Transaction, updates: Mapping[int, str], now: datetime) -> tuple[int, ...]:
    """Store those of `updates` (id to JSON) that are new; their ids, in order."""
    if not updates:
        return ()
    rows = [
        {"update_id": key, "payload": payload, "state": "pending", "received_at": now}
        for key, payload in updates.items()
    ]
    statement = sqlite.insert(inbox).on_conflict_do_nothing().returning(inbox.c.update_id)
    return tuple(sorted(tx.execute(statement, rows).scalars()))


def select_pending(tx: Transaction) -> tuple[StoredUpdate, ...]:
    """All that wait to be handled, in the order of their coming."""
    rows = tx.execute(
        select(inbox.c.update_id, inbox.c.payload)
        .where(inbox.c.state == "pending")
        .order_by(inbox.c.received_at, inbox.c.update_id)
    )
    return tuple(StoredUpdate(update_id=row.update_id, payload=row.payload) for row in rows)


def mark_done(tx: Transaction, update_id: int) -> None:
    """It was handled. Its text is let go; its id stays, so that a repeat is known."""
    tx.execute(
        update(inbox).where(inbox.c.update_id == update_id, inbox.c.state == "pending").values(state="done", payload="")
    )


def count_attempt(tx: Transaction, update_id: int, error: str) -> int:
    """Handling it went wrong; how often by now."""
    return (
        tx.execute(
            update(inbox)
            .where(inbox.c.update_id == update_id, inbox.c.state == "pending")
            .values(attempts=inbox.c.attempts + 1, error=error)
            .returning(inbox.c.attempts)
        ).scalar_one_or_none()
        or 0
    )


def attempts(tx: Transaction, update_id: int) -> int:
    """How often handling it has gone wrong."""
    return tx.execute(select(inbox.c.attempts).where(inbox.c.update_id == update_id)).scalar_one_or_none() or 0


def set_aside(tx: Transaction, update_id: int, error: str) -> None:
    """It cannot be handled: out of the others' way, kept as it came for whoever looks into it."""
    tx.execute(update(inbox).where(inbox.c.update_id == update_id).values(state="set_aside", error=error))


def set_aside_pending(tx: Transaction, error: str) -> tuple[StoredUpdate, ...]:
    """None of those that wait can be handled; which they are."""
    waiting = select_pending(tx)
    for one in waiting:
        set_aside(tx, one.update_id, error)
    return waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """An update that could not be handled."""

    update_id: int
    error: str


def select_set_aside(tx: Transaction) -> tuple[SetAside, ...]:
    """Those that lie aside, in the order of their coming."""
    rows = tx.execute(
        select(inbox.c.update_id, inbox.c.error)
        .where(inbox.c.state == "set_aside")
        .order_by(inbox.c.received_at, inbox.c.update_id)
    )
    return tuple(SetAside(update_id=row.update_id, error=row.error or "") for row in rows)


def let_go_set_aside(tx: Transaction) -> int:
    """Somebody has seen to them: they are forgotten like all that were handled; how many."""
    return tx.execute(update(inbox).where(inbox.c.state == "set_aside").values(state="done", payload="")).rowcount


def count_set_aside(tx: Transaction) -> int:
    """How many lie aside."""
    return tx.execute(select(func.count()).select_from(inbox).where(inbox.c.state == "set_aside")).scalar_one()


def delete_done(tx: Transaction, before: datetime) -> None:
    """Forget handled updates that Telegram cannot repeat any more (it keeps them for 24 hours)."""
    tx.execute(delete(inbox).where(inbox.c.state == "done", inbox.c.received_at < before))
