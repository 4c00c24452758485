"""What the suite under fire has in common: people who ask, and waiting until all is quiet."""

import asyncio
import sqlite3
from collections.abc import Collection, Coroutine, Iterable
from contextlib import closing
from itertools import count
from typing import Any

from sandbox.telegram.chat import Chat
from sandbox.telegram.town import Person
from sandbox.telegram.views import MessageView
from tests.fire.evidence import LIMBO, Kind, Request, kind_of, rows
from tests.outside import Outside

QUICK = {"POLL_INTERVAL": "0.1"}
SPEED = 0.3
"""Seconds that the provider draws."""
DRAWN: frozenset[Kind] = frozenset({"picture"})
_numbers = count(1)


def ask(person: Person, chat: Chat | None = None, words: str = "a red fox") -> Request:
    """Somebody asks for a picture, by words that nobody else has; some characters of them mean something in markup."""
    chat = chat or person.private
    mark = f"<{next(_numbers):04}>"
    return Request(mark=mark, chat_id=chat.id, message_id=chat.say(person, f"/imagine {words} & {mark}").id)


def press(person: Person, picture: MessageView, request: Request, button: str) -> Request:
    """Somebody presses a button under the picture that a request brought."""
    person.private.press(person, picture.id, button)
    return Request(mark=request.mark, chat_id=request.chat_id, message_id=picture.id, title=button)


def answers(outside: Outside, request: Request) -> list[MessageView]:
    """What the bot shows as an answer to it."""
    messages = outside.telegram.chats[request.chat_id].messages
    return [m for m in messages if m.from_bot and m.reply_to == request.message_id]


def shown(outside: Outside, request: Request) -> MessageView:
    """The last answer to it."""
    return answers(outside, request)[-1]


def told(outside: Outside, request: Request) -> list[Kind]:
    """What the answers to it are."""
    return [kind_of(message) for message in answers(outside, request)]


async def until_quiet(
    outside: Outside,
    requests: Iterable[Request],
    *,
    ends: Collection[Kind] = DRAWN,
    within: float = 40,
    listed: bool = True,
) -> None:
    """Until all have such an end, nothing is under way, and what can turn up has turned up.

    `listed`: whether the provider lists its tasks, so that anything can.
    """
    requests = tuple(requests)

    def quiet() -> bool:
        return (
            all(set(told(outside, one)) & set(ends) for one in requests)
            and not any(limbo(outside).values())
            and not (listed and _missed(outside))
        )

    try:
        await outside.until(quiet, within=within)
        await asyncio.sleep(0.3)
        await outside.until(quiet, within=10)
    except AssertionError as error:
        left = {what: number for what, number in limbo(outside).items() if number}
        missing = [(one, told(outside, one)) for one in requests if not set(told(outside, one)) & set(ends)]
        raise AssertionError(f"not quiet: {left}; not told: {missing}\n{error}") from None


async def dies(outside: Outside, quiet: Coroutine[Any, Any, None]) -> bool:
    """Whether the process dies before all is quiet."""
    calm, death = asyncio.create_task(quiet), asyncio.create_task(outside.died(60))
    await asyncio.wait((calm, death), return_when=asyncio.FIRST_COMPLETED)
    first, other = (death, calm) if death.done() else (calm, death)
    other.cancel()
    await asyncio.gather(other, return_exceptions=True)
    await first
    return first is death


def limbo(outside: Outside) -> dict[str, int]:
    """What is under way in the database; before there is one, that."""
    try:
        with closing(sqlite3.connect(f"{outside.database.as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
            return {what: int(connection.execute(query).fetchone()[0]) for what, query in LIMBO.items()}
    except sqlite3.OperationalError:
        return {"no schema": 1}


def _missed(outside: Outside) -> bool:
    """Whether something is thought to be unclear that the provider has and lists."""
    has = {task.get("state") for task in outside.provider.tasks()}
    return any(row.state == "unclear" and row.nonce in has for row in rows(outside.database))
