"""What may be had of a finished picture at no charge: the four of a grid, its words, its seed."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from domain.delivery import DeliveryKind
from domain.errors import AlreadyPressed, ButtonGone, NotAPicture, NotHere
from domain.requester import Requester
from domain.rules import Rules
from domain.task import Button, Task, TaskId, TaskState
from services import rights
from services.tasks import in_topic
from storage import buttons, deliveries, placed, tasks
from storage.database import Transaction

ECHO = timedelta(seconds=10)
"""The same wanted once more within this is a double tap."""


def is_grid(offered: Iterable[Button]) -> bool:
    """Whether these are the buttons of four pictures in one: they alone can be told apart by U1 to U4."""
    return any("::upsample::" in button.custom_id for button in offered)


def want_singles(tx: Transaction, requester: Requester, task_id: TaskId, rules: Rules, now: datetime) -> None:
    """Owe the four pictures of a grid."""
    task = of_this_chat(tx, requester, task_id, rules)
    if task.image_url is None or not is_grid(buttons.select_of(tx, task_id)):
        raise ButtonGone
    _owe_once(tx, requester, task, DeliveryKind.SINGLES, now)


def want_seed(tx: Transaction, requester: Requester, message_id: int | None, rules: Rules, now: datetime) -> None:
    """Owe the seed of the picture in that message. Raises `NotAPicture` where it shows none of ours."""
    task_id = placed.task_at(tx, requester.chat_id, message_id) if message_id is not None else None
    task = tasks.select_task(tx, task_id) if task_id is not None else None
    if task is None or task.state is not TaskState.SUCCEEDED or task.remote_id is None:
        raise NotAPicture
    rights.check_press(tx, requester, task.user_id, rules)
    _owe_once(tx, requester, task, DeliveryKind.SEED, now)


def of_this_chat(tx: Transaction, requester: Requester, task_id: TaskId, rules: Rules) -> Task:
    """A finished task whose result stands in this chat and whose buttons this person may use. Raises `Refusal`s."""
    task = tasks.select_task(tx, task_id)
    if task is None or task.state is not TaskState.SUCCEEDED:
        raise ButtonGone
    if not placed.is_placed(tx, task_id, requester.chat_id):
        raise NotHere
    rights.check_press(tx, requester, task.user_id, rules)
    return task


def _owe_once(tx: Transaction, requester: Requester, task: Task, kind: DeliveryKind, now: datetime) -> None:
    under_way = placed.is_under_way(tx, task.id, kind, requester.chat_id)
    if under_way or placed.was_owed_since(tx, task.id, kind, requester.chat_id, now - ECHO):
        raise AlreadyPressed("")
    requester = in_topic(tx, requester)
    deliveries.owe(
        tx,
        kind,
        chat_id=requester.chat_id,
        topic_id=requester.topic_id,
        reply_to=requester.message_id,
        now=now,
        task_id=task.id,
        body={"language": requester.language},
    )
