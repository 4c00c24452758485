"""The table of drafts: words (and pictures that came along) behind a "Draw this" or a "Send anyway"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from domain.task import Attached, TaskId
from storage import submissions
from storage.database import Transaction
from storage.schema import drafts


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Words that somebody may want drawn."""

    id: int
    chat_id: int
    user_id: int
    prompt: str
    pressed_task: TaskId | None
    attached: tuple[Attached, ...] = ()
    parent_id: TaskId | None = None
    """The task whose result it begins with."""


def insert_draft(
    tx: Transaction,
    *,
    chat_id: int,
    user_id: int,
    prompt: str,
    now: datetime,
    attached: Sequence[Attached] = (),
    parent_id: TaskId | None = None,
) -> int:
    """Keep these words; their number is what travels in the button."""
    kept = submissions.attached_to_text(attached) if attached else None
    values = {"chat_id": chat_id, "user_id": user_id, "prompt": prompt, "attached": kept, "created_at": now}
    values["parent_id"] = parent_id
    return int(tx.execute(insert(drafts).values(values).returning(drafts.c.id)).scalar_one())


def select_draft(tx: Transaction, draft_id: int) -> Draft | None:
    """One draft."""
    columns = tuple(column for column in drafts.c if column.name != "created_at")
    row = tx.execute(select(*columns).where(drafts.c.id == draft_id)).one_or_none()
    if row is None:
        return None
    return Draft(**dict(row._mapping) | {"attached": submissions.attached_from_text(row.attached or "[]")})


def mark_pressed(tx: Transaction, draft_id: int, task_id: TaskId) -> None:
    """It is being drawn."""
    tx.execute(update(drafts).where(drafts.c.id == draft_id).values(pressed_task=task_id))


def delete_old(tx: Transaction, before: datetime) -> None:
    """Forget what nobody came back for."""
    tx.execute(delete(drafts).where(drafts.c.created_at < before))
