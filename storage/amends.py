"""Messages that are in their chats: shown anew, with other words or other buttons, or forgotten."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from domain.delivery import DeliveryKind, DeliveryState, Priority
from domain.task import TaskId
from storage.database import Transaction
from storage.deliveries import owe
from storage.schema import deliveries


def show_anew(
    tx: Transaction, task_id: TaskId, kind: DeliveryKind, now: datetime, priority: Priority | None = None
) -> None:
    """What a message says has changed; what has not gone out yet will say it anyway."""
    tx.execute(
        update(deliveries)
        .where(
            deliveries.c.task_id == task_id,
            deliveries.c.kind == kind,
            deliveries.c.state == DeliveryState.SETTLED,
            deliveries.c.message_id.is_not(None),
        )
        .values(state=DeliveryState.DUE, due_at=now, priority=deliveries.c.priority if priority is None else priority)
    )


def show_again(tx: Transaction, delivery_id: int, due_at: datetime, priority: Priority) -> None:
    """What a message shows is to follow what was chosen meanwhile."""
    tx.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery_id, deliveries.c.state == DeliveryState.SETTLED)
        .values(state=DeliveryState.DUE, due_at=due_at, priority=priority)
    )


def reword(tx: Transaction, delivery_id: int, body: Mapping[str, Any], now: datetime) -> bool:
    """Give a message of words others, in place; false where it is just on its way, or never came to its chat."""
    waits = deliveries.c.state == DeliveryState.DUE
    stands = (deliveries.c.state == DeliveryState.SETTLED) & deliveries.c.message_id.is_not(None)
    changed = tx.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery_id, waits | stands)
        .values(state=DeliveryState.DUE, due_at=now, body=json.dumps(body, ensure_ascii=False))
    )
    return changed.rowcount == 1


def owe_keyboard(tx: Transaction, *, task_id: TaskId, chat_id: int, message_id: int, now: datetime) -> None:
    """Show anew which buttons were used; one such debt a message is enough."""
    waiting = tx.execute(
        select(deliveries.c.id).where(
            deliveries.c.kind == DeliveryKind.KEYBOARD,
            deliveries.c.chat_id == chat_id,
            deliveries.c.message_id == message_id,
            deliveries.c.state == DeliveryState.DUE,
        )
    ).first()
    if waiting is None:
        owe(
            tx,
            DeliveryKind.KEYBOARD,
            chat_id=chat_id,
            topic_id=None,
            reply_to=None,
            now=now,
            task_id=task_id,
            message_id=message_id,
        )


def forget_message(tx: Transaction, chat_id: int, message_id: int) -> None:
    """That message is gone."""
    tx.execute(
        update(deliveries)
        .where(deliveries.c.chat_id == chat_id, deliveries.c.message_id == message_id)
        .values(message_id=None)
    )
