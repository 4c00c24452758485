"""What the provider says of the tasks it has: how they go on, how they end, and which of it is news."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.delivery import DeliveryKind
from domain.failpoints import Point, passing
from domain.proposals import is_words
from domain.provider import RemoteStatus, Report, Snapshot
from domain.task import Ending, Press, Shorten, Task, TaskState
from services import life, quota, ways, windows, wording
from storage import buttons, deliveries, statuses, tasks
from storage.database import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often the provider is asked, and what is done with what it says."""

    interval: float = 2.0
    """Seconds between two rounds."""
    stuck_after: timedelta = timedelta(minutes=60)
    """Without any change."""
    stuck_after_relaxed: timedelta = timedelta(hours=24)
    originals_to: int | None = None
    """The operator's chat where Telegram keeps each untouched file."""


TEXT_ACTIONS = ("DESCRIBE", "SHORTEN")
"""What ends in words."""

AFTER_FAILURE = (60, 540, 3000)
"""Seconds between the looks at a failed task, so at 1, 10 and 60 minutes: providers have succeeded after all."""
HOURLY = (3600,) * 24
GIVE_UP_SIGHTINGS = 5
GIVE_UP_AFTER = timedelta(minutes=10)
PICTURE_PATIENCE = timedelta(minutes=2)
"""How long a success may lack its picture."""


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


def _seen(tx: Transaction, task: Task, snapshot: Snapshot, pace: Pace, now: datetime) -> None:
    match snapshot.status:
        case RemoteStatus.SUCCESS if not _is_complete(task, snapshot) and not _waited_for_picture(task, now):
            tasks.note(
                tx,
                task.id,
                task.state,
                unfinished_since=task.unfinished_since or now,
                due_at=_next_look(task, pace, now),
            )
        case RemoteStatus.SUCCESS:
            changed = _succeed(tx, task, snapshot, now)
            if changed and pace.originals_to is not None and _picture_of(task, snapshot) is not None:
                _keep_original(tx, task, pace.originals_to, now)
        case RemoteStatus.FAILURE | RemoteStatus.CANCEL if task.state is TaskState.RUNNING:
            failed = snapshot.status is RemoteStatus.FAILURE
            ending = Ending.PROVIDER_FAILED if failed else Ending.PROVIDER_CANCELLED
            life.fail(tx, task, (TaskState.RUNNING,), ending, snapshot.reason or "", now, later_looks=AFTER_FAILURE)
        case _ if task.state is TaskState.FAILED:
            _look_later(tx, task, now)
        case RemoteStatus.WINDOW if isinstance(task.submission, Press):
            windows.opened(tx, task, snapshot.remote_id, snapshot.final_prompt, now)
        case _:
            _go_on(tx, task, snapshot, pace, now)


def _is_complete(task: Task, snapshot: Snapshot) -> bool:
    if _ends_in_words(task, snapshot):
        return _words_of(task, snapshot) is not None
    return snapshot.image_url is not None or bool(snapshot.videos)


def _ends_in_words(task: Task, snapshot: Snapshot) -> bool:
    return is_words(task) or snapshot.action in TEXT_ACTIONS


def _words_of(task: Task, snapshot: Snapshot) -> str | None:
    """The words that it came to; what was sent in, echoed, is none."""
    echoed = isinstance(task.submission, Shorten) and snapshot.final_prompt == task.submission.prompt
    return snapshot.final_prompt if _ends_in_words(task, snapshot) and not echoed else None


def _picture_of(task: Task, snapshot: Snapshot) -> str | None:
    """The address of the picture that it came to; with words comes the address of the person's own, for a while."""
    return None if _ends_in_words(task, snapshot) else snapshot.image_url


def _waited_for_picture(task: Task, now: datetime) -> bool:
    return task.unfinished_since is not None and now - task.unfinished_since >= PICTURE_PATIENCE


def _succeed(tx: Transaction, task: Task, snapshot: Snapshot, now: datetime) -> bool:
    text = _words_of(task, snapshot)
    changed = tasks.move(
        tx,
        task.id,
        leave=(TaskState.RUNNING, TaskState.FAILED, TaskState.UNCLEAR),
        enter=TaskState.SUCCEEDED,
        due_at=None,
        ended_at=now,
        image_url=_picture_of(task, snapshot),
        reason=None,
        later_looks="",
        action=snapshot.action,
        text=text,
        videos=" ".join(snapshot.videos) or None,
    )
    if changed:
        offered = wording.offers(task, text) if is_words(task) else snapshot.buttons or ways.made_up_buttons(task)
        buttons.replace_all(tx, task.id, offered)
        quota.keep(tx, task.id, now)
        statuses.drop_unsent_status(tx, task.id)
        deliveries.drop_due(tx, task.id, DeliveryKind.FAILURE)  # not told yet, and not true any more
        deliveries.owe_for(tx, DeliveryKind.RESULT, task, now, {"late": task.state is TaskState.FAILED})
        passing(Point.RESULT_UNCOMMITTED)
    return changed


def _keep_original(tx: Transaction, task: Task, chat_id: int, now: datetime) -> None:
    deliveries.owe(tx, DeliveryKind.ORIGINAL, chat_id=chat_id, topic_id=None, reply_to=None, now=now, task_id=task.id)


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
        patience = pace.stuck_after_relaxed if task.mode == "relax" else pace.stuck_after
        if task.changed_at is not None and now - task.changed_at >= patience:
            life.fail(tx, task, (TaskState.RUNNING,), Ending.STUCK, "", now, later_looks=HOURLY)
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
    statuses.refresh_status(tx, task.id, now)


def _missed(tx: Transaction, task: Task, pace: Pace, now: datetime) -> None:
    if task.state is TaskState.FAILED:
        _look_later(tx, task, now)
        return
    since = task.missing_since or now
    count = task.missing_count + 1
    if count >= GIVE_UP_SIGHTINGS and now - since >= GIVE_UP_AFTER:
        life.fail(tx, task, (TaskState.RUNNING,), Ending.LOST, "", now, later_looks=HOURLY)
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
