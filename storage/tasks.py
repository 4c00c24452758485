"""The table of tasks. A statement that moves a state names the state it leaves: no row changed, someone was first."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from domain.task import OPEN_STATES, RemoteId, Submission, Task, TaskId, TaskState
from storage import submissions
from storage.database import Transaction
from storage.schema import tasks

SEARCHED_FOR = timedelta(minutes=15)
"""How long an unclear submit is looked for at the provider."""

NOT_SHOWN = {"lease_until", "ended_at", "turn", "kind", "speed"}
COLUMNS = tuple(column for column in tasks.c if column.name not in NOT_SHOWN)


def insert_task(
    tx: Transaction,
    *,
    submission: Submission,
    prompt: str,
    title: str,
    nonce: str,
    user_id: int,
    user_name: str,
    chat_id: int,
    chat_kind: str,
    topic_id: int | None,
    reply_to: int | None,
    language: str | None,
    provider: str,
    now: datetime,
    parent_id: TaskId | None = None,
    retry_of: TaskId | None = None,
    state: TaskState = TaskState.RECORDED,
    remote_id: RemoteId | None = None,
    turn: int = 0,
    kind: str | None = None,
    speed: str | None = None,
    mode: str | None = None,
) -> TaskId:
    """Write down what was asked; due at once. `turn`: its round in the line; `kind`, `speed`: see `domain.price`."""
    return TaskId(
        tx.execute(
            insert(tasks)
            .values(
                state=state,
                submission=submissions.to_text(submission),
                prompt=prompt,
                title=title,
                nonce=nonce,
                user_id=user_id,
                user_name=user_name,
                chat_id=chat_id,
                chat_kind=chat_kind,
                topic_id=topic_id,
                reply_to=reply_to,
                language=language,
                provider=provider,
                remote_id=remote_id,
                parent_id=parent_id,
                retry_of=retry_of,
                turn=turn,
                kind=kind,
                speed=speed,
                mode=mode,
                recorded_at=now,
                due_at=now,
                changed_at=now,
            )
            .returning(tasks.c.id)
        ).scalar_one()
    )


def select_task(tx: Transaction, task_id: TaskId) -> Task | None:
    """One task."""
    row = tx.execute(select(*COLUMNS).where(tasks.c.id == task_id)).one_or_none()
    return _task(row) if row else None


def select_open_of(tx: Transaction, user_id: int) -> tuple[Task, ...]:
    """What of this person waits or runs, is asked about or is unclear, in the order of asking."""
    rows = tx.execute(
        select(*COLUMNS)
        .where(
            tasks.c.user_id == user_id, tasks.c.state.in_((*OPEN_STATES, TaskState.AWAITING_INPUT, TaskState.UNCLEAR))
        )
        .order_by(tasks.c.id)
    )
    return tuple(map(_task, rows))


def select_unclear(tx: Transaction, provider: str, now: datetime | None) -> tuple[Task, ...]:
    """All that is unclear at that provider; with `now`, only what is still being looked for."""
    statement = select(*COLUMNS).where(tasks.c.state == TaskState.UNCLEAR, tasks.c.provider == provider)
    if now is not None:
        statement = statement.where(tasks.c.ended_at > now - SEARCHED_FOR)
    return tuple(map(_task, tx.execute(statement.order_by(tasks.c.id))))


def select_retry_of(tx: Transaction, task_id: TaskId) -> TaskId | None:
    """The task that a person asked for in place of this unclear one."""
    found = tx.execute(select(tasks.c.id).where(tasks.c.retry_of == task_id).limit(1)).scalar_one_or_none()
    return TaskId(found) if found is not None else None


def last_repeat_of(tx: Transaction, task_id: TaskId) -> datetime | None:
    """When this task was last asked for once more."""
    found: datetime | None = tx.execute(
        select(func.max(tasks.c.recorded_at)).where(tasks.c.retry_of == task_id)
    ).scalar_one()
    return found


def count_open_of(tx: Transaction, user_id: int, provider: str) -> int:
    """How many of this person wait or run at that provider."""
    return tx.execute(
        select(func.count()).where(
            tasks.c.user_id == user_id, tasks.c.provider == provider, tasks.c.state.in_(OPEN_STATES)
        )
    ).scalar_one()


def count_open_in_groups(tx: Transaction) -> dict[int, int]:
    """How many wait or run in each group and channel: so many ends it has coming."""
    rows = tx.execute(
        select(tasks.c.chat_id, func.count().label("open"))
        .where(tasks.c.state.in_(OPEN_STATES), tasks.c.chat_id < 0)
        .group_by(tasks.c.chat_id)
    )
    return {row.chat_id: row.open for row in rows}


def select_to_submit(tx: Transaction, provider: str, now: datetime) -> tuple[Task, ...]:
    """All tasks recorded for that provider that nobody is submitting, due or not, in the order of asking."""
    rows = tx.execute(
        select(*COLUMNS)
        .where(tasks.c.state == TaskState.RECORDED, tasks.c.due_at.is_not(None), tasks.c.provider == provider)
        .where(tasks.c.lease_until.is_(None) | (tasks.c.lease_until <= now))
        .order_by(tasks.c.id)
    )
    return tuple(map(_task, rows))


def select_waiting_of(tx: Transaction, owner_id: int) -> tuple[Task, ...]:
    """What waits in line of this person, or in this chat."""
    owned = (tasks.c.user_id == owner_id) | (tasks.c.chat_id == owner_id)
    rows = tx.execute(select(*COLUMNS).where(tasks.c.state == TaskState.RECORDED, owned).order_by(tasks.c.id))
    return tuple(map(_task, rows))


def count_at_provider(tx: Transaction, provider: str, now: datetime) -> dict[int, int]:
    """How many places each person takes at the provider, those about to be submitted included."""
    at_provider = tasks.c.state.in_((TaskState.SENDING, TaskState.RUNNING))
    leased = (tasks.c.state == TaskState.RECORDED) & (tasks.c.lease_until > now)
    rows = tx.execute(
        select(tasks.c.user_id, func.count().label("places"))
        .where(tasks.c.provider == provider, at_provider | leased)
        .group_by(tasks.c.user_id)
    )
    return {row.user_id: row.places for row in rows}


def take_to_submit(tx: Transaction, task_ids: Collection[TaskId], until: datetime) -> None:
    """Keep these for the submitter until then."""
    tx.execute(
        update(tasks).where(tasks.c.id.in_(task_ids), tasks.c.state == TaskState.RECORDED).values(lease_until=until)
    )


def begin_sending(tx: Transaction, task_id: TaskId) -> bool:
    """The next byte is the submit's first. False: it was withdrawn meanwhile, nothing may go out."""
    changed = tx.execute(
        update(tasks)
        .where(tasks.c.id == task_id, tasks.c.state == TaskState.RECORDED, tasks.c.lease_until.is_not(None))
        .values(state=TaskState.SENDING)
    )
    return changed.rowcount == 1


def select_to_ask(tx: Transaction, provider: str, now: datetime) -> tuple[Task, ...]:
    """Tasks at that provider that are due to be asked about."""
    rows = tx.execute(
        select(*COLUMNS)
        .where(
            tasks.c.state.in_((TaskState.RUNNING, TaskState.FAILED)),
            tasks.c.due_at <= now,
            tasks.c.provider == provider,
            tasks.c.remote_id.is_not(None),
        )
        .order_by(tasks.c.id)
    )
    return tuple(map(_task, rows))


def next_due(tx: Transaction, states: Sequence[TaskState], after: datetime) -> datetime | None:
    """When the next of the tasks in these states is due, beyond that moment."""
    statement = select(func.min(tasks.c.due_at)).where(tasks.c.state.in_(states), tasks.c.due_at > after)
    found: datetime | None = tx.execute(statement).scalar_one()
    return found


def move(
    tx: Transaction, /, task_id: TaskId, *, leave: Collection[TaskState], enter: TaskState, **columns: Any
) -> bool:
    """Move a task from one of some states into another; false where it is in none of them any more."""
    changed = tx.execute(
        update(tasks)
        .where(tasks.c.id == task_id, tasks.c.state.in_(leave))
        .values(state=enter, lease_until=None, **columns)
    )
    return changed.rowcount == 1


def note(tx: Transaction, /, task_id: TaskId, state: TaskState, **columns: Any) -> bool:
    """Write down what was learned of a task that stays in its state."""
    changed = tx.execute(update(tasks).where(tasks.c.id == task_id, tasks.c.state == state).values(**columns))
    return changed.rowcount == 1


def cancel_waiting(tx: Transaction, task_id: TaskId, now: datetime) -> bool:
    """Withdraw a task of which nothing was sent; false once the first byte may be out."""
    changed = tx.execute(
        update(tasks)
        .where(tasks.c.id == task_id, tasks.c.state == TaskState.RECORDED)
        .values(state=TaskState.CANCELLED, due_at=None, lease_until=None, ended_at=now)
    )
    return changed.rowcount == 1


def select_left_sending(tx: Transaction) -> tuple[Task, ...]:
    """Tasks whose submit was under way when the process ended."""
    rows = tx.execute(select(*COLUMNS).where(tasks.c.state == TaskState.SENDING).order_by(tasks.c.id))
    return tuple(map(_task, rows))


def bring_forward(tx: Transaction, latest: datetime, now: datetime) -> None:
    """At a start: what is due later than is ever meant is due now; the clock has been set back since."""
    tx.execute(
        update(tasks)
        .where(tasks.c.state.in_((TaskState.RECORDED, TaskState.RUNNING)), tasks.c.due_at > latest)
        .values(due_at=now)
    )


def presume_sent(tx: Transaction) -> None:
    """Whatever was to be submitted may have been."""
    tx.execute(update(tasks).where(tasks.c.state == TaskState.RECORDED).values(state=TaskState.SENDING))


def select_awaiting_input(tx: Transaction) -> tuple[Task, ...]:
    """Tasks whose person is being asked."""
    rows = tx.execute(select(*COLUMNS).where(tasks.c.state == TaskState.AWAITING_INPUT).order_by(tasks.c.id))
    return tuple(map(_task, rows))


def release_leases(tx: Transaction) -> None:
    """At a start nobody is submitting anything."""
    tx.execute(update(tasks).where(tasks.c.lease_until.is_not(None)).values(lease_until=None))


def _task(row: Row[Any]) -> Task:
    columns = dict(row._mapping)
    return Task(
        **columns
        | {
            "id": TaskId(row.id),
            "state": TaskState(row.state),
            "submission": submissions.from_text(row.submission),
            "later_looks": tuple(int(seconds) for seconds in row.later_looks.split(",") if seconds),
            "videos": tuple((row.videos or "").split()),
        }
    )
