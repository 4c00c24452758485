"""The table of windows: what people are asked before a press is carried out."""

import json
from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, update

from domain.question import Filled, Question, QuestionKind, QuestionState
from domain.task import RemoteId, TaskId
from storage.database import Transaction
from storage.schema import deliveries, windows

COLUMNS = tuple(column for column in windows.c if column.name != "message_id")


def insert_question(
    tx: Transaction,
    *,
    task_id: TaskId,
    kind: QuestionKind,
    user_id: int,
    chat_id: int,
    remote_id: RemoteId,
    filled: Filled,
    ends_at: datetime,
) -> int:
    """Write down that a window is open, and until when its person is waited for."""
    values = {
        "task_id": task_id,
        "kind": kind,
        "user_id": user_id,
        "chat_id": chat_id,
        "remote_id": remote_id,
        "body": _body(filled),
        "state": QuestionState.OPEN,
        "ends_at": ends_at,
    }
    return int(tx.execute(insert(windows).values(values).returning(windows.c.id)).scalar_one())


def select_question(tx: Transaction, question_id: int) -> Question | None:
    """One question."""
    row = tx.execute(select(*COLUMNS).where(windows.c.id == question_id)).one_or_none()
    return _question(row) if row else None


def select_of(tx: Transaction, task_id: TaskId) -> Question | None:
    """The newest question of a task."""
    row = tx.execute(select(*COLUMNS).where(windows.c.task_id == task_id).order_by(windows.c.id.desc()).limit(1))
    found = row.one_or_none()
    return _question(found) if found else None


def select_by_message(tx: Transaction, chat_id: int, message_id: int) -> Question | None:
    """The question that one of our messages puts."""
    task_id = tx.execute(
        select(deliveries.c.task_id)
        .where(
            deliveries.c.chat_id == chat_id, deliveries.c.message_id == message_id, deliveries.c.task_id.is_not(None)
        )
        .limit(1)
    ).scalar_one_or_none()
    return select_of(tx, TaskId(task_id)) if task_id is not None else None


def select_expired(tx: Transaction, now: datetime) -> tuple[Question, ...]:
    """Open ones whose time is over."""
    rows = tx.execute(
        select(*COLUMNS)
        .where(windows.c.state == QuestionState.OPEN, windows.c.ends_at <= now)
        .order_by(windows.c.id)
        .limit(100)
    )
    return tuple(map(_question, rows))


def next_end(tx: Transaction) -> datetime | None:
    """When the next open one ends."""
    found: datetime | None = tx.execute(
        select(func.min(windows.c.ends_at)).where(windows.c.state == QuestionState.OPEN)
    ).scalar_one()
    return found


def fill(tx: Transaction, question_id: int, filled: Filled) -> None:
    """Something else stands in it now."""
    tx.execute(update(windows).where(windows.c.id == question_id).values(body=_body(filled)))


def close(tx: Transaction, question_id: int, state: QuestionState, leave: Collection[QuestionState]) -> bool:
    """It was answered, or ended; false where somebody was quicker."""
    changed = tx.execute(
        update(windows).where(windows.c.id == question_id, windows.c.state.in_(leave)).values(state=state)
    )
    return changed.rowcount == 1


def _body(filled: Filled) -> str:
    return json.dumps(asdict(filled), ensure_ascii=False)


def _question(row: Row[Any]) -> Question:
    body = json.loads(row.body)
    return Question(
        id=row.id,
        task_id=TaskId(row.task_id),
        kind=QuestionKind(row.kind),
        user_id=row.user_id,
        chat_id=row.chat_id,
        remote_id=RemoteId(row.remote_id),
        filled=Filled(**body | {"cells": tuple(body["cells"])}),
        state=QuestionState(row.state),
        ends_at=row.ends_at,
    )
