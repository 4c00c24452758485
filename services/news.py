"""What becomes of deliveries: arrived, to be tried again, left unclear by a stop in the middle of the call."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from domain.delivery import Delivery, DeliveryKind, DeliveryState, Kept, Priority
from domain.task import Task, TaskId, TaskState
from storage import amends, chats, deliveries, placed, statuses, tasks
from storage.database import Transaction

ENDED = (TaskState.SUCCEEDED, TaskState.FAILED, TaskState.UNCLEAR)
"""The end has a message of its own, and the status message goes."""

ENDS = (DeliveryKind.RESULT, DeliveryKind.FAILURE, DeliveryKind.UNCLEAR)

MOST_UNCLEAR = 2
"""Sends that may have arrived: after the second there is at most one extra copy, and there is never a third."""


ONCE_MORE = (
    DeliveryKind.ORIGINAL,
    DeliveryKind.SINGLES,
    DeliveryKind.BUTTONS,
    DeliveryKind.SHOWN,
    DeliveryKind.SEED,
    DeliveryKind.STOP,
    DeliveryKind.CARD,
    DeliveryKind.STATS,
    DeliveryKind.USAGE,
)
"""What somebody waits for, though it is no end: one more try where it may have arrived."""

ASKED_AGAIN_AFTER = timedelta(seconds=5)
"""Between the edits that may have put a question."""

MOST_REMOVALS = 5
"""Tries to take a picture away."""

ReadyAt = Callable[[int, Priority, int, int], datetime]
"""When something of a priority may go to a chat that has so many ends coming, so many others going out just now."""


def take(
    tx: Transaction, now: datetime, *, room: int, busy_chats: Collection[int], ready_at: ReadyAt
) -> tuple[tuple[Delivery, ...], datetime | None]:
    """What goes out now, within Telegram's limits; and when to look again for what may not yet."""
    expected: dict[int, int] | None = None
    later: list[datetime] = []
    admitted: list[int] = []

    def admits(chat_id: int, priority: Priority) -> bool:
        nonlocal expected
        if chat_id < 0 and expected is None:
            expected = tasks.count_open_in_groups(tx)
        at = ready_at(chat_id, priority, (expected or {}).get(chat_id, 0), len(admitted))
        if at > now:
            later.append(at)
            return False
        admitted.append(chat_id)
        return True

    taken = deliveries.claim_due(tx, now, room=room, busy_chats=busy_chats, admits=admits) if room > 0 else ()
    if (due := deliveries.next_due(tx, now)) is not None:
        later.append(due)
    return taken, min(later, default=None)


def status_shown(
    tx: Transaction, delivery: Delivery, rendered: Task, now: datetime, *, message_id: int, shows: str, shown: str
) -> None:
    """The status message shows this task as it was when the words were made; what has changed since is due."""
    priority = Priority.PROGRESS if delivery.message_id is not None else Priority.ACKNOWLEDGEMENT
    shown_now = {"message_id": message_id, "shows": shows, "shown": shown, "priority": priority}
    deliveries.settle(tx, delivery.id, now=now, in_chat=delivery.chat_id, **shown_now)
    _go_on(tx, rendered, now)


def status_seen(tx: Transaction, delivery: Delivery, now: datetime) -> None:
    """The room is busy: a reaction (or, for a press, its toast) has said that it was seen, and no message follows."""
    deliveries.settle(tx, delivery.id, now=now, shows="reaction", priority=Priority.PROGRESS)
    if delivery.task_id is not None:
        _ask_if_open(tx, delivery.task_id, now)


def is_over(tx: Transaction, task_id: TaskId) -> bool:
    """Whether the end of a task is in its chat, so that the status message has to go."""
    task = tasks.select_task(tx, task_id)
    return task is not None and task.state in ENDED and not placed.has_unsettled_end(tx, task_id)


def status_refused(tx: Transaction, delivery: Delivery, now: datetime) -> None:
    """Telegram does not take this edit; the next change may pass, in its time."""
    deliveries.settle(tx, delivery.id, now=now, priority=Priority.PROGRESS)


def status_unchanged(tx: Transaction, delivery: Delivery, rendered: Task, now: datetime) -> None:
    """It showed all this already, and nothing was sent: the next edit need not wait for this one."""
    deliveries.settle(tx, delivery.id, now=delivery.last_at or now)
    _go_on(tx, rendered, now)


def _go_on(tx: Transaction, rendered: Task, now: datetime) -> None:
    task = tasks.select_task(tx, rendered.id)
    if task is None or (task.state is TaskState.AWAITING_INPUT and statuses.ask_in_status(tx, task.id, now)):
        return
    if task.state not in ENDED:
        if task != rendered:
            statuses.refresh_status(tx, task.id, now)
    elif not placed.has_unsettled_end(tx, task.id):
        statuses.refresh_status(tx, task.id, now, urgent=Priority.TIDYING)


def _ask_if_open(tx: Transaction, task_id: TaskId, now: datetime) -> bool:
    """Whether a window has opened while the status message was under way: then it asks at once."""
    task = tasks.select_task(tx, task_id)
    return task is not None and task.state is TaskState.AWAITING_INPUT and statuses.ask_in_status(tx, task_id, now)


def arrived(
    tx: Transaction,
    delivery: Delivery,
    now: datetime,
    *,
    message_id: int | None,
    kept: Kept | None = None,
) -> None:
    """It is in its chat, under that number there. `kept`: Telegram's copy of it."""
    copy = {"file_id": kept.file_id, "form": kept.form} if kept else {}
    deliveries.settle(tx, delivery.id, now=now, in_chat=delivery.chat_id, message_id=message_id, **copy)


def end_arrived(
    tx: Transaction,
    delivery: Delivery,
    now: datetime,
    *,
    message_id: int | None,
    kept: Sequence[Kept] = (),
    in_place: bool = False,
    others: Sequence[int] = (),
    links: Sequence[str] = (),
) -> None:
    """The end of a task is in its chat: as a message of its own, or in place of the status message.

    `others`: the other messages, where it is an album; `links`: the addresses of what that lacks.
    """
    if others and message_id is not None:
        album_arrived(tx, delivery, now, message_ids=(message_id, *others), kept=kept, links=links)
    else:
        arrived(tx, delivery, now, message_id=message_id, kept=next(iter(kept), None))
    if delivery.task_id is None:
        return
    if delivery.kind is DeliveryKind.UNCLEAR and not _is_unclear(tx, delivery.task_id):  # it turned up meanwhile
        amends.show_anew(tx, delivery.task_id, DeliveryKind.UNCLEAR, now)
    if in_place:
        statuses.forget_status(tx, delivery.task_id)
    else:
        statuses.refresh_status(tx, delivery.task_id, now, urgent=Priority.TIDYING)


def _is_unclear(tx: Transaction, task_id: TaskId) -> bool:
    task = tasks.select_task(tx, task_id)
    return task is not None and task.state is TaskState.UNCLEAR


def album_arrived(
    tx: Transaction,
    delivery: Delivery,
    now: datetime,
    *,
    message_ids: Sequence[int],
    kept: Sequence[Kept] = (),
    short: bool = False,
    links: Sequence[str] = (),
) -> None:
    """It is in its chat as an album, which cannot have buttons: those follow. `short`: U1 to V4 only."""
    first, *others = message_ids
    copies: list[Kept | None] = list(kept) if len(kept) == len(message_ids) else [None] * len(message_ids)
    arrived(tx, delivery, now, message_id=first, kept=copies[0])
    for message_id, copy in zip(others, copies[1:], strict=True):
        deliveries.note_part(tx, delivery, now, message_id=message_id, kept=copy)
    here = chats.current_id(tx, delivery.chat_id)
    stayed = here == delivery.chat_id  # else its numbers mean other messages
    deliveries.owe(
        tx,
        DeliveryKind.BUTTONS,
        chat_id=here,
        topic_id=delivery.topic_id if stayed else None,
        reply_to=first if stayed else None,
        now=now,
        task_id=delivery.task_id,
        body={"short": short, "links": list(links)},
    )


def removed(tx: Transaction, delivery: Delivery, now: datetime) -> None:
    """The picture is gone from its chat."""
    if delivery.message_id is not None:
        amends.forget_message(tx, delivery.chat_id, delivery.message_id)
    deliveries.settle(tx, delivery.id, now=now)


def not_removed(tx: Transaction, delivery: Delivery, words: Mapping[str, Any], now: datetime) -> None:
    """Telegram does not let it go, which is told under it."""
    deliveries.settle(tx, delivery.id, now=now)
    if delivery.body.get("quiet"):  # one word for all parts of an album
        return
    deliveries.owe(
        tx,
        DeliveryKind.WORDS,
        chat_id=delivery.chat_id,
        topic_id=delivery.topic_id,
        reply_to=delivery.message_id,
        now=now,
        body=words,
    )


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
            # it may be there still
            statuses.refresh_status(tx, delivery.task_id, now, wait=delay, urgent=Priority.TIDYING)
        elif delivery.task_id is not None:  # an edit may be repeated, and a question is waited for
            _ask_if_open(tx, delivery.task_id, now + max(delay, ASKED_AGAIN_AFTER))
    elif not delivery.unclear and (delivery.kind in ONCE_MORE or _asks(tx, delivery)):
        deliveries.put_back(tx, delivery.id, now + delay, unclear=1)
    elif delivery.kind is DeliveryKind.REMOVAL and delivery.attempts < MOST_REMOVALS:  # what is gone cannot go twice
        deliveries.put_back(tx, delivery.id, now + delay, attempts=delivery.attempts + 1)
    elif delivery.kind in ENDS:
        tries = {"unclear": delivery.unclear + 1, "attempts": delivery.attempts + 1}
        deliveries.put_back(tx, delivery.id, now + delay, **tries)
    else:
        deliveries.end(tx, delivery.id, DeliveryState.DROPPED, "unclear")


def _asks(tx: Transaction, delivery: Delivery) -> bool:
    """Whether somebody waits to be asked by this. A second question does no harm; none at all would."""
    if delivery.kind is DeliveryKind.WINDOW:
        return True
    task = tasks.select_task(tx, delivery.task_id) if delivery.task_id is not None else None
    return delivery.kind is DeliveryKind.STATUS and task is not None and task.state is TaskState.AWAITING_INPUT


def went_wrong(tx: Transaction, delivery: Delivery, now: datetime, delay: timedelta) -> None:
    """Something of ours broke. Before the call nothing went out, and it is simply tried again; after it, perhaps."""
    if placed.is_being_sent(tx, delivery.id):
        perhaps(tx, delivery, now, delay)
    else:
        deliveries.put_back(tx, delivery.id, now + delay, attempts=delivery.attempts + 1)


def recover(tx: Transaction, now: datetime) -> None:
    """At a start: what was being prepared is due again; what was being sent may have arrived."""
    deliveries.redo_claimed(tx, now)
    for delivery in deliveries.select_left_sending(tx):
        perhaps(tx, delivery, now, timedelta())
        if delivery.kind is DeliveryKind.STATUS and delivery.task_id is not None:
            statuses.refresh_status(tx, delivery.task_id, now)
