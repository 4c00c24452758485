"""What becomes of deliveries: arrived, to be tried again, left unclear by a stop in the middle of the call."""

from datetime import datetime, timedelta

from domain.delivery import Delivery, DeliveryKind, DeliveryState, Priority
from domain.task import Task, TaskId, TaskState
from storage import chats, deliveries, tasks
from storage.database import Transaction

ENDED = (TaskState.SUCCEEDED, TaskState.FAILED, TaskState.UNCLEAR)
"""The end has a message of its own, and the status message goes."""

ENDS = (DeliveryKind.RESULT, DeliveryKind.FAILURE, DeliveryKind.UNCLEAR)

MOST_UNCLEAR = 2
"""Sends that may have arrived: after the second there is at most one extra copy, and there is never a third."""


def status_shown(
    tx: Transaction, delivery: Delivery, rendered: Task, now: datetime, *, message_id: int, shows: str, shown: str
) -> None:
    """The status message shows this task as it was when the words were made; what has changed since is due."""
    priority = Priority.PROGRESS if delivery.message_id is not None else Priority.ANSWER
    deliveries.settle(tx, delivery.id, now=now, message_id=message_id, shows=shows, shown=shown, priority=priority)
    _go_on(tx, rendered, now)


def is_over(tx: Transaction, task_id: TaskId) -> bool:
    """Whether the end of a task is in its chat, so that the status message has to go."""
    task = tasks.select_task(tx, task_id)
    return task is not None and task.state in ENDED and not deliveries.has_unsettled_end(tx, task_id)


def status_refused(tx: Transaction, delivery: Delivery, now: datetime) -> None:
    """Telegram does not take this edit; the next change may pass, in its time."""
    deliveries.settle(tx, delivery.id, now=now, priority=Priority.PROGRESS)


def status_unchanged(tx: Transaction, delivery: Delivery, rendered: Task, now: datetime) -> None:
    """It showed all this already, and nothing was sent: the next edit need not wait for this one."""
    deliveries.settle(tx, delivery.id, now=delivery.last_at or now)
    _go_on(tx, rendered, now)


def _go_on(tx: Transaction, rendered: Task, now: datetime) -> None:
    task = tasks.select_task(tx, rendered.id)
    if task is None:
        return
    if task.state not in ENDED:
        if task != rendered:
            deliveries.refresh_status(tx, task.id, now)
    elif not deliveries.has_unsettled_end(tx, task.id):
        deliveries.refresh_status(tx, task.id, now, paced=False)


def end_arrived(
    tx: Transaction,
    delivery: Delivery,
    now: datetime,
    *,
    message_id: int | None,
    file_id: str | None = None,
    in_place: bool = False,
) -> None:
    """The end of a task is in its chat: as a message of its own, or in place of the status message."""
    deliveries.settle(tx, delivery.id, now=now, message_id=message_id, file_id=file_id)
    if delivery.task_id is None:
        return
    if in_place:
        deliveries.forget_status(tx, delivery.task_id)
    else:
        deliveries.refresh_status(tx, delivery.task_id, now, paced=False)


def wait(tx: Transaction, delivery: Delivery, until: datetime) -> None:
    """Telegram wants this chat left alone for a while, and that holds over a restart."""
    chats.pause(tx, delivery.chat_id, until)
    deliveries.put_back(tx, delivery.id, until)


def chat_moved(tx: Transaction, delivery: Delivery, new: int, now: datetime) -> None:
    """The chat has another id from now on."""
    chats.move(tx, delivery.chat_id, new)
    deliveries.put_back(tx, delivery.id, now)


def perhaps(tx: Transaction, delivery: Delivery, now: datetime, delay: timedelta) -> None:
    """The call may have done its work. Only what a person waits for is worth another try."""
    if delivery.kind is DeliveryKind.STATUS and delivery.message_id is not None:
        deliveries.settle(tx, delivery.id, now=now, shown=None, priority=Priority.PROGRESS)
        if delivery.task_id is not None and is_over(tx, delivery.task_id):
            deliveries.refresh_status(tx, delivery.task_id, now, wait=delay, paced=False)  # it may be there still
    elif delivery.kind is DeliveryKind.ORIGINAL and not delivery.unclear:
        deliveries.put_back(tx, delivery.id, now + delay, unclear=1)
    elif delivery.kind in ENDS:
        tries = {"unclear": delivery.unclear + 1, "attempts": delivery.attempts + 1}
        deliveries.put_back(tx, delivery.id, now + delay, **tries)
    else:
        deliveries.end(tx, delivery.id, DeliveryState.DROPPED, "unclear")


def went_wrong(tx: Transaction, delivery: Delivery, now: datetime, delay: timedelta) -> None:
    """Something of ours broke. Before the call nothing went out, and it is simply tried again; after it, perhaps."""
    if deliveries.is_being_sent(tx, delivery.id):
        perhaps(tx, delivery, now, delay)
    else:
        deliveries.put_back(tx, delivery.id, now + delay, attempts=delivery.attempts + 1)


def recover(tx: Transaction, now: datetime) -> None:
    """At a start: what was being prepared is due again; what was being sent may have arrived."""
    deliveries.redo_claimed(tx, now)
    for delivery in deliveries.select_left_sending(tx):
        perhaps(tx, delivery, now, timedelta())
        if delivery.kind is DeliveryKind.STATUS and delivery.task_id is not None:
            deliveries.refresh_status(tx, delivery.task_id, now)
