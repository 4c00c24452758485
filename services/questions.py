"""A question in its chats: who may answer, where it is put, what of it is shown, and the picture that it is about."""

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from domain.delivery import Delivery, DeliveryKind, Priority
from domain.errors import ButtonGone, NotYours, QuestionOver
from domain.question import Question, QuestionKind, QuestionState
from domain.requester import Requester
from domain.task import Task
from storage import amends, deliveries, placed, statuses, tasks, windows
from storage.database import Transaction


def check(question: Question, user_id: int) -> None:
    """Raise unless this person may answer it, and still can."""
    if question.user_id != user_id:
        raise NotYours
    if question.state is not QuestionState.OPEN:
        raise QuestionOver


def open_region(tx: Transaction, user_id: int, key: str) -> tuple[Question, Task]:
    """The question behind a page's key, and the picture's task. Raises `Refusal`s."""
    number, _, secret = key.partition("-")
    known = number.isascii() and number.isdigit() and len(number) < 16
    question = windows.select_question(tx, int(number)) if known else None
    said = secret.encode(errors="replace")
    right = question is not None and secrets.compare_digest(question.filled.key.encode(), said)
    if question is None or not right or question.kind is not QuestionKind.REGION:
        raise ButtonGone
    check(question, user_id)
    return question, picture_of(tx, question)


def picture_of(tx: Transaction, question: Question) -> Task:
    """The task whose picture the press was under."""
    task = tasks.select_task(tx, question.task_id)
    parent = tasks.select_task(tx, task.parent_id) if task is not None and task.parent_id is not None else None
    if parent is None:
        raise ButtonGone
    return parent


def note_size(tx: Transaction, question: Question, width: int, height: int) -> Question:
    """The picture was looked at: it has this size, and by it the grid its shape. The question as it is then."""
    newest = windows.select_question(tx, question.id) or question
    if (newest.filled.width, newest.filled.height) != (width, height):
        newest = replace(newest, filled=replace(newest.filled, width=width, height=height, cells=()))
        windows.fill(tx, newest.id, newest.filled)
    return newest


def bring_here(tx: Transaction, requester: Requester, question_id: int, now: datetime) -> None:
    """Put the question in the private chat of whoever came by its link; only its person."""
    question = windows.select_question(tx, question_id)
    if question is None:
        raise ButtonGone
    check(question, requester.user_id)
    if not placed.is_under_way(tx, question.task_id, DeliveryKind.WINDOW, requester.chat_id):
        _owe(tx, requester, question, now, reply_to=None, body={})


def want_words(tx: Transaction, requester: Requester, question: Question, now: datetime) -> None:
    """Owe a message that asks this person for a reply."""
    if not placed.is_under_way(tx, question.task_id, DeliveryKind.WINDOW, requester.chat_id):
        _owe(tx, requester, question, now, reply_to=requester.message_id, body={"words": True})


def show(tx: Transaction, question: Question, now: datetime) -> None:
    """Wherever it stands, it is to show what has become of it."""
    statuses.refresh_status(tx, question.task_id, now, urgent=Priority.ANSWER)
    amends.show_anew(tx, question.task_id, DeliveryKind.WINDOW, now, Priority.ANSWER)


def shown(
    tx: Transaction,
    delivery: Delivery,
    rendered: Question,
    now: datetime,
    *,
    message_id: int | None,
    shows: str,
    shown: str,
    again: timedelta | None = None,
) -> None:
    """The question is in its chat as it was when the words were made; what has changed since is due at once.

    `again`: after this its picture is to follow.
    """
    settled = deliveries.settle(
        tx,
        delivery.id,
        now=now,
        in_chat=delivery.chat_id,
        message_id=message_id,
        shows=shows,
        shown=shown,
        priority=Priority.PROGRESS,
    )
    if not settled:
        return
    if windows.select_question(tx, rendered.id) != rendered:
        amends.show_again(tx, delivery.id, now, Priority.ANSWER)
    elif again is not None:
        amends.show_again(tx, delivery.id, now + again, Priority.PROGRESS)


def lost(tx: Transaction, delivery: Delivery, now: datetime) -> None:
    """Somebody took the question's message away: it is put anew."""
    if delivery.kind is DeliveryKind.STATUS and delivery.task_id is not None:
        statuses.forget_status(tx, delivery.task_id)
        statuses.ask_in_status(tx, delivery.task_id, now)
    else:
        deliveries.settle(tx, delivery.id, now=now, message_id=None)


def _owe(
    tx: Transaction,
    requester: Requester,
    question: Question,
    now: datetime,
    *,
    reply_to: int | None,
    body: dict[str, bool],
) -> None:
    topic_id = requester.topic_id
    if topic_id is None and requester.message_id is not None:
        topic_id = placed.topic_of(tx, requester.chat_id, requester.message_id)
    deliveries.owe(
        tx,
        DeliveryKind.WINDOW,
        chat_id=requester.chat_id,
        topic_id=topic_id,
        reply_to=reply_to,
        now=now,
        task_id=question.task_id,
        body=body,
    )
