"""What Telegram answers when it is asked for updates: each as a text of its own, however odd the others are."""

import json
import re
from collections.abc import Mapping
from typing import Any

import structlog
from telegram.error import TelegramError

log = structlog.stdlib.get_logger("bot.intake")

LARGEST_ID = 2**63 - 1
_ID = re.compile(rb'"update_id"\s*:\s*(\d{1,18})\s*[,}]')


class AnswerUnreadable(TelegramError):  # noqa: N818 - a fact
    """This is no list of updates."""

    def __init__(self) -> None:
        super().__init__("the answer to getUpdates is unreadable")


def read(answer: bytes) -> dict[int, str]:
    """The updates' texts by their ids. Raises `AnswerUnreadable` where there is something, but none of it is one.

    Surrogates that have lost their other half stay escaped: no database takes them as they are.
    """
    try:
        result = json.loads(answer)["result"]
        found = {one["update_id"]: json.dumps(one) for one in result if _has_id(one)}
    except (ValueError, KeyError, TypeError, RecursionError):
        raise AnswerUnreadable from None
    if len(found) < len(result):
        if not found:
            raise AnswerUnreadable
        log.error("some of an answer's parts are no updates, or there twice", parts=len(result), updates=len(found))
    return found


def salvage(answer: bytes) -> tuple[int, str] | None:
    """The id and the text of the one update in an answer that nobody can read, so that one can go on behind it."""
    found = _ID.search(answer)
    return (int(found[1]), answer.decode(errors="replace")) if found else None


def lane(payload: str) -> str:
    """Updates of one lane are handled in order. A press does not wait for a chat's messages, nor they for it."""
    match _parsed(payload):
        case {"callback_query": {"from": {"id": user}}}:
            return f"press {user}"
        case (
            {"message": {"chat": {"id": chat}}}
            | {"channel_post": {"chat": {"id": chat}}}
            | {"my_chat_member": {"chat": {"id": chat}}}
        ):
            return f"chat {chat}"
        case _:
            return "others"


def _has_id(one: Any) -> bool:
    key = one.get("update_id") if isinstance(one, Mapping) else None
    return isinstance(key, int) and not isinstance(key, bool) and 0 <= key < LARGEST_ID


def _parsed(payload: str) -> object:
    try:
        return json.loads(payload)
    except (ValueError, RecursionError):
        return None
