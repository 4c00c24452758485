"""Reading a submit's body: the shared fields and the images, refused as the engine's framework refuses them."""

import base64
import binascii
from typing import Any

from sandbox.midjourney.kinds import Ask
from sandbox.midjourney.shelf import Shelf
from sandbox.painter.blend import source
from sandbox.painter.picture import Source

BOTS = frozenset({"MID_JOURNEY", "NIJI_JOURNEY"})
MOST_BYTES = 20 * 1024 * 1024


class UnreadableError(ValueError):
    """The framework can't bind the body: HTTP 400, not the proxy's envelope."""


class RefusedError(ValueError):
    """A field is wrong: code 4 with this description."""


def ask_of(body: dict[str, Any]) -> Ask:
    """Read what every submit may carry. Raises UnreadableError for a bot that doesn't exist."""
    bot = body.get("botType") or "MID_JOURNEY"
    if bot not in BOTS:
        raise UnreadableError("botType")
    return Ask(state=text(body, "state"), hook=text(body, "notifyHook") or None, bot=bot)


def text(body: dict[str, Any], name: str) -> str:
    """Return a field as text; scalars are turned into it, what is absent or null is empty."""
    value = body.get(name)
    if value is None:
        return ""
    if isinstance(value, dict | list):
        raise UnreadableError(name)
    return str(value)


def index(body: dict[str, Any]) -> int | None:
    """Return the number of a change or a film."""
    return number(body, "index")


def number(body: dict[str, Any], name: str) -> int | None:
    """Return a whole number, None if it is absent."""
    value = body.get(name)
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, str) and value.isdigit():
        return int(value)
    raise UnreadableError(name)


def images(body: dict[str, Any], name: str = "base64Array") -> list[bytes]:
    """Return the bytes of a list of data URLs. Raises Refused like the engine, also for doubles and too much."""
    value = body.get(name) or []
    if not isinstance(value, list):
        raise UnreadableError(name)
    found = [image(one) for one in value]
    if sum(len(one) for one in found) > MOST_BYTES:
        raise RefusedError("图片大小超过限制")
    if len(set(found)) < len(found):
        raise RefusedError("图片重复")
    return found


def image(value: Any, *, prefix: bool = True) -> bytes:
    """Return the bytes of a data URL; without `prefix` bare base64 will do."""
    head, comma, coded = str(value or "").rpartition("base64,")
    if prefix and not (comma and head.startswith("data:image/")):
        raise RefusedError("base64格式错误")
    try:
        return base64.b64decode(coded, validate=True)
    except binascii.Error as error:
        raise RefusedError("base64格式错误") from error


def readable(data: bytes) -> bytes:
    """Return an image as it is kept. Raises RefusedError if it is none."""
    try:
        return source(data)
    except ValueError as error:
        raise RefusedError("base64格式错误") from error


def picture(value: str, shelf: Shelf) -> Source:
    """Return the picture that is sent as a data URL or bare base64, or referred to by an address of ours."""
    if not value.startswith(("http://", "https://")):
        return readable(image(value, prefix=False))
    found = shelf.find(value)
    if found is None:  # nobody fetches foreign addresses here
        raise RefusedError("Invalid link")
    return found
