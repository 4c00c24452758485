"""What Telegram hands to a Mini App so that the bot can tell who has opened it: `initData`, signed with the token."""

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import quote


def secret_of(token: str) -> bytes:
    """The key that is made of a bot's token for this."""
    return hmac.digest(b"WebAppData", token.encode(), "sha256")


def hash_of(fields: Mapping[str, str], secret: bytes) -> str:
    """The proof over all fields, whatever their order, with their values as they are read."""
    said = "\n".join(f"{name}={fields[name]}" for name in sorted(fields))
    return hmac.new(secret, said.encode(), hashlib.sha256).hexdigest()


def init_data(fields: Mapping[str, str], token: str) -> str:
    """The fields and their proof, as one query string."""
    proven = {**fields, "hash": hash_of(fields, secret_of(token))}
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in proven.items())
