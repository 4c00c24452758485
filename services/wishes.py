"""A wish for a picture on its way to a task: asked about first where something seems wrong, then answered, once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.doubt import Doubt
from domain.errors import AlreadyPressed, ButtonGone, NotHere
from domain.requester import Requester
from domain.rules import Rules
from domain.task import Attached, TaskId
from services import access, care, preferences, rights, tasks
from services.prompt import prepare
from storage import drafts
from storage.database import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A wish that waits for an answer; nothing of it was sent."""

    draft_id: int
    prompt: str
    doubt: Doubt


class Reply(StrEnum):
    """What a person may say to it."""

    AS_WRITTEN = "as written"
    REPAIRED = "repaired"
    EXPANDED = "expanded"


def wish(
    tx: Transaction,
    requester: Requester,
    words: str,
    rules: Rules,
    now: datetime,
    *,
    attached: Sequence[Attached] = (),
    parent: TaskId | None = None,
) -> Asked | TaskId:
    """Record a wish for a picture; or keep it and tell what to ask."""
    prompt = preferences.with_styles(tx, requester, prepare(words))
    return draw_or_ask(tx, requester, prompt, rules, now, attached=attached, parent=parent)


def suggest(tx: Transaction, requester: Requester, words: str, now: datetime) -> Asked | int:
    """Keep words that may be meant as a prompt: what to ask about them, or what stands behind "Draw this"."""
    prompt = preferences.with_styles(tx, requester, prepare(words))
    return ask(tx, requester, prompt, now) or tasks.suggest(tx, requester, words, now)


def draw_or_ask(
    tx: Transaction,
    requester: Requester,
    prompt: str,
    rules: Rules,
    now: datetime,
    *,
    attached: Sequence[Attached] = (),
    title: str = "",
    parent: TaskId | None = None,
) -> Asked | TaskId:
    """Record a fresh picture of this very prompt; or keep it and tell what to ask."""
    access.check(tx, requester, rules)  # nobody answers a question to be refused then
    if asked := ask(tx, requester, prompt, now, attached=attached, parent=parent):
        return asked
    return tasks.draw(tx, requester, prompt, rules, now, attached=attached, title=title, parent=parent)


def ask(
    tx: Transaction,
    requester: Requester,
    prompt: str,
    now: datetime,
    *,
    attached: Sequence[Attached] = (),
    parent: TaskId | None = None,
) -> Asked | None:
    """Keep a prompt that something seems wrong with; `None` for all others."""
    doubt = care.look(prompt)
    if doubt is None:
        return None
    draft_id = drafts.insert_draft(
        tx,
        chat_id=requester.chat_id,
        user_id=requester.user_id,
        prompt=prompt,
        now=now,
        attached=attached,
        parent_id=parent,
    )
    return Asked(draft_id=draft_id, prompt=prompt, doubt=doubt)


def reply(
    tx: Transaction, requester: Requester, draft_id: int, said: Reply, rules: Rules, now: datetime
) -> Sequence[TaskId]:
    """Record what a person has decided on; once. All of its pictures, or none where they do not fit the limits."""
    draft = drafts.select_draft(tx, draft_id)
    if draft is None:
        raise ButtonGone
    if draft.chat_id != requester.chat_id:
        raise NotHere
    rights.check_owner(tx, requester, draft.user_id, rules)
    if draft.pressed_task is not None:
        raise AlreadyPressed("")
    requester = tasks.in_topic(tx, requester)
    prompts = _prompts(draft.prompt, said)
    tasks.admit_all(tx, requester, prompts, rules, now, draft.attached)
    made = [
        tasks.draw(tx, requester, prompt, rules, now, attached=draft.attached, parent=draft.parent_id)
        for prompt in prompts
    ]
    drafts.mark_pressed(tx, draft_id, made[-1])
    return made


def _prompts(prompt: str, said: Reply) -> Sequence[str]:
    """What is drawn. As it is written, only what makes one picture: a task that makes several would count as one."""
    doubt = care.look(prompt) or Doubt(expanded=(prompt,))
    offered: Sequence[str] = doubt.repaired if said is Reply.REPAIRED else doubt.expanded
    if not offered or (said is Reply.AS_WRITTEN and offered != (prompt,)):
        raise ButtonGone
    return offered
