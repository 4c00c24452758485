"""The table of preferences: what a person or a chat likes to have in every prompt, and the styles that people keep."""

from collections.abc import Mapping

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import sqlite

from storage.database import Transaction
from storage.schema import preferences


def put(tx: Transaction, scope_id: int, name: str, value: str) -> None:
    """Keep it; `scope_id` is a person's id, or a chat's."""
    statement = sqlite.insert(preferences).values(scope_id=scope_id, name=name, value=value)
    tx.execute(
        statement.on_conflict_do_update(
            index_elements=[preferences.c.scope_id, preferences.c.name], set_={"value": value}
        )
    )


def select_value(tx: Transaction, scope_id: int, name: str) -> str | None:
    """What is kept under a name."""
    found: str | None = tx.execute(
        select(preferences.c.value).where(preferences.c.scope_id == scope_id, preferences.c.name == name)
    ).scalar_one_or_none()
    return found


def select_all(tx: Transaction, scope_id: int) -> Mapping[str, str]:
    """All that is kept, by name."""
    rows = tx.execute(
        select(preferences.c.name, preferences.c.value)
        .where(preferences.c.scope_id == scope_id)
        .order_by(preferences.c.name)
    )
    return {row.name: row.value for row in rows}


def forget(tx: Transaction, scope_id: int, name: str) -> bool:
    """Keep it no longer; false where it was not kept."""
    changed = tx.execute(delete(preferences).where(preferences.c.scope_id == scope_id, preferences.c.name == name))
    return changed.rowcount == 1


def move(tx: Transaction, old: int, new: int) -> None:
    """A chat has another id; what was chosen under the new one already stays."""
    taken = select(preferences.c.name).where(preferences.c.scope_id == new)
    mine = preferences.c.scope_id == old
    tx.execute(delete(preferences).where(mine, preferences.c.name.in_(taken)))
    tx.execute(update(preferences).where(mine).values(scope_id=new))
