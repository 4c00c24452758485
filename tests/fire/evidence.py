"""What both fakes' journals, the database and the logs tell of a run, gathered into values that `auditor` judges."""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

import httpx

from sandbox.telegram.chat import Chat
from sandbox.telegram.views import MessageView
from tests.outside import KEY, TOKEN, Outside

Kind = Literal["picture", "link", "unclear", "failure", "word", "status", "turned up"]
"""What a message of the bot's is to whoever asked. All but the last two are an end."""

STATUS_SIGNS = ("🎨", "⏳", "⌛", "✖️ Cancelled", "🔎")
SHORTLY = timedelta(seconds=2)
"""So long before a kill the answer to a call may not have been written down; far more than it takes."""
LIMBO = {
    "updates not handled": "SELECT count(*) FROM inbox WHERE state = 'pending'",
    "updates set aside": "SELECT count(*) FROM inbox WHERE state = 'set_aside'",
    "tasks under way": "SELECT count(*) FROM tasks WHERE state IN ('recorded', 'sending', 'running')",
    "leases": "SELECT count(*) FROM tasks WHERE lease_until IS NOT NULL",
    "deliveries under way": "SELECT count(*) FROM deliveries WHERE state IN ('due', 'claimed', 'sending')",
    "deliveries parked": "SELECT count(*) FROM deliveries WHERE state IN ('parked', 'offered')",
    "rows without their parents": "SELECT count(*) FROM pragma_foreign_key_check",
    "pages of the file that are not sound": "SELECT count(*) FROM pragma_quick_check WHERE quick_check <> 'ok'",
}
"""What has to be none when all is quiet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What a person asked for: by a message, or by a press under one (then `title` is the button's)."""

    mark: str
    """Stands in its prompt and in no other's."""
    chat_id: int
    message_id: int
    """What the answers reply to."""
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A message of the bot's that can be seen at the end."""

    chat_id: int
    message_id: int
    reply_to: int | None
    kind: Kind
    text: str
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A call that puts a new message into a chat. `unclear`: the bot cannot know whether it did."""

    chat_id: int
    reply_to: int | None
    carries: Literal["picture", "words"]
    unclear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Submit:
    """A submit that arrived at the provider. `unclear`: the bot cannot know whether it was taken."""

    nonce: str
    accepted: bool
    unclear: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A task at the provider."""

    remote_id: str
    nonce: str
    prompt: str
    status: str
    sha256: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A task in the bot's database, with its line in the ledger."""

    task_id: int
    nonce: str
    state: str
    reason: str
    chat_id: int
    reply_to: int | None
    title: str
    prompt: str
    remote_id: str | None
    counted: str | None
    again: bool
    """A person has asked for it in place of one that was unclear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All of it."""

    requests: tuple[Request, ...] = ()
    shown: tuple[Shown, ...] = ()
    sent: tuple[Sent, ...] = ()
    submits: tuple[Submit, ...] = ()
    drawn: tuple[Drawn, ...] = ()
    rows: tuple[Row, ...] = ()
    kills: tuple[datetime, ...] = ()
    limbo: Mapping[str, int] = field(default_factory=dict)
    floods: int = 0
    texts: Mapping[str, bytes] = field(default_factory=dict)
    """What may hold no secret, by where it is."""
    secrets: tuple[bytes, ...] = ()
    handles: tuple[int, int] = (0, 0)
    """Open files of the process: when it had nothing to do at first, and at last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoiled:
    """A call that a fake was made to answer wrongly."""

    side: Literal["telegram", "provider"]
    name: str
    kind: str
    params: Mapping[str, Any]
    certain: bool
    """Whether whoever called knows for certain that nothing was done."""


async def gather(
    outside: Outside,
    requests: Iterable[Request],
    *,
    spoiled: Iterable[Spoiled] = (),
    elsewhere: Mapping[str, bytes] | None = None,
    handles: tuple[int, int] = (0, 0),
) -> Evidence:
    """Everything there is to know, when all is quiet. `elsewhere`: what else was said and may hold no secret."""
    spoiled = tuple(spoiled)
    kills = tuple(outside.kills)
    return Evidence(
        requests=tuple(requests),
        shown=tuple(_shown(chat, m) for chat in outside.telegram.chats.values() for m in chat.messages if m.from_bot),
        sent=tuple(_sent(outside, spoiled, kills)),
        submits=tuple(_submits(outside, spoiled, kills)),
        drawn=tuple([await _drawn(task) for task in outside.provider.tasks()]),
        rows=rows(outside.database),
        kills=kills,
        limbo={what: number_of(outside.database, query) for what, query in LIMBO.items()},
        floods=len(outside.telegram.floods),
        texts=_texts(outside) | dict(elsewhere or {}),
        secrets=tuple(part.encode() for part in (TOKEN, TOKEN.partition(":")[2], KEY, KEY.removeprefix("sk-"))),
        handles=handles,
    )


def number_of(database: Path, query: str) -> int:
    """The one number that a query has for an answer."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
        return int(connection.execute(query).fetchone()[0])


def rows(database: Path) -> tuple[Row, ...]:
    """All tasks of the bot's."""
    query = """
        SELECT t.id, nonce, t.state, coalesce(reason, ''), t.chat_id, reply_to, title, prompt, remote_id, l.state,
               retry_of IS NOT NULL
        FROM tasks t LEFT JOIN ledger l ON l.task_id = t.id ORDER BY t.id
    """
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
        return tuple(
            Row(
                task_id=one[0],
                nonce=one[1],
                state=one[2],
                reason=one[3],
                chat_id=one[4],
                reply_to=one[5],
                title=one[6],
                prompt=one[7],
                remote_id=one[8],
                counted=one[9],
                again=bool(one[10]),
            )
            for one in connection.execute(query)
        )


def kind_of(message: MessageView) -> Kind:
    """What a message of the bot's is, by what people see of it."""
    if (message.photo or message.document) and message.buttons and not message.text.startswith(STATUS_SIGNS):
        return "picture"
    if message.text.startswith(STATUS_SIGNS):
        return "status"
    if "did not take this picture" in message.text:
        return "link"
    if message.text.startswith("❔"):
        return "unclear"
    if message.text.startswith("✅ It turned up"):
        return "turned up"
    if message.text.startswith(("😔 The", "😔 This", "😔 Nothing", "🚫", "✖️")):
        return "failure"
    return "word"


def _shown(chat: Chat, message: MessageView) -> Shown:
    data = message.photo or message.document
    return Shown(
        chat_id=chat.id,
        message_id=message.id,
        reply_to=message.reply_to,
        kind=kind_of(message),
        text=message.text,
        sha256=hashlib.sha256(data).hexdigest() if data else None,
    )


def _sent(outside: Outside, spoiled: tuple[Spoiled, ...], kills: tuple[datetime, ...]) -> Iterable[Sent]:
    """Calls that were spoiled are unclear unless certain, and so is what was answered just before a kill."""
    unsure = [
        (one.name, str(one.params.get("chat_id")), _reply_to(one.params))
        for one in spoiled
        if one.side == "telegram" and not one.certain
    ]
    for call in outside.telegram.journal.calls():
        if not call.method.startswith("send") or call.method == "sendChatAction":
            continue
        reply_to = _reply_to(call.params)
        broken = call.status is None or call.status >= 500 or (call.method, call.chat_id, reply_to) in unsure
        yield Sent(
            chat_id=int(call.chat_id or 0),
            reply_to=reply_to,
            carries="words" if call.method == "sendMessage" else "picture",
            unclear=broken or _died(call.time, kills),
        )


def _submits(outside: Outside, spoiled: tuple[Spoiled, ...], kills: tuple[datetime, ...]) -> Iterable[Submit]:
    told = [(str(one.params.get("state")), one) for one in spoiled if one.side == "provider" and "/submit/" in one.name]
    for entry in outside.provider.ledger.entries:
        nonce = str(entry.body.get("state")) if isinstance(entry.body, dict) else ""
        wrongly = [one for state, one in told if state == nonce]
        at = datetime.fromtimestamp(entry.at / 1000, UTC)
        unsure = any(not one.certain for one in wrongly) or (entry.accepted is None and not wrongly)
        yield Submit(nonce=nonce, accepted=bool(entry.accepted), unclear=unsure or _died(at, kills))


async def _drawn(task: Mapping[str, Any]) -> Drawn:
    address, sha256 = task.get("imageUrl"), None
    if task["status"] == "SUCCESS" and address:
        async with httpx.AsyncClient(trust_env=False, timeout=60) as client:
            sha256 = hashlib.sha256((await client.get(address)).content).hexdigest()
    return Drawn(
        remote_id=task["id"],
        nonce=str(task.get("state") or ""),
        prompt=str(task.get("promptEn") or task.get("prompt") or ""),
        status=task["status"],
        sha256=sha256,
    )


def _texts(outside: Outside) -> dict[str, bytes]:
    files = {path.name: path.read_bytes() for path in outside.folder.iterdir() if path.is_file()}
    chats = "\n".join(
        f"{message.text} {message.markup}"
        for chat in outside.telegram.chats.values()
        for message in chat.history
        if message.from_bot
    )
    calls = "\n".join(f"{call.method} {call.params}" for call in outside.telegram.journal)
    submits = "\n".join(f"{entry.path} {entry.body}" for entry in outside.provider.ledger.entries)
    return files | {"chats": chats.encode(), "calls": calls.encode(), "submits": submits.encode()}


def _reply_to(params: Mapping[str, Any]) -> int | None:
    given = params.get("reply_parameters")
    read = json.loads(given) if isinstance(given, str) else given
    return read.get("message_id") if isinstance(read, dict) else None


def _died(at: datetime, kills: tuple[datetime, ...]) -> bool:
    return any(at <= kill <= at + SHORTLY for kill in kills)
