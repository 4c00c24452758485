"""The one delivery of a task that shows how it goes: its status message, edited again and again."""

from datetime import datetime, timedelta

from sqlalchemy import select, update

from domain.delivery import Delivery, DeliveryKind, DeliveryState, Priority
from domain.task import TaskId
from storage.database import Transaction
from storage.deliveries import COLUMNS, delivery_from
from storage.schema import deliveries

FIRST_EDIT_AFTER = timedelta(seconds=1)
EDIT_GAP_PRIVATE = timedelta(seconds=5)
EDIT_GAP_GROUP = timedelta(seconds=15)
"""Edits count like messages in Telegram's limits: about one a second in a chat, twenty a minute in a group."""


def select_status(tx: Transaction, task_id: TaskId) -> Delivery | None:
    """The status message of a task."""
    row = tx.execute(
        select(*COLUMNS).where(deliveries.c.task_id == task_id, deliveries.c.kind == DeliveryKind.STATUS)
    ).one_or_none()
    return delivery_from(row) if row else None


def refresh_status(
    tx: Transaction,
    task_id: TaskId,
    now: datetime,
    *,
    wait: timedelta = timedelta(),
    urgent: Priority | None = None,
) -> None:
    """There is something new to show: look again, as soon as edits may follow each other.

    `urgent`: at once, with that priority. What is under way or not sent yet will show it anyway.
    """
    shown = (
        deliveries.c.task_id == task_id,
        deliveries.c.kind == DeliveryKind.STATUS,
        deliveries.c.message_id.is_not(None),
    )
    row = tx.execute(
        select(deliveries.c.id, deliveries.c.chat_id, deliveries.c.priority, deliveries.c.last_at).where(*shown)
    ).one_or_none()
    if row is None:
        return
    if row.priority == Priority.ACKNOWLEDGEMENT:  # not edited yet
        gap = FIRST_EDIT_AFTER
    else:
        gap = EDIT_GAP_PRIVATE if row.chat_id > 0 else EDIT_GAP_GROUP
    due_at = max(now + wait, row.last_at + gap) if urgent is None and row.last_at else now + wait
    resting = deliveries.c.state == DeliveryState.SETTLED
    waiting = deliveries.c.state == DeliveryState.DUE
    tx.execute(
        update(deliveries)
        .where(deliveries.c.id == row.id, resting | (waiting & (deliveries.c.due_at > due_at)))
        .values(
            state=DeliveryState.DUE,
            due_at=due_at,
            attempts=0,
            priority=deliveries.c.priority if urgent is None else urgent,
        )
    )


def drop_unsent_status(tx: Transaction, task_id: TaskId) -> None:
    """The end is there: a status that never went out is not needed, progress that waits is not shown."""
    tx.execute(
        update(deliveries)
        .where(
            deliveries.c.task_id == task_id,
            deliveries.c.kind == DeliveryKind.STATUS,
            deliveries.c.state == DeliveryState.DUE,
        )
        .values(state=DeliveryState.SETTLED, due_at=None)
    )


def forget_status(tx: Transaction, task_id: TaskId) -> None:
    """Its message is gone, or has become something else."""
    tx.execute(
        update(deliveries)
        .where(deliveries.c.task_id == task_id, deliveries.c.kind == DeliveryKind.STATUS)
        .values(state=DeliveryState.DROPPED, due_at=None, message_id=None)
    )


def ask_in_status(tx: Transaction, task_id: TaskId, now: datetime) -> bool:
    """The status message has to become a question, or to appear, at once; false where there never was one.

    What is under way just now is looked at again when it is done (`news`).
    """
    ours = (deliveries.c.task_id == task_id, deliveries.c.kind == DeliveryKind.STATUS)
    resting = (DeliveryState.DUE, DeliveryState.SETTLED, DeliveryState.DROPPED)
    tx.execute(
        update(deliveries)
        .where(*ours, deliveries.c.state.in_(resting))
        .values(state=DeliveryState.DUE, due_at=now, attempts=0, priority=Priority.ANSWER)
    )
    return tx.execute(select(deliveries.c.id).where(*ours)).first() is not None
