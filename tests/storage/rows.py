"""Rows as the tests of this room want them: plain defaults, and whatever a test cares about."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Row, Table, select

from domain.delivery import Delivery, DeliveryKind
from domain.task import Imagine, Task, TaskId
from storage import deliveries, tasks
from storage.database import Database, Transaction
from storage.schema import deliveries as delivery_table
from storage.schema import tasks as task_table

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
CHAT = 500
PROVIDER = "provider.example"


def later(seconds: float) -> datetime:
    """So many seconds after noon."""
    return NOON + timedelta(seconds=seconds)


def record(tx: Transaction, /, *, now: datetime = NOON, **changes: Any) -> TaskId:
    """A recorded task."""
    number = len(tx.execute(select(task_table.c.id)).all())
    values: dict[str, Any] = {
        "submission": Imagine(prompt="a fox"),
        "prompt": "a fox",
        "title": "",
        "nonce": f"nonce {number}",
        "user_id": 7,
        "user_name": "Anna",
        "chat_id": CHAT,
        "chat_kind": "private",
        "topic_id": None,
        "reply_to": 11,
        "language": "en",
        "provider": PROVIDER,
    }
    return tasks.insert_task(tx, now=now, **values | changes)


def owe(tx: Transaction, /, kind: DeliveryKind = DeliveryKind.WORDS, **changes: Any) -> int:
    """A promised message."""
    values: dict[str, Any] = {"chat_id": CHAT, "topic_id": None, "reply_to": None, "now": NOON}
    return deliveries.owe(tx, kind, **values | changes)


async def the_task(db: Database, task_id: TaskId) -> Task:
    """That task, which is there."""
    task = await db.run(tasks.select_task, task_id)
    assert task is not None
    return task


async def raw(db: Database, table: Table, key: int) -> Row[Any]:
    """A row with all its columns."""
    return await db.run(lambda tx: tx.execute(select(table).where(next(iter(table.primary_key)) == key)).one())


async def delivery_row(db: Database, key: int) -> Row[Any]:
    """A delivery with all its columns."""
    return await raw(db, delivery_table, key)


async def claim(db: Database, now: datetime = NOON, *, room: int = 10, busy: tuple[int, ...] = ()) -> list[int]:
    """Claim, and tell the ids."""
    return [one.id for one in await claimed(db, now, room=room, busy=busy)]


async def claimed(
    db: Database, now: datetime = NOON, *, room: int = 10, busy: tuple[int, ...] = ()
) -> tuple[Delivery, ...]:
    """Claim what is due."""
    return await db.run(deliveries.claim_due, now, room=room, busy_chats=busy)
