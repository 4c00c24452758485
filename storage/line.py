"""The line in the table of tasks: who waits for a place at the provider, and in which round each one's turn comes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from domain.task import TaskId, TaskState
from storage.database import Transaction
from storage.schema import tasks


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One that waits; whoever has the lower turn goes first, and of those the one asked first."""

    id: TaskId
    user_id: int
    turn: int
    due_at: datetime


def select_waiting(tx: Transaction, provider: str, now: datetime) -> tuple[Waiting, ...]:
    """All recorded for that provider that nobody is submitting, due or not, in the order of their turns."""
    rows = tx.execute(
        select(tasks.c.id, tasks.c.user_id, tasks.c.turn, tasks.c.due_at)
        .where(tasks.c.state == TaskState.RECORDED, tasks.c.due_at.is_not(None), tasks.c.provider == provider)
        .where(tasks.c.lease_until.is_(None) | (tasks.c.lease_until <= now))
        .order_by(tasks.c.turn, tasks.c.id)
    )
    return tuple(Waiting(**row._mapping) for row in rows)


def turn_of(tx: Transaction, task_id: TaskId) -> int:
    """The round in which it goes, or went."""
    turn: int = tx.execute(select(tasks.c.turn).where(tasks.c.id == task_id)).scalar_one()
    return turn


def give_turn(tx: Transaction, task_id: TaskId, turn: int) -> None:
    """It goes in that round."""
    tx.execute(update(tasks).where(tasks.c.id == task_id).values(turn=turn))
