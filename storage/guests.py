"""The table of guests: who has asked to be let in, and what was decided."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row, and_, case, delete, func, select, update
from sqlalchemy.dialects import sqlite

from domain.guest import Guest, Standing
from domain.requester import ChatKind
from storage.database import Transaction
from storage.schema import cards, guests

WAITS = and_(guests.c.standing == Standing.ASKING, guests.c.blocked_at.is_(None))


def insert_guest(
    tx: Transaction, chat_id: int, kind: ChatKind, *, name: str = "", standing: Standing = Standing.UNASKED
) -> int:
    """Write somebody down, unless they are known; their number."""
    statement = sqlite.insert(guests).values(chat_id=chat_id, kind=kind, name=name, standing=standing)
    tx.execute(statement.on_conflict_do_nothing())
    return int(tx.execute(select(guests.c.id).where(guests.c.chat_id == chat_id)).scalar_one())


def select_guest(tx: Transaction, guest_id: int) -> Guest | None:
    """One of them, by our number."""
    row = tx.execute(select(guests).where(guests.c.id == guest_id)).one_or_none()
    return _guest(row) if row else None


def select_by_chat(tx: Transaction, chat_id: int) -> Guest | None:
    """One of them, by the chat's id, which in private is the person's."""
    row = tx.execute(select(guests).where(guests.c.chat_id == chat_id)).one_or_none()
    return _guest(row) if row else None


def note(tx: Transaction, /, guest_id: int, **columns: Any) -> None:
    """Write down what was learned or decided."""
    tx.execute(update(guests).where(guests.c.id == guest_id).values(**columns))


def is_any_blocked(tx: Transaction, ids: Collection[int]) -> bool:
    """Whether one of these people and chats is blocked."""
    found = select(guests.c.id).where(guests.c.chat_id.in_(set(ids)), guests.c.blocked_at.is_not(None))
    return tx.execute(found.limit(1)).first() is not None


def is_approved(tx: Transaction, chat_id: int) -> bool:
    """Whether an operator has let this person or chat in."""
    found = select(guests.c.id).where(guests.c.chat_id == chat_id, guests.c.standing == Standing.APPROVED)
    return tx.execute(found).first() is not None


def daily_limit(tx: Transaction, chat_id: int) -> int:
    """The guest's own; 0 where there is none."""
    own = select(guests.c.daily_limit).where(guests.c.chat_id == chat_id, guests.c.standing == Standing.APPROVED)
    return tx.execute(own).scalar_one_or_none() or 0


def count(tx: Transaction) -> int:
    """How many there are."""
    return tx.execute(select(func.count()).select_from(guests)).scalar_one()


def count_waiting(tx: Transaction) -> int:
    """How many an operator has yet to decide about."""
    return tx.execute(select(func.count()).select_from(guests).where(WAITS)).scalar_one()


def select_page(tx: Transaction, start: int, length: int) -> tuple[Guest, ...]:
    """A part of the list: those who wait first, then the latest decided."""
    order = (case((WAITS, 0), else_=1), func.coalesce(guests.c.decided_at, guests.c.asked_at).desc(), guests.c.id)
    rows = tx.execute(select(guests).order_by(*order).offset(start).limit(length))
    return tuple(map(_guest, rows))


def select_names(tx: Transaction, ids: Collection[int]) -> dict[int, str]:
    """What is known of these chats' names."""
    rows = tx.execute(select(guests.c.chat_id, guests.c.name).where(guests.c.chat_id.in_(set(ids))))
    return {row.chat_id: row.name for row in rows if row.name}


def move(tx: Transaction, old: int, new: int) -> None:
    """A group became a supergroup: what was decided about it holds there. A decision goes before a mere wish."""
    here, there = select_by_chat(tx, old), select_by_chat(tx, new)
    if here is None:
        return
    if there is not None:
        kept, gone = (there, here) if _decided(there) and not _decided(here) else (here, there)
        tx.execute(update(cards).where(cards.c.guest_id == gone.id).values(guest_id=kept.id))
        tx.execute(delete(guests).where(guests.c.id == gone.id))
        here = kept
    note(tx, here.id, chat_id=new, topic_id=None, reply_to=None)  # messages are counted anew there


def _decided(guest: Guest) -> bool:
    return guest.blocked or guest.standing in {Standing.APPROVED, Standing.REFUSED}


def _guest(row: Row[Any]) -> Guest:
    return Guest(**dict(row._mapping) | {"kind": ChatKind(row.kind), "standing": Standing(row.standing)})
