"""The settings: one frozen class, read once from the environment and `.env`, refused by name."""

import difflib
import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, DotEnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from bot import kinds


class SettingsInvalid(Exception):  # noqa: N818 - a fact, as all our errors are
    """The settings can't be used. `problems`: a line each, a setting's name and what is right, never a value."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Settings(BaseSettings):
    """Every setting. The environment's name of a field is the field in capitals."""

    model_config = SettingsConfigDict(frozen=True, hide_input_in_errors=True)

    telegram_bot_token: kinds.BotToken = Field(description="the bot's token, from @BotFather")
    midjourney_api_key: kinds.ApiKey = Field(description="the provider's key")
    midjourney_base_url: kinds.BaseAddress = Field(
        description="the provider's address, with or without a trailing slash, `/mj` or a mode prefix; "
        "a prefix in it wins over `MIDJOURNEY_MODE=default`"
    )
    midjourney_auth: kinds.Auth = Field(
        default="bearer", description="how the key is sent: `bearer`, `mj-api-secret`, `both` or `raw`"
    )
    midjourney_mode: kinds.Mode = Field(
        default="default",
        description="the provider's speed: `default`, `fast`, `relax` or `turbo`; "
        "with `default`, and no prefix in the address, people may choose theirs in `/settings`",
    )
    midjourney_mode_path: kinds.ModePath = Field(
        default="/mj-{mode}",
        description="prefix before `/mj/...` for a mode that is not `default`; `/{mode}` for the other style",
    )
    telegram_api_url: kinds.BaseAddress = Field(
        default="https://api.telegram.org",
        description="root of the Bot API; another one for a self-hosted server or a test",
    )
    image_origins: kinds.Origins = Field(
        default=(),
        description="comma-separated origins that may serve pictures though their address is private",
    )
    database_url: kinds.SqliteUrl = Field(
        default="sqlite+aiosqlite:///data/bot.db", description="the database: `sqlite+aiosqlite:///PATH`"
    )
    poll_interval: kinds.Seconds = Field(
        default=2.0, description="seconds between two rounds of asking the provider; 0.1 and up"
    )
    http_host: kinds.Host = Field(default="127.0.0.1", description="where the small web app (health) listens")
    http_port: kinds.Port = Field(default=8080, description="its port; `0` = off")
    public_url: kinds.PublicAddress = Field(
        default="",
        description="the `https` address under which people's browsers reach the small web app, for the page on "
        "which a region is painted; empty = a grid in the chat alone",
    )
    access: kinds.Access = Field(
        default="approval",
        description="who may spend: `open`, `approval` (an operator approves each chat or person by a button) "
        "or `allowlist`; in a group the group counts, or an operator's own request; in private the person; "
        "who is blocked may not with any of them",
    )
    allowed_chats: kinds.Ids = Field(
        default=frozenset(), description="comma-separated ids of chats that may spend without being approved"
    )
    allowed_users: kinds.Ids = Field(
        default=frozenset(), description="comma-separated ids of people who may spend without being approved"
    )
    admin_users: kinds.Ids = Field(
        default=frozenset(),
        description="comma-separated ids of the operators; none: a start prints a one-time `t.me` claim link, "
        "and who opens it first becomes the operator",
    )
    max_running_per_user: kinds.Limit = Field(
        default=3,
        description="how many of a person's tasks may be at the provider at once; "
        "up to 10 more wait in line; `0` = no limit",
    )
    max_running: kinds.Limit = Field(
        default=0,
        description="how many tasks of all people may be at the provider at once; "
        "what is beyond waits in line; `0` = no limit",
    )
    daily_limit_per_user: kinds.Limit = Field(
        default=0,
        description="a person's submissions a UTC day; refusals and failures are given back; `0` = no limit",
    )
    daily_limit_per_chat: kinds.Limit = Field(
        default=0,
        description="a chat's submissions a UTC day; refusals and failures are given back; `0` = no limit",
    )
    daily_points_per_user: kinds.Limit = Field(
        default=0,
        description="a person's points a UTC day, counted beside the submissions; then points that an operator gave "
        "are used; `0` = no limit",
    )
    daily_points_per_chat: kinds.Limit = Field(
        default=0,
        description="a chat's points a UTC day; then points that an operator gave to whoever asks are used; "
        "`0` = no limit",
    )
    prices: kinds.PriceList = Field(
        default="",
        description="what things cost in points where it is not the usual price, such as "
        "`imagine=4,video=20,imagine.turbo=10`; relax is half of the fast price and turbo twice, unless it is named",
    )
    press_policy: kinds.PressPolicy = Field(
        default="members",
        description="in groups, who may press the buttons of somebody's picture: `owner`, `members` or `admins`; "
        "each chat can choose its own; channels are `admins` unless they choose",
    )
    storage_chat: kinds.ChatId = Field(
        default=None, description="id of a private channel of yours where Telegram keeps the original of each picture"
    )
    previews: kinds.Switch = Field(default=True, description="show the picture as it develops: `on` or `off`")
    default_language: kinds.Language = Field(
        default="en",
        description="what the bot speaks with whoever speaks none of its languages, and in channels: "
        "`en`, `vi`, `zh-hans`, `ru` or `es`",
    )
    log_level: kinds.LogLevel = Field(
        default="INFO", description="the least level that is logged: `DEBUG`, `INFO`, `WARNING`, `ERROR` or `CRITICAL`"
    )
    log_format: kinds.LogFormat = Field(
        default="auto", description="`console`, `json`, or `auto` = console on a terminal"
    )

    warnings: tuple[str, ...] = Field(default=(), exclude=True, description="what to tell the operator at start")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `load` hands in: it takes the environment as an argument and reads each secret's file."""
        return (init_settings,)

    @property
    def database_path(self) -> Path:
        """The database's file, relative to the working directory unless it was given with a fourth slash."""
        return Path(self.database_url.removeprefix("sqlite+aiosqlite:///"))

    def secrets(self) -> tuple[str, ...]:
        """All texts that no log may show: token, the token's second half, key; plain and as part of an address."""
        token, key = self.telegram_bot_token.get_secret_value(), self.midjourney_api_key.get_secret_value()
        plain = (token, token.partition(":")[2], key)
        return tuple(dict.fromkeys((*plain, *(quote(secret, safe="") for secret in plain))))


NAMES = {name.upper(): name for name in Settings.model_fields if name != "warnings"}
"""Each setting's name in the environment, and its field."""

SECRETS = ("TELEGRAM_BOT_TOKEN", "MIDJOURNEY_API_KEY")
"""The settings that may also come from a file, as NAME_FILE."""

NOT_IN_THIS_VERSION = {
    # name: (values that only a later version knows, what to do until then)
    "TELEGRAM_WEBHOOK_URL": (r".+", "leave it empty: the bot asks Telegram for updates by itself"),
    "PROVIDERS_FILE": (r".+", "leave it empty and set MIDJOURNEY_BASE_URL and MIDJOURNEY_API_KEY"),
    "GALLERY_CHAT": (r".+", "leave it empty"),
    "DATABASE_URL": (r"(?!sqlite\+aiosqlite:).+", "use sqlite+aiosqlite:///PATH"),
}


def load(environ: Mapping[str, str] = os.environ, env_file: str | Path | None = ".env") -> Settings:
    """The settings, from `env_file` (which need not exist) and `environ` (which wins). An empty value is none.

    Raises `SettingsInvalid` with all problems at once.
    """
    in_file, problems = _read_env_file(env_file)
    given = in_file | _filled(environ)
    read, found = _read_secret_files(given)
    problems += found
    values = given | read
    later = {name for name, (when, _) in NOT_IN_THIS_VERSION.items() if _matches(when, values.get(name, ""))}
    problems += [f"{name}: not in this version; {NOT_IN_THIS_VERSION[name][1]}" for name in sorted(later)]
    # A name that was already complained about is not called missing or wrong as well.
    settled = later | {line.partition(":")[0].removesuffix("_FILE") for line in problems}
    known = {field: values[name] for name, field in NAMES.items() if name in values and name not in later}
    settings, wrong = _judge(known, _unknown_names(given))
    problems += [f"{name}: {words}" for name, words in wrong.items() if name not in settled]
    if settings is not None and settings.public_url and not settings.http_port:
        problems.append("PUBLIC_URL: needs the small web app; give HTTP_PORT a port, or leave PUBLIC_URL empty")
    if settings is None or problems:
        raise SettingsInvalid(tuple(problems))
    return settings


def _read_env_file(path: str | Path | None) -> tuple[dict[str, str], list[str]]:
    try:
        return _filled(DotEnvSettingsSource(Settings, env_file=path, case_sensitive=True).env_vars), []
    except (OSError, ValueError):
        return {}, [".env: can't be read; it must be a UTF-8 text that the bot's user may read"]


def _filled(values: Mapping[str, str | None]) -> dict[str, str]:
    return {name: value.strip() for name, value in values.items() if value and value.strip()}


def _read_secret_files(given: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    read, problems = {}, []
    for name in SECRETS:
        path = given.get(f"{name}_FILE")
        if path and name in given:
            problems.append(f"{name}: set either {name} or {name}_FILE, not both")
        elif path:
            try:
                with Path(path).open(encoding="utf-8") as file:
                    read[name] = file.read(10_000).strip()  # a wrong path may lead to something without an end
            except (OSError, ValueError):
                problems.append(f"{name}_FILE: can't be read; the path of a text file that holds {name} alone")
            else:
                if not read[name]:
                    problems.append(f"{name}_FILE: the file is empty; it should hold {name} alone")
    return read, problems


def _matches(pattern: str, value: str) -> bool:
    return re.fullmatch(pattern, value, re.IGNORECASE | re.DOTALL) is not None


def _unknown_names(given: Mapping[str, str]) -> tuple[str, ...]:
    known = [*NAMES, *(f"{name}_FILE" for name in SECRETS), *NOT_IN_THIS_VERSION]
    unknown = (name for name in given if name.startswith(("TELEGRAM_", "MIDJOURNEY_")) and name not in known)
    return tuple(
        f"{name}: no such setting; did you mean {difflib.get_close_matches(name, known, n=1, cutoff=0)[0]}?"
        for name in sorted(unknown)
    )


def _judge(known: Mapping[str, Any], warnings: tuple[str, ...]) -> tuple[Settings | None, dict[str, str]]:
    """The settings, or None and what is wrong by name. Not raised here: the caught error knows the values."""
    try:
        return Settings(**known, warnings=warnings), {}
    except ValidationError as error:
        faults = {str(fault["loc"][0]): fault["type"] == "missing" for fault in error.errors(include_input=False)}
    return None, {
        field.upper(): f"{'missing' if missing else 'wrong'}; {_hint(field)}" for field, missing in faults.items()
    }


def _hint(field: str) -> str:
    return next(item.words for item in Settings.model_fields[field].metadata if isinstance(item, kinds.Hint))
