"""Stopping what was asked for: withdrawn while nothing was sent; after that the provider is asked to stop."""

from datetime import datetime

from domain.delivery import DeliveryKind
from domain.errors import AlreadyPressed, TooLateToCancel
from domain.provider import Stop
from domain.requester import Requester
from domain.rules import Rules
from domain.task import Task, TaskId, TaskState
from services import tasks as asking
from services import ways
from storage import deliveries, placed, providers, tasks
from storage.database import Transaction


def cancel(tx: Transaction, requester: Requester, task_id: TaskId, rules: Rules, now: datetime) -> bool:
    """Withdraw a task, which is certain (true); or have the provider asked to stop it, which is not. `Refusal`s."""
    try:
        asking.cancel(tx, requester, task_id, rules, now)
    except TooLateToCancel:
        task = tasks.select_task(tx, task_id)
        if task is None or not can_be_asked(tx, task, rules.provider, now):
            raise
        _owe_question(tx, requester, task, now)
        return False
    return True


def can_be_asked(tx: Transaction, task: Task, provider: str, now: datetime) -> bool:
    """Whether there is anybody to ask: engines stop what they draw, gateways know nothing of it."""
    runs = task.state is TaskState.RUNNING and task.remote_id is not None and task.provider == provider
    return runs and ways.CANCEL not in providers.noted(tx, task.provider, now)


def is_of_use(tx: Transaction, task: Task, provider: str, now: datetime) -> bool:
    """Whether a Cancel button is: what is on its way can be stopped in a moment, if not now.

    So it stands there from the first word on, and no edit is spent on it that a glimpse of the picture could use.
    """
    under_way = task.state in {TaskState.RECORDED, TaskState.SENDING} and task.provider == provider
    if under_way:
        return ways.CANCEL not in providers.noted(tx, task.provider, now)
    return can_be_asked(tx, task, provider, now)


def answered(tx: Transaction, task: Task, stop: Stop, now: datetime) -> None:
    """Remember what the answer says of the provider."""
    if stop is Stop.NOT_OFFERED:
        providers.note(tx, task.provider, ways.CANCEL, now + ways.OFF_FOR)


def _owe_question(tx: Transaction, requester: Requester, task: Task, now: datetime) -> None:
    """Once: what the provider has refused it would refuse again."""
    if placed.was_owed_since(tx, task.id, DeliveryKind.STOP, task.chat_id, task.recorded_at):
        raise AlreadyPressed(task.title)
    deliveries.owe_for(tx, DeliveryKind.STOP, task, now, {"language": requester.language})
