"""Who may come in, and by which path: mode prefixes that are served, headers that a key is read from."""

from collections.abc import Mapping
from typing import Literal, get_args

Auth = Literal["bearer", "mj-api-secret", "both", "raw"]
Reading = Literal["exact", "gateway"]


def check_auth(auth: str) -> None:
    """Raise ValueError for a style that doesn't exist."""
    if auth not in get_args(Auth):
        raise ValueError(f"there is no way to authorize called {auth!r}")


def inner_path(path: str, prefixes: tuple[str, ...]) -> str | None:
    """Return the path without its mode prefix (`/mj/…`), None if it isn't served under any."""
    for prefix in prefixes:
        if path.startswith(f"{prefix}/mj/"):
            return path.removeprefix(prefix)
    return None


def allows(headers: Mapping[str, str], key: str, auth: str, reading: Reading) -> bool:
    """Whether a request carries the key.

    `exact`: any header that the style names has to hold it, to the letter.
    `gateway`: `Authorization` wins over `mj-api-secret`; `Bearer ` and `sk-` are taken off where the style allows them.
    """
    given, secret = headers.get("authorization", ""), headers.get("mj-api-secret", "")
    if auth == "raw":
        return given == key
    if reading == "exact":
        return (auth != "mj-api-secret" and given == f"Bearer {key}") or (auth != "bearer" and secret == key)
    if auth == "bearer":
        return given.startswith("Bearer ") and _bare(given) == _bare(key)
    read = secret if auth == "mj-api-secret" else given or secret
    return _bare(read) == _bare(key)


def _bare(key: str) -> str:
    return key.removeprefix("Bearer ").removeprefix("sk-")
