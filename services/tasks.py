"""What people may ask for: a picture, a press, once more, a cancel; each recorded together with its answer."""

import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.delivery import DeliveryKind, Priority
from domain.errors import (
    AlreadyPressed,
    ButtonGone,
    NotHere,
    NothingToCancel,
    NotYours,
    TooLateToCancel,
)
from domain.proposals import OURS
from domain.requester import ChatKind, Requester
from domain.rules import Rules
from domain.task import OPEN_STATES, Attached, Button, Imagine, Press, Submission, Task, TaskId, TaskState
from services import access, account, modes, preferences, quota, rights, tariff, turns, windows
from services.care import expand
from services.parameters import bot_of
from services.prompt import prepare
from services.tariff import Cost
from storage import amends, buttons, deliveries, drafts, placed, statuses, tasks
from storage.database import Transaction

DOUBLE_TAP = timedelta(seconds=10)
"""A second press of the same button within this is the first one's echo, however fast the result came."""


def imagine(
    tx: Transaction,
    requester: Requester,
    words: str,
    rules: Rules,
    now: datetime,
    attached: tuple[Attached, ...] = (),
) -> TaskId:
    """Record a wish for a picture, as written but for styles that it names; without any question."""
    prompt = preferences.with_styles(tx, requester, prepare(words))
    return draw(tx, requester, prompt, rules, now, attached=attached)


def draw(
    tx: Transaction,
    requester: Requester,
    prompt: str,
    rules: Rules,
    now: datetime,
    *,
    attached: Sequence[Attached] = (),
    title: str = "",
    parent: TaskId | None = None,
) -> TaskId:
    """Record a fresh picture of this very prompt, with what the person and the chat prefer."""
    submission = _fresh(tx, requester, prompt, attached)
    return record(tx, requester, submission, submission.prompt, rules=rules, now=now, title=title, parent=parent)


def admit_all(
    tx: Transaction,
    requester: Requester,
    prompts: Sequence[str],
    rules: Rules,
    now: datetime,
    attached: Sequence[Attached] = (),
) -> None:
    """Raise a `Refusal` unless all of these pictures may be drawn; said for all, where `draw` would speak of one."""
    wishes = [_fresh(tx, requester, prompt, attached) for prompt in prompts]
    chosen = [modes.mode_of(tx, requester, wish.prompt, rules, now) for wish in wishes]
    costs = [tariff.cost_of(wish, rules, mode) for wish, mode in zip(wishes, chosen, strict=True)]
    admit(tx, requester, costs, rules, now)


def admit(tx: Transaction, requester: Requester, costs: Sequence[Cost], rules: Rules, now: datetime) -> None:
    """May they, is the account well, is there room today? Raises `Refusal`s."""
    access.check(tx, requester, rules)
    account.check(tx, rules)
    quota.check(tx, requester, [cost.points for cost in costs], rules, now)


def _fresh(tx: Transaction, requester: Requester, prompt: str, attached: Sequence[Attached]) -> Imagine:
    prompt = prepare(preferences.with_usual(tx, requester, prompt))
    return Imagine(prompt=prompt, bot_type=bot_of(prompt), attached=tuple(attached))


def suggest(tx: Transaction, requester: Requester, words: str, now: datetime) -> int:
    """Keep words that may be meant as a prompt; the number is what stands behind "Draw this"."""
    prompt = prepare(words)
    return drafts.insert_draft(tx, chat_id=requester.chat_id, user_id=requester.user_id, prompt=prompt, now=now)


def draw_draft(tx: Transaction, requester: Requester, draft_id: int, rules: Rules, now: datetime) -> TaskId:
    """Record what stands behind "Draw this"; once."""
    draft = drafts.select_draft(tx, draft_id)
    if draft is None:
        raise ButtonGone
    if draft.chat_id != requester.chat_id:
        raise NotHere
    if draft.user_id != requester.user_id:
        raise NotYours
    if draft.pressed_task is not None:
        raise AlreadyPressed("")
    if len(expand(preferences.with_styles(tx, requester, draft.prompt))) != 1:
        raise ButtonGone  # such words are asked about, never offered: as one task they would count as one picture
    task_id = imagine(tx, requester, draft.prompt, rules, now)
    drafts.mark_pressed(tx, draft_id, task_id)
    return task_id


def press(tx: Transaction, requester: Requester, button_id: int, rules: Rules, now: datetime) -> str:
    """Record the use of a button under a picture; what the button is called."""
    button = buttons.select_button(tx, button_id)
    parent = tasks.select_task(tx, button.task_id) if button else None
    if button is None or parent is None or button.custom_id.startswith(OURS):
        raise ButtonGone
    if not placed.is_placed(tx, parent.id, requester.chat_id):
        raise NotHere
    if parent.state is not TaskState.SUCCEEDED or parent.remote_id is None or parent.provider != rules.provider:
        raise ButtonGone
    rights.check_press(tx, requester, parent.user_id, rules)
    title = button.title
    if _is_echo(tx, requester, button, now):
        raise AlreadyPressed(title)
    submission = Press(parent=parent.remote_id, custom_id=button.custom_id)
    requester = in_topic(tx, requester)
    task_id = record(tx, requester, submission, parent.prompt, rules=rules, now=now, title=title, parent=parent.id)
    buttons.mark_pressed(tx, button.id, task_id, now)
    message_id = requester.message_id
    if message_id is not None and placed.is_message_of(tx, parent.id, requester.chat_id, message_id):
        amends.owe_keyboard(tx, task_id=parent.id, chat_id=requester.chat_id, message_id=message_id, now=now)
    return title


def want_original(tx: Transaction, requester: Requester, task_id: TaskId, rules: Rules, now: datetime) -> None:
    """Owe the untouched file of a picture that stands in this chat; it costs nothing."""
    task = tasks.select_task(tx, task_id)
    if task is None or task.state is not TaskState.SUCCEEDED or task.image_url is None:
        raise ButtonGone
    if not placed.is_placed(tx, task_id, requester.chat_id):
        raise NotHere
    rights.check_press(tx, requester, task.user_id, rules)
    if placed.is_under_way(tx, task_id, DeliveryKind.ORIGINAL, requester.chat_id):
        raise AlreadyPressed("")
    requester = in_topic(tx, requester)
    deliveries.owe(
        tx,
        DeliveryKind.ORIGINAL,
        chat_id=requester.chat_id,
        topic_id=requester.topic_id,
        reply_to=requester.message_id,
        now=now,
        task_id=task_id,
    )


def remove(tx: Transaction, requester: Requester, task_id: TaskId, rules: Rules, now: datetime) -> None:
    """Owe that a picture goes from this chat; its buttons go with it."""
    task = tasks.select_task(tx, task_id)
    message_id = requester.message_id
    if task is None or message_id is None or not placed.is_message_of(tx, task_id, requester.chat_id, message_id):
        raise ButtonGone
    rights.check_removal(tx, requester, task.user_id, rules)
    if placed.is_under_way(tx, task_id, DeliveryKind.REMOVAL, requester.chat_id):
        raise AlreadyPressed("")
    for one in (message_id, *placed.album_above(tx, task_id, requester.chat_id, message_id)):
        deliveries.owe(
            tx,
            DeliveryKind.REMOVAL,
            chat_id=requester.chat_id,
            topic_id=requester.topic_id,
            reply_to=None,
            now=now,
            task_id=task_id,
            message_id=one,
            body={"quiet": one != message_id},
        )


def list_unclear(tx: Transaction, requester: Requester, rules: Rules) -> tuple[Task, ...]:
    """What may have been charged without a result, for the operator. Raises `OperatorsOnly`."""
    access.check_operator(tx, requester, rules)
    return tasks.select_unclear(tx, rules.provider, now=None)


def submit_again(tx: Transaction, requester: Requester, task_id: TaskId, rules: Rules, now: datetime) -> Task:
    """A person chose to submit once more what may have been charged already; once. The unclear task."""
    task = _own_task(tx, requester, task_id, rules)
    if task.state is not TaskState.UNCLEAR or task.provider != rules.provider:
        raise ButtonGone
    if tasks.select_retry_of(tx, task_id) is not None:
        raise AlreadyPressed(task.title)
    owner = Requester(
        user_id=task.user_id,
        chat_id=task.chat_id,
        chat_kind=ChatKind(task.chat_kind),
        message_id=task.reply_to,
        topic_id=task.topic_id,
        name=task.user_name,
        language=task.language,
    )
    record(
        tx,
        owner,
        task.submission,
        task.prompt,
        rules=rules,
        now=now,
        title=task.title,
        parent=task.parent_id,
        retry_of=task.id,
    )
    return task


def cancel(tx: Transaction, requester: Requester, task_id: TaskId, rules: Rules, now: datetime) -> None:
    """Withdraw a task of which nothing was sent yet."""
    task = _own_task(tx, requester, task_id, rules)
    if task.state is TaskState.AWAITING_INPUT and windows.call_off(tx, task, now):
        return
    if task.state not in OPEN_STATES:
        raise NothingToCancel
    if not tasks.cancel_waiting(tx, task_id, now):
        raise TooLateToCancel
    quota.give_back(tx, task_id, now)
    statuses.refresh_status(tx, task_id, now, urgent=Priority.ANSWER)
    turns.leave(tx, task, rules, now)


def list_open(tx: Transaction, requester: Requester) -> tuple[Task, ...]:
    """What of this person waits or runs."""
    return tasks.select_open_of(tx, requester.user_id)


def record(
    tx: Transaction,
    requester: Requester,
    submission: Submission,
    prompt: str,
    *,
    rules: Rules,
    now: datetime,
    title: str = "",
    parent: TaskId | None = None,
    retry_of: TaskId | None = None,
) -> TaskId:
    """Write down what costs money, if it may be done: counted and acknowledged. Raises `Refusal`s."""
    chosen = modes.mode_of(tx, requester, prompt, rules, now)
    cost = tariff.cost_of(submission, rules, chosen)
    admit(tx, requester, (cost,), rules, now)
    task_id = tasks.insert_task(
        tx,
        submission=submission,
        prompt=prompt,
        title=title,
        nonce=secrets.token_urlsafe(24),
        user_id=requester.user_id,
        user_name=requester.name,
        chat_id=requester.chat_id,
        chat_kind=requester.chat_kind,
        topic_id=requester.topic_id,
        reply_to=requester.message_id,
        language=requester.language,
        provider=rules.provider,
        parent_id=parent,
        retry_of=retry_of,
        turn=turns.join(tx, rules.provider, requester.user_id, now),
        kind=cost.kind,
        speed=cost.mode,
        mode=chosen,
        now=now,
    )
    quota.hold(tx, requester, task_id, cost.points, rules, now)
    deliveries.owe(
        tx,
        DeliveryKind.STATUS,
        chat_id=requester.chat_id,
        topic_id=requester.topic_id,
        reply_to=requester.message_id,
        now=now,
        task_id=task_id,
    )
    return task_id


def in_topic(tx: Transaction, requester: Requester) -> Requester:
    """A press under an old message tells no topic; we know where we put it."""
    if requester.topic_id is not None or requester.message_id is None:
        return requester
    return replace(requester, topic_id=placed.topic_of(tx, requester.chat_id, requester.message_id))


def _is_echo(tx: Transaction, requester: Requester, button: Button, now: datetime) -> bool:
    if button.pressed_task is None or button.pressed_at is None:
        return False
    earlier = tasks.select_task(tx, button.pressed_task)
    if earlier is not None and earlier.state is TaskState.AWAITING_INPUT and earlier.user_id == requester.user_id:
        return True  # the question is there; somebody else may want it with other words
    return now - button.pressed_at < DOUBLE_TAP or (earlier is not None and earlier.state in OPEN_STATES)


def _own_task(tx: Transaction, requester: Requester, task_id: TaskId, rules: Rules) -> Task:
    task = tasks.select_task(tx, task_id)
    if task is None:
        raise ButtonGone
    if task.user_id != requester.user_id and task.chat_id != requester.chat_id:
        raise NotHere if access.is_operator(tx, requester.user_id, rules) else NotYours
    rights.check_owner(tx, requester, task.user_id, rules)
    return task
