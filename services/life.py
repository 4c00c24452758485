"""What befalls a task: what its submit came to, what the provider says of it, what a restart finds."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from domain.delivery import DeliveryKind
from domain.provider import RemoteStatus, Report, Snapshot
from domain.rules import Rules
from domain.task import Answer, Ending, Press, RemoteId, Submission, Task, TaskState
from domain.verdict import Accepted, Reason, Refused, Unclear, Verdict, Window
from services import account, alerts, news, ways
from storage import buttons, deliveries, ledger, providers, submissions, tasks
from storage.database import Transaction

SENT_FROM = (TaskState.RECORDED, TaskState.SENDING)
PATIENCE = timedelta(minutes=10)
"""How long a busy provider is asked again."""
BUSY_DELAYS = (2, 5, 15, 30, 60)
"""Seconds before the next try; the last one repeats."""
TELL_BUSY_AFTER = timedelta(seconds=10)
"""A shorter wait is not worth a word."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often the provider is asked, and what is done with what it says."""

    interval: float = 2.0
    """Seconds between two rounds."""
    stuck_after: timedelta = timedelta(minutes=60)
    """Without any change; a relaxed mode takes longer."""
    originals_to: int | None = None
    """The operator's chat where Telegram keeps each untouched file."""


AFTER_FAILURE = (60, 540, 3000)
"""Seconds between the looks at a failed task, so at 1, 10 and 60 minutes: providers have succeeded after all."""
NOT_READY_TRIES = 12
"""Presses, five seconds apart, that wait for a gateway to see that the picture is done."""
HOURLY = (3600,) * 24
GIVE_UP_SIGHTINGS = 5
GIVE_UP_AFTER = timedelta(minutes=10)
PICTURE_PATIENCE = timedelta(minutes=2)
"""How long a success may lack its picture."""


def submitted(tx: Transaction, task: Task, sent: Submission, verdict: Verdict, rules: Rules, now: datetime) -> None:
    """Write down what a submit came to, and owe what is to be told. `sent`: the way it went, see `services.ways`."""
    match verdict:
        case Accepted():
            _accepted(tx, task, verdict, now)
            account.accepted(tx, rules)
            if isinstance(sent, Press) and sent.same_channel:
                providers.note(tx, task.provider, ways.SAME_CHANNEL, now + ways.FOR_GOOD)
        case Refused() if (other := ways.with_same_channel(sent, verdict)) is not None:
            _again(tx, task, now, submission=submissions.to_text(other))
        case Refused(reason=Reason.UNSUPPORTED):
            _unsupported(tx, task, sent, verdict, rules, now)
        case Refused(reason=Reason.ACCOUNT):
            account.refused(tx, rules, verdict.said, now)
            _fail(tx, task, SENT_FROM, Reason.ACCOUNT, "", now, later_looks=())
            for waiting in tasks.select_to_submit(tx, task.provider, now):
                _fail(tx, waiting, SENT_FROM, Reason.ACCOUNT, "", now, later_looks=())
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
            deliveries.refresh_status(tx, task.id, now, wait=TELL_BUSY_AFTER)
        case Refused():
            said = verdict.banned_word if verdict.reason is Reason.BANNED_WORD else verdict.said
            if verdict.reason is Reason.REDIRECTED:
                alerts.give(tx, rules, alerts.REDIRECTED, now)
            _fail(tx, task, SENT_FROM, verdict.reason, said, now, later_looks=())
        case Window() if isinstance(task.submission, Answer):  # it was answered: now it draws
            _accepted(tx, task, Accepted(remote_ids=(verdict.remote_id,)), now)
        case Window():
            _answer_as_it_is(tx, task, verdict.remote_id, verdict.offered, now)
        case Unclear():
            _unclear(tx, task, verdict.what, now)
        case _:
            assert_never(verdict)


def observed(tx: Transaction, asked: Iterable[Task], report: Report, pace: Pace, now: datetime) -> None:
    """Write down what the provider said of the tasks it was asked about, and owe what is to be told."""
    snapshots = {snapshot.remote_id: snapshot for snapshot in report.found}
    for task in asked:
        if task.remote_id is None:
            continue
        if snapshot := snapshots.get(task.remote_id):
            _seen(tx, task, snapshot, pace, now)
        elif task.remote_id in report.missing:
            _missed(tx, task, pace, now)


def recover(tx: Transaction, now: datetime) -> None:
    """At a start: whatever was under way when the process ended is sorted into what may be done again and what not."""
    tasks.release_leases(tx)
    for task in tasks.select_left_sending(tx):
        _unclear(tx, task, "stopped while sending", now)
    news.recover(tx, now)


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
    deliveries.refresh_status(tx, task.id, now)
    for remote_id in others:
        _add_sibling(tx, task, remote_id, now)


def no_way(tx: Transaction, task: Task, now: datetime) -> None:
    """It is known beforehand that the provider cannot do this; nothing was sent."""
    _fail(tx, task, SENT_FROM, Reason.UNSUPPORTED, "", now, later_looks=())


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
        deliveries.show_anew(tx, task.id, DeliveryKind.UNCLEAR, now)


def _unsupported(tx: Transaction, task: Task, sent: Submission, verdict: Refused, rules: Rules, now: datetime) -> None:
    """Remember it; go the other way if there is one."""
    ways.learn(tx, task.provider, sent, verdict, now)
    if verdict.endpoint:
        alerts.give(tx, rules, alerts.ENDPOINT, now, what=type(sent).__name__.lower())
    other = ways.choose(task.submission, providers.noted(tx, task.provider, now))
    if other is None or other == sent:
        _fail(tx, task, SENT_FROM, Reason.UNSUPPORTED, verdict.said, now, later_looks=())
    else:
        _again(tx, task, now)


def _again(tx: Transaction, task: Task, now: datetime, **columns: str) -> None:
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


def _answer_as_it_is(tx: Transaction, task: Task, window: RemoteId, offered: str | None, now: datetime) -> None:
    """A window that wants no more than a yes: its answer goes the way of every submit."""
    answer = Answer(window=window, prompt=offered or task.prompt)
    tasks.move(
        tx,
        task.id,
        leave=(*SENT_FROM, TaskState.RUNNING),
        enter=TaskState.RECORDED,
        submission=submissions.to_text(answer),
        remote_id=window,
        due_at=now,
        attempts=0,
        busy_since=None,
    )


def _unclear(tx: Transaction, task: Task, what: str, now: datetime) -> None:
    if isinstance(task.submission, Answer):  # the window's task can be asked about, so nothing has to stay unclear
        tasks.move(tx, task.id, leave=SENT_FROM, enter=TaskState.RUNNING, due_at=now, changed_at=now)
        return
    if tasks.move(tx, task.id, leave=SENT_FROM, enter=TaskState.UNCLEAR, due_at=None, reason=what, ended_at=now):
        deliveries.drop_unsent_status(tx, task.id)
        deliveries.owe_for(tx, DeliveryKind.UNCLEAR, task, now)


def _seen(tx: Transaction, task: Task, snapshot: Snapshot, pace: Pace, now: datetime) -> None:
    match snapshot.status:
        case RemoteStatus.SUCCESS if snapshot.image_url is None and not _waited_for_picture(task, now):
            tasks.note(
                tx,
                task.id,
                task.state,
                unfinished_since=task.unfinished_since or now,
                due_at=_next_look(task, pace, now),
            )
        case RemoteStatus.SUCCESS:
            changed = _succeed(tx, task, snapshot, now)
            if changed and pace.originals_to is not None and snapshot.image_url is not None:
                _keep_original(tx, task, pace.originals_to, now)
        case RemoteStatus.FAILURE | RemoteStatus.CANCEL if task.state is TaskState.RUNNING:
            failed = snapshot.status is RemoteStatus.FAILURE
            ending = Ending.PROVIDER_FAILED if failed else Ending.PROVIDER_CANCELLED
            _fail(tx, task, (TaskState.RUNNING,), ending, snapshot.reason or "", now, later_looks=AFTER_FAILURE)
        case _ if task.state is TaskState.FAILED:
            _look_later(tx, task, now)
        case RemoteStatus.WINDOW if isinstance(task.submission, Press):
            _answer_as_it_is(tx, task, snapshot.remote_id, snapshot.final_prompt, now)
        case _:
            _go_on(tx, task, snapshot, pace, now)


def _waited_for_picture(task: Task, now: datetime) -> bool:
    return task.unfinished_since is not None and now - task.unfinished_since >= PICTURE_PATIENCE


def _succeed(tx: Transaction, task: Task, snapshot: Snapshot, now: datetime) -> bool:
    changed = tasks.move(
        tx,
        task.id,
        leave=(TaskState.RUNNING, TaskState.FAILED, TaskState.UNCLEAR),
        enter=TaskState.SUCCEEDED,
        due_at=None,
        ended_at=now,
        image_url=snapshot.image_url,
        reason=None,
        later_looks="",
    )
    if changed:
        buttons.replace_all(tx, task.id, snapshot.buttons or ways.made_up_buttons(task))
        ledger.keep(tx, task.id)
        deliveries.drop_unsent_status(tx, task.id)
        deliveries.drop_due(tx, task.id, DeliveryKind.FAILURE)  # not told yet, and not true any more
        deliveries.owe_for(tx, DeliveryKind.RESULT, task, now, {"late": task.state is TaskState.FAILED})
    return changed


def _keep_original(tx: Transaction, task: Task, chat_id: int, now: datetime) -> None:
    deliveries.owe(tx, DeliveryKind.ORIGINAL, chat_id=chat_id, topic_id=None, reply_to=None, now=now, task_id=task.id)


def _fail(
    tx: Transaction,
    task: Task,
    leave: tuple[TaskState, ...],
    ending: Reason | Ending,
    said: str,
    now: datetime,
    *,
    later_looks: tuple[int, ...],
) -> None:
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
        ledger.give_back(tx, task.id)
    deliveries.drop_unsent_status(tx, task.id)
    deliveries.owe_for(tx, DeliveryKind.FAILURE, task, now)


def _look_later(tx: Transaction, task: Task, now: datetime) -> None:
    next_look, *rest = (*task.later_looks, None)
    tasks.note(
        tx,
        task.id,
        TaskState.FAILED,
        due_at=now + timedelta(seconds=next_look) if next_look else None,
        later_looks=",".join(str(seconds) for seconds in rest if seconds),
    )


def _go_on(tx: Transaction, task: Task, snapshot: Snapshot, pace: Pace, now: datetime) -> None:
    progress = max((value for value in (task.progress, snapshot.progress) if value is not None), default=None)
    preview = snapshot.image_url or task.preview_url
    if progress == task.progress and preview == task.preview_url:
        if task.changed_at is not None and now - task.changed_at >= pace.stuck_after:
            _fail(tx, task, (TaskState.RUNNING,), Ending.STUCK, "", now, later_looks=HOURLY)
            return
        tasks.note(tx, task.id, task.state, due_at=_next_look(task, pace, now), missing_since=None, missing_count=0)
        return
    tasks.note(
        tx,
        task.id,
        task.state,
        due_at=_next_look(task, pace, now),
        progress=progress,
        preview_url=preview,
        queue_place=None,
        changed_at=now,
        missing_since=None,
        missing_count=0,
    )
    deliveries.refresh_status(tx, task.id, now)


def _missed(tx: Transaction, task: Task, pace: Pace, now: datetime) -> None:
    if task.state is TaskState.FAILED:
        _look_later(tx, task, now)
        return
    since = task.missing_since or now
    count = task.missing_count + 1
    if count >= GIVE_UP_SIGHTINGS and now - since >= GIVE_UP_AFTER:
        _fail(tx, task, (TaskState.RUNNING,), Ending.LOST, "", now, later_looks=HOURLY)
    else:
        tasks.note(
            tx, task.id, task.state, missing_since=since, missing_count=count, due_at=_next_look(task, pace, now)
        )


def _next_look(task: Task, pace: Pace, now: datetime) -> datetime:
    """Young tasks are asked about in every round, older ones more and more seldom."""
    age = now - (task.accepted_at or task.recorded_at)
    if age < timedelta(minutes=5):
        return now
    if age < timedelta(minutes=15):
        return now + timedelta(seconds=2 * pace.interval)
    if age < timedelta(hours=1):
        return now + timedelta(seconds=5 * pace.interval)
    return now + timedelta(minutes=5)
