"""The table of deliveries: news that chats have coming, and what became of it."""

import json
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Row, case, func, insert, select, update

from domain.delivery import Delivery, DeliveryKind, DeliveryState, Form, Kept, Priority
from domain.task import Task, TaskId
from storage.database import Transaction
from storage.schema import chats, deliveries

PRIORITIES = {
    DeliveryKind.STATUS: Priority.ACKNOWLEDGEMENT,  # the first; `news.status_shown` puts the edits behind
    DeliveryKind.WORDS: Priority.ANSWER,
    DeliveryKind.RESULT: Priority.RESULT,
    DeliveryKind.FAILURE: Priority.FAILURE,
    DeliveryKind.UNCLEAR: Priority.FAILURE,
    DeliveryKind.ORIGINAL: Priority.RESULT,
    DeliveryKind.ALERT: Priority.FAILURE,
    DeliveryKind.KEYBOARD: Priority.PROGRESS,
    DeliveryKind.REMOVAL: Priority.TIDYING,
    DeliveryKind.WINDOW: Priority.ANSWER,
    DeliveryKind.SINGLES: Priority.RESULT,
    DeliveryKind.BUTTONS: Priority.RESULT,
    DeliveryKind.PART: Priority.RESULT,
    DeliveryKind.SHOWN: Priority.RESULT,
    DeliveryKind.SEED: Priority.ANSWER,
    DeliveryKind.STOP: Priority.ANSWER,
    DeliveryKind.CARD: Priority.FAILURE,  # many may come at once: an operator's own pictures go first
    DeliveryKind.MENU: Priority.TIDYING,
    DeliveryKind.STATS: Priority.RESULT,
    DeliveryKind.USAGE: Priority.RESULT,
}

UNSETTLED = (
    DeliveryState.DUE,
    DeliveryState.CLAIMED,
    DeliveryState.SENDING,
    DeliveryState.PARKED,
    DeliveryState.OFFERED,
)

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


def note_part(tx: Transaction, delivery: Delivery, now: datetime, *, message_id: int, kept: Kept | None = None) -> None:
    """One more message of an album stands in the chat; none of it where the group has moved meanwhile."""
    if _chat_of(tx, delivery.id) != delivery.chat_id:
        return
    tx.execute(
        insert(deliveries).values(
            kind=DeliveryKind.PART,
            state=DeliveryState.SETTLED,
            task_id=delivery.task_id,
            chat_id=delivery.chat_id,
            topic_id=delivery.topic_id,
            body="{}",
            priority=PRIORITIES[DeliveryKind.PART],
            message_id=message_id,
            file_id=kept.file_id if kept else None,
            form=kept.form if kept else None,
            last_at=now,
            created_at=now,
        )
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


def admits_all(_chat_id: int, _priority: Priority) -> bool:
    """No limits press."""
    return True


def claim_due(
    tx: Transaction,
    now: datetime,
    *,
    room: int,
    busy_chats: Collection[int],
    admits: Callable[[int, Priority], bool] = admits_all,
) -> tuple[Delivery, ...]:
    """Take what is due for sending: one at a time for each chat, the urgent first, at most `room`.

    `admits` tells whether something of that priority may go to that chat at this moment: what may not is left, and
    stands in the way of nothing more urgent.
    """
    chosen = _choose(tx, now, room=room, busy_chats=busy_chats, admits=admits)
    if not chosen:
        return ()
    rows = tx.execute(
        update(deliveries)
        .where(deliveries.c.id.in_(chosen), deliveries.c.state == DeliveryState.DUE)
        .values(state=DeliveryState.CLAIMED)
        .returning(*COLUMNS)
    ).all()
    return tuple(sorted(map(delivery_from, rows), key=lambda delivery: chosen.index(delivery.id)))


def _choose(
    tx: Transaction, now: datetime, *, room: int, busy_chats: Collection[int], admits: Callable[[int, Priority], bool]
) -> list[int]:
    """The oldest of each chat and priority are asked about, the urgent first."""
    edited = (deliveries.c.priority == Priority.ACKNOWLEDGEMENT) & deliveries.c.message_id.is_not(None)
    priority = case((edited, Priority.PROGRESS), else_=deliveries.c.priority)  # only the first of it acknowledges
    ready = (
        select(
            deliveries.c.id,
            deliveries.c.chat_id,
            priority.label("priority"),
            func.row_number()
            .over(partition_by=(deliveries.c.chat_id, priority), order_by=deliveries.c.id)
            .label("turn"),
        )
        .outerjoin(chats, chats.c.id == deliveries.c.chat_id)
        .where(deliveries.c.state == DeliveryState.DUE, deliveries.c.due_at <= now)
        .where(deliveries.c.chat_id.not_in(busy_chats))
        .where(chats.c.paused_until.is_(None) | (chats.c.paused_until <= now))
        .subquery()
    )
    chosen: dict[int, int] = {}
    for row in tx.execute(select(ready).where(ready.c.turn == 1).order_by(ready.c.priority, ready.c.id)):
        if len(chosen) == room:
            break
        if row.chat_id not in chosen and admits(row.chat_id, Priority(row.priority)):
            chosen[row.chat_id] = row.id
    return list(chosen.values())


def sent_since(tx: Transaction, since: datetime) -> tuple[tuple[int, datetime], ...]:
    """Which chats messages went to since then, and when: what a program that starts anew has to reckon with."""
    rows = tx.execute(select(deliveries.c.chat_id, deliveries.c.last_at).where(deliveries.c.last_at > since))
    return tuple((row.chat_id, row.last_at) for row in rows)


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


def settle(tx: Transaction, /, delivery_id: int, *, now: datetime, in_chat: int | None = None, **columns: Any) -> bool:
    """It arrived (or needs nothing more for now). `in_chat`: where its message id means something."""
    if in_chat is not None and "message_id" in columns:
        # the group may have moved meanwhile, where that number is another message's
        columns["message_id"] = case((deliveries.c.chat_id == in_chat, columns["message_id"]), else_=None)
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


def drop_due(tx: Transaction, task_id: TaskId, kind: DeliveryKind) -> None:
    """News that has not gone out and need not any more."""
    tx.execute(
        update(deliveries)
        .where(deliveries.c.task_id == task_id, deliveries.c.kind == kind, deliveries.c.state == DeliveryState.DUE)
        .values(state=DeliveryState.DROPPED, due_at=None)
    )


def leave_topic(tx: Transaction, delivery: Delivery, now: datetime) -> bool:
    """Its topic takes nothing: into the chat without one, with a word that it strayed."""
    body = json.dumps({**delivery.body, "astray": True}, ensure_ascii=False)
    return put_back(tx, delivery.id, now, topic_id=None, reply_to=None, body=body)


def fill(tx: Transaction, /, delivery: Delivery, now: datetime, **body: Any) -> bool:
    """What it has to tell is known now: due at once."""
    return put_back(tx, delivery.id, now, body=json.dumps({**delivery.body, **body}, ensure_ascii=False))


def redo_claimed(tx: Transaction, now: datetime) -> None:
    """At a start: what was only being prepared is due again."""
    tx.execute(
        update(deliveries)
        .where(deliveries.c.state == DeliveryState.CLAIMED)
        .values(state=DeliveryState.DUE, due_at=now)
    )


def bring_forward(tx: Transaction, latest: datetime, now: datetime) -> None:
    """At a start: what is due later than is ever meant is due now; a chat that Telegram wants quiet stays so."""
    tx.execute(
        update(deliveries)
        .where(deliveries.c.state == DeliveryState.DUE, deliveries.c.due_at > latest)
        .values(due_at=now)
    )


def presume_sent(tx: Transaction) -> None:
    """Whatever was to go out may have gone out."""
    waiting = (DeliveryState.DUE, DeliveryState.CLAIMED)
    tx.execute(update(deliveries).where(deliveries.c.state.in_(waiting)).values(state=DeliveryState.SENDING))


def select_left_sending(tx: Transaction) -> tuple[Delivery, ...]:
    """Deliveries whose call was under way when the process ended."""
    rows = tx.execute(select(*COLUMNS).where(deliveries.c.state == DeliveryState.SENDING).order_by(deliveries.c.id))
    return tuple(map(delivery_from, rows))


def _chat_of(tx: Transaction, delivery_id: int) -> int | None:
    found: int | None = tx.execute(
        select(deliveries.c.chat_id).where(deliveries.c.id == delivery_id)
    ).scalar_one_or_none()
    return found


def _move(
    tx: Transaction, delivery_id: int, leave: Collection[DeliveryState], enter: DeliveryState, **columns: Any
) -> bool:
    changed = tx.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery_id, deliveries.c.state.in_(leave))
        .values(state=enter, **columns)
    )
    return changed.rowcount == 1


def delivery_from(row: Row[Any]) -> Delivery:
    """One row of `COLUMNS`."""
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
