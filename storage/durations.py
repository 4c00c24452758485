"""How long tasks have taken at the provider, learned from those that are done."""

from sqlalchemy import select

from domain.task import TaskId, TaskState
from storage.database import Transaction
from storage.schema import tasks

REMEMBERED = 15


def recent(tx: Transaction, task_id: TaskId) -> tuple[float, ...]:
    """Seconds that the last ones of the same provider, kind and mode took from the yes to the end."""
    like = select(tasks.c.provider, tasks.c.kind, tasks.c.speed).where(tasks.c.id == task_id).subquery()
    rows = tx.execute(
        select(tasks.c.accepted_at, tasks.c.ended_at)
        .join(like, (tasks.c.kind == like.c.kind) & (tasks.c.speed == like.c.speed))
        .where(tasks.c.provider == like.c.provider, tasks.c.state == TaskState.SUCCEEDED)
        .where(tasks.c.accepted_at.is_not(None), tasks.c.ended_at.is_not(None))
        .order_by(tasks.c.id.desc())
        .limit(REMEMBERED)
    )
    return tuple((row.ended_at - row.accepted_at).total_seconds() for row in rows)
