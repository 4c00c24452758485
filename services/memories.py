"""A person's own pictures: page by page, searched by their words, each with where it came from; and shown once more."""

import unicodedata
from collections.abc import Iterator
from datetime import datetime

from domain.delivery import DeliveryKind
from domain.errors import AlreadyPressed, ButtonGone, NoSuchPicture
from domain.memory import Leaf, Memory
from domain.requester import ChatKind, Requester
from domain.rules import Rules
from domain.task import Task, TaskId, TaskState
from services import access
from services.tasks import in_topic
from storage import deliveries, drafts, memories, placed, tasks
from storage.database import Transaction

ON_A_PAGE = 6
LOOKED_AT_ONCE = 500
MOST_LOOKED = 5000
"""Pictures that one search looks through; the next page looks further."""
LONGEST_CHAIN = 4
LONGEST_SEARCH = 200
"""Characters."""


def search(tx: Transaction, requester: Requester, words: str, now: datetime) -> Leaf:
    """The newest of this person's pictures; with `words`, of those whose prompts have them all."""
    words = " ".join(words.split())[:LONGEST_SEARCH]
    words_id = 0
    if words:
        words_id = drafts.insert_draft(tx, chat_id=requester.chat_id, user_id=requester.user_id, prompt=words, now=now)
    return _leaf(tx, requester.user_id, words, words_id, None)


def turn(tx: Transaction, requester: Requester, anchor: TaskId, words_id: int, *, newer: bool) -> Leaf:
    """The page beside one that ends, or begins, with that picture. Raises `ButtonGone`."""
    draft = drafts.select_draft(tx, words_id) if words_id else None
    if words_id and (draft is None or draft.user_id != requester.user_id):
        raise ButtonGone
    words = draft.prompt if draft else ""
    if not newer:
        return _leaf(tx, requester.user_id, words, words_id, anchor)
    found, more = _found(tx, requester.user_id, words, anchor, newer=True)
    if more is None or len(found) <= ON_A_PAGE:  # so that the first page is a whole one
        return _leaf(tx, requester.user_id, words, words_id, None)
    shown = found[:ON_A_PAGE][::-1]
    return Leaf(memories=_memories(tx, shown), words=words, words_id=words_id, older=shown[-1], newer=shown[0])


def show(tx: Transaction, requester: Requester, task_id: TaskId, rules: Rules, now: datetime) -> None:
    """Owe a picture once more, here: one's own, or one that stands in this chat. It costs nothing. `Refusal`s."""
    access.check(tx, requester, rules)
    task = tasks.select_task(tx, task_id)
    if task is None or not _is_picture(task):
        raise NoSuchPicture
    if task.user_id != requester.user_id and not placed.stands_in(tx, task_id, requester.chat_id):
        raise NoSuchPicture
    if placed.is_under_way(tx, task_id, DeliveryKind.SHOWN, requester.chat_id):
        raise AlreadyPressed(task.title)
    requester = in_topic(tx, requester)
    in_channel = requester.chat_kind is ChatKind.CHANNEL
    deliveries.owe(
        tx,
        DeliveryKind.SHOWN,
        chat_id=requester.chat_id,
        topic_id=requester.topic_id,
        reply_to=requester.message_id,
        now=now,
        task_id=task_id,
        body={"chat_kind": requester.chat_kind, "language": None if in_channel else requester.language},
    )


def fold(text: str) -> str:
    """Texts that differ only by case, or by how their letters are put together, come out the same."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _leaf(tx: Transaction, user_id: int, words: str, words_id: int, anchor: TaskId | None) -> Leaf:
    found, more = _found(tx, user_id, words, anchor, newer=False)
    shown = found[:ON_A_PAGE]
    return Leaf(
        memories=_memories(tx, shown),
        words=words,
        words_id=words_id,
        older=(shown[-1] if len(found) > ON_A_PAGE else more) if more else None,
        newer=shown[0] if anchor is not None and shown else None,
    )


def _found(
    tx: Transaction, user_id: int, words: str, anchor: TaskId | None, *, newer: bool
) -> tuple[list[TaskId], TaskId | None]:
    """One more than fit on a page, beginning beside the anchor; and the last that was looked at, if there are more."""
    wanted = fold(words).split()
    found: list[TaskId] = []
    last = None
    for task_id, prompt in _looked(
        tx, user_id, anchor, newer=newer, at_once=LOOKED_AT_ONCE if wanted else ON_A_PAGE + 1
    ):
        last = task_id
        folded = fold(prompt) if wanted else ""
        if all(word in folded for word in wanted):
            found.append(task_id)
            if len(found) > ON_A_PAGE:
                return found, task_id
    return found, last if last is not None and _goes_on(tx, user_id, last, newer=newer) else None


def _looked(
    tx: Transaction, user_id: int, anchor: TaskId | None, *, newer: bool, at_once: int
) -> Iterator[tuple[TaskId, str]]:
    looked = 0
    while looked < MOST_LOOKED:
        rows = memories.select_prompts(tx, user_id, anchor, newer=newer, limit=at_once)
        yield from rows
        looked += len(rows)
        if len(rows) < at_once:
            return
        anchor = rows[-1][0]


def _goes_on(tx: Transaction, user_id: int, anchor: TaskId, *, newer: bool) -> bool:
    return bool(memories.select_prompts(tx, user_id, anchor, newer=newer, limit=1))


def _memories(tx: Transaction, task_ids: list[TaskId]) -> tuple[Memory, ...]:
    found = (tasks.select_task(tx, task_id) for task_id in task_ids)
    return tuple(_memory(tx, task) for task in found if task is not None)


def _memory(tx: Transaction, task: Task) -> Memory:
    origin: list[Task] = []
    parent = task.parent_id
    while parent is not None and len(origin) < LONGEST_CHAIN:
        source = tasks.select_task(tx, parent)
        if source is None or source.user_id != task.user_id:
            break  # whose it is, is nobody's business
        origin.insert(0, source)
        parent = source.parent_id
    return Memory(task=task, origin=tuple(origin), is_whole=parent is None)


def _is_picture(task: Task) -> bool:
    return task.state is TaskState.SUCCEEDED and (task.image_url is not None or bool(task.videos))
