"""Words for a picture, and shorter words for a prompt: asked for, and used through the buttons under them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.errors import AlreadyPressed, ButtonGone, NotHere
from domain.proposals import AGAIN, ALL, DRAW, KEYCAPS, OURS, is_words, proposals_of
from domain.provider import RemoteButton
from domain.requester import Requester
from domain.rules import Rules
from domain.task import OPEN_STATES, Button, Describe, PictureId, Shorten, Task, TaskId, TaskState
from services import rights
from services.prompt import prepare
from services.tasks import DOUBLE_TAP, admit_all, draw, in_topic, record
from services.wishes import Asked, draw_or_ask
from storage import amends, buttons, placed, tasks
from storage.database import Transaction

DESCRIBE = "/describe"
SHORTEN = "/shorten"
"""What these tasks are called, in every language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """What a press came to."""

    title: str
    asked: Asked | None = None
    """Something seems wrong with the prompt: nothing was recorded, and this is the question."""


def describe(
    tx: Transaction,
    requester: Requester,
    picture: PictureId,
    rules: Rules,
    now: datetime,
    *,
    answered: int | None = None,
) -> TaskId:
    """Record a wish for words for a picture. `answered`: the message that shows it, where that may be one of ours."""
    parent = placed.task_at(tx, requester.chat_id, answered) if answered is not None else None
    return record(tx, requester, Describe(picture=picture), "", rules=rules, now=now, title=DESCRIBE, parent=parent)


def shorten(tx: Transaction, requester: Requester, words: str, rules: Rules, now: datetime) -> TaskId:
    """Record a wish for shorter words."""
    prompt = prepare(words)
    return record(tx, requester, Shorten(prompt=prompt), prompt, rules=rules, now=now, title=SHORTEN)


def offers(task: Task, text: str | None) -> Sequence[RemoteButton]:
    """The buttons under such a result: ours, since they work with every provider, and for as long as we have it."""
    count = len(proposals_of(task, text))
    numbers = [RemoteButton(custom_id=f"{DRAW}{number}", label=KEYCAPS[number - 1]) for number in range(1, count + 1)]
    if not isinstance(task.submission, Describe):
        return numbers
    several = [RemoteButton(custom_id=ALL, label="🎉")] if count > 1 else []
    return [*numbers, *several, RemoteButton(custom_id=AGAIN, label="🔄")]


def use(tx: Transaction, requester: Requester, button_id: int, rules: Rules, now: datetime) -> Used:
    """Record what a button under such a result stands for."""
    button = buttons.select_button(tx, button_id)
    parent = tasks.select_task(tx, button.task_id) if button else None
    if button is None or parent is None or not button.custom_id.startswith(OURS) or not is_words(parent):
        raise ButtonGone
    if not placed.is_placed(tx, parent.id, requester.chat_id):
        raise NotHere
    if parent.state is not TaskState.SUCCEEDED:
        raise ButtonGone
    rights.check_press(tx, requester, parent.user_id, rules)
    siblings = buttons.select_of(tx, parent.id)
    if any(_is_echo(tx, one, now) for one in _concerned(button, siblings)):
        raise AlreadyPressed(button.title)
    requester = in_topic(tx, requester)
    asked = None
    if button.custom_id == ALL:
        _draw_all(tx, requester, parent, button, siblings, rules, now)
    elif button.custom_id == AGAIN:
        _again(tx, requester, parent, button, rules, now)
    else:
        asked = _draw_one(tx, requester, parent, button, rules, now)
    message_id = requester.message_id
    if message_id is not None and placed.is_message_of(tx, parent.id, requester.chat_id, message_id):
        amends.owe_keyboard(tx, task_id=parent.id, chat_id=requester.chat_id, message_id=message_id, now=now)
    return Used(title=button.label, asked=asked)


def _draw_one(
    tx: Transaction, requester: Requester, parent: Task, button: Button, rules: Rules, now: datetime
) -> Asked | None:
    prompt = _prompt_of(parent, button)
    came = draw_or_ask(tx, requester, prompt, rules, now, title=button.label, parent=parent.id)
    asked = came if isinstance(came, Asked) else None
    buttons.mark_pressed(tx, button.id, None if isinstance(came, Asked) else came, now)
    return asked


def _draw_all(
    tx: Transaction,
    requester: Requester,
    parent: Task,
    button: Button,
    siblings: Sequence[Button],
    rules: Rules,
    now: datetime,
) -> None:
    """All of them or none: where they do not fit the limits, the refusal takes the whole transaction back."""
    drawn = {one: _prompt_of(parent, one) for one in siblings if one.custom_id.startswith(DRAW)}
    admit_all(tx, requester, tuple(drawn.values()), rules, now)
    for one, prompt in drawn.items():
        task_id = draw(tx, requester, prompt, rules, now, title=one.label, parent=parent.id)
        buttons.mark_pressed(tx, one.id, task_id, now)
        buttons.mark_pressed(tx, button.id, task_id, now)


def _again(tx: Transaction, requester: Requester, parent: Task, button: Button, rules: Rules, now: datetime) -> None:
    if not isinstance(parent.submission, Describe):
        raise ButtonGone
    submission = Describe(picture=parent.submission.picture)
    task_id = record(tx, requester, submission, "", rules=rules, now=now, title=DESCRIBE, parent=parent.id)
    buttons.mark_pressed(tx, button.id, task_id, now)


def _prompt_of(parent: Task, button: Button) -> str:
    number = button.custom_id.removeprefix(DRAW)
    proposals = proposals_of(parent)
    if not number.isdecimal() or not 0 < int(number) <= len(proposals):
        raise ButtonGone
    return prepare(proposals[int(number) - 1])


def _concerned(button: Button, siblings: Sequence[Button]) -> Sequence[Button]:
    """Whose presses this one may be the echo of: the last use of "all" goes on until all its pictures are there."""
    if button.custom_id != ALL or button.pressed_at is None:
        return (button,)
    return [button, *(one for one in siblings if one.custom_id.startswith(DRAW))]


def _is_echo(tx: Transaction, button: Button, now: datetime) -> bool:
    if button.pressed_at is None:
        return False
    earlier = tasks.select_task(tx, button.pressed_task) if button.pressed_task is not None else None
    return now - button.pressed_at < DOUBLE_TAP or (earlier is not None and earlier.state in OPEN_STATES)
