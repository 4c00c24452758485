"""A Mini App as a web client of Telegram's opens it: by a button in private, by a direct link anywhere else."""

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

from sandbox.telegram.accounts import User
from sandbox.telegram.init_data import init_data
from sandbox.telegram.members import INSIDE
from sandbox.telegram.rooms import Room
from sandbox.telegram.world import World

VERSION = "9.1"


def address_of(
    world: World, token: str, room: Room, person: User, message_id: int, url: str, theme: Mapping[str, Any]
) -> str:
    """The address to show in a frame, for a button that is under a message of the bot's.

    LookupError where there is no such message or button, ValueError where the person isn't in the chat, or where the
    link is none to the bot's main app.
    """
    if room.status(person.id) not in INSIDE:
        raise ValueError(f"{person.first_name} is not in chat {room.id}")
    message = room.shown(message_id)
    rows = (message.markup or {}).get("inline_keyboard", []) if message else []
    button = next((one for row in rows for one in row if url in {one.get("url"), _app(one)}), None)
    if message is None or button is None:
        raise LookupError(f"there is no button to {url} under message {message_id} in chat {room.id}")
    if message.sender.id != world.bot.id:
        raise ValueError("only the bot's own buttons open its apps")
    if _app(button) == url:
        return _with_fragment(url, _by_button(world, person), token, theme)
    start = _start_param(world, url)
    if world.main_app is None or start is None:
        raise ValueError(f"{url} opens no Mini App of this bot's")
    opened = f"{world.main_app}{'&' if '?' in world.main_app else '?'}tgWebAppStartParam={quote(start, safe='')}"
    return _with_fragment(opened, _by_link(world, room, person, start), token, theme)


def _app(button: Mapping[str, Any]) -> str | None:
    return (button.get("web_app") or {}).get("url")


def _start_param(world: World, url: str) -> str | None:
    """What a direct link to the main app carries, `t.me/<bot>?startapp=…`; None for any other link."""
    parts = urlsplit(url)
    ours = f"t.me/{world.bot.username}".lower() == f"{parts.netloc}{parts.path.rstrip('/')}".lower()
    said = parse_qs(parts.query, keep_blank_values=True).get("startapp")
    return said[0] if ours and said else None


def _by_button(world: World, person: User) -> dict[str, str]:
    query = urlsafe_b64encode(world.rng.randbytes(18)).decode()
    return {"query_id": f"AA{query[2:]}", **_proofs(world, person)}


def _by_link(world: World, room: Room, person: User, start: str) -> dict[str, str]:
    kind = "sender" if room.kind == "private" else room.kind
    told = {"chat_instance": str(abs(room.id) * 7_919), "chat_type": kind, "start_param": start}
    return {key: value for key, value in told.items() if value} | _proofs(world, person)


def _proofs(world: World, person: User) -> dict[str, str]:
    """Who and when. The `signature` is as long as Telegram's, but nobody's: its private key is not here."""
    user = {key: value for key, value in person.as_json().items() if key != "is_bot"}
    user |= {"last_name": "", "allows_write_to_pm": True}
    return {
        "user": json.dumps(user, ensure_ascii=False, separators=(",", ":")),
        "auth_date": str(int(world.clock.now().timestamp())),
        "signature": urlsafe_b64encode(world.rng.randbytes(64)).decode().rstrip("="),
    }


def _with_fragment(url: str, fields: Mapping[str, str], token: str, theme: Mapping[str, Any]) -> str:
    told = {
        "tgWebAppData": init_data(fields, token),
        "tgWebAppVersion": VERSION,
        "tgWebAppPlatform": "web",
        "tgWebAppThemeParams": json.dumps(theme, separators=(",", ":")),
    }
    fragment = "&".join(f"{name}={quote(value, safe='')}" for name, value in told.items())
    return f"{url}{'&' if '#' in url else '#'}{fragment}"
