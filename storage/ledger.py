"""The table of what was asked a day: one line a task, held when recorded, kept when done, returned when not."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy import insert as insert_into

from domain.task import TaskId, TaskState
from storage.database import Transaction
from storage.schema import ledger, tasks

COUNTED = ("held", "kept")


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What counts on a day."""

    pictures: int
    points: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What a task was asked for, and who pays."""

    user_id: int
    points: int
    """Of the day's."""
    given: int
    """Of those that an operator gave."""
    state: str


def hold(
    tx: Transaction, task_id: TaskId, *, user_id: int, chat_id: int, day: date, points: int = 0, given: int = 0
) -> None:
    """Count this task, and its points, for its person and chat on that (UTC) day; `given` ones count nowhere."""
    columns = {"user_id": user_id, "chat_id": chat_id, "day": day.isoformat(), "points": points, "given": given}
    tx.execute(insert_into(ledger).values(task_id=task_id, state="held", **columns))


def select_line(tx: Transaction, task_id: TaskId) -> Line | None:
    """The line of a task; a few have none."""
    columns = (ledger.c.user_id, ledger.c.points, ledger.c.given, ledger.c.state)
    row = tx.execute(select(*columns).where(ledger.c.task_id == task_id)).one_or_none()
    return Line(**row._mapping) if row else None


def keep(tx: Transaction, task_id: TaskId, *, given: int | None = None) -> None:
    """It was done; also after it had been given up and came all the same. `given`: paid so otherwise than held."""
    columns = {} if given is None else {"given": given}
    tx.execute(update(ledger).where(ledger.c.task_id == task_id).values(state="kept", **columns))


def give_back(tx: Transaction, task_id: TaskId) -> bool:
    """It came to nothing and does not count; false where nothing was held."""
    held = (ledger.c.task_id == task_id, ledger.c.state == "held")
    return tx.execute(update(ledger).where(*held).values(state="returned")).rowcount == 1


def keep_given_up(tx: Transaction, before: datetime) -> None:
    """What may have been charged, and was waited for long enough: it stays counted, and is settled."""
    given_up = select(tasks.c.id).where(
        tasks.c.state.in_((TaskState.UNCLEAR, TaskState.FAILED)), tasks.c.ended_at <= before
    )
    tx.execute(update(ledger).where(ledger.c.state == "held", ledger.c.task_id.in_(given_up)).values(state="kept"))


def of_user(tx: Transaction, user_id: int, day: date) -> Used:
    """What counts of this person on that day."""
    return _used(tx, day, ledger.c.user_id == user_id)


def of_chat(tx: Transaction, chat_id: int, day: date) -> Used:
    """What counts of this chat on that day."""
    return _used(tx, day, ledger.c.chat_id == chat_id)


def _used(tx: Transaction, day: date, whose: ColumnElement[bool]) -> Used:
    statement = select(func.count().label("pictures"), func.coalesce(func.sum(ledger.c.points), 0).label("points"))
    row = tx.execute(statement.where(ledger.c.day == day.isoformat(), whose, ledger.c.state.in_(COUNTED))).one()
    return Used(pictures=row.pictures, points=row.points)
