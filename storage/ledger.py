"""The table of what was asked a day: one line a task, held when recorded, kept when done, returned when not."""

from datetime import date

from sqlalchemy import func, insert, select, update

from domain.task import TaskId
from storage.database import Transaction
from storage.schema import ledger

COUNTED = ("held", "kept")


def hold(tx: Transaction, task_id: TaskId, *, user_id: int, chat_id: int, day: date) -> None:
    """Count this task for its person and chat on that (UTC) day."""
    tx.execute(
        insert(ledger).values(task_id=task_id, user_id=user_id, chat_id=chat_id, day=day.isoformat(), state="held")
    )


def keep(tx: Transaction, task_id: TaskId) -> None:
    """It was done; also after it had been given up and came all the same."""
    tx.execute(update(ledger).where(ledger.c.task_id == task_id).values(state="kept"))


def give_back(tx: Transaction, task_id: TaskId) -> None:
    """It came to nothing and does not count."""
    tx.execute(update(ledger).where(ledger.c.task_id == task_id, ledger.c.state == "held").values(state="returned"))


def count_user(tx: Transaction, user_id: int, day: date) -> int:
    """How many of this person count on that day."""
    return tx.execute(
        select(func.count()).where(
            ledger.c.day == day.isoformat(), ledger.c.user_id == user_id, ledger.c.state.in_(COUNTED)
        )
    ).scalar_one()


def count_chat(tx: Transaction, chat_id: int, day: date) -> int:
    """How many of this chat count on that day."""
    return tx.execute(
        select(func.count()).where(
            ledger.c.day == day.isoformat(), ledger.c.chat_id == chat_id, ledger.c.state.in_(COUNTED)
        )
    ).scalar_one()
