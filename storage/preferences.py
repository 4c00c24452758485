"""The table of preferences: what a person, a chat or one of its topics has chosen, and the styles that people keep."""

from collections.abc import Mapping

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.dialects import sqlite

from storage.database import Transaction
from storage.schema import preferences

WHOLE_CHAT = 0
"""No topic has this number."""


def put(tx: Transaction, scope_id: int, name: str, value: str, topic_id: int | None = None) -> None:
    """Keep it; `scope_id` is a person's id, or a chat's."""
    row = {"scope_id": scope_id, "topic_id": topic_id or WHOLE_CHAT, "name": name, "value": value}
    key = [preferences.c.scope_id, preferences.c.topic_id, preferences.c.name]
    tx.execute(sqlite.insert(preferences).values(row).on_conflict_do_update(index_elements=key, set_={"value": value}))


def select_value(tx: Transaction, scope_id: int, name: str, topic_id: int | None = None) -> str | None:
    """What is kept under a name."""
    found: str | None = tx.execute(
        select(preferences.c.value).where(_of(scope_id, topic_id), preferences.c.name == name)
    ).scalar_one_or_none()
    return found


def select_all(tx: Transaction, scope_id: int) -> Mapping[str, str]:
    """All that is kept, by name; what is kept for topics is not among it."""
    rows = tx.execute(
        select(preferences.c.name, preferences.c.value).where(_of(scope_id, WHOLE_CHAT)).order_by(preferences.c.name)
    )
    return {row.name: row.value for row in rows}


def forget(tx: Transaction, scope_id: int, name: str, topic_id: int | None = None) -> bool:
    """Keep it no longer; false where it was not kept."""
    changed = tx.execute(delete(preferences).where(_of(scope_id, topic_id), preferences.c.name == name))
    return changed.rowcount == 1


def move(tx: Transaction, old: int, new: int) -> None:
    """A chat has another id; what was chosen under the new one already stays. Before, it had no topics."""
    taken = select(preferences.c.name).where(_of(new, WHOLE_CHAT))
    mine = preferences.c.scope_id == old
    tx.execute(delete(preferences).where(mine, preferences.c.name.in_(taken)))
    tx.execute(update(preferences).where(mine).values(scope_id=new))


def _of(scope_id: int, topic_id: int | None) -> ColumnElement[bool]:
    return and_(preferences.c.scope_id == scope_id, preferences.c.topic_id == (topic_id or WHOLE_CHAT))
