"""The table of drafts: words that stand behind a "Draw this" button."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, insert, select, update

from domain.task import TaskId
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


def insert_draft(tx: Transaction, *, chat_id: int, user_id: int, prompt: str, now: datetime) -> int:
    """Keep these words; their number is what travels in the button."""
    values = {"chat_id": chat_id, "user_id": user_id, "prompt": prompt, "created_at": now}
    return int(tx.execute(insert(drafts).values(values).returning(drafts.c.id)).scalar_one())


def select_draft(tx: Transaction, draft_id: int) -> Draft | None:
    """One draft."""
    columns = (drafts.c.id, drafts.c.chat_id, drafts.c.user_id, drafts.c.prompt, drafts.c.pressed_task)
    row = tx.execute(select(*columns).where(drafts.c.id == draft_id)).one_or_none()
    return Draft(**dict(row._mapping)) if row else None


def mark_pressed(tx: Transaction, draft_id: int, task_id: TaskId) -> None:
    """It is being drawn."""
    tx.execute(update(drafts).where(drafts.c.id == draft_id).values(pressed_task=task_id))


def delete_old(tx: Transaction, before: datetime) -> None:
    """Forget what nobody came back for."""
    tx.execute(delete(drafts).where(drafts.c.created_at < before))
