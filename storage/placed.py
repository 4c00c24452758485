"""Questions about deliveries: what stands in which chat, what is still on its way there."""

import json
from datetime import datetime

from sqlalchemy import func, select

from domain.delivery import DeliveryKind, DeliveryState, Form, Kept
from domain.task import Task, TaskId
from storage.database import Transaction
from storage.deliveries import UNSETTLED
from storage.schema import deliveries


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


def select_file_id(tx: Transaction, task_id: TaskId, kind: DeliveryKind) -> str | None:
    """Telegram's own copy of what was sent of this kind, if it ever was."""
    found: str | None = tx.execute(
        select(deliveries.c.file_id)
        .where(deliveries.c.task_id == task_id, deliveries.c.kind == kind, deliveries.c.file_id.is_not(None))
        .limit(1)
    ).scalar_one_or_none()
    return found


def select_files(tx: Transaction, task: Task) -> tuple[Kept, ...]:
    """Telegram's own copies of a task's result, all of them in their order; none where one is missing."""
    whole = (DeliveryKind.RESULT, DeliveryKind.PART) if len(task.videos) > 1 else (DeliveryKind.RESULT,)
    rows = tx.execute(
        select(deliveries.c.chat_id, deliveries.c.file_id, deliveries.c.form)
        .where(deliveries.c.task_id == task.id, deliveries.c.kind.in_(whole))
        .order_by(deliveries.c.kind == DeliveryKind.PART, deliveries.c.id)
    ).all()
    # what was shown elsewhere, or again, has parts as well
    first = [row for row in rows if row.chat_id == rows[0].chat_id][: max(1, len(task.videos))]
    usual = Form.VIDEO if task.videos else Form.PHOTO  # before forms were written down
    kept = [Kept(row.file_id, Form(row.form) if row.form else usual) for row in first if row.file_id is not None]
    return tuple(kept) if len(kept) == len(first) else ()


def stands_in(tx: Transaction, task_id: TaskId, chat_id: int) -> bool:
    """Whether its result can be seen in that chat: it came there, and nobody has taken it away."""
    seen = (DeliveryKind.RESULT, DeliveryKind.SHOWN)
    return bool(
        tx.execute(
            select(func.count()).where(
                deliveries.c.task_id == task_id,
                deliveries.c.chat_id == chat_id,
                deliveries.c.kind.in_(seen),
                deliveries.c.message_id.is_not(None),
            )
        ).scalar_one()
    )


def is_placed(tx: Transaction, task_id: TaskId, chat_id: int) -> bool:
    """Whether the bot has put (or is just putting) something of this task into that chat."""
    return bool(
        tx.execute(
            select(func.count()).where(deliveries.c.task_id == task_id, deliveries.c.chat_id == chat_id)
        ).scalar_one()
    )


def topic_of(tx: Transaction, chat_id: int, message_id: int) -> int | None:
    """The topic that a message of ours went to."""
    found: int | None = tx.execute(
        select(deliveries.c.topic_id)
        .where(deliveries.c.chat_id == chat_id, deliveries.c.message_id == message_id)
        .limit(1)
    ).scalar_one_or_none()
    return found


def task_at(tx: Transaction, chat_id: int, message_id: int) -> TaskId | None:
    """The task that a message of ours in that chat belongs to."""
    found = tx.execute(
        select(deliveries.c.task_id)
        .where(
            deliveries.c.chat_id == chat_id,
            deliveries.c.message_id == message_id,
            deliveries.c.task_id.is_not(None),
        )
        .limit(1)
    ).scalar_one_or_none()
    return TaskId(found) if found is not None else None


def was_owed_since(tx: Transaction, task_id: TaskId, kind: DeliveryKind, chat_id: int, since: datetime) -> bool:
    """Whether such news of this task was promised to that chat after that moment."""
    return bool(
        tx.execute(
            select(func.count()).where(
                deliveries.c.task_id == task_id,
                deliveries.c.kind == kind,
                deliveries.c.chat_id == chat_id,
                deliveries.c.created_at >= since,
            )
        ).scalar_one()
    )


def is_short(tx: Transaction, chat_id: int, message_id: int) -> bool:
    """Whether the buttons in that message are U1 to V4 only."""
    body = tx.execute(
        select(deliveries.c.body)
        .where(
            deliveries.c.kind == DeliveryKind.BUTTONS,
            deliveries.c.chat_id == chat_id,
            deliveries.c.message_id == message_id,
        )
        .limit(1)
    ).scalar_one_or_none()
    return bool(body is not None and json.loads(body).get("short"))


def album_above(tx: Transaction, task_id: TaskId, chat_id: int, message_id: int) -> tuple[int, ...]:
    """The messages of the videos whose buttons stand in that message; none for any other message."""
    own = deliveries.c.task_id == task_id, deliveries.c.chat_id == chat_id
    kind = tx.execute(select(deliveries.c.kind).where(*own, deliveries.c.message_id == message_id).limit(1)).scalar()
    if kind != DeliveryKind.BUTTONS or is_short(tx, chat_id, message_id):
        return ()
    parts = deliveries.c.kind.in_((DeliveryKind.RESULT, DeliveryKind.SHOWN, DeliveryKind.PART))
    rows = tx.execute(select(deliveries.c.message_id).where(*own, parts, deliveries.c.message_id.is_not(None)))
    return tuple(rows.scalars())
