"""What a setting's text may be, and the words that say so: types for `bot/config.py`."""

import ipaddress
import re
from dataclasses import dataclass
from typing import Annotated, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr

from domain.price import Kind, prices_from
from messages.locale import LANGUAGES, known


@dataclass(frozen=True, slots=True)
class Hint:
    """What a right value looks like. The only words a refusal shows: pydantic's own may quote the value."""

    words: str


def _fully(pattern: str) -> AfterValidator:
    compiled = re.compile(pattern)

    def check(text: str) -> str:
        if not compiled.fullmatch(text):
            raise ValueError("does not match")
        return text

    return AfterValidator(check)


def _secret(pattern: str) -> AfterValidator:
    compiled = re.compile(pattern)

    def check(secret: SecretStr) -> SecretStr:
        if not compiled.fullmatch(secret.get_secret_value()):
            raise ValueError("does not match")
        return secret

    return AfterValidator(check)


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _parts(text: str) -> list[str]:
    return [part for part in (piece.strip() for piece in text.split(",")) if part]


def _ids(value: object) -> object:
    if not isinstance(value, str):
        return value
    parts = _parts(value)
    # 52 bits are Telegram's promise; longer numbers would not fit a column either.
    if not all(re.fullmatch(r"-?[1-9][0-9]{0,15}", part) for part in parts):
        raise ValueError("not an id")
    return frozenset(int(part) for part in parts)


def _web_address(text: str) -> SplitResult:
    """`text` in its parts. Raises `ValueError` for all but http(s)://host[:port][/path]."""
    if not re.fullmatch(r"[!-~]+", text) or "?" in text or "#" in text:
        raise ValueError("not a plain address")
    address = urlsplit(text)
    host = address.hostname or ""
    if address.scheme not in {"http", "https"} or "@" in address.netloc or address.port == 0:
        raise ValueError("not a web address")
    if ":" in host:
        ipaddress.IPv6Address(host)
    elif not re.fullmatch(r"[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?", host):
        raise ValueError("not a host")
    return address


def _base_address(text: str) -> str:
    _web_address(text)
    return text.rstrip("/")


def _public_address(text: str) -> str:
    """Telegram opens pages by https only; this machine's own address is for trying."""
    if not text:
        return text
    address = _web_address(text)
    host = address.hostname or ""
    own = host == "localhost" or (re.fullmatch(r"[0-9.]+|.*:.*", host) and ipaddress.ip_address(host).is_loopback)
    if address.scheme != "https" and not own:
        raise ValueError("not https")
    return text.rstrip("/")


def _origin(text: str) -> str:
    address = _web_address(text)
    if address.path not in {"", "/"}:
        raise ValueError("an origin has no path")
    host = address.hostname or ""  # lower case already
    if ":" in host:
        host = f"[{host}]"
    usual = {"http": 80, "https": 443}[address.scheme]
    port = "" if address.port in {None, usual} else f":{address.port}"
    return f"{address.scheme}://{host}{port}"


def _origins(value: object) -> object:
    return tuple(dict.fromkeys(map(_origin, _parts(value)))) if isinstance(value, str) else value


BotToken = Annotated[
    SecretStr,
    _secret(r"[0-9]+:[A-Za-z0-9_-]{10,}"),
    Hint("the token that @BotFather gave: digits, a colon, then letters, digits, - and _"),
]
# It travels in a header: a space or a quote in it is a slip of the copying hand.
ApiKey = Annotated[
    SecretStr,
    _secret(r"""[!#-&(-\[\]-~]+"""),
    Hint("the provider's key alone: no spaces, no quotes, no 'Bearer' before it"),
]
BaseAddress = Annotated[
    str,
    AfterValidator(_base_address),
    Hint("an address such as https://host or http://host:8080/path, without ? # or @"),
]
PublicAddress = Annotated[
    str,
    AfterValidator(_public_address),
    Hint("an address such as https://bot.example or https://bot.example/path; http on this machine alone"),
]
Origins = Annotated[
    tuple[str, ...],
    BeforeValidator(_origins),
    Hint("origins separated by commas, such as https://cdn.example,http://10.0.0.5:9000, without a path"),
]


def _id(value: object) -> object:
    found = _ids(value)
    if not isinstance(found, frozenset):
        return found
    if len(found) != 1:
        raise ValueError("not one id")
    return next(iter(found))


def _price_list(text: str) -> str:
    prices_from(text)
    return text


PriceList = Annotated[
    str,
    AfterValidator(_price_list),
    Hint(
        f"names and whole numbers, such as imagine=4,video=20,imagine.turbo=10; the names are {', '.join(Kind)}, "
        "each alone or with .relax, .fast or .turbo"
    ),
]
ChatId = Annotated[int | None, BeforeValidator(_id), Hint("one numeric id")]
Ids = Annotated[frozenset[int], BeforeValidator(_ids), Hint("numeric ids separated by commas")]
ModePath = Annotated[
    str,
    _fully(r"(/[A-Za-z0-9._~-]+)*/[A-Za-z0-9._~-]*\{mode\}[A-Za-z0-9._~-]*"),
    Hint("a path such as /mj-{mode} or /{mode}"),
]
SqliteUrl = Annotated[
    str,
    # No memory and no `file:` form: what outlives a restart is the point.
    _fully(r"sqlite\+aiosqlite:///(?!:memory:|file:)[^?#]*[^?#/]"),
    Hint("sqlite+aiosqlite:///PATH, with a fourth slash for an absolute path"),
]
Seconds = Annotated[
    float, Field(ge=0.1, le=86400, allow_inf_nan=False), Hint("a number of seconds, from 0.1 up to 86400, a day")
]
Host = Annotated[
    str, _fully(r"[A-Za-z0-9._:-]{1,253}"), Hint("a host name or an address such as 127.0.0.1, 0.0.0.0 or ::1")
]
Port = Annotated[int, Field(ge=0, le=65535), Hint("a port, 1 to 65535, or 0 for none")]
Limit = Annotated[int, Field(ge=0, le=1_000_000), Hint("a whole number, 0 to 1000000; 0 = no limit")]
Switch = Annotated[bool, Hint("on or off")]
Auth = Annotated[
    Literal["bearer", "mj-api-secret", "both", "raw"],
    BeforeValidator(_lower),
    Hint("bearer, mj-api-secret, both or raw"),
]
Mode = Annotated[
    Literal["default", "fast", "relax", "turbo"], BeforeValidator(_lower), Hint("default, fast, relax or turbo")
]
Access = Annotated[
    Literal["open", "approval", "allowlist"], BeforeValidator(_lower), Hint("open, approval or allowlist")
]
PressPolicy = Annotated[
    Literal["owner", "members", "admins"], BeforeValidator(_lower), Hint("owner, members or admins")
]


def _language(text: str) -> str:
    tag = known(text)
    if tag is None:
        raise ValueError("not one of ours")
    return tag


Language = Annotated[str, AfterValidator(_language), Hint(f"one of {', '.join(LANGUAGES)}")]
LogLevel = Annotated[
    Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"],
    BeforeValidator(_upper),
    Hint("DEBUG, INFO, WARNING, ERROR or CRITICAL"),
]
LogFormat = Annotated[Literal["console", "json", "auto"], BeforeValidator(_lower), Hint("console, json or auto")]
