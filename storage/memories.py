"""The table of tasks, as far as finished pictures of one person are concerned."""

from sqlalchemy import select

from domain.task import TaskId, TaskState
from storage.database import Transaction
from storage.schema import tasks


def select_prompts(
    tx: Transaction, user_id: int, anchor: TaskId | None, *, newer: bool, limit: int
) -> tuple[tuple[TaskId, str], ...]:
    """This person's pictures and their prompts, away from the anchor: the older ones, the newest first; or `newer`."""
    statement = select(tasks.c.id, tasks.c.prompt).where(
        tasks.c.user_id == user_id,
        tasks.c.state == TaskState.SUCCEEDED,
        tasks.c.image_url.is_not(None) | tasks.c.videos.is_not(None),
    )
    if anchor is not None:
        statement = statement.where(tasks.c.id > anchor if newer else tasks.c.id < anchor)
    statement = statement.order_by(tasks.c.id if newer else tasks.c.id.desc()).limit(limit)
    return tuple((TaskId(row.id), row.prompt) for row in tx.execute(statement))
