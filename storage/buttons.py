"""The table of buttons: what the provider offered under a result, under numbers of our own."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from domain.provider import RemoteButton
from domain.task import Button, TaskId
from storage.database import Transaction
from storage.schema import buttons


def replace_all(tx: Transaction, task_id: TaskId, offered: Sequence[RemoteButton]) -> None:
    """These stand under the task's result, in this order."""
    tx.execute(delete(buttons).where(buttons.c.task_id == task_id))
    if offered:
        tx.execute(
            insert(buttons),
            [
                {"task_id": task_id, "custom_id": one.custom_id, "label": one.label, "emoji": one.emoji}
                for one in offered
            ],
        )


def select_button(tx: Transaction, button_id: int) -> Button | None:
    """One button."""
    row = tx.execute(select(buttons).where(buttons.c.id == button_id)).one_or_none()
    return _button(row) if row else None


def select_of(tx: Transaction, task_id: TaskId) -> tuple[Button, ...]:
    """All under one result, in the provider's order."""
    return tuple(map(_button, tx.execute(select(buttons).where(buttons.c.task_id == task_id).order_by(buttons.c.id))))


def mark_pressed(tx: Transaction, button_id: int, task_id: TaskId | None, now: datetime) -> None:
    """It was used, and this task came of it; none, where there was a question first."""
    tx.execute(update(buttons).where(buttons.c.id == button_id).values(pressed_at=now, pressed_task=task_id))


def _button(row: Row[Any]) -> Button:
    return Button(**dict(row._mapping))
