"""Who a Mini App's `initData` says has opened it, once the bot's own token proves that Telegram said so."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import parse_qsl

MOST_BYTES = 8 * 1024
"""Telegram's own are about 1 KiB."""
MAX_AGE = timedelta(hours=1)
"""Until then whoever holds the text is taken for the person."""
CLOCK_SKEW = timedelta(seconds=60)
"""How far Telegram's clock may be ahead of ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InitData:
    """What Telegram vouches for."""

    user_id: int
    user_name: str
    """First and last name."""
    language: str | None
    start_param: str | None
    """What the link that opened the app carried."""
    chat_type: str | None
    """Only with a direct link."""
    query_id: str | None
    auth_date: datetime


class Fault(StrEnum):
    """What is wrong with it."""

    MALFORMED = "malformed"
    FORGED = "forged"
    EXPIRED = "expired"
    FROM_THE_FUTURE = "from the future"
    NO_USER = "no user"


class InitDataRefused(Exception):  # noqa: N818 - a fact, as all our errors are
    """It proves nothing. Says what is wrong and nothing of what was there."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def verify(init_data: str, *, token: str, now: datetime, max_age: timedelta = MAX_AGE) -> InitData:
    """What `init_data` says, or `InitDataRefused`. `now` is aware."""
    fields = _fields(init_data)
    if not hmac.compare_digest(proof(fields, secret_of(token)).encode(), fields["hash"].encode()):
        raise InitDataRefused(Fault.FORGED)
    auth_date = _auth_date(fields)
    if auth_date > now + CLOCK_SKEW:
        raise InitDataRefused(Fault.FROM_THE_FUTURE)
    if auth_date < now - max_age:
        raise InitDataRefused(Fault.EXPIRED)
    user = _user(fields)
    names = (user.get("first_name"), user.get("last_name"))
    return InitData(
        user_id=user["id"],
        user_name=" ".join(name for name in names if isinstance(name, str) and name),
        language=_text(user.get("language_code")),
        start_param=_text(fields.get("start_param")),
        chat_type=_text(fields.get("chat_type")),
        query_id=_text(fields.get("query_id")),
        auth_date=auth_date,
    )


def secret_of(token: str) -> bytes:
    """The key that Telegram makes from a bot's token for this."""
    return hmac.digest(b"WebAppData", token.encode(), hashlib.sha256)


def proof(fields: Mapping[str, str], secret: bytes) -> str:
    """The hash that Telegram would have put; `signature` is one of the fields that it covers."""
    said = "\n".join(f"{key}={value}" for key, value in sorted(fields.items()) if key != "hash")
    return hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()


def _fields(init_data: str) -> dict[str, str]:
    """Each key once: of two with one name, the one that is proved might not be the one that is read."""
    try:
        if not 0 < len(init_data.encode()) <= MOST_BYTES:
            raise InitDataRefused(Fault.MALFORMED)
        pairs = parse_qsl(init_data, keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:  # no query string, or not UTF-8
        raise InitDataRefused(Fault.MALFORMED) from None
    fields = dict(pairs)
    if len(fields) != len(pairs) or "hash" not in fields:
        raise InitDataRefused(Fault.MALFORMED)
    return fields


def _auth_date(fields: Mapping[str, str]) -> datetime:
    try:
        return datetime.fromtimestamp(int(fields["auth_date"]), UTC)
    except (KeyError, ValueError, OverflowError, OSError):  # none, no number, or beyond all calendars
        raise InitDataRefused(Fault.MALFORMED) from None


def _user(fields: Mapping[str, str]) -> dict[str, Any]:
    if "user" not in fields:
        raise InitDataRefused(Fault.NO_USER)
    try:
        user = json.loads(fields["user"])
    except (ValueError, RecursionError):
        raise InitDataRefused(Fault.MALFORMED) from None
    if not isinstance(user, dict) or type(user.get("id")) is not int:
        raise InitDataRefused(Fault.NO_USER)
    return user


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
