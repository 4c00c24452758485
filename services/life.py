"""What befalls a task: what its submit came to, whether it turned up, what a restart finds."""

import secrets
from datetime import datetime, timedelta
from typing import assert_never

from domain.delivery import DeliveryKind
from domain.failpoints import Point, passing
from domain.rules import Rules
from domain.task import Answer, Ending, Imagine, Press, RemoteId, Submission, Task, TaskState
from domain.verdict import Accepted, Reason, Refused, Unclear, Verdict, Window
from services import account, alerts, modes, news, quota, ways, windows
from storage import amends, deliveries, providers, statuses, submissions, tasks
from storage.database import Transaction

SENT_FROM = (TaskState.RECORDED, TaskState.SENDING)
PATIENCE = timedelta(minutes=10)
"""How long a busy provider is asked again."""
LONGEST_WAIT = timedelta(minutes=10)
"""Nothing that is to be tried, asked or sent is put off longer than this; see `recover`."""
BUSY_DELAYS = (2, 5, 15, 30, 60)
"""Seconds before the next try; the last one repeats."""
NOT_READY_TRIES = 12
"""Presses, five seconds apart, that wait for a gateway to see that the picture is done."""
TELL_BUSY_AFTER = timedelta(seconds=10)
"""A shorter wait is not worth a word."""


def submitted(tx: Transaction, task: Task, sent: Submission, verdict: Verdict, rules: Rules, now: datetime) -> None:
    """Write down what a submit came to, and owe what is to be told. `sent`: the way it went, see `services.ways`."""
    match verdict:
        case Accepted():
            _accepted(tx, task, verdict, now)
            account.accepted(tx, rules, now)
            if isinstance(sent, Press) and sent.same_channel:
                providers.note(tx, task.provider, ways.SAME_CHANNEL, now + ways.FOR_GOOD)
        case Refused() if (other := ways.with_same_channel(sent, verdict)) is not None:
            _again(tx, task, now, submission=submissions.to_text(other))
        case Refused(reason=Reason.UNSUPPORTED) if task.mode is not None:  # it may be the mode alone
            if isinstance(sent, Imagine):  # which all providers know
                modes.learn_none(tx, task.provider, task.mode, now)
            _again(tx, task, now, mode=None)
        case Refused(reason=Reason.UNSUPPORTED):
            _unsupported(tx, task, sent, verdict, rules, now)
        case Refused(reason=Reason.ACCOUNT):
            account.refused(tx, rules, verdict.said, now)
            fail(tx, task, SENT_FROM, Reason.ACCOUNT, "", now, later_looks=())
            for waiting in tasks.select_to_submit(tx, task.provider, now):
                fail(tx, waiting, SENT_FROM, Reason.ACCOUNT, "", now, later_looks=())
        case Refused() if (again := _again_at(task, verdict, now)) and not providers.trouble(tx, task.provider):
            tasks.move(
                tx,
                task.id,
                leave=SENT_FROM,
                enter=TaskState.RECORDED,
                due_at=again,
                attempts=task.attempts + 1,
                busy_since=task.busy_since or now,
            )
            statuses.refresh_status(tx, task.id, now, wait=TELL_BUSY_AFTER)
        case Refused():
            said = verdict.banned_word if verdict.reason is Reason.BANNED_WORD else verdict.said
            if verdict.reason is Reason.REDIRECTED:
                alerts.give(tx, rules, alerts.REDIRECTED, now)
            fail(tx, task, SENT_FROM, verdict.reason, said, now, later_looks=())
        case Window() if isinstance(task.submission, Answer):  # it was answered: now it draws
            _accepted(tx, task, Accepted(remote_ids=(verdict.remote_id,)), now)
        case Window():
            windows.opened(tx, task, verdict.remote_id, verdict.offered, now)
        case Unclear():
            _unclear(tx, task, verdict.what, now)
        case _:
            assert_never(verdict)
    passing(Point.VERDICT_UNCOMMITTED)


def recover(tx: Transaction, now: datetime, why: str = "stopped while sending") -> None:
    """At a start: whatever was under way when the process ended is sorted into what may be done again and what not.

    `why` a submit may have gone out, or not.
    """
    tasks.release_leases(tx)
    for task in tasks.select_left_sending(tx):
        _unclear(tx, task, why, now)
    tasks.bring_forward(tx, now + LONGEST_WAIT, now)
    deliveries.bring_forward(tx, now + LONGEST_WAIT, now)
    news.recover(tx, now)
    passing(Point.RECOVERY_UNCOMMITTED)


def _accepted(tx: Transaction, task: Task, verdict: Accepted, now: datetime) -> None:
    first, *others = verdict.remote_ids
    tasks.move(
        tx,
        task.id,
        leave=SENT_FROM,
        enter=TaskState.RUNNING,
        remote_id=first,
        due_at=now,
        accepted_at=now,
        changed_at=now,
        queue_place=verdict.queue_place,
    )
    statuses.refresh_status(tx, task.id, now)
    for remote_id in others:
        _add_sibling(tx, task, remote_id, now)


def no_way(tx: Transaction, task: Task, now: datetime) -> None:
    """It is known beforehand that the provider cannot do this; nothing was sent."""
    fail(tx, task, SENT_FROM, Reason.UNSUPPORTED, "", now, later_looks=())


def adopted(tx: Transaction, task: Task, remote_id: RemoteId, now: datetime) -> None:
    """What was unclear has turned up at the provider: it was taken, and goes on like any other."""
    moved = tasks.move(
        tx,
        task.id,
        leave=(TaskState.UNCLEAR,),
        enter=TaskState.RUNNING,
        remote_id=remote_id,
        due_at=now,
        accepted_at=now,
        changed_at=now,
        reason=None,
    )
    if moved:
        amends.show_anew(tx, task.id, DeliveryKind.UNCLEAR, now)


def _unsupported(tx: Transaction, task: Task, sent: Submission, verdict: Refused, rules: Rules, now: datetime) -> None:
    """Remember it; go the other way if there is one."""
    ways.learn(tx, task.provider, sent, verdict, now)
    if verdict.endpoint:
        alerts.give(tx, rules, alerts.ENDPOINT, now, what=type(sent).__name__.lower())
    other = ways.way_of(tx, task, providers.noted(tx, task.provider, now))
    if other is None or other == sent:
        fail(tx, task, SENT_FROM, Reason.UNSUPPORTED, verdict.said, now, later_looks=())
    else:
        _again(tx, task, now)


def _again(tx: Transaction, task: Task, now: datetime, **columns: str | None) -> None:
    """It was certainly not taken: at once in another form."""
    tasks.move(tx, task.id, leave=SENT_FROM, enter=TaskState.RECORDED, due_at=now, **columns)


def _add_sibling(tx: Transaction, task: Task, remote_id: RemoteId, now: datetime) -> None:
    """One request made several tasks: each brings its own result to the same place."""
    tasks.insert_task(
        tx,
        submission=task.submission,
        prompt=task.prompt,
        title=task.title,
        nonce=secrets.token_urlsafe(24),
        user_id=task.user_id,
        user_name=task.user_name,
        chat_id=task.chat_id,
        chat_kind=task.chat_kind,
        topic_id=task.topic_id,
        reply_to=task.reply_to,
        language=task.language,
        provider=task.provider,
        parent_id=task.parent_id,
        state=TaskState.RUNNING,
        remote_id=remote_id,
        mode=task.mode,
        now=now,
    )


def _again_at(task: Task, verdict: Refused, now: datetime) -> datetime | None:
    """When to try again; `None` where that is of no use, or patience has run out."""
    since = task.busy_since or now
    if verdict.reason is Reason.NO_ACCOUNT and isinstance(task.submission, Press):
        return now + timedelta(seconds=20) if task.attempts < 3 else None
    if verdict.reason is Reason.NOT_READY:
        return now + timedelta(seconds=5) if task.attempts < NOT_READY_TRIES else None
    if not verdict.busy or now - since >= PATIENCE:
        return None
    delay = verdict.retry_after or BUSY_DELAYS[min(task.attempts, len(BUSY_DELAYS) - 1)]
    return now + timedelta(seconds=delay)


def _unclear(tx: Transaction, task: Task, what: str, now: datetime) -> None:
    if isinstance(task.submission, Answer):  # the window's task can be asked about, so nothing has to stay unclear
        tasks.move(tx, task.id, leave=SENT_FROM, enter=TaskState.RUNNING, due_at=now, changed_at=now)
        return
    if tasks.move(tx, task.id, leave=SENT_FROM, enter=TaskState.UNCLEAR, due_at=None, reason=what, ended_at=now):
        statuses.drop_unsent_status(tx, task.id)
        deliveries.owe_for(tx, DeliveryKind.UNCLEAR, task, now)


def fail(
    tx: Transaction,
    task: Task,
    leave: tuple[TaskState, ...],
    ending: Reason | Ending,
    said: str,
    now: datetime,
    *,
    later_looks: tuple[int, ...],
) -> None:
    """It ends without a result, which is told; it does not count, unless it may well have been charged."""
    first = now + timedelta(seconds=later_looks[0]) if later_looks else None
    changed = tasks.move(
        tx,
        task.id,
        leave=leave,
        enter=TaskState.FAILED,
        reason=f"{ending}\n{said}".strip(),
        due_at=first,
        ended_at=now,
        later_looks=",".join(map(str, later_looks[1:])),
    )
    if not changed:
        return
    if ending not in {Ending.LOST, Ending.STUCK}:  # those may well have been charged
        quota.give_back(tx, task.id, now)
    statuses.drop_unsent_status(tx, task.id)
    deliveries.owe_for(tx, DeliveryKind.FAILURE, task, now)
