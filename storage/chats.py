"""The table of chats: how long to be quiet there, what they were told, which id they had before."""

from datetime import datetime
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects import sqlite

from domain.delivery import DeliveryKind, DeliveryState, Priority
from domain.task import TaskState
from storage import guests, preferences
from storage.database import Transaction
from storage.schema import chats, deliveries, drafts, gatherings, ledger, purse, tasks, windows


def pause(tx: Transaction, chat_id: int, until: datetime) -> None:
    """Nothing goes to this chat before then; a longer pause that holds already stays."""
    statement = sqlite.insert(chats).values(id=chat_id, paused_until=until)
    given = statement.excluded.paused_until
    later = func.max(func.coalesce(chats.c.paused_until, given), given)
    tx.execute(statement.on_conflict_do_update(index_elements=[chats.c.id], set_={"paused_until": later}))


def was_refused(tx: Transaction, chat_id: int) -> bool:
    """Whether this chat was told that it may not spend."""
    return tx.execute(select(chats.c.refused_at).where(chats.c.id == chat_id)).scalar_one_or_none() is not None


def note_refused(tx: Transaction, chat_id: int, now: datetime) -> None:
    """It was told."""
    _put(tx, chat_id, refused_at=now)


def welcomed_at(tx: Transaction, chat_id: int) -> datetime | None:
    """When this chat was told how the bot works."""
    found: datetime | None = tx.execute(select(chats.c.welcomed_at).where(chats.c.id == chat_id)).scalar_one_or_none()
    return found


def note_welcomed(tx: Transaction, chat_id: int, now: datetime) -> None:
    """It was told."""
    _put(tx, chat_id, welcomed_at=now)


def current_id(tx: Transaction, chat_id: int) -> int:
    """The id under which this chat goes on: another one for a group that has become a supergroup."""
    found = tx.execute(select(chats.c.id).where(chats.c.moved_from == chat_id).limit(1)).scalar_one_or_none()
    return chat_id if found is None else int(found)


def former_id(tx: Transaction, chat_id: int) -> int | None:
    """The id that this supergroup had as a group."""
    found: int | None = tx.execute(select(chats.c.moved_from).where(chats.c.id == chat_id)).scalar_one_or_none()
    return found


def move(tx: Transaction, old: int, new: int) -> None:
    """A group became a supergroup: everything that belongs to it goes along. The same again does no harm."""
    kept = (chats.c.refused_at, chats.c.welcomed_at)
    row = tx.execute(select(*kept).where(chats.c.id == old)).one_or_none()
    chosen = {name: value for name, value in row._mapping.items() if value is not None} if row else {}
    _put(tx, new, moved_from=old, **chosen)
    for table in (drafts, ledger, windows):
        tx.execute(update(table).where(table.c.chat_id == old).values(chat_id=new))
    # messages are counted anew there: a number of the old chat would mean somebody else's message
    tx.execute(update(tasks).where(tasks.c.chat_id == old).values(chat_id=new, reply_to=None))
    tx.execute(update(gatherings).where(gatherings.c.chat_id == old).values(chat_id=new, message_id=None))
    # somebody without a name asked as the chat itself
    for owned in (tasks, ledger, purse, drafts, gatherings):
        tx.execute(update(owned).where(owned.c.user_id == old).values(user_id=new))
    preferences.move(tx, old, new)
    guests.move(tx, old, new)
    tx.execute(
        update(deliveries)
        .where(
            deliveries.c.chat_id == old,
            deliveries.c.kind.in_((DeliveryKind.KEYBOARD, DeliveryKind.REMOVAL)),
            deliveries.c.state == DeliveryState.DUE,
        )
        .values(state=DeliveryState.DROPPED, due_at=None)
    )
    tx.execute(
        update(deliveries)
        .where(deliveries.c.chat_id == old)
        .values(chat_id=new, topic_id=None, reply_to=None, message_id=None)
    )
    # a question that stood there is put anew, so that it can be replied to
    asking = select(tasks.c.id).where(tasks.c.chat_id == new, tasks.c.state == TaskState.AWAITING_INPUT)
    tx.execute(
        update(deliveries)
        .where(deliveries.c.kind == DeliveryKind.STATUS, deliveries.c.task_id.in_(asking))
        .where(deliveries.c.state.in_((DeliveryState.SETTLED, DeliveryState.DUE)))
        .values(state=DeliveryState.DUE, due_at=deliveries.c.created_at, priority=Priority.ANSWER)
    )


def _put(tx: Transaction, chat_id: int, **columns: Any) -> None:
    statement = sqlite.insert(chats).values(id=chat_id, **columns)
    tx.execute(statement.on_conflict_do_update(index_elements=[chats.c.id], set_=columns))
