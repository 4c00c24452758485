"""The same once more: a wish as it was asked, or the press that a picture came from."""

from datetime import datetime
from typing import assert_never

from domain.errors import AlreadyPressed, ButtonGone
from domain.requester import Requester
from domain.rules import Rules
from domain.task import (
    Answer,
    Blend,
    Button,
    Change,
    Describe,
    Edit,
    Imagine,
    Press,
    Shorten,
    Swap,
    Task,
    TaskId,
    Video,
)
from services import tasks as asking
from services.keepsakes import ECHO, of_this_chat
from storage import buttons, tasks
from storage.database import Transaction


def repeat(tx: Transaction, requester: Requester, task_id: TaskId, rules: Rules, now: datetime) -> str:
    """Record once more what a result came from; what the press was called, empty for a fresh wish."""
    task = of_this_chat(tx, requester, task_id, rules)
    match task.submission:
        case Press() | Answer():
            return _press_again(tx, requester, task, rules, now)
        case Imagine() | Blend() | Describe() | Shorten() | Video() | Edit() | Swap() | Change():
            last = tasks.last_repeat_of(tx, task_id)
            if last is not None and now - last < ECHO:
                raise AlreadyPressed(task.title)
            asking.record(
                tx,
                asking.in_topic(tx, requester),
                task.submission,
                task.prompt,
                rules=rules,
                now=now,
                title=task.title,
                parent=task.parent_id,
                retry_of=task.id,
            )
            return task.title
        case _:
            assert_never(task.submission)


def _press_again(tx: Transaction, requester: Requester, task: Task, rules: Rules, now: datetime) -> str:
    """The same button of the picture that it came from; that knows what a double tap is."""
    button = _button_of(tx, task)
    if button is None:
        raise ButtonGone
    return asking.press(tx, requester, button.id, rules, now)


def _button_of(tx: Transaction, task: Task) -> Button | None:
    """Under the answer to a window lies only what its press was called."""
    offered = buttons.select_of(tx, task.parent_id) if task.parent_id is not None else ()
    if isinstance(task.submission, Press):
        custom_id = task.submission.custom_id
        return next((button for button in offered if button.custom_id == custom_id), None)
    return next((button for button in offered if button.title == task.title), None)
