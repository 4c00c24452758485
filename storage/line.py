"""The line in the table of tasks: who waits for a place at the provider, and in which round each one's turn comes."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, update

from domain.task import TaskId, TaskState
from storage.database import Transaction
from storage.schema import tasks


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One that waits; whoever has the lower turn goes first, and of those the one asked first."""

    id: TaskId
    user_id: int
    turn: int
    due: bool
    """Whether it may be tried: the provider has not asked for a while of patience."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounds:
    """The turns of one person's tasks that wait."""

    first: int
    last: int


def select_waiting(tx: Transaction, provider: str, now: datetime) -> tuple[Waiting, ...]:
    """All recorded for that provider that nobody is submitting, due or not, in the order of their turns."""
    due = tasks.c.due_at <= now  # compared there: to read a thousand times takes longer than all the rest
    statement = select(tasks.c.id, tasks.c.user_id, tasks.c.turn, due.label("due")).where(*_waits(provider, now))
    rows = tx.execute(statement.order_by(tasks.c.turn, tasks.c.id))
    return tuple(Waiting(id=task_id, user_id=who, turn=turn, due=due) for task_id, who, turn, due in rows)


def rounds_of_all(tx: Transaction, provider: str, now: datetime) -> dict[int, Rounds]:
    """The first and the last turn of everybody who waits."""
    first, last = func.min(tasks.c.turn), func.max(tasks.c.turn)
    statement = select(tasks.c.user_id, first, last).where(*_waits(provider, now)).group_by(tasks.c.user_id)
    return {who: Rounds(first=first, last=last) for who, first, last in tx.execute(statement)}


def turn_of(tx: Transaction, task_id: TaskId) -> int:
    """The round in which it goes, or went."""
    turn: int = tx.execute(select(tasks.c.turn).where(tasks.c.id == task_id)).scalar_one()
    return turn


def give_turn(tx: Transaction, task_id: TaskId, turn: int) -> None:
    """It goes in that round."""
    tx.execute(update(tasks).where(tasks.c.id == task_id).values(turn=turn))


def _waits(provider: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        tasks.c.state == TaskState.RECORDED,
        tasks.c.due_at.is_not(None),
        tasks.c.provider == provider,
        tasks.c.lease_until.is_(None) | (tasks.c.lease_until <= now),
    )
