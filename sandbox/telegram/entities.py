"""Texts and their entities, measured as Telegram does: in UTF-16 units."""

import re
from collections.abc import Sequence
from typing import Any

from sandbox.telegram.errors import bad_request

Entity = dict[str, Any]

_FOUND = (
    ("bot_command", re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/])")),
    ("url", re.compile(r"https?://[^\s<>\"]+")),
    ("mention", re.compile(r"(?<![\w@/])@[A-Za-z]\w{3,31}")),
)


def units(text: str) -> int:
    """How long Telegram finds a text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, offset: int, length: int) -> str:
    """The part of a text that an entity covers."""
    return text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le")


def found(text: str) -> tuple[Entity, ...]:
    """What Telegram itself marks in a person's text: commands, addresses, mentions."""
    taken: list[Entity] = []
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            offset, length = units(text[: match.start()]), units(match[0])
            if all(offset >= one["offset"] + one["length"] or offset + length <= one["offset"] for one in taken):
                taken.append({"type": kind, "offset": offset, "length": length})
    return in_order(taken)


def in_order(entities: Sequence[Entity]) -> tuple[Entity, ...]:
    """As Telegram lists them: by place, the longer first."""
    return tuple(sorted(entities, key=lambda one: (one["offset"], -one["length"])))


def checked(text: str, entities: Any) -> tuple[Entity, ...]:
    """Entities that a bot gave with a text. ApiError for one that isn't inside of it."""
    if not isinstance(entities, list):
        raise bad_request("can't parse entities: expected an Array of MessageEntity")
    end = units(text)
    kept: list[Entity] = []
    for entity in entities:
        try:
            kind, offset, length = str(entity["type"]), int(entity["offset"]), int(entity["length"])
        except (KeyError, TypeError, ValueError):
            raise bad_request("can't parse entities: can't parse MessageEntity") from None
        if offset < 0 or length < 0:
            raise bad_request(f"receive an entity with incorrect offset {offset}")
        if offset >= end > 0 or (end == 0 and length):
            raise bad_request(f"entity begins after the end of the text at UTF-16 offset {offset}")
        if offset + length > end:
            where = f"UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {offset + length}"
            raise bad_request(f"entity beginning at {where}")
        if length:
            kept.append({**entity, "type": kind, "offset": offset, "length": length})
    return in_order(kept)


def trimmed(text: str, entities: Sequence[Entity]) -> tuple[str, tuple[Entity, ...]]:
    """A text without the blanks around it, its entities moved and cut to fit."""
    bare = text.strip()
    lead, end = units(text[: len(text) - len(text.lstrip())]), units(bare)
    kept: list[Entity] = []
    for entity in entities:
        start = max(entity["offset"] - lead, 0)
        stop = min(entity["offset"] + entity["length"] - lead, end)
        if stop > start:
            kept.append({**entity, "offset": start, "length": stop - start})
    return bare, tuple(kept)
