"""Sums over the table of tasks: how many, whose, on which day. They change nothing."""

from datetime import date, datetime

from sqlalchemy import ColumnElement, String, case, func, or_, select

from domain.figures import Share, Tally, Use
from domain.requester import ChatKind
from domain.task import Ending, TaskState
from storage import submissions
from storage.database import Transaction
from storage.schema import tasks

AT_PROVIDER = (TaskState.SENDING, TaskState.RUNNING)
TAKEN = or_(*(tasks.c.reason.startswith(ending) for ending in Ending))
"""Of what failed: the provider had taken it."""


def tally(tx: Transaction, since: datetime, until: datetime | None = None) -> Tally:
    """What became of all that was asked in a span."""

    def those(which: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(case((which, 1), else_=0)), 0)

    failed = tasks.c.state == TaskState.FAILED
    row = tx.execute(
        select(
            func.count().label("asked"),
            those(tasks.c.state == TaskState.SUCCEEDED).label("delivered"),
            those(failed & TAKEN).label("failed"),
            those(failed & ~TAKEN).label("refused"),
            those(tasks.c.state == TaskState.UNCLEAR).label("unclear"),
        ).where(_within(since, until))
    ).one()
    return Tally(**row._mapping)


def count_running(tx: Transaction) -> int:
    """How many are at the provider."""
    return tx.execute(select(func.count()).where(tasks.c.state.in_(AT_PROVIDER))).scalar_one()


def count_waiting(tx: Transaction) -> int:
    """How many wait in line."""
    return tx.execute(select(func.count()).where(tasks.c.state == TaskState.RECORDED)).scalar_one()


def count_unclear(tx: Transaction, since: datetime | None = None) -> int:
    """How many have no clear end; `since`: only those that became so after it."""
    statement = select(func.count()).where(tasks.c.state == TaskState.UNCLEAR)
    return tx.execute(statement if since is None else statement.where(tasks.c.ended_at > since)).scalar_one()


def oldest_running(tx: Transaction) -> int | None:
    """Which task is at the provider for the longest time."""
    statement = select(tasks.c.id).where(tasks.c.state.in_(AT_PROVIDER)).order_by(tasks.c.recorded_at, tasks.c.id)
    found: int | None = tx.execute(statement.limit(1)).scalar_one_or_none()
    return found


def count_by_day(tx: Transaction, since: datetime) -> dict[date, int]:
    """How many were asked on each (UTC) day that had any."""
    day = func.date(tasks.c.recorded_at, type_=String)
    rows = tx.execute(select(day.label("day"), func.count().label("asked")).where(_within(since)).group_by(day))
    return {date.fromisoformat(row.day): row.asked for row in rows}


def top_people(tx: Transaction, since: datetime, most: int) -> tuple[Share, ...]:
    """Who has asked for the most, by the name they had last."""
    return _top(tx, tasks.c.user_id, func.max(tasks.c.user_name), since, most)


def top_chats(tx: Transaction, since: datetime, most: int) -> tuple[Share, ...]:
    """In which groups and channels the most was asked; their names are not known here."""
    return _top(tx, tasks.c.chat_id, func.max(""), since, most, tasks.c.chat_kind != ChatKind.PRIVATE)


def select_uses(tx: Transaction, since: datetime, until: datetime, after: int, most: int) -> tuple[Use, ...]:
    """A part of all requests of a span, in the order of asking: at most so many behind that number."""
    columns = (tasks.c.id, tasks.c.recorded_at, tasks.c.chat_id, tasks.c.chat_kind, tasks.c.user_id)
    rows = tx.execute(
        select(*columns, tasks.c.user_name, tasks.c.action, tasks.c.submission, tasks.c.state)
        .where(_within(since, until), tasks.c.id > after)
        .order_by(tasks.c.id)
        .limit(most)
    )
    return tuple(
        Use(
            id=row.id,
            recorded_at=row.recorded_at,
            chat_id=row.chat_id,
            chat_kind=row.chat_kind,
            user_id=row.user_id,
            user_name=row.user_name,
            action=row.action or type(submissions.from_text(row.submission)).__name__.upper(),
            state=row.state,
        )
        for row in rows
    )


def _top(
    tx: Transaction,
    owner: ColumnElement[int],
    name: ColumnElement[str],
    since: datetime,
    most: int,
    *which: ColumnElement[bool],
) -> tuple[Share, ...]:
    asked = func.count().label("asked")
    rows = tx.execute(
        select(owner.label("id"), name.label("name"), asked)
        .where(_within(since), *which)
        .group_by(owner)
        .order_by(asked.desc(), owner)
        .limit(most)
    )
    return tuple(Share(id=row.id, name=row.name or "", count=row.asked) for row in rows)


def _within(since: datetime, until: datetime | None = None) -> ColumnElement[bool]:
    after: ColumnElement[bool] = tasks.c.recorded_at >= since
    return after if until is None else after & (tasks.c.recorded_at < until)
