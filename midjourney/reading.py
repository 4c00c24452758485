"""From bytes to values that can be trusted not to hurt: JSON within bounds, texts, ids, waiting times."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from domain.task import RemoteId

MOST_LEVELS = 32
MOST_DIGITS = 40
"""Of a whole number; longer ones mean nothing to us and cost time to read."""
MOST_IDS = 64
LONGEST_WAIT = 600.0
"""Seconds."""

_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]{0,63}")
_NO_ID = re.compile(r"0+|null|nil|none|undefined|true|false|nan", re.IGNORECASE)
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Unreadable(Exception):  # noqa: N818 - a fact
    """Not JSON, or nested too deep."""


def read_json(body: bytes) -> Any:
    """The value; what JSON does not know (NaN) and numbers beyond reason are `None`. Raises `Unreadable`."""
    try:
        value = json.loads(body, parse_int=_whole, parse_constant=lambda _name: None)
    except (ValueError, RecursionError):
        raise Unreadable from None
    if _too_deep(value):
        raise Unreadable
    return value


def fields(value: object) -> Mapping[str, Any]:
    """An object's fields; of anything else none."""
    return value if isinstance(value, dict) else {}


def text(value: object, most: int) -> str:
    """A text with its line breaks but no control characters, at most so long; "" for all that is not text."""
    if not isinstance(value, str):
        return ""
    return _UNPRINTABLE.sub("", value[: 2 * most].replace("\r\n", "\n")).strip()[:most]


def whole(value: object) -> int | None:
    """A whole number, also one written as text."""
    if isinstance(value, str) and re.fullmatch(r"\s*-?[0-9]{1,18}\s*", value):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def remote_ids(value: object) -> tuple[RemoteId, ...]:
    """All usable ids in a number or in a text with commas; each once, in order."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        return ()
    parts = (part.strip() for part in value.split(",", MOST_IDS)[:MOST_IDS])
    usable = (part for part in parts if _ID.fullmatch(part) and not _NO_ID.fullmatch(part))
    return tuple(dict.fromkeys(map(RemoteId, usable)))


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds to wait, from 0 to 600, where the header `Retry-After` names seconds or a date."""
    value = header(headers, "retry-after").strip()
    if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", value):
        return min(float(value), LONGEST_WAIT)
    try:
        date = parsedate_to_datetime(value)
        seconds = (date if date.tzinfo else date.replace(tzinfo=UTC)) - now
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(seconds.total_seconds(), 0.0), LONGEST_WAIT)


def header(headers: Mapping[str, str], name: str) -> str:
    """A header's value, however its name is written; "" without it."""
    return next((value for key, value in headers.items() if key.lower() == name), "")


def is_html(headers: Mapping[str, str], body: bytes) -> bool:
    """Whether an answer that is no JSON is a web page."""
    return "html" in header(headers, "content-type").lower() or body.lstrip()[:1] == b"<"


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= MOST_DIGITS else None


def _too_deep(value: object) -> bool:
    level: Iterable[object] = [value]
    for _ in range(MOST_LEVELS + 1):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return False
    return True


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
