"""A call of the Bot API in short words: which chat, what about, how it went."""

import html
import json
import re
from typing import Any

from sandbox.telegram.journal import Call
from sandbox.telegram.world import World

LONGEST = 80


def worth_a_line(call: Call) -> bool:
    """Whether anybody wants to see it: asking for updates is worth a line only when something comes of it."""
    return call.method != "getUpdates" or (call.answered and (call.status != 200 or bool(call.brought)))


def about(world: World, call: Call) -> str:
    """Whose chat, and what is said or done there."""
    where, what = _where(world, call), short(_what(world, call))
    return f"{where}: {what}" if where and what else where or what


def answer(call: Call) -> str:
    """How it went; empty while it is open."""
    if not call.answered:
        return ""
    if call.status is None:
        return "no answer: the connection was dropped"
    if call.status == 200:
        return "ok" if call.method != "getUpdates" else counted(call.brought or 0, "update")
    return f"{call.status} {(call.description or '').rpartition('Too Many Requests: ')[2]}".strip()


def short(text: str) -> str:
    """The beginning of a text, on one line."""
    plain = " ".join(text.split())
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1]}…"


def counted(number: int, thing: str) -> str:
    """`1 update`, `3 updates`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def _where(world: World, call: Call) -> str:
    chat = call.chat_id
    if chat is None and (press := world.presses.get(str(call.params.get("callback_query_id")))):
        chat = str(press.chat_id)
    room = world.room_called(chat) if chat else None
    if room is None:
        return chat or ""
    return room.owner.first_name if room.owner else room.title


def _what(world: World, call: Call) -> str:
    given = call.params
    match call.method:
        case "answerCallbackQuery":
            return _text(given, "text")
        case "setMessageReaction":
            return " ".join(str(one.get("emoji", "")) for one in _objects(given.get("reaction")))
        case "sendMediaGroup":
            parts = _objects(given.get("media"))
            captions = [caption for one in parts if (caption := _text(one, "caption"))]
            return " · ".join([counted(len(parts), "part"), *captions])
        case "editMessageMedia":
            return " ".join(_text(one, "caption") for one in _objects(given.get("media")))
        case "getChatMember":
            account = world.account(_number(given.get("user_id")))
            return account.first_name if account else ""
        case "setMyCommands":
            return counted(len(_objects(given.get("commands"))), "command")
        case "sendChatAction":
            return str(given.get("action", ""))
        case "deleteMessage" | "pinChatMessage" | "unpinChatMessage" | "editMessageReplyMarkup":
            return f"message {given.get('message_id', '')}"
        case _:
            return _text(given, "text") or _text(given, "caption")


def _text(given: dict[str, Any], name: str) -> str:
    said = str(given.get(name) or "")
    return html.unescape(re.sub(r"<[^<>]*>", "", said)) if given.get("parse_mode") == "HTML" else said


def _objects(value: Any) -> list[dict[str, Any]]:
    """A list of objects, or one object, however it came; empty where it is none."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            return []
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, dict)]


def _number(value: Any) -> int | None:
    return int(value) if str(value).isdecimal() else None
