"""The table of chats: how long Telegram wants us to be quiet there, and whether they were told who may spend."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.dialects import sqlite

from domain.delivery import DeliveryKind, DeliveryState
from storage.database import Transaction
from storage.schema import chats, deliveries, drafts, ledger, tasks


def pause(tx: Transaction, chat_id: int, until: datetime) -> None:
    """Nothing goes to this chat before then."""
    _put(tx, chat_id, paused_until=until)


def was_refused(tx: Transaction, chat_id: int) -> bool:
    """Whether this chat was told that it may not spend."""
    return tx.execute(select(chats.c.refused_at).where(chats.c.id == chat_id)).scalar_one_or_none() is not None


def note_refused(tx: Transaction, chat_id: int, now: datetime) -> None:
    """It was told."""
    _put(tx, chat_id, refused_at=now)


def move(tx: Transaction, old: int, new: int) -> None:
    """A group became a supergroup: everything that belongs to it goes along."""
    for table in (drafts, ledger):
        tx.execute(update(table).where(table.c.chat_id == old).values(chat_id=new))
    # messages are counted anew there: a number of the old chat would mean somebody else's message
    tx.execute(update(tasks).where(tasks.c.chat_id == old).values(chat_id=new, reply_to=None))
    tx.execute(
        update(deliveries)
        .where(
            deliveries.c.chat_id == old,
            deliveries.c.kind == DeliveryKind.KEYBOARD,
            deliveries.c.state == DeliveryState.DUE,
        )
        .values(state=DeliveryState.DROPPED, due_at=None)
    )
    tx.execute(
        update(deliveries)
        .where(deliveries.c.chat_id == old)
        .values(chat_id=new, topic_id=None, reply_to=None, message_id=None)
    )


def _put(tx: Transaction, chat_id: int, **columns: datetime) -> None:
    statement = sqlite.insert(chats).values(id=chat_id, **columns)
    tx.execute(statement.on_conflict_do_update(index_elements=[chats.c.id], set_=columns))
