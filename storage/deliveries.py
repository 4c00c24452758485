"""The table of deliveries: news that chats have coming, and what became of it."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from domain.delivery import Delivery, DeliveryKind, DeliveryState, Form, Priority
from domain.task import Task, TaskId
from storage.database import Transaction
from storage.schema import chats, deliveries

PRIORITIES = {
    DeliveryKind.STATUS: Priority.ANSWER,  # the first acknowledges; `news.status_shown` puts the edits behind
    DeliveryKind.WORDS: Priority.ANSWER,
    DeliveryKind.RESULT: Priority.RESULT,
    DeliveryKind.FAILURE: Priority.FAILURE,
    DeliveryKind.UNCLEAR: Priority.FAILURE,
    DeliveryKind.ORIGINAL: Priority.RESULT,
    DeliveryKind.ALERT: Priority.FAILURE,
    DeliveryKind.KEYBOARD: Priority.PROGRESS,
}

UNSETTLED = (DeliveryState.DUE, DeliveryState.CLAIMED, DeliveryState.SENDING, DeliveryState.PARKED)

FIRST_EDIT_AFTER = timedelta(seconds=1)
EDIT_GAP_PRIVATE = timedelta(seconds=5)
EDIT_GAP_GROUP = timedelta(seconds=15)
"""Edits count like messages in Telegram's limits: about one a second in a chat, twenty a minute in a group."""

COLUMNS = tuple(column for column in deliveries.c if column.name not in {"priority", "due_at", "file_id", "error"})


def owe(
    tx: Transaction,
    kind: DeliveryKind,
    *,
    chat_id: int,
    topic_id: int | None,
    reply_to: int | None,
    now: datetime,
    task_id: TaskId | None = None,
    body: Mapping[str, Any] | None = None,
    message_id: int | None = None,
) -> int:
    """Promise a message; due at once."""
    return int(
        tx.execute(
            insert(deliveries)
            .values(
                kind=kind,
                state=DeliveryState.DUE,
                task_id=task_id,
                chat_id=chat_id,
                topic_id=topic_id,
                reply_to=reply_to,
                body=json.dumps(body or {}, ensure_ascii=False),
                priority=PRIORITIES[kind],
                due_at=now,
                message_id=message_id,
                created_at=now,
            )
            .returning(deliveries.c.id)
        ).scalar_one()
    )


def owe_for(
    tx: Transaction, kind: DeliveryKind, task: Task, now: datetime, body: Mapping[str, Any] | None = None
) -> int:
    """Promise news of a task, where it was asked for."""
    return owe(
        tx,
        kind,
        chat_id=task.chat_id,
        topic_id=task.topic_id,
        reply_to=task.reply_to,
        now=now,
        task_id=task.id,
        body=body,
    )


def claim_due(tx: Transaction, now: datetime, *, room: int, busy_chats: Collection[int]) -> tuple[Delivery, ...]:
    """Take what is due for sending: one at a time for each chat, the urgent first, at most `room`."""
    ready = (
        select(
            deliveries.c.id,
            deliveries.c.priority,
            func.row_number()
            .over(partition_by=deliveries.c.chat_id, order_by=(deliveries.c.priority, deliveries.c.id))
            .label("turn"),
        )
        .outerjoin(chats, chats.c.id == deliveries.c.chat_id)
        .where(deliveries.c.state == DeliveryState.DUE, deliveries.c.due_at <= now)
        .where(deliveries.c.chat_id.not_in(busy_chats))
        .where(chats.c.paused_until.is_(None) | (chats.c.paused_until <= now))
        .subquery()
    )
    chosen = select(ready.c.id).where(ready.c.turn == 1).order_by(ready.c.priority, ready.c.id).limit(room)
    rows = tx.execute(
        update(deliveries)
        .where(deliveries.c.id.in_(chosen), deliveries.c.state == DeliveryState.DUE)
        .values(state=DeliveryState.CLAIMED)
        .returning(*COLUMNS)
    ).all()
    return tuple(sorted(map(_delivery, rows), key=lambda delivery: (PRIORITIES[delivery.kind], delivery.id)))


def next_due(tx: Transaction, after: datetime) -> datetime | None:
    """When the next delivery may go out, beyond that moment."""
    ready_at = func.max(deliveries.c.due_at, func.coalesce(chats.c.paused_until, deliveries.c.due_at))
    found: datetime | None = tx.execute(
        select(func.min(ready_at, type_=deliveries.c.due_at.type))
        .select_from(deliveries)
        .outerjoin(chats, chats.c.id == deliveries.c.chat_id)
        .where(deliveries.c.state == DeliveryState.DUE, ready_at > after)
    ).scalar_one()
    return found


def begin_sending(tx: Transaction, delivery_id: int) -> None:
    """From here on the message may be out."""
    _move(tx, delivery_id, (DeliveryState.CLAIMED, DeliveryState.SENDING), DeliveryState.SENDING)


def settle(tx: Transaction, /, delivery_id: int, *, now: datetime, **columns: Any) -> bool:
    """It arrived (or needs nothing more for now)."""
    return _move(
        tx,
        delivery_id,
        (DeliveryState.CLAIMED, DeliveryState.SENDING),
        DeliveryState.SETTLED,
        due_at=None,
        last_at=now,
        **columns,
    )


def put_back(tx: Transaction, /, delivery_id: int, due_at: datetime, **columns: Any) -> bool:
    """It certainly did not arrive (or may be repeated without harm): again at that time."""
    under_way = (DeliveryState.CLAIMED, DeliveryState.SENDING)
    return _move(tx, delivery_id, under_way, DeliveryState.DUE, due_at=due_at, **columns)


def end(tx: Transaction, delivery_id: int, state: DeliveryState, error: str | None = None) -> bool:
    """No more tries: dropped, or parked."""
    under_way = (DeliveryState.CLAIMED, DeliveryState.SENDING)
    return _move(tx, delivery_id, under_way, state, due_at=None, error=error)


def select_status(tx: Transaction, task_id: TaskId) -> Delivery | None:
    """The status message of a task."""
    row = tx.execute(
        select(*COLUMNS).where(deliveries.c.task_id == task_id, deliveries.c.kind == DeliveryKind.STATUS)
    ).one_or_none()
    return _delivery(row) if row else None


def refresh_status(
    tx: Transaction, task_id: TaskId, now: datetime, *, wait: timedelta = timedelta(), paced: bool = True
) -> None:
    """There is something new to show: look again, as soon as edits may follow each other (or at once: `paced=False`).

    What is under way or not sent yet will show it anyway.
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
    if row.priority == Priority.ANSWER:  # not edited yet
        gap = FIRST_EDIT_AFTER
    else:
        gap = EDIT_GAP_PRIVATE if row.chat_id > 0 else EDIT_GAP_GROUP
    due_at = max(now + wait, row.last_at + gap) if paced and row.last_at else now + wait
    resting = deliveries.c.state == DeliveryState.SETTLED
    waiting = deliveries.c.state == DeliveryState.DUE
    tx.execute(
        update(deliveries)
        .where(deliveries.c.id == row.id, resting | (waiting & (deliveries.c.due_at > due_at)))
        .values(state=DeliveryState.DUE, due_at=due_at, attempts=0)
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


def drop_due(tx: Transaction, task_id: TaskId, kind: DeliveryKind) -> None:
    """News that has not gone out and need not any more."""
    tx.execute(
        update(deliveries)
        .where(deliveries.c.task_id == task_id, deliveries.c.kind == kind, deliveries.c.state == DeliveryState.DUE)
        .values(state=DeliveryState.DROPPED, due_at=None)
    )


def forget_status(tx: Transaction, task_id: TaskId) -> None:
    """Its message is gone, or has become something else."""
    tx.execute(
        update(deliveries)
        .where(deliveries.c.task_id == task_id, deliveries.c.kind == DeliveryKind.STATUS)
        .values(state=DeliveryState.DROPPED, due_at=None, message_id=None)
    )


def has_unsettled_end(tx: Transaction, task_id: TaskId) -> bool:
    """Whether the result, failure or question of a task is still on its way."""
    ends = (DeliveryKind.RESULT, DeliveryKind.FAILURE, DeliveryKind.UNCLEAR)
    return bool(
        tx.execute(
            select(func.count()).where(
                deliveries.c.task_id == task_id,
                deliveries.c.kind.in_(ends),
                deliveries.c.state.in_(UNSETTLED),
            )
        ).scalar_one()
    )


def is_being_sent(tx: Transaction, delivery_id: int) -> bool:
    """Whether its call may be out."""
    state = tx.execute(select(deliveries.c.state).where(deliveries.c.id == delivery_id)).scalar_one_or_none()
    return state == DeliveryState.SENDING


def is_message_of(tx: Transaction, task_id: TaskId, chat_id: int, message_id: int) -> bool:
    """Whether that message is known to show this task."""
    return bool(
        tx.execute(
            select(func.count()).where(
                deliveries.c.task_id == task_id,
                deliveries.c.chat_id == chat_id,
                deliveries.c.message_id == message_id,
            )
        ).scalar_one()
    )


def is_under_way(tx: Transaction, task_id: TaskId, kind: DeliveryKind, chat_id: int) -> bool:
    """Whether such news of this task is on its way to that chat."""
    return bool(
        tx.execute(
            select(func.count()).where(
                deliveries.c.task_id == task_id,
                deliveries.c.kind == kind,
                deliveries.c.chat_id == chat_id,
                deliveries.c.state.in_(UNSETTLED),
            )
        ).scalar_one()
    )


def show_anew(tx: Transaction, task_id: TaskId, kind: DeliveryKind, now: datetime) -> None:
    """What a message says has changed; what has not gone out yet will say it anyway."""
    tx.execute(
        update(deliveries)
        .where(
            deliveries.c.task_id == task_id,
            deliveries.c.kind == kind,
            deliveries.c.state == DeliveryState.SETTLED,
            deliveries.c.message_id.is_not(None),
        )
        .values(state=DeliveryState.DUE, due_at=now)
    )


def select_file_id(tx: Transaction, task_id: TaskId, kind: DeliveryKind) -> str | None:
    """Telegram's own copy of what was sent of this kind, if it ever was."""
    found: str | None = tx.execute(
        select(deliveries.c.file_id)
        .where(deliveries.c.task_id == task_id, deliveries.c.kind == kind, deliveries.c.file_id.is_not(None))
        .limit(1)
    ).scalar_one_or_none()
    return found


def is_placed(tx: Transaction, task_id: TaskId, chat_id: int) -> bool:
    """Whether the bot has put (or is just putting) something of this task into that chat."""
    return bool(
        tx.execute(
            select(func.count()).where(deliveries.c.task_id == task_id, deliveries.c.chat_id == chat_id)
        ).scalar_one()
    )


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


def redo_claimed(tx: Transaction, now: datetime) -> None:
    """At a start: what was only being prepared is due again."""
    tx.execute(
        update(deliveries)
        .where(deliveries.c.state == DeliveryState.CLAIMED)
        .values(state=DeliveryState.DUE, due_at=now)
    )


def select_left_sending(tx: Transaction) -> tuple[Delivery, ...]:
    """Deliveries whose call was under way when the process ended."""
    rows = tx.execute(select(*COLUMNS).where(deliveries.c.state == DeliveryState.SENDING).order_by(deliveries.c.id))
    return tuple(map(_delivery, rows))


def _move(
    tx: Transaction, delivery_id: int, leave: Collection[DeliveryState], enter: DeliveryState, **columns: Any
) -> bool:
    changed = tx.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery_id, deliveries.c.state.in_(leave))
        .values(state=enter, **columns)
    )
    return changed.rowcount == 1


def _delivery(row: Row[Any]) -> Delivery:
    columns = dict(row._mapping)
    return Delivery(
        **columns
        | {
            "kind": DeliveryKind(row.kind),
            "state": DeliveryState(row.state),
            "task_id": TaskId(row.task_id) if row.task_id is not None else None,
            "body": json.loads(row.body),
            "form": Form(row.form) if row.form else None,
        }
    )
