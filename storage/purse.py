"""The table of points that operators gave: every movement is a row, and their sum is what a person has."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, insert, select

from domain.task import TaskId
from storage.database import Transaction
from storage.schema import purse


class Why(StrEnum):
    """What moves them."""

    GIVEN = "given"
    TAKEN = "taken"
    HELD = "held"
    """By a task."""
    RETURNED = "returned"


def move(
    tx: Transaction,
    user_id: int,
    points: int,
    why: Why,
    now: datetime,
    *,
    task_id: TaskId | None = None,
    operator_id: int | None = None,
) -> None:
    """Write down that a person has so many more, or fewer; nothing where nothing moves."""
    if points:
        columns = {"user_id": user_id, "points": points, "why": why, "at": now}
        tx.execute(insert(purse).values(task_id=task_id, operator_id=operator_id, **columns))


def balance(tx: Transaction, user_id: int) -> int:
    """What a person has."""
    statement = select(func.coalesce(func.sum(purse.c.points), 0)).where(purse.c.user_id == user_id)
    return int(tx.execute(statement).scalar_one())
